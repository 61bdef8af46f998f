"""What an agency finds in the main menu."""

from collections.abc import Collection

from kompetisi.models import Edisi, Pengguna


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """One entry for everybody without a role of the committee; no query."""
    if not user.is_authenticated or edisi is None or peran:
        return []
    return [{"label": "Pendaftaran", "url_name": "registrasi:daftar", "urutan": 10}]
