"""The sheets that count, as one reader may see them: what every analysis and export starts from.

Somebody in conflict with an agency gets figures without its entries, in sums and ranks too: no
number that is shown to a person rests on a score that is kept from them.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from evaluasi.models import Evaluator, LembarSah
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.penugasan import edisi_where
from evaluasi.queries.rencana import tahap_dinilai
from kompetisi.models import Jalur, Pengguna, Tahap


def lembar_sah_visible_to(
    user: Pengguna, tahap: Tahap, jalur: Jalur | None = None
) -> QuerySet[LembarSah]:
    """The sheets that count in a stage (of a track), for those who may see all scores."""
    rows = LembarSah.objects.filter(
        ~own_conflict(user, "pendaftaran__instansi"),
        tahap=tahap,
        tahap__edisi__in=edisi_where(user, "nilai.lihat"),
    )
    return rows.filter(pendaftaran__jalur=jalur) if jalur else rows


def hidden_entries(user: Pengguna, tahap: Tahap, jalur: Jalur) -> int:
    """How many entries with sheets that count are kept from this reader."""
    rows = LembarSah.objects.filter(
        own_conflict(user, "pendaftaran__instansi"), tahap=tahap, pendaftaran__jalur=jalur
    )
    return rows.values("pendaftaran").distinct().count()


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
