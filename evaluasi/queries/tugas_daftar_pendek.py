"""What the chair has to decide now about the shortlist."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from evaluasi.queries.daftar_pendek import jalur_visible_to, tahap_penyaring
from evaluasi.rules.daftar_pendek import PUTUSKAN
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.edisi import closing_instant
from kompetisi.rules.matriks import MATRIKS


def tugas_daftar_pendek(
    user: Pengguna, edisi: Edisi, peran: Collection[str], at: datetime
) -> list[dict]:
    """A task for each track whose stage has closed and whose shortlist is not decided."""
    if not MATRIKS[PUTUSKAN].peran.intersection(peran):
        return []
    tahap = tahap_penyaring(edisi)
    if tahap is None or at < closing_instant(tahap):
        return []
    waiting = jalur_visible_to(user, edisi).filter(diputus=False, calon__gt=0)
    return [
        {
            "judul": f"Putuskan daftar pendek {row.nama}",
            "uraian": f"{row.calon} pendaftaran menunggu putusan, kuota {row.kuota_daftar_pendek}.",
            "url": reverse("evaluasi_panitia:daftar-pendek-jalur", args=[row.kode]),
            "jumlah": row.calon,
            "urgensi": 1,
        }
        for row in waiting.order_by("urutan", "pk")
    ]
