"""The date of a surat tugas: asked, compared with the edition's validity, shown to who decides."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.tests.factories import make_peran, wib
from registrasi.models import Berkas, Keanggotaan
from registrasi.rules import berkas_pdf
from registrasi.rules.surat import check_surat_tugas
from registrasi.tests.corpus import picture
from registrasi.tests.factories import BUKA, make_anggota, make_edisi, make_instansi, make_pengguna
from registrasi.tests.test_hak import ask
from registrasi.tests.test_peserta_views import permohonan

TODAY = date(2019, 10, 25)  # of BUKA, in WIB


@pytest.fixture(autouse=True)
def _buka():
    with clock.travel(BUKA):
        yield


@pytest.mark.fast
@pytest.mark.parametrize(
    ("dated", "months", "says"),
    [
        (date(2019, 10, 25), 12, ""),
        (date(2018, 10, 25), 12, ""),
        (date(2018, 10, 24), 12, "hanya sampai 24 Oktober 2019"),
        (date(2019, 10, 26), 12, "belum lewat"),
        (date(2019, 10, 26), None, "belum lewat"),
        (date(2001, 1, 1), None, ""),
    ],
)
def test_a_letter_holds_from_its_date_for_the_months_of_the_edition(dated, months, says):
    verdict = check_surat_tugas(dated, months, TODAY)
    assert bool(verdict) is not bool(says)
    assert says in verdict.alasan


@pytest.fixture
def edisi(db):
    return make_edisi()


def send(client, instansi, **changes):
    return client.post(
        reverse("registrasi:permohonan", args=[instansi.kode]), permohonan(**changes)
    )


def test_the_request_keeps_the_date_and_the_secretariat_sees_it(edisi, client):
    instansi = make_instansi()
    client.force_login(make_pengguna())
    asked = client.get(reverse("registrasi:permohonan", args=[instansi.kode])).text
    assert "Surat tugas berlaku 12 bulan sejak tanggalnya." in asked
    assert send(client, instansi, tanggal_surat="2019-10-14").status_code == 302
    row = Keanggotaan.objects.get()
    assert row.tanggal_surat == date(2019, 10, 14)
    assert "tanggal 14 Oktober 2019" in client.get(reverse("registrasi:keanggotaan")).text
    client.force_login(make_peran(edisi, "sekretariat"))
    assert "Surat 14 Oktober 2019" in client.get(reverse("registrasi_panitia:akun")).text
    page = client.get(reverse("registrasi_panitia:akun-rinci", args=[row.pk])).text
    assert "14 Oktober 2019 · menurut edisi berlaku sampai 14 Oktober 2020" in page


@pytest.mark.parametrize(
    ("dated", "says"),
    [
        ("", "Isi tanggal surat tugas"),
        ("2018-01-05", "terlalu lama"),
        ("2019-10-26", "belum lewat"),
        ("32-10-2019", "Tulis tanggal yang benar"),
    ],
)
def test_it_is_refused_in_words_and_nothing_is_stored(edisi, client, dated, says):
    client.force_login(make_pengguna())
    answer = send(client, make_instansi(), tanggal_surat=dated, nomor_surat_tugas="ST/77")
    assert answer.status_code == 422
    assert says in answer.text
    assert "ST/77" in answer.text
    assert not Keanggotaan.objects.exists()
    assert not Berkas.objects.exists()


def test_a_wrong_date_and_a_wrong_file_are_told_together(edisi, client):
    client.force_login(make_pengguna())
    bad = SimpleUploadedFile("surat.pdf", b"MZ bukan surat", "application/pdf")
    answer = send(client, make_instansi(), tanggal_surat="2019-10-26", surat_tugas=bad)
    assert answer.status_code == 422
    assert "belum lewat" in answer.text
    assert "bukan PDF, JPEG, atau PNG" in answer.text
    assert not Berkas.objects.exists()


def test_a_new_letter_for_a_longer_right_is_checked_too(edisi, client):
    instansi, dewi = make_instansi(), make_pengguna()
    make_anggota(instansi, dewi, berlaku_sampai=wib("2019-12-31 00:00"))
    client.force_login(dewi)
    assert send(client, instansi, tanggal_surat="2018-01-05").status_code == 422
    assert send(client, instansi, tanggal_surat="2019-10-20").status_code == 302
    assert set(Keanggotaan.objects.values_list("status", "tanggal_surat")) == {
        ("disetujui", None),
        ("diajukan", date(2019, 10, 20)),
    }


def test_the_act_itself_asks_too(edisi):
    edisi.aturan["masa_surat_tugas_bulan"] = 1
    with clock.travel(wib("2019-11-01 23:59")):
        ask(make_instansi(), make_pengguna(), edisi=edisi)
    with clock.travel(wib("2019-11-02 00:00")), pytest.raises(InvalidInputError) as caught:
        ask(make_instansi(), make_pengguna(), edisi=edisi)
    assert "terlalu lama" in caught.value.rincian["tanggal_surat"]


@pytest.mark.parametrize(("kind", "tipe"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_photograph_is_taken_and_shown_to_who_decides(edisi, client, kind, tipe):
    client.force_login(make_pengguna())
    instansi = make_instansi()
    asked = client.get(reverse("registrasi:permohonan", args=[instansi.kode])).text
    assert 'accept="application/pdf,image/jpeg,image/png"' in asked
    assert "foto" in client.get(reverse("registrasi:daftar")).text
    photo = SimpleUploadedFile("surat.jpg", picture(kind), "image/jpeg")
    assert send(client, instansi, surat_tugas=photo).status_code == 302
    row = Keanggotaan.objects.get()
    assert row.surat_tugas.tipe == tipe
    client.force_login(make_peran(edisi, "sekretariat"))
    letter = reverse("registrasi_panitia:akun-surat", args=[row.pk])
    page = client.get(reverse("registrasi_panitia:akun-rinci", args=[row.pk])).text
    assert f'src="{letter}"' in page
    answer = client.get(letter)
    assert answer["Content-Type"] == tipe
    assert b"".join(answer.streaming_content) == picture(kind)


@pytest.mark.parametrize(
    "isi", [picture("GIF"), b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("JPEG")[:60]]
)
def test_another_kind_of_picture_is_refused(edisi, client, isi):
    client.force_login(make_pengguna())
    bad = SimpleUploadedFile("surat.jpg", isi, "image/jpeg")
    answer = send(client, make_instansi(), surat_tugas=bad)
    assert answer.status_code == 422
    assert "bukan PDF, JPEG, atau PNG" in answer.text
    assert not Keanggotaan.objects.exists()


def test_an_edition_that_does_not_say_so_takes_no_photograph(edisi, client):
    edisi.aturan.pop("surat_tugas_gambar")
    edisi.save()
    client.force_login(make_pengguna())
    instansi = make_instansi()
    asked = client.get(reverse("registrasi:permohonan", args=[instansi.kode])).text
    assert 'accept="application/pdf"' in asked
    photo = SimpleUploadedFile("surat.jpg", picture("JPEG"), "image/jpeg")
    answer = send(client, instansi, surat_tugas=photo)
    assert answer.status_code == 422
    assert berkas_pdf.HEADER in answer.text
