"""Lists as spreadsheets. Text stays text: nothing that a person typed ever becomes a formula.

Numbers are written as numbers, instants and days as such in WIB. Both writers take rows one at a
time, so that a list costs the same memory whatever its length.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kompetisi.clock import WIB

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
STARTERS = tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")  # the wide forms are folded by Excel
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
LONGEST_CELL = 32_767  # characters, a limit of the format
FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}


@dataclass(frozen=True)
class Kolom:
    """A column: its head, how a row gives its value, its width in characters."""

    nama: str
    nilai: Callable[[object], object]
    lebar: int = 20


@dataclass(frozen=True)
class Tabel:
    """A list to be taken along: its title (31 characters at most are shown), columns and rows."""

    judul: str
    kolom: Sequence[Kolom]
    baris: Iterable[object]


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet might run this text, also after the blanks it would strip."""
    return text.startswith(STARTERS) or text.lstrip().startswith(STARTERS)


def write_xlsx(
    file: BinaryIO, *, judul: str, kolom: Sequence[Kolom], rows: Iterable[object]
) -> None:
    """Write an XLSX file of one sheet, its first row the heads."""
    write_book(file, [Tabel(judul, kolom, rows)])


def write_book(file: BinaryIO, tables: Iterable[Tabel]) -> None:
    """Write an XLSX file with a sheet for each table, its first row the heads."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(NOT_IN_TITLE.sub(" ", table.judul)[:31])
        for index, column in enumerate(table.kolom, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = column.lebar
        sheet.freeze_panes = "A2"
        head = [cell_of(sheet, column.nama) for column in table.kolom]
        for cell in head:
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.append(head)
        for row in table.baris:
            sheet.append([cell_of(sheet, column.nilai(row)) for column in table.kolom])
    book.save(file)


def cell_of(sheet, value: object) -> WriteOnlyCell:
    """A cell that holds the value as what it is; any text is text whatever it begins with.

    `quotePrefix` keeps it text also when somebody edits the cell or saves the sheet as CSV.
    """
    cell = WriteOnlyCell(sheet)
    value = plain(value)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        cell.data_type = "s"
        cell.number_format = "@"
        if begins_formula(value):
            cell.quotePrefix = True
        return cell
    cell.value = value
    if type(value) in FORMATS:
        cell.number_format = FORMATS[type(value)]
    return cell


def plain(value: object) -> object:
    """What a cell can hold: a number, a naive instant or day in WIB, else text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return value.astimezone(WIB).replace(tzinfo=None, microsecond=0)
    return value if isinstance(value, int | float | Decimal | date) else str(value)


def csv_lines(*, kolom: Sequence[Kolom], rows: Iterable[object]) -> Iterator[str]:
    """The lines of a CSV file as Indonesian spreadsheets read it: BOM, `;`, decimal comma.

    Text that a spreadsheet might run is prefixed with an apostrophe.
    """
    yield "\ufeff" + _line([column.nama for column in kolom])
    for row in rows:
        yield _line([_csv_text(column.nilai(row)) for column in kolom])


def _line(texts: list[str]) -> str:
    buffer = StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(texts)
    return buffer.getvalue()


def _csv_text(value: object) -> str:
    value = plain(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal | float):
        return f"{value}".replace(".", ",")
    if not isinstance(value, str):
        return str(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if begins_formula(text) else text
