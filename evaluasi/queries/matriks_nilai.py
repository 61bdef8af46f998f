"""The chair's matrix of a stage: entries x readers with totals, gaps and what is missing."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from evaluasi.models import LembarSah, Nilai, Penugasan
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.nilai import total_lembar
from evaluasi.queries.penugasan import edisi_where, is_locked
from kompetisi.models import Pengguna, Tahap
from registrasi.models import Pendaftaran
from registrasi.queries.instansi import named_by

URUTAN = ("peserta", "-selisih", "-tinggi", "kurang")


def entries_scored(user: Pengguna, tahap: Tahap) -> QuerySet[Pendaftaran]:
    """Entries with assignments in a stage, with `tugas`, `terkunci` and `selisih` (of totals).

    Only for the circle that may see all scores, without what is in conflict with the reader.
    """
    live = Penugasan.objects.filter(
        pendaftaran=OuterRef("pk"), tahap=tahap, dirilis_pada__isnull=False, dicabut_pada=None
    )
    counted = LembarSah.objects.filter(pendaftaran=OuterRef("pk"), tahap=tahap).order_by()
    per_entry = counted.values("pendaftaran")
    return (
        Pendaftaran.objects.filter(
            Exists(live),
            ~own_conflict(user, "instansi"),
            edisi__in=edisi_where(user, "nilai.lihat"),
            edisi=tahap.edisi_id,
        )
        .select_related("instansi", "unit", "jalur")
        .annotate(
            tugas=Subquery(
                live.order_by().values("pendaftaran").annotate(n=Count("pk")).values("n")
            ),
            terkunci=Subquery(per_entry.annotate(n=Count("pk")).values("n")),
            selisih=Subquery(
                per_entry.annotate(n=Max("total") - Min("total")).values("n"),
                output_field=DecimalField(),
            ),
            tinggi=Subquery(
                per_entry.annotate(n=Max("total")).values("n"), output_field=DecimalField()
            ),
        )
    )


def filter_scored(
    rows: QuerySet[Pendaftaran],
    *,
    cari: str = "",
    saring: str = "",
    jalur: str = "",
    urut: str = "",
    ambang: Decimal | None = None,
) -> QuerySet[Pendaftaran]:
    """What a filter leaves: `kurang` has open sheets, `lengkap` none, `selisih` a wide gap."""
    rows = rows.filter(named_by(cari, "kode", "unit__nama"))
    if jalur:
        rows = rows.filter(jalur__kode=jalur)
    if saring == "kurang":
        rows = rows.filter(Q(terkunci=None) | Q(terkunci__lt=F("tugas")))
    elif saring == "lengkap":
        rows = rows.filter(terkunci__gte=F("tugas"))
    elif saring == "selisih" and ambang is not None:
        rows = rows.filter(selisih__gt=ambang)
    if urut in ("-selisih", "-tinggi"):
        field = urut.lstrip("-")
        return rows.order_by(F(field).desc(nulls_last=True), "instansi__nama", "pk")
    return rows.order_by("instansi__nama", "pk")


def sheets_of(tahap: Tahap, entries: list[int]) -> dict[int, list[dict]]:
    """Entry -> its sheets in reading order, with total where it counts; three queries.

    Drafts show how many criteria are filled, never their points.
    """
    totals = total_lembar(tahap, entries)
    filled = dict(
        Nilai.objects.filter(
            lembar__penugasan__tahap=tahap, lembar__penugasan__pendaftaran__in=entries
        )
        .order_by()
        .values_list("lembar")
        .annotate(n=Count("pk"))
    )
    found: dict[int, list[dict]] = defaultdict(list)
    rows = (
        Penugasan.objects.filter(
            tahap=tahap,
            pendaftaran__in=entries,
            dirilis_pada__isnull=False,
            dicabut_pada=None,
        )
        .annotate(terkunci=is_locked("lembar__pk"))
        .order_by("urutan", "pk")
        .values(
            "pk",
            "pendaftaran_id",
            "urutan",
            "terkunci",
            lembar_pk=F("lembar__pk"),
            nama=F("evaluator__pengguna__nama"),
            email=F("evaluator__pengguna__email"),
        )
    )
    for row in rows:
        row["nama"] = row["nama"] or row["email"]
        row["total"] = totals.get(row["lembar_pk"])
        row["terisi"] = filled.get(row["lembar_pk"], 0)
        found[row["pendaftaran_id"]].append(row)
    return found
