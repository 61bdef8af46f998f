"""Tables that people send in: every usual way of writing them is read, hostile ones are refused."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from kompetisi.errors import InvalidInputError
from registrasi.rules import berkas_tabel
from registrasi.rules.berkas_tabel import MOST_BYTES, MOST_ROWS, MOST_UNPACKED, read_tabel

pytestmark = pytest.mark.fast
ROWS = [["kode", "nama"], ["a-1", "Kota Übung; „satu“"], ["", ""], ["a-2", "Dua, tiga"]]


def xlsx(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repack(content: bytes, name: str, part: bytes, method=zipfile.ZIP_DEFLATED) -> bytes:
    """The same XLSX with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", method) as new:
        for info in old.infolist():
            new.writestr(info.filename, part if info.filename == name else old.read(info))
        if name not in old.namelist():
            new.writestr(name, part)
    return out.getvalue()


def csv_text(separator: str) -> str:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_of_any_usual_kind(separator, encoding):
    found = read_tabel(csv_text(separator).encode(encoding))
    assert found.kolom == ("kode", "nama")
    assert found.baris == (
        (2, {"kode": "a-1", "nama": "Kota Übung; „satu“"}),
        (4, {"kode": "a-2", "nama": "Dua, tiga"}),
    )


def test_xlsx_gives_the_same():
    assert read_tabel(xlsx(ROWS)).baris == read_tabel(csv_text(";").encode()).baris


def test_cells_are_read_as_typed():
    heads = ["a", "b", "c", "d", "e"]
    found = read_tabel(xlsx([heads, [1250, 4.125, date(2019, 1, 2), datetime(2019, 1, 2), True]]))
    assert list(found.baris[0][1].values()) == ["1250", "4,125", "2019-01-02", "2019-01-02", "ya"]


def test_our_own_apostrophe_is_taken_off():
    assert read_tabel(b"kode;nama\r\na;'=1+1\r\n").baris[0][1]["nama"] == "=1+1"


def test_formulas_are_not_computed():
    found = read_tabel(xlsx([["kode"], ["=1+1"]]))
    assert [texts["kode"] for _, texts in found.baris] in ([], [""])


def refused(content: bytes) -> str:
    with pytest.raises(InvalidInputError) as error:
        read_tabel(content)
    return error.value.alasan


def test_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = repack(xlsx(ROWS), "xl/worksheets/sheet1.xml", b" " * (MOST_UNPACKED + 1))
    assert len(bomb) < MOST_BYTES
    monkeypatch.setattr(berkas_tabel, "load_workbook", lambda *_, **__: pytest.fail("dibuka"))
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("dibongkar"))
    assert "terlalu besar" in refused(bomb)


def test_archive_with_thousands_of_parts_is_refused():
    content = xlsx(ROWS)
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(300):
            archive.writestr(f"xl/media/{number}.bin", b"")
    assert "terlalu besar" in refused(out.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    for part in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        assert refused(repack(xlsx(ROWS), part, laughs.encode(encoding)))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"   \n", b"\0\0\0", b"PK\x03\x04rusak", b"\xff\xfe\x00",
        b"%PDF-1.4\n1 0 obj", b"kode;kode\na;b\n", b"kode;nama\na;b;c\n",
        b"kode\n" + b"x" * 6000 + b"\n",
    ],
)  # fmt: skip
def test_damage_is_told_and_never_breaks(content):
    if content.startswith(b"%PDF"):
        assert not {"kode", "nama"} & set(read_tabel(content).kolom)
        return
    assert refused(content)


def test_too_many_rows_and_too_large_a_file():
    assert "baris" in refused(b"kode\n" + b"a\n" * (MOST_ROWS + 1))
    assert "lebih besar" in refused(b"a" * (MOST_BYTES + 1))
    assert len(read_tabel(b"kode\n" + b"a\n" * MOST_ROWS).baris) == MOST_ROWS


def test_too_many_rows_of_a_sheet():
    assert "baris" in refused(xlsx([["kode"], *([["a"]] * (MOST_ROWS + 1))]))
