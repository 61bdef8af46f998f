"""What an agency finds in the main menu, and everybody of registration."""

from collections.abc import Collection

from kompetisi.models import Edisi, Pengguna
from registrasi.models import Keanggotaan

ENTRY = {"label": "Pendaftaran", "url_name": "registrasi:daftar", "urutan": 10}
ALSO = {"label": "Instansi saya", "url_name": "registrasi:daftar", "urutan": 30}
PUBLIC = {"label": "Peserta", "url_name": "registrasi_publik:peserta", "urutan": 82}


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """The public list and one entry for everybody without a role of PANRB; members with one, too.

    At most one query.
    """
    if not edisi:
        return []
    if not user.is_authenticated:
        return [PUBLIC]
    if not peran:
        return [ENTRY, PUBLIC]
    member = Keanggotaan.objects.berlaku().filter(pengguna=user)
    return [ALSO] if member.exists() else []
