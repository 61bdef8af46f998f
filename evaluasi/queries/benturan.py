"""The one place that knows who is in conflict with what: all other queries build on it."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from evaluasi.models import BenturanEfektif, BenturanKepentingan, Evaluator
from evaluasi.rules.benturan import describe_sebab
from kompetisi.models import Edisi, Pengguna
from registrasi.models import Instansi


def in_conflict(evaluator: str | Combinable, instansi: str | Combinable) -> Exists:
    """An EXISTS for the outer query: its evaluator and its agency are in conflict.

    Pass the outer paths, for example "evaluator" and "pendaftaran__instansi".
    """
    return Exists(
        BenturanEfektif.objects.filter(evaluator=_outer(evaluator), instansi=_outer(instansi))
    )


def own_conflict(user: Pengguna, instansi: str) -> Exists:
    """An EXISTS: the reader is an active evaluator in conflict with the outer row's agency.

    Also for the committee: a chair who is an evaluator is kept from what is in conflict.
    """
    return Exists(
        BenturanEfektif.objects.filter(
            evaluator__pengguna=user, evaluator__aktif=True, instansi=_outer(instansi)
        )
    )


def _outer(path: str | Combinable) -> Combinable:
    return OuterRef(path) if isinstance(path, str) else path


def benturan_pairs(edisi: Edisi) -> dict[int, set[int]]:
    """Evaluator -> agencies barred to them, for the whole edition in one query."""
    pairs: dict[int, set[int]] = defaultdict(set)
    rows = BenturanEfektif.objects.filter(evaluator__edisi=edisi)
    for evaluator, instansi in rows.values_list("evaluator_id", "instansi_id"):
        pairs[evaluator].add(instansi)
    return pairs


def sebab_between(evaluator: Evaluator, instansi: Instansi) -> str:
    """Why these two are in conflict, in words; empty when they are not."""
    rows = BenturanEfektif.objects.filter(evaluator=evaluator, instansi=instansi)
    return describe_sebab(set(rows.values_list("sebab", flat=True)))


def benturan_declared(evaluator: Evaluator) -> QuerySet[BenturanKepentingan]:
    """What an evaluator has declared, or the chair has recorded for them, oldest first."""
    return evaluator.benturan.select_related("instansi", "dicatat_oleh").order_by("pk")


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
