"""A person takes a copy of the own data, is erased, and nothing that was sealed breaks."""

import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.pribadi import erase_pengguna, request_penghapusan
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit, PermintaanPenghapusan
from kompetisi.queries.jejak import verify_jejak
from kompetisi.tests.factories import make_pengguna, make_peran
from registrasi.actions.berkas import store_berkas
from registrasi.actions.pengiriman import submit_pendaftaran
from registrasi.models import Keanggotaan
from registrasi.queries.cuplikan import hash_cuplikan
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _buka():
    with clock.travel(BUKA):
        yield


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def dewi():
    person = make_admin(make_instansi())
    person.nama, person.telepon, person.jabatan = "Dewi Rahasia", "0811-22", "Kepala Bidang"
    person.save()
    return person


@pytest.fixture
def admin(edisi):
    return make_peran(edisi, "admin_panrb")


def sent(edisi, dewi):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    receipt = submit_pendaftaran(
        pendaftaran=row, kunci="k", pernyataan=True, penandatangan_nama="Nama",
        penandatangan_jabatan="Jabatan", oleh=dewi,
    )  # fmt: skip
    return row, receipt


def test_a_person_takes_the_own_data_and_nobody_elses(edisi, dewi, client):
    sent(edisi, dewi)
    stored = store_berkas(isi=pdf_file("=cmd"), oleh=dewi, maks_mb=5)
    other = make_pengguna("Orang Lain")
    store_berkas(isi=pdf_file("lain"), oleh=other, maks_mb=5)
    client.force_login(dewi)
    answer = client.post(reverse("publik:data-pribadi"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    data = json.loads(archive.read("data.json"))
    assert data["profil"]["nama"] == "Dewi Rahasia"
    assert data["pengiriman"][0]["nomor"].startswith("TT-2019-")
    assert stored.sha256 in {row["sha256"] for row in data["berkas"]}
    assert "Orang Lain" not in archive.read("data.json").decode()
    assert stored.sha256 in archive.read("berkas.csv").decode()
    assert JejakAudit.objects.filter(tindakan="data_pribadi.unduh", oleh=dewi).exists()
    assert client.get(reverse("publik:data-pribadi")).status_code == 405


def test_an_erased_person_is_nobody_and_the_chain_and_receipts_hold(edisi, dewi, admin, client):
    row, receipt = sent(edisi, dewi)
    other = make_pengguna("Admin Lain")
    Keanggotaan.objects.create(
        pengguna=other, instansi=row.instansi, status="disetujui", diajukan_pada=BUKA
    )
    queue_pesan(
        kunci="x",
        jenis="admin_unit_dicabut",
        isian={"unit": "Dinas Dewi Rahasia", "alasan": "Dewi Rahasia pindah."},
        kepada=dewi,
    )
    client.force_login(dewi)
    client.post(reverse("publik:penghapusan"), {"paham": "on", "alasan": "Pindah tugas"})
    asked = PermintaanPenghapusan.objects.get()
    acts = JejakAudit.objects.filter(oleh=dewi).count()
    old = dewi.email
    client.force_login(admin)
    assert "Dewi Rahasia" in client.get(reverse("panitia:pribadi")).text
    assert client.post(reverse("panitia:pribadi-hapus", args=[asked.pk])).status_code == 302
    dewi.refresh_from_db()
    assert (dewi.nama, dewi.telepon, dewi.is_active) == (f"Orang terhapus {dewi.pk}", "", False)
    assert old not in dewi.email
    assert not dewi.has_usable_password()
    assert set(dewi.pesan.values_list("subjek", "isi")) == {("(dihapus)", "(dihapus)")}
    assert dewi.keanggotaan.get().status == "dicabut"
    asked.refresh_from_db()
    assert (asked.putusan, asked.alasan) == ("dihapus", "")
    assert JejakAudit.objects.filter(oleh=dewi).count() == acts
    assert verify_jejak().rusak is None
    receipt.refresh_from_db()
    assert hash_cuplikan(receipt.isi) == receipt.hash
    records = JejakAudit.objects.count()
    erase_pengguna(orang=dewi, edisi=edisi, oleh=admin)
    assert JejakAudit.objects.count() == records


def test_no_record_of_the_audit_log_holds_a_name_or_an_address(edisi, dewi):
    sent(edisi, dewi)
    request_penghapusan(oleh=dewi, alasan="Rahasia sekali")
    told = " ".join(str(row) for row in JejakAudit.objects.values_list("rincian", flat=True))
    for secret in (dewi.nama, dewi.email, dewi.telepon, "Rahasia sekali", "Narahubung"):
        assert secret not in told


def test_who_is_needed_is_not_erased_and_told_why(edisi, dewi, admin):
    sent(edisi, dewi)
    with pytest.raises(NotAllowedError, match="Satu-satunya admin"):
        erase_pengguna(orang=dewi, edisi=edisi, oleh=admin)
    with pytest.raises(NotAllowedError, match="cabut perannya"):
        erase_pengguna(orang=admin, edisi=edisi, oleh=make_peran(edisi, "admin_panrb"))
    with pytest.raises(CommandError, match="Satu-satunya"):
        call_command("hapus_orang", dewi.email, "--ya")
    dewi.refresh_from_db()
    assert dewi.nama == "Dewi Rahasia"


def test_only_an_admin_erases(edisi, dewi, client):
    asked = request_penghapusan(oleh=dewi, alasan="")
    for jenis in ("sekretariat", "pengamat"):
        client.force_login(make_peran(edisi, jenis))
        assert client.post(reverse("panitia:pribadi-hapus", args=[asked.pk])).status_code == 403
    with pytest.raises(NotAllowedError):
        erase_pengguna(orang=dewi, edisi=edisi, oleh=make_peran(edisi, "sekretariat"))


def test_a_refusal_says_why_and_one_may_ask_again(edisi, dewi, admin, client):
    asked = request_penghapusan(oleh=dewi, alasan="")
    assert request_penghapusan(oleh=dewi, alasan="lagi") == asked
    client.force_login(admin)
    address = reverse("panitia:pribadi-tolak", args=[asked.pk])
    client.post(address, {"alasan": " "})
    asked.refresh_from_db()
    assert asked.putusan == ""
    client.post(address, {"alasan": "Masih dinilai."})
    client.force_login(dewi)
    assert "Masih dinilai." in client.get(reverse("publik:penghapusan")).text
    assert request_penghapusan(oleh=dewi, alasan="") != asked


def test_the_letter_of_assignment_goes_with_the_person(edisi, dewi, client, capsys):
    letter = store_berkas(isi=pdf_file("surat-tugas-dewi"), oleh=dewi, maks_mb=5)
    dewi.keanggotaan.update(surat_tugas=letter)
    call_command("hapus_orang", dewi.email)
    dewi.refresh_from_db()
    assert dewi.is_active
    call_command("hapus_orang", dewi.email, "--ya")
    letter.refresh_from_db()
    assert letter.dimusnahkan_pada == clock.now() or letter.dimusnahkan_pada >= BUKA
    assert "dewi" not in letter.nama_asli
    assert default_storage.exists(letter.kunci)  # the bytes go with the daily work
