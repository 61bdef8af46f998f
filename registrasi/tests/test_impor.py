"""Importing: looking writes nothing, mistakes are told row by row, doing it twice does it once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from kompetisi import clock
from kompetisi.models import JejakAudit
from registrasi.actions.direktori import COLUMNS
from registrasi.models import Instansi, KinerjaSP4N
from registrasi.tests.factories import TUTUP
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
OCTOBER = wib(28, month=10)
HEAD = ";".join(COLUMNS)
GOOD = [
    "provinsi-uji;Pemerintah Provinsi Uji;;;provinsi;99;;Asia/Jakarta;;",
    "kota-uji;Pemerintah Kota Uji;;kotu;kota;99.71;99;Asia/Jakarta;2010-01-01;",
]


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def sekretariat(client, edisi):
    user = make_pengguna("Petugas", "sekretariat", edisi=edisi)
    client.force_login(user)
    return user


def send(client, address, content: bytes | str, name="data.csv"):
    content = content.encode() if isinstance(content, str) else content
    with clock.travel(OCTOBER):
        return client.post(address, {"berkas": SimpleUploadedFile(name, content)})


def confirm(client, address, page):
    with clock.travel(OCTOBER):
        return client.post(address, {"muatan": page.context["muatan"]})


def table(*rows: str) -> str:
    return "\r\n".join([HEAD, *rows])


AGENCIES = "/panitia/instansi/impor/"


# Public bodies


def test_looking_writes_nothing_and_confirming_does(client, sekretariat):
    page = send(client, AGENCIES, table(*GOOD))
    assert page.status_code == 200
    assert "Pemerintah Kota Uji" in page.text
    assert not Instansi.objects.exists()
    assert not JejakAudit.objects.filter(tindakan="instansi.impor").exists()
    assert confirm(client, AGENCIES, page).status_code == 302
    kota = Instansi.objects.get(kode="kota-uji")
    assert (kota.provinsi.kode, kota.berlaku_mulai.year) == ("provinsi-uji", 2010)
    trace = JejakAudit.objects.latest("urutan")
    assert (trace.tindakan, trace.oleh) == ("instansi.impor", sekretariat)
    assert trace.rincian["baru"] == ["provinsi-uji", "kota-uji"]
    assert len(trace.rincian["sha256"]) == 64


def test_second_import_changes_nothing(client, sekretariat):
    confirm(client, AGENCIES, send(client, AGENCIES, table(*GOOD)))
    page = send(client, AGENCIES, table(*GOOD))
    assert "tidak ada yang perlu diterapkan" in page.text
    assert len(page.context["rencana"].tetap) == 2
    assert not page.context["muatan"]
    assert JejakAudit.objects.filter(tindakan="instansi.impor").count() == 1


def test_change_names_its_columns(client, sekretariat):
    confirm(client, AGENCIES, send(client, AGENCIES, table(*GOOD)))
    page = send(client, AGENCIES, table(GOOD[1].replace("Kota Uji;", "Kota Uji Baru;")))
    [(row, columns)] = page.context["rencana"].ubah
    assert (row.kode, columns) == ("kota-uji", ["nama", "alias"])
    confirm(client, AGENCIES, page)
    assert Instansi.objects.get(kode="kota-uji").nama == "Pemerintah Kota Uji Baru"


def test_every_mistake_is_told_with_row_and_column(client, sekretariat):
    bad = [
        "Kota Buruk;Nama;;;kota;99.01;99;Asia/Jakarta;01-01-2019;",
        "b;;;;desa;;;Mars/Satu;;",
        GOOD[0],
        GOOD[0],
    ]
    page = send(client, AGENCIES, table(*bad))
    found = {(s.baris, s.kolom) for s in page.context["rencana"].salah}
    assert page.status_code == 422
    assert {
        (2, "kode"), (2, "kode_kemendagri"), (2, "berlaku_mulai"),
        (3, "nama"), (3, "jenis"), (3, "zona_waktu"), (5, "kode"),
    } <= found  # fmt: skip
    assert "TTTT-BB-HH" in page.text
    assert not page.context["muatan"]
    assert not Instansi.objects.exists()


def test_wrong_heads_say_what_to_do(client, sekretariat):
    page = send(client, AGENCIES, "kode,name\r\na,b")
    assert page.status_code == 422
    assert "gunakan berkas contoh" in page.text


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04xx"])
def test_unreadable_file_is_told(client, sekretariat, content):
    page = send(client, AGENCIES, content)
    assert page.status_code == 422
    assert "error" in page.text or "Berkas" in page.text


def test_what_was_shown_is_what_is_done(client, sekretariat):
    page = send(client, AGENCIES, table(*GOOD))
    make_instansi("Pemerintah Provinsi Uji", "provinsi", kode_kemendagri="99")
    Instansi.objects.update(kode="provinsi-uji")
    answer = confirm(client, AGENCIES, page)
    assert answer.status_code == 409
    assert not Instansi.objects.filter(kode="kota-uji").exists()
    assert "berubah sejak pratinjau" in answer.text


def test_seal_is_for_its_person_and_unaltered(client, edisi, sekretariat):
    page = send(client, AGENCIES, table(*GOOD))
    sealed = page.context["muatan"]
    assert client.post(AGENCIES, {"muatan": sealed[:-2] + "xx"}).status_code == 422
    client.force_login(make_pengguna("Lain", "sekretariat", edisi=edisi))
    assert client.post(AGENCIES, {"muatan": sealed}).status_code == 422
    assert not Instansi.objects.exists()


def test_directory_goes_out_and_comes_back_unchanged(client, sekretariat):
    confirm(client, AGENCIES, send(client, AGENCIES, table(*GOOD)))
    for bentuk in ("xlsx", "csv"):
        with clock.travel(OCTOBER):
            answer = client.get("/panitia/ekspor/instansi/", {"bentuk": bentuk})
        page = send(client, AGENCIES, b"".join(answer.streaming_content), f"d.{bentuk}")
        assert not page.context["rencana"].salah
        assert len(page.context["rencana"].tetap) == 2


@pytest.mark.parametrize(("peran", "code"), [("ketua", 404), ("evaluator", 404), ("pengamat", 403)])
def test_others_import_nothing(client, edisi, peran, code):
    client.force_login(make_pengguna("Lain", peran, edisi=edisi))
    assert send(client, AGENCIES, table(*GOOD)).status_code == code


# Figures


@pytest.fixture
def entry(client, edisi):
    row = make_pendaftaran(edisi)
    client.force_login(row.dibuat_oleh)
    return row


def figures_url(row):
    return reverse("registrasi:kinerja-impor", args=[row.kode])


def template_of(client, row, bentuk="csv") -> bytes:
    with clock.travel(OCTOBER):
        answer = client.get(
            reverse("registrasi:kinerja-contoh", args=[row.kode]), {"bentuk": bentuk}
        )
    return b"".join(answer.streaming_content)


def fill_in(template: bytes, values: dict[str, str]) -> str:
    """The template with these figures in its first period."""
    lines = template.decode("utf-8-sig").strip().split("\r\n")
    result = [lines[0]]
    for line in lines[1:]:
        cells = line.split(";")
        cells[3] = values.get(cells[0], cells[3])
        result.append(";".join(cells))
    return "\r\n".join(result)


NUMBERS = {
    "diterima": "1.250", "selesai": "1000", "proses": "200", "belum": "50", "lainnya": "0",
    "hari_tindak_lanjut": "2,5",
}  # fmt: skip


def test_filled_template_is_kept_once(client, edisi, entry):
    content = fill_in(template_of(client, entry), NUMBERS)
    page = send(client, figures_url(entry), content)
    assert page.status_code == 200, page.context["rencana"].salah
    assert not KinerjaSP4N.objects.exists()
    assert confirm(client, figures_url(entry), page).status_code == 302
    stored = KinerjaSP4N.objects.get()
    assert stored.angka["diterima"] == 1250
    assert stored.angka["hari_tindak_lanjut"] == "2.5"
    again = send(client, figures_url(entry), content)
    assert not again.context["muatan"]
    assert JejakAudit.objects.filter(tindakan="kinerja.impor").count() == 1


def test_template_carries_every_figure(client, edisi, entry):
    rules = edisi.aturan["kinerja"]
    sheet = load_workbook(io.BytesIO(template_of(client, entry, "xlsx"))).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        k["kode"] for k in rules["kolom"]
    ]
    assert [cell.value for cell in sheet[1]][3:] == [p["kode"] for p in rules["periode"]]


def test_stored_figures_go_out_and_come_back_unchanged(client, entry):
    fill_pendaftaran(entry)
    for bentuk in ("xlsx", "csv"):
        page = send(client, figures_url(entry), template_of(client, entry, bentuk), f"a.{bentuk}")
        plan = page.context["rencana"]
        assert not (plan.salah or plan.tambah or plan.ubah)
        assert plan.tetap


def test_rules_are_those_of_the_form(client, entry):
    template = template_of(client, entry)
    wrong = fill_in(template, NUMBERS | {"selesai": "9999", "diterima": "banyak"})
    page = send(client, figures_url(entry), wrong)
    assert page.status_code == 422
    assert "bilangan bulat" in page.text
    sums = fill_in(template, NUMBERS | {"selesai": "9999"})
    page = send(client, figures_url(entry), sums)
    assert page.status_code == 422
    assert not KinerjaSP4N.objects.exists()


def test_unknown_and_double_codes_are_told(client, entry):
    template = template_of(client, entry).decode("utf-8-sig").split("\r\n")
    lines = [template[0], template[1], template[1], "asing;x;y;1;2"]
    page = send(client, figures_url(entry), "\r\n".join(lines))
    assert {(s.baris, s.kolom) for s in page.context["rencana"].salah} >= {(3, "kode"), (4, "kode")}


def test_closed_window_imports_nothing(client, entry):
    content = fill_in(template_of(client, entry), NUMBERS)
    page = send(client, figures_url(entry), content)
    with clock.travel(TUTUP):
        answer = client.post(figures_url(entry), {"muatan": page.context["muatan"]})
    assert answer.status_code == 403
    assert not KinerjaSP4N.objects.exists()


def test_nobody_else_imports_figures(client, edisi, entry, sekretariat):
    content = template_of(client, entry)
    assert send(client, figures_url(entry), content).status_code == 403
    client.force_login(make_anggota(make_instansi()).pengguna)
    assert send(client, figures_url(entry), content).status_code == 404
