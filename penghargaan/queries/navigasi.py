"""What people find in the main menu about the award."""

from collections.abc import Collection

from kompetisi import clock
from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import LINGKAR_PLENO, check_aksi
from penghargaan.queries.hasil import is_published

KELOMPOK = "Penghargaan"
CIRCLE = [
    {"label": "Pleno", "url_name": "penghargaan_panitia:pleno", "urutan": 50},
    {"label": "Penetapan", "url_name": "penghargaan_panitia:penetapan", "urutan": 52},
    {"label": "Piagam", "url_name": "penghargaan_panitia:piagam", "urutan": 54},
]
CHECK = {"label": "Verifikasi", "url_name": "penghargaan:verifikasi", "urutan": 84}
KEPT = {
    "label": "Masa simpan",
    "url_name": "penghargaan_panitia:retensi",
    "urutan": 65,
    "kelompok": "Sistem",
}
RESULT = {"label": "Hasil", "url_name": "penghargaan:hasil-terbaru", "urutan": 83}


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """Entries of the menu; at most one query."""
    entries = [] if peran else [CHECK]
    if edisi and is_published(edisi, clock.now()):
        entries.append(RESULT | ({"kelompok": KELOMPOK} if peran else {}))
    if edisi and LINGKAR_PLENO.intersection(peran):
        entries += [entry | {"kelompok": KELOMPOK} for entry in CIRCLE]
    if edisi and check_aksi("retensi.lihat", peran):
        entries.append(KEPT)
    return entries
