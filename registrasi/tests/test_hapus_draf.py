"""Deleting a draft that was never sent: whole, by whom, until when, and what stays."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.berkas import periksa_berkas, purge_berkas
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit, Pesan
from kompetisi.queries.jejak import verify_jejak
from registrasi.actions.berkas import attach_bukti, store_berkas
from registrasi.actions.isian import save_jawaban
from registrasi.actions.pendaftaran import create_pendaftaran, withdraw_pendaftaran
from registrasi.actions.penghapusan import delete_draf
from registrasi.actions.unggahan import begin_unggahan
from registrasi.models import (
    AksesBerkas,
    BuktiDukung,
    JawabanNarasi,
    Pendaftaran,
    Pengiriman,
    RiwayatStatus,
    Unggahan,
    UnitPengelola,
)
from registrasi.queries.berkas import kunci_dimusnahkan
from registrasi.queries.kokpit import corong_rinci
from registrasi.queries.panitia import draf_belum_dikirim
from registrasi.queries.pendaftaran import pendaftaran_list
from registrasi.queries.syarat import masih_draf
from registrasi.tests.factories import (
    BUKA,
    TUTUP,
    make_admin,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    pdf_file,
)
from registrasi.tests.factories_panitia import approve_perpanjangan
from registrasi.tests.test_pengiriman import send

pytestmark = pytest.mark.django_db
DETIK = timedelta(seconds=1)


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def dewi():
    return make_admin(make_instansi("Pemerintah Kabupaten Dewi"))


@pytest.fixture
def draf(edisi, dewi):
    return make_pendaftaran(edisi, dewi, lengkap=True)


def delete(row, oleh, at=BUKA):
    with clock.travel(at):
        delete_draf(pendaftaran=row, oleh=oleh)


def attach(row, oleh, teks):
    """A file with its bytes, as the first kind of document; the earlier one is let go."""
    stored = store_berkas(isi=pdf_file(teks), oleh=oleh, maks_mb=5)
    with clock.travel(BUKA):
        jenis = row.edisi.jenis_dokumen.first()
        return attach_bukti(pendaftaran=row, berkas=stored, oleh=oleh, jenis_dokumen=jenis).berkas


def test_it_is_gone_from_every_list_and_can_be_made_anew(edisi, dewi, draf):
    panitia, key = {"sekretariat"}, draf.pk
    assert draf_belum_dikirim(panitia, edisi).count() == 1
    with clock.travel(BUKA):
        assert masih_draf(str(key), BUKA)
        begin_unggahan(
            pendaftaran=draf, oleh=dewi, nama="a.pdf", ukuran=10, sha256="", maks_mb=5,
            jenis_dokumen=edisi.jenis_dokumen.first(),
        )  # fmt: skip
    delete(draf, dewi)
    for model in (Pendaftaran, RiwayatStatus, BuktiDukung, JawabanNarasi, Unggahan):
        assert not model.objects.exists()
    assert not pendaftaran_list(dewi, edisi).exists()
    assert not draf_belum_dikirim(panitia, edisi).exists()
    assert corong_rinci(panitia, edisi)["jumlah"]["dibuat"] == 0
    assert not masih_draf(str(key), BUKA)
    with clock.travel(BUKA):
        assert create_pendaftaran(
            edisi=edisi, jalur=draf.jalur, instansi=draf.instansi, unit=None, oleh=dewi
        )


def test_the_audit_log_keeps_what_was_there(dewi, draf):
    sidik = set(draf.bukti.values_list("berkas__sha256", flat=True))
    delete(draf, dewi)
    noted = JejakAudit.objects.get(tindakan="pendaftaran.hapus")
    assert noted.oleh == dewi
    assert noted.rincian["kode"] == draf.kode
    assert set(noted.rincian["berkas"]) == sidik
    assert noted.rincian["jawaban"] > 0
    assert verify_jejak().rusak is None


def test_bytes_go_later_but_those_used_elsewhere_stay(edisi, dewi, draf):
    lain = make_pendaftaran(edisi, make_admin(make_instansi()))
    old, new = attach(draf, dewi, "lama"), attach(draf, dewi, "bersama")
    same = attach(lain, lain.dibuat_oleh, "bersama")
    AksesBerkas.objects.create(berkas=old, oleh=dewi, pada=BUKA, cara="lihat")
    assert new.kunci == same.kunci
    delete(draf, dewi)
    purge_berkas(kunci_dimusnahkan())
    old.refresh_from_db()
    assert old.dimusnahkan_pada is not None
    assert old.nama_asli == "berkas-dimusnahkan"
    assert not default_storage.exists(old.kunci)
    same.refresh_from_db()
    assert same.dimusnahkan_pada is None
    assert default_storage.exists(same.kunci)
    lost = [found["apa"] for found in periksa_berkas(semua=True).temuan]
    assert not [apa for apa in lost if "lama" in apa or "bersama" in apa]


def test_one_upload_that_another_entry_uses_too_is_not_touched(edisi, dewi, draf):
    lain = make_pendaftaran(edisi, make_admin(make_instansi()))
    berkas = draf.bukti.first().berkas
    BuktiDukung.objects.create(
        pendaftaran=lain, berkas=berkas, jenis_dokumen=edisi.jenis_dokumen.first(),
        dilampirkan_oleh=dewi, dilampirkan_pada=BUKA,
    )  # fmt: skip
    delete(draf, dewi)
    berkas.refresh_from_db()
    assert berkas.dimusnahkan_pada is None


@pytest.mark.parametrize(("at", "boleh"), [(TUTUP - DETIK, True), (TUTUP, False)])
def test_the_closing_instant_is_the_first_that_is_too_late(dewi, draf, at, boleh):
    if boleh:
        delete(draf, dewi, at)
    else:
        with pytest.raises(NotAllowedError, match="ditutup"):
            delete(draf, dewi, at)
    assert Pendaftaran.objects.exists() is not boleh


def test_an_extension_of_its_own_lets_it_be_deleted(edisi, dewi, draf):
    approve_perpanjangan(edisi, "pendaftaran", TUTUP + timedelta(hours=2), draf.kode)
    delete(draf, dewi, TUTUP + timedelta(hours=1))
    assert not Pendaftaran.objects.exists()


def test_with_a_receipt_it_stays_also_after_it_was_taken_back(dewi, draf):
    send(draf, dewi)
    with pytest.raises(NotAllowedError, match="tanda terima"):
        delete(draf, dewi)
    with clock.travel(BUKA):
        withdraw_pendaftaran(pendaftaran=draf, alasan="Salah", oleh=dewi)
    with pytest.raises(NotAllowedError, match="tanda terima"):
        delete(draf, dewi)
    assert Pengiriman.objects.exists()


def test_a_unit_admin_cannot_but_is_told_when_the_agency_does(edisi, dewi):
    instansi = dewi.keanggotaan.get().instansi
    unit = UnitPengelola.objects.create(instansi=instansi, nama="RSUD", jenis="pelayanan")
    siti = make_anggota(
        instansi, make_pengguna("Siti"), unit=unit, peran="admin_unit"
    ).pengguna  # fmt: skip
    with clock.travel(BUKA):
        row = create_pendaftaran(
            edisi=edisi, jalur=edisi.jalur.get(kode="unit"), instansi=instansi, unit=unit, oleh=siti
        )
    with pytest.raises(NotAllowedError, match="Hanya admin instansi"):
        delete(row, siti)
    delete(row, dewi)
    told = Pesan.objects.get(jenis="draf_dihapus")
    assert told.kepada == siti
    assert row.kode in told.subjek and str(dewi) in told.isi


def test_a_stranger_cannot(draf):
    with pytest.raises(NotAllowedError):
        delete(draf, make_admin(make_instansi()))
    assert Pendaftaran.objects.exists()


def test_who_writes_on_is_told_that_the_draft_is_deleted(edisi, dewi, draf):
    pertanyaan = edisi.pertanyaan.first()
    delete(draf, dewi)
    with clock.travel(BUKA), pytest.raises(NotAllowedError, match="sudah dihapus"):
        save_jawaban(pendaftaran=draf, pertanyaan=pertanyaan, isi="Lagi", versi=1, oleh=dewi)
    with pytest.raises(NotAllowedError, match="sudah dihapus"):
        send(draf, dewi)
    with pytest.raises(NotAllowedError, match="sudah dihapus"):
        delete(draf, dewi)


@pytest.mark.django_db(transaction=True)
def test_of_sending_and_deleting_at_once_one_wins_whole():
    edisi, dewi = make_edisi(), make_admin(make_instansi())
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    barrier, done = Barrier(2), []

    def act(name, do):
        try:
            barrier.wait(10)
            do(row, dewi)
            done.append(name)
        except NotAllowedError as error:
            assert "dihapus" in error.alasan
        finally:
            connection.close()

    threads = [Thread(target=act, args=args) for args in (("kirim", send), ("hapus", delete))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == 1
    assert Pendaftaran.objects.count() == Pengiriman.objects.count() == (done == ["kirim"])


def post(client, row, at=BUKA):
    with clock.travel(at):
        return client.post(reverse("registrasi:penghapusan", args=[row.kode]))


def test_the_page_says_what_goes_and_pressing_twice_says_the_same(client, dewi, draf):
    client.force_login(dewi)
    with clock.travel(BUKA):
        page = client.get(reverse("registrasi:rinci", args=[draf.kode])).text
    files = draf.bukti.count()
    assert f"{files} berkas, versi lamanya termasuk" in " ".join(page.split())
    for _ in range(2):
        answer = post(client, draf)
        assert (answer.status_code, answer["Location"]) == (302, reverse("registrasi:daftar"))
    with clock.travel(BUKA):
        assert f"Draf {draf.kode} dihapus." in client.get(reverse("registrasi:daftar")).text


def test_the_page_gives_the_reason_instead_of_a_button(client, dewi, draf):
    client.force_login(dewi)
    with clock.travel(TUTUP):
        page = client.get(reverse("registrasi:rinci", args=[draf.kode])).text
    assert "Tidak dapat menghapus draf pendaftaran: tahapnya sudah ditutup." in page
    assert reverse("registrasi:penghapusan", args=[draf.kode]) not in page
    assert post(client, draf, TUTUP).status_code == 403
    assert Pendaftaran.objects.exists()


def test_a_stranger_meets_nothing(client, draf):
    client.force_login(make_pengguna())
    assert post(client, draf).status_code == 404


def test_autosave_after_the_deletion_says_so(client, edisi, dewi, draf):
    client.force_login(dewi)
    delete(draf, dewi)
    answer = client.post(
        reverse("registrasi:simpan", args=[draf.kode]), {"nama": "judul", "nilai": "x", "versi": 1}
    )
    assert answer.status_code == 404
    assert "tidak ada lagi" in answer.json()["pesan"]
