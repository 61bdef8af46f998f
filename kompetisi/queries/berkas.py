"""Which stored files the rows of all apps name, and the outcome of the last check of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from kompetisi.hooks import functions_of
from kompetisi.models import Lambang, PeriksaBerkas


@dataclass(frozen=True)
class BerkasDipakai:
    """A stored file that a row names: where, its bytes (None: not noted), what it is in words."""

    kunci: str
    ukuran: int | None
    apa: str


def files_named() -> dict[str, BerkasDipakai]:
    """All stored files that are in use, by where they lie (setting PEMAKAI_BERKAS)."""
    found: dict[str, BerkasDipakai] = {}
    for function in functions_of("PEMAKAI_BERKAS"):
        for item in function():
            found.setdefault(item.kunci, item)
    return found


def files_of_lambang() -> Iterator[BerkasDipakai]:
    """The emblems."""
    for kunci, nama in Lambang.objects.values_list("berkas", "nama_asli"):
        yield BerkasDipakai(kunci, None, f"lambang {nama}")


def last_periksa() -> PeriksaBerkas | None:
    """The newest check, or None before the first."""
    return PeriksaBerkas.objects.first()
