"""The list of entries as a spreadsheet. Text stays text: nothing a person typed is a formula."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kompetisi.clock import WIB
from registrasi.models import JenisInstansi, Pendaftaran, StatusPendaftaran

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("Kode", 16),
    ("Instansi", 42),
    ("Unit", 36),
    ("Jenis instansi", 24),
    ("Provinsi", 28),
    ("Jalur", 28),
    ("Nama program", 48),
    ("Status", 30),
    ("Dikirim (WIB)", 20),
    ("Narahubung", 28),
    ("Telepon narahubung", 20),
)


def export_pendaftaran(rows: Iterable[Pendaftaran]) -> bytes:
    """An XLSX file of these entries (with `dikirim_pada`), one row each, instants in WIB."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Pendaftaran")
    for index, (_, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    head = [text_cell(sheet, name) for name, _ in COLUMNS]
    for cell in head:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    sheet.append(head)
    for row in rows:
        sheet.append([text_cell(sheet, text) for text in _texts(row)])
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def text_cell(sheet, text: str) -> WriteOnlyCell:
    """A cell of plain text whatever it begins with; a spreadsheet would run "=…" as a formula.

    `quotePrefix` keeps it text also when somebody edits the cell or saves the sheet as CSV.
    """
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    if text[:1] in "=+-@\t\r":
        cell.quotePrefix = True
    return cell


def _texts(row: Pendaftaran) -> list[str]:
    provinsi = row.instansi.provinsi or (row.instansi if row.instansi.jenis == "provinsi" else None)
    return [
        row.kode,
        row.instansi.nama,
        row.unit.nama if row.unit else "",
        JenisInstansi(row.instansi.jenis).label,
        provinsi.nama if provinsi else "",
        row.jalur.nama,
        row.judul,
        StatusPendaftaran(row.status).label,
        _wib(row.dikirim_pada),
        row.narahubung_nama,
        row.narahubung_telepon,
    ]


def _wib(instant: datetime | None) -> str:
    return f"{instant.astimezone(WIB):%Y-%m-%d %H:%M}" if instant else ""
