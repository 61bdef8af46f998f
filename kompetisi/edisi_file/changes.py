"""What differs between what is stored and what a file says, in words a person can check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kompetisi.edisi_file.content import ATURAN, EDISI, Content, Path, plain
from kompetisi.edisi_file.nodes import shorten

WIDTH = 70


@dataclass(frozen=True)
class Change:
    """One field that changes, or (field empty) a whole row that comes or goes."""

    path: Path
    field: str
    old: Any
    new: Any

    @property
    def name(self) -> str:
        """The field's name as in the file, such as tahap.dokumen.selesai."""
        head = () if self.path == EDISI else self.path
        return ".".join([*head, self.field] if self.field else head)

    @property
    def kind(self) -> str:
        """The first word of the path: edisi, aturan, jalur, tahap, rubrik, ..."""
        return self.path[0]

    def describe(self, zone: ZoneInfo) -> str:
        """One line: what changes from what to what."""
        if not self.field:
            return f"{self.name}: {'dihapus' if self.new is None else 'ditambahkan'}"
        return f"{self.name}: {show_value(self.old, zone)} -> {show_value(self.new, zone)}"


def diff(old: Content, new: Content) -> list[Change]:
    """All changes, in the order of the new content; what goes comes last."""
    changes: list[Change] = []
    for path, row in new.items():
        if path in old:
            changes += _diff_row(path, old[path], row)
        else:
            changes.append(Change(path, "", None, row))
    gone = [Change(path, "", row, None) for path, row in old.items() if path not in new]
    return changes + gone


def _diff_row(path: Path, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for key in {**new, **old}:
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if path == ATURAN and isinstance(before, dict) and isinstance(after, dict):
            yield from _diff_row((*path, key), before, after)
        else:
            yield Change(path, key, before, after)


def show_value(value: Any, zone: ZoneInfo) -> str:
    """A value for a person: instants in the edition's zone, texts cut to a readable length."""
    if value is None or value == "":
        return "(kosong)"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d-%m-%Y pukul %H.%M.%S %Z}"
    if isinstance(value, Decimal):
        return str(plain(value)).replace(".", ",")
    shown = shorten(str(value), WIDTH)
    return f"'{shown}'" if isinstance(value, str) else shown
