"""What a person chose about messages."""

from kompetisi.models import Pengguna, PilihanPesan
from kompetisi.rules.katalog import katalog


def pilihan_of(user: Pengguna | None) -> PilihanPesan | None:
    """The choices of a person; None when none were made."""
    return PilihanPesan.objects.filter(pengguna=user).first() if user else None


def jenis_pilihan() -> list[tuple[str, str]]:
    """Code and name of the kinds that a person may do without."""
    return [(jenis.kode, jenis.nama) for jenis in katalog().values() if not jenis.harus]
