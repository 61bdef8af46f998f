"""How complete an entry is: the list of what is missing, and the meter."""

from dataclasses import dataclass

from registrasi.models import Pendaftaran
from registrasi.queries.kekurangan import Kurang, Tuntutan, kurang_of


@dataclass(frozen=True)
class Kelengkapan:
    """What is missing, and how many of all that is asked are there."""

    kurang: list[Kurang]
    total: int

    @property
    def terisi(self) -> int:
        """How many of the things asked are there."""
        return max(self.total - len(self.kurang), 0)

    def of(self, bagian: str, kunci: str = "") -> list[Kurang]:
        """What is missing in one part of the form, or on one page of it."""
        return [
            item
            for item in self.kurang
            if item.bagian == bagian and (not kunci or item.kunci == kunci)
        ]


def kelengkapan_of(pendaftaran: Pendaftaran) -> Kelengkapan:
    """The same list the secretariat sees, with the meter."""
    asked = Tuntutan(pendaftaran.edisi)
    return Kelengkapan(kekurangan_of(pendaftaran, asked), asked.total(pendaftaran))


def kekurangan_of(pendaftaran: Pendaftaran, asked: Tuntutan | None = None) -> list[Kurang]:
    """What an entry still lacks, with the part of the form where it is put right."""
    return kurang_of([pendaftaran], asked)[pendaftaran.pk]
