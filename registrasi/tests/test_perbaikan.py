"""The correction round as the agency lives it: open only when asked for, only until its end."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import Peran, Perpanjangan
from kompetisi.tests.factories import make_pengguna, wib
from registrasi.actions.isian import save_jawaban
from registrasi.actions.pendaftaran import save_identitas
from registrasi.actions.pengiriman import submit_pendaftaran
from registrasi.models import (
    MasaPerbaikan,
    PemeriksaanButir,
    Pendaftaran,
    SeleksiAdministrasi,
)
from registrasi.queries.izin import tenggat_list
from registrasi.queries.kelengkapan import kelengkapan_of
from registrasi.queries.perbaikan import perbaikan_of, perubahan_of
from registrasi.queries.tugas import tugas
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
)

pytestmark = pytest.mark.django_db
GERBANG = wib("2019-11-03 09:00")
AKHIR = wib("2019-11-05 00:00")


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def dewi():
    return make_admin(make_instansi())


def send(row, oleh, kunci):
    return submit_pendaftaran(
        pendaftaran=row, kunci=kunci, pernyataan=True, penandatangan_nama="Kepala",
        penandatangan_jabatan="Kepala Dinas", oleh=oleh,
    )  # fmt: skip


@pytest.fixture
def returned(edisi, dewi):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    with clock.travel(BUKA):
        send(row, dewi, "pertama")
    Pendaftaran.objects.filter(pk=row.pk).update(status="perlu_perbaikan")
    MasaPerbaikan.objects.create(
        pendaftaran=row, dibuka_pada=GERBANG, dibuka_oleh=make_pengguna(), tenggat=AKHIR
    )
    row.refresh_from_db()
    return row


def answer(row, dewi, isi):
    pertanyaan = row.edisi.pertanyaan.first()
    stored = row.jawaban.get(pertanyaan=pertanyaan)
    return save_jawaban(
        pendaftaran=row, pertanyaan=pertanyaan, isi=isi, versi=stored.versi, oleh=dewi
    )


def test_what_is_returned_is_corrected_and_sent_again_with_its_own_receipt(returned, dewi):
    with clock.travel(GERBANG):
        answer(returned, dewi, "Sudah diperbaiki")
        sent = send(returned, dewi, "kedua")
        assert send(returned, dewi, "kedua") == sent
    assert sent.perbaikan
    assert returned.pengiriman.count() == 2
    assert MasaPerbaikan.objects.get().dikirim_pada == sent.pada
    returned.refresh_from_db()
    assert returned.status == "dikirim"


@pytest.mark.parametrize("sesudah", [timedelta(0), timedelta(seconds=1), timedelta(days=30)])
def test_from_the_end_of_the_round_on_nothing_changes(returned, dewi, sesudah):
    with clock.travel(AKHIR + sesudah):
        with pytest.raises(NotAllowedError, match="berakhir|ditutup"):
            answer(returned, dewi, "Terlambat")
        with pytest.raises(NotAllowedError, match="berakhir|ditutup"):
            send(returned, dewi, "terlambat")
    assert returned.pengiriman.count() == 1


def test_nobody_corrects_what_was_not_returned(edisi, dewi):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    with clock.travel(BUKA):
        send(row, dewi, "pertama")
    with clock.travel(GERBANG), pytest.raises(NotAllowedError):
        answer(row, dewi, "Diam-diam")


def test_the_page_says_until_when_and_the_start_page_reminds(returned, dewi, client):
    client.force_login(dewi)
    with clock.travel(GERBANG):
        page = client.get(reverse("registrasi:rinci", args=[returned.kode])).text
        start = client.get("/beranda/").text
    assert "4 November 2019 23.59 WIB" in page
    assert f"Perbaiki {returned.kode}" in start


def test_an_extension_of_one_entry_opens_it_alone(edisi, dewi):
    own = make_pendaftaran(edisi, dewi, lengkap=True)
    other = make_pendaftaran(edisi, make_admin(make_instansi()), lengkap=True)
    Perpanjangan.objects.create(
        tahap=edisi.tahap.get(jenis="pendaftaran"), kode_pendaftaran=own.kode, alasan="Gangguan",
        selesai_baru=wib("2019-11-02 12:00"), diajukan_oleh=make_pengguna(), diajukan_pada=BUKA,
        disetujui_oleh=make_pengguna(), disetujui_pada=BUKA,
    )  # fmt: skip
    with clock.travel(wib("2019-11-02 11:59")):
        assert send(own, dewi, "susulan").nomor
        with pytest.raises(NotAllowedError, match="ditutup"):
            send(other, other.dibuat_oleh, "susulan-lain")
    with clock.travel(wib("2019-11-02 12:00")), pytest.raises(NotAllowedError):
        answer(own, dewi, "Lewat")


def test_what_is_missing_is_named_with_its_page(edisi, dewi):
    row = make_pendaftaran(edisi, dewi)
    found = kelengkapan_of(row)
    assert found.terisi == 0
    assert found.total == len(found.kurang)
    assert {item.bagian for item in found.kurang} == {
        "identitas", "kinerja", "mandiri", "narasi", "dokumen",
    }  # fmt: skip
    assert found.keadaan("mandiri", "A") == "belum_mulai"
    full = kelengkapan_of(make_pendaftaran(edisi, make_admin(make_instansi()), lengkap=True))
    assert (full.kurang, full.terisi) == ([], full.total)
    assert full.keadaan("mandiri", "A") == "selesai"


def test_too_short_a_use_is_told_before_sending(edisi, dewi):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    Pendaftaran.objects.filter(pk=row.pk).update(mulai_pemakaian="2019-06-01")
    row.refresh_from_db()
    assert [item.bagian for item in kelengkapan_of(row).kurang] == ["identitas"]
    with clock.travel(BUKA), pytest.raises(NotAllowedError, match="belum lengkap"):
        send(row, dewi, "dini")


@pytest.fixture
def reasoned(returned):
    """Returned for its decree, which has run out, and for how long the system is in use."""
    officer = make_pengguna()
    check = SeleksiAdministrasi.objects.create(
        pengiriman=returned.pengiriman.get(), pemeriksa=officer, dimulai_pada=GERBANG,
        putusan="perbaikan", alasan="Mohon diperbaiki", diputus_oleh=officer, diputus_pada=GERBANG,
    )  # fmt: skip
    for butir in returned.edisi.butir_administrasi.filter(jalur=None):
        bad = butir.kode in ("sk_tim", "lama_pemakaian")
        PemeriksaanButir.objects.create(
            seleksi=check, butir=butir, oleh=officer, pada=GERBANG,
            hasil="perlu_perbaikan" if bad else "memenuhi",
            alasan=f"Kurang pada {butir.kode}" if bad else "",
        )  # fmt: skip
    return returned


def test_a_returned_entry_shows_why_and_marks_the_parts_concerned(reasoned, dewi, client):
    client.force_login(dewi)
    with clock.travel(GERBANG):
        page = client.get(reverse("registrasi:rinci", args=[reasoned.kode]))
        start = client.get("/beranda/").text
        sending = client.get(reverse("registrasi:pengiriman", args=[reasoned.kode])).text
    assert "Mohon diperbaiki" in page.text
    assert "Kurang pada sk_tim" in page.text
    steps = [step for group in page.context["langkah"] for step in group["daftar"]]
    marked = {step["judul"] for step in steps if step["status"] == "perlu_perbaikan"}
    assert marked == {"Data pendaftaran", "Dokumen"}
    assert "Sudah lengkap, belum dikirim" not in page.text
    assert "tinggal dikirim" not in start
    assert "Belum ada yang Anda ubah" in sending


def test_what_was_changed_is_known_to_the_agency_and_to_the_secretariat(reasoned, dewi, client):
    with clock.travel(GERBANG):
        answer(reasoned, dewi, "Jawaban yang diperbaiki")
        save_identitas(
            pendaftaran=reasoned, versi=reasoned.versi, oleh=dewi, judul="Lapor Lebih Cepat",
            mulai_pemakaian=reasoned.mulai_pemakaian, terhubung_lapor=True,
            narahubung_nama="Narahubung", narahubung_telepon="021-000",
        )  # fmt: skip
        reasoned.refresh_from_db()
        found = perbaikan_of(reasoned)
        assert found.keadaan("identitas") == "diubah"
        assert found.keadaan("dokumen") == "perlu_perbaikan"
        sent = send(reasoned, dewi, "kedua")
        reasoned.refresh_from_db()
        changed = {item.nama: (item.dulu, item.kini) for item in perubahan_of(reasoned, sent)}
        assert changed["Nama program atau inovasi"] == ("Lapor Cepat", "Lapor Lebih Cepat")
        assert len(changed) == 2
        officer = make_pengguna()
        Peran.objects.create(
            pengguna=officer, edisi=reasoned.edisi, jenis="sekretariat", diberikan_pada=BUKA
        )
        client.force_login(officer)
        page = client.get(reverse("registrasi_panitia:administrasi-rinci", args=[reasoned.kode]))
    assert "Lapor Lebih Cepat" in page.text
    assert "2 isian atau berkas berbeda" in page.text


def test_a_draft_with_its_own_extension_is_offered_after_the_closing(edisi, dewi, client):
    own = make_pendaftaran(edisi, dewi, lengkap=True)
    late = wib("2019-11-02 12:00")
    Perpanjangan.objects.create(
        tahap=edisi.tahap.get(jenis="pendaftaran"), kode_pendaftaran=own.kode, alasan="Gangguan",
        selesai_baru=late, diajukan_oleh=make_pengguna(), diajukan_pada=BUKA,
        disetujui_oleh=make_pengguna(), disetujui_pada=BUKA,
    )  # fmt: skip
    found = tugas(dewi, edisi, frozenset(), late - timedelta(minutes=1))
    assert [(task["judul"], task["tenggat"]) for task in found] == [
        (f"Lengkapi dan kirim {own.kode}", late)
    ]
    assert tugas(dewi, edisi, frozenset(), late) == []


def test_deadlines_of_many_entries_cost_no_more_than_of_one(edisi, dewi, returned):
    rows = list(Pendaftaran.objects.all())
    for size in (1, 4):
        many = rows * size
        with CaptureQueriesContext(connection) as seen:
            found = tenggat_list(edisi, many, None)
        assert len(seen) == 3
    assert found == {returned.pk: AKHIR}
