"""How far judging has come: what is missing, who needs a third reader."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evaluasi.models import KeputusanPembaca, LembarSah, Penugasan
from evaluasi.queries.benturan import in_conflict, own_conflict
from evaluasi.queries.nilai import skor_tahap
from evaluasi.queries.penugasan import edisi_where, is_locked
from evaluasi.queries.rencana import readers_wanted
from evaluasi.rules.manfaat import Garis
from evaluasi.rules.pembaca_ketiga import (
    SEBAB_LABEL,
    aturan_ketiga,
    cut_line,
    needs_third,
    totals_text,
)
from kompetisi.models import Pengguna, Tahap
from registrasi.models import Pendaftaran


def penugasan_live(tahap: Tahap) -> QuerySet[Penugasan]:
    """The assignments of a stage that hold, with `terkunci`."""
    return Penugasan.objects.filter(
        ~in_conflict("evaluator", "pendaftaran__instansi"),
        tahap=tahap,
        dirilis_pada__isnull=False,
        dicabut_pada=None,
    ).annotate(terkunci=is_locked("lembar__pk"))


def penugasan_unlocked(tahap: Tahap) -> QuerySet[Penugasan]:
    """The assignments of a stage whose sheets are missing still."""
    return penugasan_live(tahap).filter(terkunci=False)


def unlocked_by_evaluator(tahap: Tahap) -> list[tuple[int, int]]:
    """(evaluator, sheets not locked) for active evaluators who owe some."""
    rows = (
        penugasan_unlocked(tahap)
        .filter(evaluator__aktif=True, evaluator__pengguna__is_active=True)
        .values("evaluator")
        .annotate(n=Count("pk"))
        .order_by("evaluator")
    )
    return list(rows.values_list("evaluator", "n"))


def entries_judged(tahap: Tahap, status: Collection[str]) -> QuerySet[Pendaftaran]:
    """Entries with one of these statuses whose required sheets of a stage are locked."""
    enough = (
        LembarSah.objects.filter(tahap=tahap)
        .values("pendaftaran")
        .annotate(n=Count("lembar"))
        .filter(n__gte=readers_wanted(tahap))
    )
    return Pendaftaran.objects.filter(
        edisi=tahap.edisi_id, status__in=status, pk__in=enough.values("pendaftaran")
    )


@dataclass(frozen=True)
class UsulanKetiga:
    """An entry that needs one more reader, by the edition's rule, and why."""

    pendaftaran: Pendaftaran
    total: list[Decimal]
    sebab: list[str] = field(default_factory=list)

    @property
    def selisih(self) -> Decimal:
        """The highest total less the lowest."""
        return max(self.total) - min(self.total)

    @property
    def uraian(self) -> str:
        """The reasons in words."""
        return "; ".join(SEBAB_LABEL[kode] for kode in self.sebab)


def jalur_by_entry(tahap: Tahap) -> dict[int, int]:
    """Entry -> its track, for the whole edition; one query."""
    return dict(Pendaftaran.objects.filter(edisi=tahap.edisi_id).values_list("pk", "jalur_id"))


def garis_jalur(tahap: Tahap, jalur: Mapping[int, int]) -> dict[int, Garis | None]:
    """Track -> its line, provisional until all are in; None while all fit. Two queries."""
    scores: dict[int, list[Decimal]] = defaultdict(list)
    for entry, score in skor_tahap(tahap).items():
        scores[jalur[entry]].append(score)
    found = {}
    for pk, kuota in tahap.edisi.jalur.values_list("pk", "kuota_daftar_pendek"):
        line = cut_line(scores[pk], kuota)
        below = [score for score in scores[pk] if line is not None and score < line]
        found[pk] = Garis(line, max(below)) if below else None
    return found


def third_reader_proposals(tahap: Tahap, user: Pengguna) -> list[UsulanKetiga]:
    """Entries whose first readers have all locked and disagree too much, widest gap first.

    Whoever has a further reader already, or a sheet still open, is not proposed, nor is a reading
    that the chair left out while the same totals stand. Six queries.
    """
    rule = aturan_ketiga(tahap.edisi.aturan)
    if rule is None or tahap.jenis != "dokumen":
        return []
    totals, jalur = totals_to_decide(tahap), jalur_by_entry(tahap)
    lines = garis_jalur(tahap, jalur)
    reasons = {}
    for entry, total in totals.items():
        line = lines.get(jalur[entry])
        if why := needs_third(total, rule, line.dalam if line else None):
            reasons[entry] = why
    found = [
        UsulanKetiga(row, totals[row.pk], reasons[row.pk])
        for row in entries_to_decide(tahap, user, reasons)
    ]
    return sorted(found, key=lambda row: (-row.selisih, row.pendaftaran.pk))


def entries_to_decide(tahap: Tahap, user: Pengguna, keys: Collection[int]) -> QuerySet[Pendaftaran]:
    """Of these entries those whose readers this person may see, none in conflict with them."""
    return (
        Pendaftaran.objects.filter(
            ~own_conflict(user, "instansi"),
            pk__in=keys,
            edisi__in=edisi_where(user, "penugasan.lihat"),
        )
        .select_related("instansi", "unit", "jalur")
        .order_by("pk")
    )


def totals_to_decide(tahap: Tahap) -> dict[int, list[Decimal]]:
    """Totals of the entries about which one more reading is undecided; two queries."""
    totals = _complete_totals(tahap)
    skipped = KeputusanPembaca.objects.filter(
        tahap=tahap, putusan=KeputusanPembaca.Putusan.LEWATI
    ).values_list("pendaftaran_id", "total")
    for entry, known in skipped:
        if entry in totals and totals_text(totals[entry]) == known:
            del totals[entry]
    return totals


def _complete_totals(tahap: Tahap) -> dict[int, list[Decimal]]:
    """Totals of the entries that have exactly the readers the edition wants, all locked."""
    wanted = readers_wanted(tahap)
    open_or_more = Penugasan.objects.filter(
        tahap=tahap, pendaftaran=OuterRef("pendaftaran"), dicabut_pada=None
    )
    rows = LembarSah.objects.filter(tahap=tahap).exclude(
        Exists(open_or_more.filter(~is_locked("lembar__pk")))
    )
    found: dict[int, list[Decimal]] = defaultdict(list)
    for entry, total in rows.order_by("urutan", "lembar").values_list("pendaftaran_id", "total"):
        found[entry].append(total)
    return {entry: totals for entry, totals in found.items() if len(totals) == wanted}


def progress_of(tahap: Tahap, user: Pengguna) -> dict[str, int]:
    """Assignments that hold and those locked, in one query; zeros for whoever may not see them."""
    found = (
        penugasan_live(tahap)
        .filter(
            ~own_conflict(user, "pendaftaran__instansi"),
            tahap__edisi__in=edisi_where(user, "penugasan.lihat"),
        )
        .aggregate(jumlah=Count("pk"), dikunci=Count("pk", filter=Q(terkunci=True)))
    )
    return {"jumlah": found["jumlah"], "terkunci": found["dikunci"]}
