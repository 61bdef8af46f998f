"""Reading a table that somebody sends in, XLSX or CSV, without being harmed by it.

An XLSX file is a ZIP of XML: how large it unpacks is looked at before anything is unpacked, parts
that declare entities are refused, and rows are read one at a time up to a limit. Formulas are
never computed; what was last seen in a cell counts.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook

from kompetisi.errors import InvalidInputError

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 24 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5000
MOST_COLUMNS = 60
LONGEST = 5000  # characters of a cell
SEPARATORS = ";,\t"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
TOO_MANY = "Berkas memuat lebih dari {} baris. Bagi menjadi beberapa berkas."
DAMAGED = "Berkas tidak dapat dibaca. Simpan ulang sebagai XLSX atau CSV, lalu unggah kembali."


@dataclass(frozen=True)
class Tabel:
    """Heads and rows as text; each row with its number in the file, empty rows left out."""

    kolom: tuple[str, ...]
    baris: tuple[tuple[int, dict[str, str]], ...]


def read_tabel(isi: bytes, most_rows: int = MOST_ROWS) -> Tabel:
    """The first sheet of an XLSX file, or a CSV file, told apart by their content.

    CSV may be UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252; separated by `;`, `,`
    or tab. At most `most_rows` rows below the heads. Raises InvalidInputError that says what to do.
    """
    if len(isi) > MOST_BYTES:
        raise InvalidInputError(
            f"Berkas lebih besar daripada {MOST_BYTES // 1024**2} MB. Bagi menjadi beberapa berkas."
        )
    if not isi.strip():
        raise InvalidInputError("Berkas ini kosong.")
    xlsx = isi.startswith(b"PK\x03\x04")
    return _table(_xlsx_lines(isi, most_rows) if xlsx else _csv_lines(isi), most_rows)


def _table(lines: Iterator[tuple[int, list[str]]], most_rows: int) -> Tabel:
    heads: tuple[str, ...] = ()
    rows = []
    for number, texts in lines:
        if not any(texts):
            continue
        if not heads:
            heads = _heads(texts)
            continue
        if len(rows) >= most_rows:
            raise InvalidInputError(TOO_MANY.format(most_rows))
        extra = [text for text in texts[len(heads) :] if text]
        if extra:
            raise InvalidInputError(
                f"Baris {number} mempunyai lebih banyak kolom daripada judulnya. Periksa pemisah "
                "kolom pada baris itu."
            )
        rows.append((number, dict(zip(heads, [*texts, *[""] * len(heads)], strict=False))))
    if not heads:
        raise InvalidInputError("Berkas ini tidak mempunyai judul kolom.")
    return Tabel(heads, tuple(rows))


def _heads(texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1]:
        texts = texts[:-1]
    if len(texts) > MOST_COLUMNS:
        raise InvalidInputError(f"Berkas mempunyai lebih dari {MOST_COLUMNS} kolom.")
    double = next((text for text in texts if texts.count(text) > 1), None)
    if double is not None:
        raise InvalidInputError(f"Judul kolom “{double}” tertulis lebih dari sekali.")
    return tuple(texts)


# CSV


def _csv_lines(isi: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(isi)
    if "\0" in text:
        raise InvalidInputError(DAMAGED)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for texts in reader:
            yield reader.line_num, [_short(text) for text in texts]
    except csv.Error as error:
        raise InvalidInputError(DAMAGED) from error


def _decode(isi: bytes) -> str:
    by_bom = next((name for bom, name in BOMS if isi.startswith(bom)), None)
    for name in (by_bom,) if by_bom else ("utf-8", "cp1252"):
        try:
            return isi.decode(name)
        except UnicodeDecodeError:
            continue
    raise InvalidInputError(DAMAGED)


def _short(text: str) -> str:
    text = text.strip()
    # Our own CSV files put this before a text that a spreadsheet might run.
    if text.startswith("'") and text[1:2] in tuple("=+-@"):
        text = text[1:]
    if len(text) > LONGEST:
        raise InvalidInputError(f"Ada sel yang lebih panjang daripada {LONGEST} huruf.")
    return text


# XLSX


def _xlsx_lines(isi: bytes, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    try:
        _check_archive(isi)
        book = load_workbook(io.BytesIO(isi), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # The size a sheet declares of itself may be a lie; rows are counted as they come.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
        for number, values in enumerate(rows, start=1):
            if number > most_rows * 2:
                raise InvalidInputError(TOO_MANY.format(most_rows))
            yield number, [_short(_text(value)) for value in values]
        book.close()
    except InvalidInputError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a hostile file makes the reader raise
        raise InvalidInputError(DAMAGED) from error


def _check_archive(isi: bytes) -> None:
    """Refuse an archive that would unpack too large, or XML that declares a document type."""
    with zipfile.ZipFile(io.BytesIO(isi)) as archive:
        parts = archive.infolist()
        total = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or total > MOST_UNPACKED:
            raise InvalidInputError(
                "Isi berkas terlalu besar setelah dibuka. Salin hanya tabelnya ke berkas baru."
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _check_xml(archive.read(part))


def _check_xml(content: bytes) -> None:
    plain = content.replace(b"\0", b"")  # UTF-16 writes a zero beside every letter
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise InvalidInputError(DAMAGED)


def _text(value: object) -> str:
    """A cell as an Indonesian would type it: 1250, 4,25, days as YYYY-MM-DD.

    The decimal comma matters: as text "4.125" would be four thousand one hundred and twenty-five.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
