"""Taking lists and dossiers along: what is in them, who may, and the trace it leaves."""

import io
import shutil
import subprocess
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from kompetisi import clock
from kompetisi.models import JejakAudit
from registrasi.models import Keanggotaan
from registrasi.queries.ekspor_panitia import DAFTAR
from registrasi.tests.factories import pdf_bytes
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
PAYLOAD = '=HYPERLINK("http://jahat.test","x")'


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def sekretariat(client, edisi):
    user = make_pengguna("Petugas", "sekretariat", edisi=edisi)
    client.force_login(user)
    return user


def take(client, daftar, **query):
    with clock.travel(wib(3)):
        answer = client.get(reverse("registrasi_panitia:ekspor", args=[daftar]), query)
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


@pytest.mark.parametrize("daftar", list(DAFTAR))
def test_every_list_goes_as_both_and_is_recorded(client, edisi, sekretariat, daftar):
    agency = make_instansi(nama=PAYLOAD)
    make_pendaftaran(edisi, agency, judul=PAYLOAD)
    make_pendaftaran(edisi, make_instansi(nama=PAYLOAD), status="dikirim")
    make_anggota(agency, status="diajukan")
    answer, content = take(client, daftar)
    sheet = load_workbook(io.BytesIO(content)).active
    assert answer.status_code == 200
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    _, text = take(client, daftar, bentuk="csv")
    lines = text.decode("utf-8-sig").split("\r\n")
    assert lines[0].split(";") == [column.nama for column in DAFTAR[daftar].kolom]
    assert ";=" not in text.decode()
    taken = JejakAudit.objects.filter(tindakan="unduh.daftar", oleh=sekretariat)
    assert [t.rincian["bentuk"] for t in taken.order_by("urutan")] == ["xlsx", "csv"]


def test_filter_of_the_page_holds_in_the_file(client, edisi, sekretariat):
    make_pendaftaran(edisi, status="dikirim")
    draft = make_pendaftaran(edisi)
    _, content = take(client, "pendaftaran", status="draf")
    sheet = load_workbook(io.BytesIO(content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [draft.kode]
    assert JejakAudit.objects.latest("urutan").rincian["saring"] == {"status": "draf"}


def test_chair_does_not_take_accounts_along(client, edisi):
    client.force_login(make_pengguna("Ketua", "ketua", edisi=edisi))
    assert take(client, "akun")[0].status_code == 404
    assert take(client, "pendaftaran")[0].status_code == 200
    assert take(client, "tidak-ada")[0].status_code == 404


@pytest.mark.parametrize("daftar", ["pendaftaran", "belum-dikirim"])
def test_a_longer_list_asks_no_more(client, edisi, sekretariat, daftar):
    def count():
        with CaptureQueriesContext(connection) as asked:
            take(client, daftar)
        return len(asked)

    for _ in range(2):
        fill_pendaftaran(make_pendaftaran(edisi))
    count()
    first = count()
    for _ in range(4):
        fill_pendaftaran(make_pendaftaran(edisi))
    assert count() == first


# The dossier


@pytest.fixture
def entry(edisi):
    row = fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))
    for number, bukti in enumerate(row.bukti.select_related("berkas")):
        content = pdf_bytes(f"isi-{number}")
        bukti.berkas.kunci = default_storage.save("x", ContentFile(content))
        bukti.berkas.nama_asli = "../Surat \n=Keputusan\u202efdp.pdf"
        bukti.berkas.save()
    return row


def dossier(client, row, bentuk="zip"):
    with clock.travel(wib(3)):
        answer = client.get(reverse("registrasi:dosir", args=[row.kode, bentuk]))
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


def test_zip_checks_out_with_sha256sum(client, sekretariat, entry, tmp_path):
    answer, content = dossier(client, entry)
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert all(name.startswith(f"{entry.kode}/") and ".." not in name for name in names)
    assert len(names) == entry.bukti.filter(dilepas_pada=None).count() + 2
    assert f"{entry.kode}/isian.pdf" in names
    done = subprocess.run(
        [shutil.which("sha256sum"), "--strict", "-c", "SHA256SUMS"],
        cwd=tmp_path / entry.kode, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b": OK") == len(names) - 1


def test_lost_file_is_named(client, sekretariat, entry):
    lost = entry.bukti.select_related("berkas").first().berkas
    lost.kunci = "aa/bb/tidak-ada"
    lost.save()
    _, content = dossier(client, entry)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "surat" in archive.read(f"{entry.kode}/TIDAK-TERSEDIA.txt").decode()


def test_file_held_by_the_scanner_is_not_given_out(client, sekretariat, entry):
    held = entry.bukti.select_related("berkas").first().berkas
    held.pemindaian = "terinfeksi"
    held.save()
    _, content = dossier(client, entry)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = [name for name in archive.namelist() if "/bukti/" in name or "/dokumen/" in name]
        assert archive.read(f"{entry.kode}/TIDAK-TERSEDIA.txt").count(b"\n") == (
            entry.bukti.filter(dilepas_pada=None).count() - len(kept)
        )


def test_own_agency_takes_it_and_it_is_recorded(client, entry):
    admin = Keanggotaan.objects.get(instansi=entry.instansi).pengguna
    client.force_login(admin)
    answer, content = dossier(client, entry, "pdf")
    assert answer.status_code == 200
    assert content.startswith(b"%PDF-")
    taken = JejakAudit.objects.latest("urutan")
    assert (taken.tindakan, taken.oleh, taken.rincian["bentuk"]) == ("unduh.dosir", admin, "pdf")


def test_others_know_nothing_of_it(client, edisi, entry):
    judge = make_pengguna("Evaluator", "evaluator", edisi=edisi)
    for person in (make_anggota(make_instansi()).pengguna, judge):
        client.force_login(person)
        assert dossier(client, entry)[0].status_code == 404
    client.force_login(make_pengguna("S", "sekretariat", edisi=edisi))
    assert dossier(client, entry, "exe")[0].status_code == 404
    assert not JejakAudit.objects.filter(tindakan="unduh.dosir").exists()
