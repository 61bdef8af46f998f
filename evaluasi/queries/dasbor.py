"""What an evaluator has to do: assignments by stage, how many are left, which is next."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from evaluasi.models import Nilai, Penugasan
from evaluasi.queries.penugasan import is_locked, penugasan_own
from kompetisi.models import Edisi, Kriteria, Pengguna
from kompetisi.queries.edisi import tahap_list
from kompetisi.rules.matriks import EVALUATOR
from kompetisi.rules.tahap import closing_of, keadaan_at
from registrasi.queries.instansi import named_by

BELUM, DRAF, TERKUNCI = "belum_mulai", "draf", "terkunci"


def penugasan_board(user: Pengguna, edisi: Edisi) -> QuerySet[Penugasan]:
    """Own assignments of an edition with `terkunci`, `terisi`, `butir`, `total` and `status`."""
    scores = (
        Nilai.objects.filter(lembar__penugasan=OuterRef("pk"))
        .order_by()
        .values("lembar__penugasan")
    )
    criteria = (
        Kriteria.objects.filter(kelompok__rubrik=OuterRef("lembar__rubrik"))
        .order_by()
        .values("kelompok__rubrik")
        .annotate(n=Count("pk"))
    )
    return (
        penugasan_own(user)
        .filter(tahap__edisi=edisi)
        .annotate(
            terkunci=is_locked("lembar__pk"),
            terisi=Coalesce(Subquery(scores.annotate(n=Count("pk")).values("n")), 0),
            butir=Coalesce(Subquery(criteria.values("n")), 0),
            total=Subquery(
                scores.annotate(n=Sum(F("faktor") * F("kriteria__bobot"))).values("n"),
                output_field=DecimalField(),
            ),
            status=Case(
                When(terkunci=True, then=Value(TERKUNCI)),
                When(terisi__gt=0, then=Value(DRAF)),
                default=Value(BELUM),
            ),
        )
        .select_related(
            "pendaftaran__instansi",
            "pendaftaran__unit",
            "pendaftaran__jalur",
            "lembar",
            "tahap__edisi",
        )
    )


def stages_of(user: Pengguna, edisi: Edisi, at: datetime) -> list[dict]:
    """Each stage in which this evaluator has assignments: state, closing, counts; three queries."""
    counts = {
        row["tahap"]: row
        for row in penugasan_own(user)
        .filter(tahap__edisi=edisi)
        .annotate(terkunci=is_locked("lembar__pk"))
        .order_by()
        .values("tahap")
        .annotate(
            jumlah=Count("pk"),
            selesai=Count("pk", filter=Q(terkunci=True)),
            belum_dijawab=Count("pk", filter=Q(diterima_pada=None, terkunci=False)),
        )
    }
    found = []
    for tahap in tahap_list(edisi):
        if tahap.pk not in counts:
            continue
        closing = closing_of(tahap, tahap.perpanjangan_berlaku)
        row = counts[tahap.pk]
        found.append(
            {
                "tahap": tahap,
                "keadaan": keadaan_at(tahap.mulai, closing, at),
                "penutupan": closing,
                "jumlah": row["jumlah"],
                "selesai": row["selesai"],
                "sisa": row["jumlah"] - row["selesai"],
                "belum_dijawab": row["belum_dijawab"],
            }
        )
    return found


def own_stages(user: Pengguna, edisi: Edisi, peran: Collection[str]) -> set[int]:
    """The stages in which an evaluator has assignments; asks nothing for others."""
    if EVALUATOR not in peran:
        return set()
    return set(penugasan_own(user).filter(tahap__edisi=edisi).values_list("tahap", flat=True))


def filter_board(
    rows: QuerySet[Penugasan], *, status: str, cari: str, samar: bool = False
) -> QuerySet[Penugasan]:
    """What a filter leaves, drafts first, then those not begun, then locked ones.

    `samar`: names are kept from the reader, so that none is found by them either.
    """
    if status in (BELUM, DRAF, TERKUNCI):
        rows = rows.filter(status=status)
    code, unit = "pendaftaran__kode", "pendaftaran__unit__nama"
    rows = rows.filter(
        named_by(cari, code, instansi="")
        if samar
        else named_by(cari, code, unit, instansi="pendaftaran__instansi")
    )
    order = Case(When(status=DRAF, then=0), When(status=BELUM, then=1), default=2)
    return rows.order_by(order, "pk")


def next_penugasan(user: Pengguna, tahap_id: int, after: int = 0) -> int | None:
    """Key of the next own assignment of a stage whose sheet is not locked, round and round."""
    rows = (
        penugasan_own(user)
        .filter(~is_locked("lembar__pk"), tahap=tahap_id)
        .exclude(pk=after)
        .order_by(Case(When(pk__gt=after, then=0), default=1), "pk")
    )
    return rows.values_list("pk", flat=True).first()


def count_left(user: Pengguna, edisi: Edisi) -> int:
    """How many own sheets of an edition are not locked."""
    rows = penugasan_own(user).filter(~is_locked("lembar__pk"), tahap__edisi=edisi)
    return rows.count()
