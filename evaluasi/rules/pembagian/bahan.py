"""What a division takes and gives."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

# Why a reader was given an entry, most telling first; more than one may hold.
PERTIMBANGAN: Mapping[str, str] = {
    "tangan": "dipilih dengan tangan",
    "impor": "dari berkas impor",
    "ketiga": "pembaca tambahan",
    "pengganti": "menggantikan pembaca yang berhenti",
    "jangkar": "entri jangkar, dibaca semua evaluator",
    "satu_satunya": "tidak ada pilihan lain",
    "penghubung": "menghubungkan kelompok evaluator",
    "tetap": "sama dengan rencana sebelumnya",
    "keahlian": "sesuai bidang keahlian",
    "asal": "instansi asal berbeda",
    "beban": "bebannya ringan",
}


def describe_pertimbangan(codes: Collection[str], most: int | None = None) -> str:
    """Reasons in words, most telling first, at most `most` of them."""
    return "; ".join([text for kode, text in PERTIMBANGAN.items() if kode in codes][:most])


@dataclass(frozen=True)
class Penilai:
    """A reader: at most `kapasitas` sheets in all; `asal` tells the home body apart.

    `keahlian` are the fields this person knows, as codes that entries carry too.
    """

    pk: int
    kapasitas: int
    asal: str = ""
    keahlian: frozenset[str] = frozenset()
    nama: str = ""

    @property
    def rumah(self) -> str:
        """The home body; whoever names none is at home alone."""
        return self.asal or f"#{self.pk}"


@dataclass(frozen=True)
class Entri:
    """An entry and the readers it has already; these are never moved."""

    pk: int
    instansi: int
    sudah: tuple[int, ...] = ()
    bidang: frozenset[str] = frozenset()
    nama: str = ""


@dataclass(frozen=True)
class Kekurangan:
    """Readers that could not be found for an entry, and the rule that is to blame.

    `aturan` is "evaluator", "benturan", "kapasitas", "jadwal" or "asal"; `sebab` says it in a
    sentence with what would help.
    """

    entri: int
    kurang: int
    aturan: str
    sebab: str


@dataclass
class Pembagian:
    """Outcome: the readers added to each entry, and what is missing or to be minded.

    `pertimbangan` has the codes of PERTIMBANGAN for each pair (entry, reader) that was added;
    `jangkar` are the entries that everybody reads; `kelompok` the groups of readers that share
    entries, largest first (one when all are linked); `berubah` counts the pairs of the earlier
    plan that did not stay. `terbaik` is False when the time ran out before the best was proved.
    """

    tambahan: dict[int, list[int]] = field(default_factory=dict)
    kekurangan: list[Kekurangan] = field(default_factory=list)
    pertimbangan: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    peringatan: list[str] = field(default_factory=list)
    jangkar: tuple[int, ...] = ()
    kelompok: list[list[int]] = field(default_factory=list)
    berubah: int = 0
    terbaik: bool = True


@dataclass(frozen=True)
class Aturan:
    """What a division is to keep.

    `per_entri` readers for each entry, counting those it has. `beda_asal`: of different home
    bodies, before loads are made even; else only where it costs nothing. `jangkar`: how many
    entries everybody reads. `hubungkan`: readers are linked through shared entries.
    """

    per_entri: int
    beda_asal: bool = True
    jangkar: int = 0
    hubungkan: bool = False


MASK = 2**64 - 1


def mix(*numbers: int) -> int:
    """A fixed scatter of some integers (splitmix64); decides between equals, repeatably."""
    state = 0
    for number in numbers:
        state = (state + number + 0x9E3779B97F4A7C15) & MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
        state ^= state >> 31
    return state
