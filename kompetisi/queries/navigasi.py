"""What everybody finds in the main menu, and what the committee finds there about the core."""

from collections.abc import Collection

from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import check_aksi

PUBLIC = [
    {"label": "Jadwal", "url_name": "publik:jadwal", "urutan": 80},
    {"label": "Ketentuan", "url_name": "publik:ketentuan", "urutan": 81},
    {"label": "Pengumuman", "url_name": "publik:pengumuman", "urutan": 82},
]
KELOMPOK = "Sistem"
GUARDED = [
    ("peran.atur", {"label": "Peran", "url_name": "panitia:peran", "urutan": 60}),
    ("pesan.lihat", {"label": "Kotak keluar", "url_name": "panitia:pesan", "urutan": 61}),
    ("naskah.ubah", {"label": "Naskah pesan", "url_name": "panitia:naskah", "urutan": 61}),
    ("pribadi.hapus", {"label": "Data pribadi", "url_name": "panitia:pribadi", "urutan": 64}),
    ("jejak.lihat", {"label": "Jejak audit", "url_name": "panitia:jejak", "urutan": 62}),
]


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """Entries of the menu; no query. The committee finds the public pages at the foot.

    `kelompok` names the group under which an entry stands when the menu is long.
    """
    if not user.is_authenticated:
        return PUBLIC
    own = [entry | {"kelompok": KELOMPOK} for aksi, entry in GUARDED if check_aksi(aksi, peran)]
    home = {"label": "Beranda", "url_name": "publik:beranda", "urutan": 1}
    return [home, *own, *([] if peran else PUBLIC)]
