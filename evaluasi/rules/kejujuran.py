"""Signs that a sheet may have been filled without reading. They never prove it.

A file may have been read on paper or on a colleague's screen, two entries may deserve the same
levels, and one good sentence may fit two entries. So the evaluator sees the signs first, before
locking, and nothing is ever refused for them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

MIN_HURUF = 40  # characters of a normalised note below which likeness says nothing
MIN_SAMA = 3  # entries with the same levels throughout
NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Tanda:
    """What is known about one sheet of one evaluator.

    `dokumen` files are attached, `dibuka` of them were opened by the evaluator (before the lock,
    when there is one), `detik` they were in view beside the sheet. `pola` are the levels of all
    criteria as one text, with the rubric; empty while any is missing. `catatan`: (criterion, note).
    """

    lembar: int
    evaluator: int
    pendaftaran: int
    kode: str
    dokumen: int
    dibuka: int
    detik: int
    pola: str
    catatan: Sequence[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Salinan:
    """The same note in several sheets: one of its texts, and (entry, criterion) where it stands."""

    teks: str
    tempat: tuple[tuple[str, str], ...]
    lembar: frozenset[int]


def normalise(teks: str) -> str:
    """A note without case, marks and spaces: what is left when it is only retyped."""
    return NOT_WORD.sub(" ", teks.casefold()).strip()


def unopened(rows: Iterable[Tanda]) -> list[Tanda]:
    """The sheets of entries with documents of which none was opened."""
    return [row for row in rows if row.dokumen and not row.dibuka]


def same_levels(rows: Iterable[Tanda], least: int = MIN_SAMA) -> list[list[Tanda]]:
    """Groups of sheets of one evaluator with equal levels throughout, in enough entries."""
    groups: dict[tuple[int, str], list[Tanda]] = defaultdict(list)
    for row in rows:
        if row.pola:
            groups[row.evaluator, row.pola].append(row)
    return [g for g in groups.values() if len({row.pendaftaran for row in g}) >= least]


def copied_notes(rows: Iterable[Tanda], least: int = MIN_HURUF) -> list[Salinan]:
    """Notes of one evaluator that stand, retyped or copied, in sheets of different entries."""
    groups: dict[tuple[int, str], list[tuple[Tanda, str, str]]] = defaultdict(list)
    for row in rows:
        for kriteria, teks in row.catatan:
            key = normalise(teks)
            if len(key) >= least:
                groups[row.evaluator, key].append((row, kriteria, teks))
    return [
        Salinan(
            group[0][2],
            tuple((row.kode, kriteria) for row, kriteria, _ in group),
            frozenset(row.lembar for row, _, _ in group),
        )
        for group in groups.values()
        if len({row.pendaftaran for row, _, _ in group}) > 1
    ]


@dataclass(frozen=True)
class Petunjuk:
    """All signs about some sheets."""

    tanpa_buka: list[Tanda]
    sama: list[list[Tanda]]
    salinan: list[Salinan]

    def __bool__(self) -> bool:
        return bool(self.tanpa_buka or self.sama or self.salinan)

    def about(self, lembar: int) -> "Petunjuk":
        """Only what concerns this sheet."""
        return Petunjuk(
            [row for row in self.tanpa_buka if row.lembar == lembar],
            [group for group in self.sama if any(row.lembar == lembar for row in group)],
            [row for row in self.salinan if lembar in row.lembar],
        )

    def of(self, evaluator: int) -> dict[str, int]:
        """How many sheets of an evaluator each sign touches."""
        sheets = {row.lembar for group in self.sama for row in group if row.evaluator == evaluator}
        return {
            "tanpa_buka": sum(row.evaluator == evaluator for row in self.tanpa_buka),
            "sama": len(sheets),
        }


def find_petunjuk(rows: Sequence[Tanda]) -> Petunjuk:
    """The signs in these sheets."""
    return Petunjuk(unopened(rows), same_levels(rows), copied_notes(rows))
