"""Extensions as the committee sees them."""

from collections.abc import Collection

from django.db.models import F, QuerySet

from kompetisi.models import Edisi, Perpanjangan
from kompetisi.queries.edisi import tahap_list
from kompetisi.rules.matriks import PANITIA
from kompetisi.rules.tahap import closing_of
from registrasi.models import Pendaftaran


def perpanjangan_visible_to_panitia(peran: Collection[str], edisi: Edisi) -> QuerySet[Perpanjangan]:
    """All proposals of the edition for the committee: those to be decided first, then the newest.

    `status` of each is given by `status_perpanjangan`.
    """
    if not PANITIA.intersection(peran):
        return Perpanjangan.objects.none()
    return (
        Perpanjangan.objects.filter(tahap__edisi=edisi)
        .select_related("tahap", "diajukan_oleh", "disetujui_oleh", "ditolak_oleh")
        .prefetch_related("gangguan")
        .order_by(
            F("disetujui_pada").asc(nulls_first=True),
            F("ditolak_pada").asc(nulls_first=True),
            "-diajukan_pada",
        )
    )


def usulan_menunggu(peran: Collection[str], edisi: Edisi) -> QuerySet[Perpanjangan]:
    """Proposals that nobody has decided."""
    rows = perpanjangan_visible_to_panitia(peran, edisi)
    return rows.filter(disetujui_pada=None, ditolak_pada=None)


def status_perpanjangan(row: Perpanjangan) -> str:
    """Where a proposal stands: rancangan (of the system), diajukan, disetujui, ditolak."""
    if row.disetujui_pada:
        return "disetujui"
    if row.ditolak_pada:
        return "ditolak"
    return "diajukan" if row.diajukan_oleh_id else "rancangan"


def penutupan_list(edisi: Edisi) -> list[dict]:
    """The stages with the closing in force (exclusive, UTC) of each."""
    return [
        {"tahap": tahap, "selesai": closing_of(tahap, tahap.perpanjangan_berlaku)}
        for tahap in tahap_list(edisi)
    ]


def find_kode(edisi: Edisi, kode: str) -> str:
    """The code of the edition's entry as it is kept, whatever the capitals typed; "" if none."""
    rows = Pendaftaran.objects.filter(edisi=edisi, kode__iexact=kode.strip())
    return rows.values_list("kode", flat=True).first() or ""
