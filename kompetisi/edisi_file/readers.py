"""Small readers that turn a node into a value of one kind, or note what is wrong with it.

A reader is called with a node, its place and the list of problems; it returns the value, or
INVALID after noting a problem. Records and lists leave out what is invalid, so that the checks
after them still find further mistakes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kompetisi.edisi_file.nodes import Node, shorten, unknown_key
from kompetisi.edisi_file.problems import Place, Problems, suggest


class _Invalid:
    """The mark of a value that was noted as a problem."""


INVALID = _Invalid()
Reader = Callable[[Node, Place, Problems], Any]

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,49}")
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?\s*(Z|[+-]\d{2}:\d{2})?", re.ASCII
)


class Record(dict[str, Any]):
    """The fields of one mapping, each with its place in the file."""

    def __init__(self, place: Place, key_lines: dict[str, int]) -> None:
        super().__init__()
        self.place = place
        self.key_lines = key_lines

    def at(self, key: str) -> Place:
        """Where the field stands, or the record itself when the field is not written."""
        return self.place.under(key, self.key_lines.get(key, self.place.line))


class Rows(list[Any]):
    """The valid items of one list, each with its place in the file."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: list[Place] = []


@dataclass(frozen=True)
class Field:
    """One field of a record: how it is read, whether it must stand, what it is without."""

    read: Reader
    required: bool = True
    default: Any = None


def optional(read: Reader, default: Any = None) -> Field:
    """A field that may be left out or left empty; a list then is empty, not absent."""
    return Field(read, required=False, default=default)


def record(fields: dict[str, Field | Reader]) -> Reader:
    """A mapping with exactly these keys; a bare reader is a field that must stand."""
    known = {name: f if isinstance(f, Field) else Field(f) for name, f in fields.items()}

    def read(node: Node, place: Place, problems: Problems) -> Any:
        if node.fields is None:
            problems.add(place, f"harus berupa kelompok isian, bukan {node.kind}")
            return INVALID
        for name, line in node.key_lines.items():
            if name not in known:
                rest = [key for key in known if key not in node.fields]
                problems.add(place.under(name, line), unknown_key(name, rest or list(known)))
        found = Record(place, node.key_lines)
        for name, wanted in known.items():
            value = _read_field(node, name, wanted, place, problems)
            if value is not INVALID:
                found[name] = value
        return found

    return read


def _read_field(node: Node, name: str, wanted: Field, place: Place, problems: Problems) -> Any:
    inner = node.fields.get(name)
    if inner is None and wanted.required:
        problems.add(place, f"isian '{name}' belum ada")
        return INVALID
    if inner is None or (inner.is_null and not wanted.required):
        return list(wanted.default) if isinstance(wanted.default, list) else wanted.default
    return wanted.read(inner, place.under(name, node.key_lines[name]), problems)


def listing(item: Reader, *, least: int = 0) -> Reader:
    """A list of such items, at least so many."""

    def read(node: Node, place: Place, problems: Problems) -> Any:
        if node.items is None:
            problems.add(place, f"harus berupa daftar, bukan {node.kind}")
            return INVALID
        if len(node.items) < least:
            problems.add(place, f"paling sedikit berisi {least}, sekarang {len(node.items)}")
        rows = Rows(place)
        for index, inner in enumerate(node.items):
            inner_place = place.item(index, inner.line)
            value = item(inner, inner_place, problems)
            if value is not INVALID:
                rows.append(value)
                rows.places.append(inner_place)
        return rows

    return read


def table(value: Reader, *, key: re.Pattern[str] = CODE, least: int = 0) -> Reader:
    """A mapping from free codes to such values."""

    def read(node: Node, place: Place, problems: Problems) -> Any:
        if node.fields is None:
            problems.add(place, f"harus berupa kelompok isian, bukan {node.kind}")
            return INVALID
        if len(node.fields) < least:
            problems.add(place, f"paling sedikit berisi {least}, sekarang {len(node.fields)}")
        found = Record(place, node.key_lines)
        for name, inner in node.fields.items():
            inner_place = place.under(name, node.key_lines[name])
            if not key.fullmatch(name):
                problems.add(inner_place, f"kode '{shorten(name)}' tidak sah")
            result = value(inner, inner_place, problems)
            if result is not INVALID:
                found[name] = result
        return found

    return read


def text(*, most: int = 300) -> Reader:
    """Text that is not blank, at most so many characters."""

    def read(node: Node, place: Place, problems: Problems) -> Any:
        if node.text is None or not node.text.strip():
            found = "" if node.is_null or node.text is not None else f", bukan {node.kind}"
            problems.add(place, f"harus diisi teks{found}")
            return INVALID
        value = node.text.strip()
        if len(value) > most:
            problems.add(place, f"panjang {len(value)} karakter, paling banyak {most}")
            return INVALID
        return value

    return read


def code(node: Node, place: Place, problems: Problems) -> Any:
    """A short code: letters, digits, hyphen and underscore."""
    if node.text is None or not CODE.fullmatch(node.text):
        problems.add(
            place,
            f"harus kode dari huruf, angka, '-' atau '_' (paling panjang 50), bukan {node.kind}",
        )
        return INVALID
    return node.text


def integer(*, least: int = 0, most: int = 32767) -> Reader:
    """A whole number within bounds."""

    def read(node: Node, place: Place, problems: Problems) -> Any:
        if node.text is None or not INTEGER.fullmatch(node.text):
            problems.add(place, f"harus bilangan bulat, bukan {node.kind}")
            return INVALID
        value = int(node.text)
        if not least <= value <= most:
            problems.add(place, f"harus {least} sampai {most}, sekarang {value}")
            return INVALID
        return value

    return read


def decimal(*, least: str = "0", most: str = "100", places: int = 2) -> Reader:
    """An exact decimal number within bounds; written with a dot, never read as a float."""

    def read(node: Node, place: Place, problems: Problems) -> Any:
        if node.text is None or not DECIMAL.fullmatch(node.text):
            problems.add(place, f"harus angka dengan titik desimal, bukan {node.kind}")
            return INVALID
        if len(node.text.partition(".")[2]) > places:
            problems.add(place, f"paling banyak {places} angka di belakang titik: {node.text}")
            return INVALID
        value = Decimal(node.text)
        if not Decimal(least) <= value <= Decimal(most):
            problems.add(place, f"harus {least} sampai {most}, sekarang {node.text}")
            return INVALID
        return value

    return read


def boolean(node: Node, place: Place, problems: Problems) -> Any:
    """Yes or no, in Indonesian or in YAML's own words."""
    words = {"ya": True, "true": True, "tidak": False, "false": False}
    value = words.get((node.text or "").lower(), INVALID)
    if value is INVALID:
        problems.add(place, f"harus 'ya' atau 'tidak', bukan {node.kind}")
    return value


def choice(*known: str) -> Reader:
    """One of these words."""

    def read(node: Node, place: Place, problems: Problems) -> Any:
        if node.text not in known:
            hint = suggest(node.text or "", list(known)) or "; pilih salah satu"
            problems.add(place, f"{node.kind} tidak dikenal{hint}")
            return INVALID
        return node.text

    return read


def day(node: Node, place: Place, problems: Problems) -> Any:
    """A calendar day, YYYY-MM-DD."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text or "", re.ASCII):
            problems.add(place, f"harus tanggal seperti 2019-11-02, bukan {node.kind}")
            return INVALID
        return date.fromisoformat(node.text)
    except ValueError:
        problems.add(place, f"tanggal '{node.text}' tidak ada dalam kalender")
        return INVALID


def instant(zone: ZoneInfo) -> Reader:
    """A moment, YYYY-MM-DDTHH:MM[:SS], in `zone` unless an offset is written."""

    def read(node: Node, place: Place, problems: Problems) -> Any:
        match = INSTANT.fullmatch(node.text or "")
        if not match:
            problems.add(
                place,
                f"harus tanggal dan jam seperti 2019-11-02T00:00:00, bukan {node.kind}",
            )
            return INVALID
        day_part, minute, second, offset = match.groups()
        try:
            value = datetime.fromisoformat(f"{day_part}T{minute}{second or ':00'}{offset or ''}")
        except ValueError:
            problems.add(place, f"waktu '{node.text}' tidak ada dalam kalender")
            return INVALID
        return value if offset else value.replace(tzinfo=zone)

    return read


def zone(node: Node, place: Place, problems: Problems) -> Any:
    """One of Indonesia's three zones."""
    return choice("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")(node, place, problems)
