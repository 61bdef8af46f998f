"""Large dossiers: made in the background, given out while they are true, forgotten after a day."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.berkas import periksa_berkas
from kompetisi.models import JejakAudit, Pekerjaan, StatusAntrean
from kompetisi.queries.berkas import files_named
from registrasi.actions.arsip import carry_out_arsip, request_arsip, sweep_arsip
from registrasi.models import AksesBerkas, ArsipDosir, Keanggotaan, Pendaftaran
from registrasi.queries.arsip import dosir_files, keadaan_arsip
from registrasi.tasks import make_arsip
from registrasi.tests.factories import pdf_bytes
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_anggota,
    make_edisi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _all_are_large(settings):
    settings.DOSSIER_NOW_BYTES = 0
    with clock.travel(wib(3)):
        yield


@pytest.fixture
def entry():
    row = fill_pendaftaran(make_pendaftaran(make_edisi(), status="dikirim"))
    store_files(row)
    return row


def store_files(row):
    for number, bukti in enumerate(row.bukti.select_related("berkas")):
        content = pdf_bytes(f"isi-{number}")
        bukti.berkas.kunci = default_storage.save("x", ContentFile(content))
        bukti.berkas.save()


@pytest.fixture
def sekretariat(client, entry):
    user = make_pengguna("Petugas", "sekretariat", edisi=entry.edisi)
    client.force_login(user)
    return user


def url(page, entry, *args):
    return reverse(f"registrasi:{page}", args=[entry.kode, *args])


def work():
    return Pekerjaan.objects.get(tugas="registrasi.susun_dosir")


def test_asked_for_made_and_taken(client, entry, sekretariat):
    answer = client.get(url("dosir", entry, "zip"))
    assert (answer.status_code, answer.url) == (302, url("arsip", entry))
    assert "Susun arsip" in client.get(answer.url).text
    assert not ArsipDosir.objects.exists()  # looking asks for nothing
    for _ in range(2):
        assert client.post(url("arsip", entry)).url == url("arsip", entry)
    assert "segera dimulai" in client.get(url("arsip", entry)).text
    assert client.get(url("arsip-unduh", entry)).status_code == 302
    assert make_arsip.name == work().tugas
    make_arsip(work().pk)
    assert not carry_out_arsip(pk=work().pk)
    assert url("arsip-unduh", entry) in client.get(url("arsip", entry)).text
    content = b"".join(client.get(url("arsip-unduh", entry)).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert f"{entry.kode}/SHA256SUMS" in archive.namelist()
    names = list(JejakAudit.objects.order_by("urutan").values_list("tindakan", flat=True))
    assert names[-2:] == ["dosir.siapkan", "unduh.dosir"]
    assert AksesBerkas.objects.filter(oleh=sekretariat, cara="arsip").count() == len(
        dosir_files(entry)
    )


def test_the_page_says_how_far_it_is_and_looks_again_by_itself(client, entry, sekretariat):
    arsip = request_arsip(pendaftaran=entry, oleh=sekretariat)
    Pekerjaan.objects.update(status=StatusAntrean.DIKERJAKAN)
    ArsipDosir.objects.filter(pk=arsip.pk).update(ditulis=arsip.total // 2)
    part = client.get(url("arsip", entry), headers={"HX-Request": "true"}).text
    assert "49 dari 100 %" in part or "50 dari 100 %" in part
    assert 'hx-trigger="every 3s"' in part
    assert "<html" not in part


def test_a_small_one_stays_immediate(client, entry, sekretariat, settings):
    settings.DOSSIER_NOW_BYTES = 10**9
    answer = client.get(url("dosir", entry, "zip"))
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content).startswith(b"PK")
    for ask in (client.get, client.post):
        assert ask(url("arsip", entry)).url == url("dosir", entry, "zip")
    assert not Pekerjaan.objects.exists()


def test_an_entry_that_changed_is_not_given_out_as_it_was(client, entry, sekretariat):
    request_arsip(pendaftaran=entry, oleh=sekretariat)
    assert carry_out_arsip(pk=work().pk)
    entry.bukti.update(dilepas_pada=clock.now())
    fill = entry.jawaban.first()
    type(fill).objects.filter(pk=fill.pk).update(isi="Diperbaiki.")
    assert client.get(url("arsip-unduh", entry)).status_code == 302


def test_what_changes_while_it_is_made_is_not_kept(entry, sekretariat):
    request_arsip(pendaftaran=entry, oleh=sekretariat)
    Pendaftaran.objects.filter(pk=entry.pk).update(judul="Judul baru")
    assert not carry_out_arsip(pk=work().pk)
    assert work().status == StatusAntrean.DIBATALKAN
    assert not ArsipDosir.objects.exclude(kunci="").exists()


def test_what_the_scanner_finds_later_stops_the_archive(client, entry, sekretariat):
    request_arsip(pendaftaran=entry, oleh=sekretariat)
    assert carry_out_arsip(pk=work().pk)
    held = entry.bukti.select_related("berkas").first().berkas
    held.pemindaian = "terinfeksi"
    held.save()
    assert keadaan_arsip(entry).keadaan == "belum"
    assert client.get(url("arsip-unduh", entry)).status_code == 302


def test_a_fault_is_told_and_it_can_be_begun_anew(client, entry, sekretariat):
    request_arsip(pendaftaran=entry, oleh=sekretariat)
    Pekerjaan.objects.update(status=StatusAntrean.GAGAL, galat="OSError: penuh")
    assert "gagal disusun" in client.get(url("arsip", entry)).text
    client.post(url("arsip", entry))
    again = Pekerjaan.objects.get(status=StatusAntrean.MENUNGGU)
    assert carry_out_arsip(pk=again.pk)
    assert keadaan_arsip(entry).keadaan == "siap"


def test_it_is_forgotten_after_a_day_with_its_bytes(entry, sekretariat):
    request_arsip(pendaftaran=entry, oleh=sekretariat)
    carry_out_arsip(pk=work().pk)
    arsip = ArsipDosir.objects.get()
    assert arsip.kunci in files_named()
    assert arsip.kunci not in [one["kunci"] for one in periksa_berkas(semua=True).temuan]
    assert sweep_arsip() == 0
    ArsipDosir.objects.update(kedaluwarsa_pada=clock.real_now() - timedelta(seconds=1))
    assert keadaan_arsip(entry).keadaan == "belum"
    assert sweep_arsip() == 1
    assert not default_storage.exists(arsip.kunci)
    assert sweep_arsip() == 0


def test_others_know_nothing_of_it(client, entry, sekretariat):
    request_arsip(pendaftaran=entry, oleh=sekretariat)
    carry_out_arsip(pk=work().pk)
    judge = make_pengguna("Evaluator", "evaluator", edisi=entry.edisi)
    for person in (make_anggota(make_pendaftaran(entry.edisi).instansi).pengguna, judge):
        client.force_login(person)
        for page in ("arsip", "arsip-unduh"):
            assert client.get(url(page, entry)).status_code == 404
        assert client.post(url("arsip", entry)).status_code == 404
    client.force_login(Keanggotaan.objects.filter(instansi=entry.instansi).first().pengguna)
    assert client.get(url("arsip-unduh", entry)).status_code == 200


def test_a_document_that_is_no_longer_asked_is_left_out(entry):
    gone = entry.bukti.exclude(jenis_dokumen=None).first()
    assert gone.pk in {row.pk for _, row in dosir_files(entry)}
    before = keadaan_arsip(entry).sidik
    gone.jenis_dokumen.tampil_bila = {"isian": "terhubung_lapor", "bernilai": ["ya"]}
    gone.jenis_dokumen.save()
    Pendaftaran.objects.filter(pk=entry.pk).update(terhubung_lapor=False)
    entry.refresh_from_db()
    assert gone.pk not in {row.pk for _, row in dosir_files(entry)}
    assert keadaan_arsip(entry).sidik != before
