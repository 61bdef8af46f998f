"""What the checks share: lists that may be absent, references, and codes used twice.

A field that could not be read is simply absent; its own mistake has been noted already, so a
check then keeps silent about it.
"""

from collections.abc import Iterable, Iterator

from kompetisi.edisi_file.nodes import shorten
from kompetisi.edisi_file.problems import Place, Problems, suggest
from kompetisi.edisi_file.readers import Record, Rows
from kompetisi.edisi_file.schema import SCORED


def rows_in(section: Record | None, key: str) -> Rows:
    """A list of the section, or an empty one."""
    found = section.get(key) if section is not None else None
    return found if isinstance(found, Rows) else Rows(Place(1, key))


def codes_in(section: Record | None, key: str, name: str = "kode") -> list[str]:
    """The codes of a list's rows, in order."""
    return [row[name] for row in rows_in(section, key) if row.get(name)]


def unique(rows: Iterable[Record], key: str, problems: Problems) -> None:
    """Note the second and later row that carries a value already used."""
    seen: dict[str, int] = {}
    for row in rows:
        value = row.get(key)
        if value in seen:
            line = seen[value]
            problems.add(row.at(key), f"{key} '{value}' sudah dipakai di baris {line}")
        elif value is not None:
            seen[value] = row.at(key).line


def unique_texts(texts: Rows, problems: Problems) -> None:
    """Note the second and later of equal texts in a list."""
    for index, text in enumerate(texts):
        if text in texts[:index]:
            problems.add(texts.places[index], f"'{shorten(text)}' ditulis dua kali")


def unknown(noun: str, name: str, known: list[str]) -> str:
    """The sentence for a reference to something that is not in the file."""
    return f"{noun} '{shorten(name)}' tidak ada{suggest(name, known)}"


def scored_codes(edisi: Record) -> list[str]:
    """The codes of the scored stages, in order."""
    rows = rows_in(edisi, "tahap")
    return [row["kode"] for row in rows if row.get("jenis") in SCORED and row.get("kode")]


def scored_rubrik(edisi: Record, tahap: str | None) -> Iterator[Record]:
    """The rubrics of a stage: the one for all tracks and those of single tracks."""
    for key, rubrik in (edisi.get("rubrik") or {}).items():
        if tahap is not None and key.partition("/")[0] == tahap:
            yield rubrik
