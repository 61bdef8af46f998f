"""What an agency finds in the main menu."""

from collections.abc import Collection

from kompetisi.models import Edisi, Pengguna
from registrasi.models import Keanggotaan, StatusKeanggotaan

ENTRY = {"label": "Pendaftaran", "url_name": "registrasi:daftar", "urutan": 10}
ALSO = {"label": "Instansi saya", "url_name": "registrasi:daftar", "urutan": 30}


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """One entry for everybody without a role of PANRB (no query), and for members with one."""
    if not user.is_authenticated or edisi is None:
        return []
    if not peran:
        return [ENTRY]
    member = Keanggotaan.objects.filter(pengguna=user, status=StatusKeanggotaan.DISETUJUI)
    return [ALSO] if member.exists() else []
