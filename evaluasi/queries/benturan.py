"""The one place that knows who is in conflict with what: all other queries build on it."""

from collections import defaultdict

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from evaluasi.models import BenturanEfektif, BenturanKepentingan, Evaluator, RiwayatEvaluator
from evaluasi.rules.benturan import describe_sebab, within_riwayat
from kompetisi.models import Edisi, Pengguna
from registrasi.models import Instansi


def in_conflict(evaluator: str, instansi: str) -> Exists:
    """An EXISTS over the view: evaluator and agency of the row are in conflict.

    For many rows at once: the database joins the view as a set. Pass the paths of the outer
    query, for example "evaluator" and "pendaftaran__instansi".
    """
    return Exists(
        BenturanEfektif.objects.filter(evaluator=OuterRef(evaluator), instansi=OuterRef(instansi))
    )


def pair_in_conflict(evaluator: str, instansi: str) -> Func:
    """The same for the rows of one person: a function over the view, whose plan is kept."""
    return Func(
        F(evaluator), F(instansi), function="evaluasi_berbenturan", output_field=BooleanField()
    )


def own_conflict(user: Pengguna, instansi: str) -> Q:
    """A condition: the reader is an active evaluator in conflict with the row's agency.

    Also for the committee: a chair who is an evaluator is kept from what is in conflict.
    """
    pair = Func(
        F("pk"), OuterRef(instansi), function="evaluasi_berbenturan", output_field=BooleanField()
    )
    return Q(Exists(Evaluator.objects.filter(pair, pengguna=user, aktif=True)))


def benturan_causes(edisi: Edisi) -> dict[int, dict[int, set[str]]]:
    """Evaluator -> agencies barred to them with the causes, for a whole edition in one query."""
    found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = BenturanEfektif.objects.filter(evaluator__edisi=edisi)
    for evaluator, instansi, sebab in rows.values_list("evaluator_id", "instansi_id", "sebab"):
        found[evaluator][instansi].add(sebab)
    return found


def sebab_between(evaluator: Evaluator, instansi: Instansi) -> str:
    """Why these two are in conflict, in words; empty when they are not."""
    rows = BenturanEfektif.objects.filter(evaluator=evaluator, instansi=instansi)
    return describe_sebab(set(rows.values_list("sebab", flat=True)))


def benturan_declared(evaluator: Evaluator) -> QuerySet[BenturanKepentingan]:
    """What an evaluator has declared, or the chair has recorded for them, oldest first."""
    return evaluator.benturan.select_related("instansi", "dicatat_oleh").order_by("pk")


def riwayat_list(evaluator: Evaluator) -> list[RiwayatEvaluator]:
    """Earlier agencies and consultancies, the latest first; `berlaku` says whether it bars now."""
    rows = list(
        evaluator.riwayat.select_related("instansi", "dicatat_oleh").order_by("-tahun_mulai", "pk")
    )
    edisi = evaluator.edisi
    for row in rows:
        row.berlaku = bool(row.instansi_id) and within_riwayat(
            row.tahun_selesai, tahun=edisi.tahun, aturan=edisi.aturan
        )
    return rows


def benturan_derived(evaluator: Evaluator) -> list[dict]:
    """The agencies barred without a declaration, each once with its causes, by name."""
    rows = (
        BenturanEfektif.objects.filter(evaluator=evaluator)
        .exclude(sebab=BenturanEfektif.Sebab.DINYATAKAN)
        .values_list("instansi_id", "instansi__nama", "sebab")
    )
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for pk, nama, sebab in rows:
        found[nama, pk].add(sebab)
    return [
        {"nama": nama, "sebab": describe_sebab(causes)}
        for (nama, _), causes in sorted(found.items())
    ]
