"""Scores as files: recomputed from the file alone, recorded, safe, and no more than may be seen."""

import io
import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from evaluasi.models import BenturanKepentingan, LembarPenilaian
from evaluasi.queries.ekspor_nilai import bahan_of, parts_of
from evaluasi.tests import factories as f
from evaluasi.tests import hitung_ulang
from kompetisi import clock
from kompetisi.models import JejakAudit

pytestmark = pytest.mark.django_db
PAYLOAD = '=HYPERLINK("http://jahat.test","x")'


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


@pytest.fixture
def edisi():
    edisi = f.make_edisi()
    edisi.jalur.filter(kode="instansi").update(kuota_daftar_pendek=5)
    return edisi


@pytest.fixture
def ketua(client, edisi):
    user = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    client.force_login(user)
    return user


def take(client, page="nilai-ekspor", *args, **query):
    answer = client.get(reverse(f"evaluasi_panitia:{page}", args=["dokumen", *args]), query)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def recompute(path):
    """The program on its own, in another folder."""
    return subprocess.run(
        [sys.executable, "-I", hitung_ulang.__file__, str(path)],
        capture_output=True, text=True, check=False, cwd="/", env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip


@pytest.fixture
def book(client, edisi, ketua, tmp_path):
    """A workbook of twelve entries, one of them read by a third person."""
    entries, readers = f.fill_kisi(edisi)
    f.quick_lembar(readers[2], entries[0], 0.5)
    path = tmp_path / "nilai.xlsx"
    path.write_bytes(take(client)[1])
    return path


def test_an_independent_program_recomputes_everything_from_the_file_alone(book):
    answer = recompute(book)
    assert (answer.returncode, answer.stdout.strip()) == (0, "Semua angka sama."), answer.stderr
    sheets = hitung_ulang.read(book)
    told = {row["Isian"]: row["Nilai"] for row in sheets["Keterangan"]}
    assert told["Model kecenderungan"] == "dihitung"
    assert told["Tiga lembar digabung"] == "dua_terdekat"
    assert len(sheets["Kecenderungan"]) == 4
    assert any(row["Alfa"] for row in sheets["Kesepakatan"])


@pytest.mark.parametrize(
    ("sheet", "head"),
    [
        ("Lembar", "Total"),
        ("Nilai tahap", "Nilai resmi"),
        ("Nilai tahap", "Terkalibrasi"),
        ("Nilai tahap", "Terburuk"),
        ("Kecenderungan", "Kecenderungan"),
        ("Kecenderungan", "Atas"),
        ("Kesepakatan", "Alfa"),
        ("Nilai kriteria", "Faktor"),
    ],
)
def test_one_altered_number_is_found(book, sheet, head):
    opened = load_workbook(book)
    column = [cell.value for cell in opened[sheet][1]].index(head) + 1
    cell = opened[sheet].cell(row=2, column=column)
    cell.value = cell.value + 1e-6 if head != "Terburuk" else cell.value + 1
    opened.save(book)
    assert recompute(book).returncode == 1


def test_a_file_without_a_model_says_why_and_is_recomputed_too(client, edisi, ketua, tmp_path):
    f.fill_kisi(edisi, entries=3)
    path = tmp_path / "nilai.xlsx"
    path.write_bytes(take(client)[1])
    assert recompute(path).returncode == 0
    told = [tuple(row.values()) for row in hitung_ulang.read(path)["Keterangan"]]
    assert ("Model kecenderungan", "ditolak") in told
    reasons = [value for name, value in told if name == "Sebab ditolak"]
    assert "Lembar terkunci kurang dari 5" in reasons[0]


def test_no_text_becomes_a_formula(client, edisi, ketua):
    entries, readers = f.fill_kisi(edisi, entries=2)
    type(entries[0].instansi).objects.filter(pk=entries[0].instansi_id).update(nama=PAYLOAD)
    LembarPenilaian.objects.update(catatan_umum=PAYLOAD)
    type(readers[0].pengguna).objects.filter(pk=readers[0].pengguna_id).update(nama=PAYLOAD)
    opened = load_workbook(io.BytesIO(take(client)[1]))
    cells = [cell for sheet in opened for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    attacks = [cell for cell in cells if cell.value == PAYLOAD]
    assert len(attacks) >= 6
    assert all(cell.quotePrefix for cell in attacks)


def test_every_file_is_recorded_with_what_it_held(client, edisi, ketua):
    f.fill_kisi(edisi, entries=2)
    take(client, jalur="instansi")
    take(client, "nilai-pdf", "matriks")
    take(client, "nilai-pdf", "lembar", bagian="1")
    taken = JejakAudit.objects.filter(tindakan="unduh.daftar", oleh=ketua).order_by("urutan")
    assert [(row.rincian["daftar"], row.rincian["bentuk"]) for row in taken] == [
        ("nilai-dokumen-instansi", "xlsx"),
        ("nilai-matriks-dokumen-instansi", "pdf"),
        ("nilai-lembar-dokumen-instansi", "pdf"),
    ]


def test_whoever_is_in_conflict_takes_nothing_of_the_entry(client, edisi, ketua, tmp_path):
    entries, _ = f.fill_kisi(edisi, entries=14)
    BenturanKepentingan.objects.create(
        evaluator=f.make_evaluator(edisi, pengguna=ketua), instansi=entries[3].instansi,
        alasan="Saudara.", dicatat_oleh=ketua, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    path = tmp_path / "nilai.xlsx"
    path.write_bytes(take(client)[1])
    values = {
        str(cell)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert entries[3].kode not in values
    assert entries[3].peserta not in values
    assert entries[4].kode in values
    assert recompute(path).returncode == 0  # every sum rests on what is in the file
    hidden, _ = take(client, "nilai-pdf", "lembar", pendaftaran=entries[3].kode)
    assert hidden.status_code == 404


@pytest.mark.parametrize(
    ("page", "args"),
    [("nilai-ekspor", ()), ("nilai-pdf", ("matriks",)), ("nilai-unduhan", ())],
)
def test_nobody_outside_the_circle_takes_scores(client, edisi, page, args):
    _, readers = f.fill_kisi(edisi, entries=2)
    client.force_login(readers[0].pengguna)
    assert take(client, page, *args)[0].status_code == 404
    assert not JejakAudit.objects.filter(tindakan="unduh.daftar").exists()


def text_of(content: bytes) -> str:
    with PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_pdf_comes_in_parts_that_hold_every_entry(client, edisi, ketua):
    entries, readers = f.fill_kisi(edisi, entries=3)
    page = client.get(reverse("evaluasi_panitia:nilai-unduhan", args=["dokumen"])).text
    assert "bagian=1" in page
    text = text_of(take(client, "nilai-pdf", "matriks")[1])
    assert all(entry.kode in text for entry in entries)
    assert str(readers[0].pengguna) in text
    assert take(client, "nilai-pdf", "matriks", bagian="2")[0].status_code == 404
    assert take(client, "nilai-pdf", "lain")[0].status_code == 404


def test_a_long_list_is_cut_into_parts_without_a_gap(edisi, ketua):
    entries, _ = f.fill_kisi(edisi, entries=5)
    bahan = bahan_of(f.tahap_dokumen(edisi), entries[0].jalur, ketua)
    parts = parts_of(bahan, 2)
    assert [len(part) for part in parts] == [2, 2, 1]
    assert sum(parts, []) == bahan.urut


def test_the_sheets_of_one_entry_come_with_notes_and_seals(client, edisi, ketua):
    entries, _ = f.fill_kisi(edisi, entries=2)
    text = text_of(take(client, "nilai-pdf", "lembar", pendaftaran=entries[1].kode)[1])
    assert entries[1].kode in text
    assert entries[0].kode not in text
    assert "Sesuai bukti." in text
    assert text.count("SHA-256") == 2


def test_a_longer_list_asks_no_more(client, edisi, ketua):
    costs = []
    for entries in (3, 9):
        f.fill_kisi(edisi, entries=entries)
        with CaptureQueriesContext(connection) as seen:
            take(client)
        costs.append(len(seen))
    assert costs[0] == costs[1]
