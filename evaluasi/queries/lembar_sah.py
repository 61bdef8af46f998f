"""The sheets that count, as one reader may see them: what every analysis and export starts from.

Somebody in conflict with an agency gets figures without its entries, in sums and ranks too: no
number that is shown to a person rests on a score that is kept from them.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import OuterRef, QuerySet

from evaluasi.models import Evaluator, LembarSah, Penugasan
from evaluasi.queries.benturan import in_conflict, own_conflict
from evaluasi.queries.penugasan import edisi_where, is_locked
from evaluasi.queries.rencana import tahap_dinilai
from kompetisi.models import Jalur, Pengguna, Tahap
from registrasi.models import Pendaftaran

Sah = tuple[int, int, Decimal, int]  # entry, evaluator, total, sheet


def sheets_visible_to(user: Pengguna, tahap: Tahap, jalur: Jalur) -> list[Sah]:
    """The sheets of a track that count, for who may see all scores, by entry; two queries."""
    return sheets_among(tahap, entries_of(user, tahap, jalur).values_list("pk", flat=True))


def entries_of(user: Pengguna, tahap: Tahap, jalur: Jalur) -> QuerySet[Pendaftaran]:
    """The entries of a track whose scores this person may see."""
    return Pendaftaran.objects.filter(
        ~own_conflict(user, "instansi"),
        edisi=tahap.edisi_id,
        edisi__in=edisi_where(user, "nilai.lihat"),
        jalur=jalur,
    )


def sheets_among(tahap: Tahap, entries: Iterable[int]) -> list[Sah]:
    """The sheets of a stage that count, of these entries alone, by entry.

    Matched here and not by the database: joined to the view of sums, a stage whose statistics are
    not gathered yet would be summed once for each entry.
    """
    chosen = set(entries)
    if not chosen:
        return []
    rows = LembarSah.objects.filter(tahap=tahap).values_list(
        "pendaftaran_id", "evaluator_id", "total", "lembar_id"
    )
    return sorted((row for row in rows if row[0] in chosen), key=lambda row: (row[0], row[3]))


def counted_for(
    tahap: str | Tahap = "tahap", pendaftaran: str = "pendaftaran"
) -> QuerySet[Penugasan]:
    """The assignments whose sheets count, for a subquery on stage and entry of the outer query.

    `tahap` may be the stage itself.

    Asked of assignments and locks, never of the view of sums: correlated to that, a database whose
    statistics are not gathered yet may sum up the stage once for each row.
    """
    return Penugasan.objects.filter(
        ~in_conflict("evaluator", "pendaftaran__instansi"),
        is_locked("lembar__pk"),
        tahap=OuterRef(tahap) if isinstance(tahap, str) else tahap,
        pendaftaran=OuterRef(pendaftaran),
        dirilis_pada__isnull=False,
        dicabut_pada=None,
    )


def hidden_entries(user: Pengguna, tahap: Tahap, jalur: Jalur) -> int:
    """How many entries with sheets that count are kept from this reader."""
    kept = Pendaftaran.objects.filter(
        own_conflict(user, "instansi"), edisi=tahap.edisi_id, jalur=jalur
    )
    return len({row[0] for row in sheets_among(tahap, kept.values_list("pk", flat=True))})


def reader_names(keys: Iterable[int]) -> dict[int, str]:
    """Evaluator -> name, or address where there is none."""
    rows = Evaluator.objects.filter(pk__in=list(keys)).values_list(
        "pk", "pengguna__nama", "pengguna__email"
    )
    return {pk: nama or email for pk, nama, email in rows}


def kuota_of(tahap: Tahap, jalur: Jalur) -> int | None:
    """How many entries of a track a stage lets through; None where its score alone decides nothing.

    The first of several scored stages makes the shortlist; an only one makes the winners.
    """
    stages = tahap_dinilai(tahap.edisi)
    if len(stages) == 1:
        return jalur.kuota_pemenang
    return jalur.kuota_daftar_pendek if stages and stages[0].pk == tahap.pk else None
