"""What can be wrong with an edition file, said so that its author can put it right.

Every mistake carries the line in the file and the path of the field, in the form
``baris 41, rubrik.dokumen.kelompok[2].bobot: jumlah bobot kelompok 95, harus 100``.
"""

from dataclasses import dataclass
from difflib import get_close_matches

MAX_PROBLEMS = 200


@dataclass(frozen=True, order=True)
class Place:
    """A spot in the file: line (from 1) and path of the field."""

    line: int
    field: str

    def under(self, key: str, line: int | None = None) -> "Place":
        """The place of a key inside this one."""
        return Place(line or self.line, f"{self.field}.{key}" if self.field else key)

    def item(self, index: int, line: int | None = None) -> "Place":
        """The place of an item of a list, counted from 0 as in the file's path."""
        return Place(line or self.line, f"{self.field}[{index}]")


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake at one place, in Indonesian."""

    place: Place
    text: str

    def __str__(self) -> str:
        field = f", {self.place.field}" if self.place.field else ""
        return f"baris {self.place.line}{field}: {self.text}"


class Problems:
    """Gathers mistakes, so that the author sees all of them at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, text: str) -> None:
        """Note a mistake; beyond ``MAX_PROBLEMS`` they are no longer of use and are dropped."""
        problem = Problem(place, text)
        if len(self._found) < MAX_PROBLEMS and problem not in self._found:
            self._found.append(problem)

    def __bool__(self) -> bool:
        return bool(self._found)

    def sorted(self) -> tuple[Problem, ...]:
        """All mistakes in the order of the file."""
        return tuple(sorted(self._found))

    def require_none(self) -> None:
        """Raise EdisiFileError when there is any mistake."""
        if self._found:
            raise EdisiFileError(self.sorted())


class EdisiFileError(Exception):
    """The edition file cannot be used; ``problems`` names each line and field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def suggest(word: str, known: list[str]) -> str:
    """A closing hint for a word that is not known: the nearest known one, or the list."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"; mungkin maksud Anda '{near[0]}'"
    return f"; yang dikenal: {', '.join(known)}" if known else ""
