"""How complete an entry is: the list of what is missing, the meter, the state of each part."""

from dataclasses import dataclass

from registrasi.models import Pendaftaran
from registrasi.queries.kekurangan import Kurang, Tuntutan, filled_of, kurang_of


@dataclass(frozen=True)
class Kelengkapan:
    """What is missing of all that is asked; `diminta` counts it by part and page of the form."""

    kurang: list[Kurang]
    diminta: dict[tuple[str, str], int]
    periode_terisi: frozenset[str]

    @property
    def total(self) -> int:
        """How many things are asked; each can be missing once."""
        return sum(self.diminta.values())

    @property
    def terisi(self) -> int:
        """How many of them are there."""
        return max(self.total - len(self.kurang), 0)

    def of(self, bagian: str, kunci: str = "") -> list[Kurang]:
        """What is missing in one part of the form, or on one page of it."""
        return [
            item
            for item in self.kurang
            if item.bagian == bagian and (not kunci or item.kunci == kunci)
        ]

    def keadaan(self, bagian: str, kunci: str = "") -> str:
        """State of a page of the form, in the words of the task list."""
        missing = len(self.of(bagian, kunci))
        if bagian == "kinerja":
            begun = kunci in self.periode_terisi
            return "sebagian" if begun and missing else "selesai" if begun else "belum_mulai"
        if not missing:
            return "selesai"
        return "belum_mulai" if missing >= self.diminta.get((bagian, kunci), 0) else "sebagian"


def kelengkapan_of(pendaftaran: Pendaftaran) -> Kelengkapan:
    """The same list the secretariat sees, with the meter."""
    asked = Tuntutan(pendaftaran.edisi)
    filled = filled_of([pendaftaran.pk])[pendaftaran.pk]
    return Kelengkapan(
        kurang=asked.missing(pendaftaran, filled),
        diminta=asked.counts(pendaftaran, filled),
        periode_terisi=frozenset(
            p["kode"] for mulai, sampai, p in asked.periode if (mulai, sampai) in filled["angka"]
        ),
    )


def kekurangan_of(pendaftaran: Pendaftaran) -> list[Kurang]:
    """What an entry still lacks, with the part of the form where it is put right."""
    return kurang_of([pendaftaran])[pendaftaran.pk]
