"""An agency's pages, from the first visit to the receipt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kompetisi import clock
from kompetisi.tests.factories import make_pengguna, make_peran
from registrasi.actions.akun import approve_akun
from registrasi.models import Keanggotaan, Pendaftaran, Pengiriman
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import (
    BUKA,
    TUTUP,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
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
    return make_admin(make_instansi("Pemerintah Kabupaten Dewi"))


def upload(nama="a.pdf", isi=None):
    return SimpleUploadedFile(nama, isi if isi is not None else pdf_bytes(nama))


def url(name, *args):
    return reverse(f"registrasi:{name}", args=args)


def test_a_newcomer_asks_for_an_agency_and_is_approved(edisi, client):
    budi, instansi = make_pengguna(), make_instansi("Pemerintah Kabupaten Banjar")
    client.force_login(budi)
    assert "Wakili instansi" in client.get(url("daftar")).text
    done = client.post(
        url("permohonan", instansi.kode),
        {"nomor_surat_tugas": "ST/1", "surat_tugas": upload()},
    )
    assert done.status_code == 302
    row = Keanggotaan.objects.get(pengguna=budi)
    assert client.get(url("unit")).status_code == 403
    approve_akun(keanggotaan=row, oleh=make_peran(edisi, "sekretariat"), edisi=edisi)
    assert client.get(url("baru")).status_code == 200


def test_a_letter_that_is_no_pdf_is_refused_and_the_number_kept(edisi, client):
    client.force_login(make_pengguna())
    answer = client.post(
        url("permohonan", make_instansi().kode),
        {"nomor_surat_tugas": "ST/77", "surat_tugas": upload("x.pdf", b"MZ")},
    )
    assert answer.status_code == 422
    assert "bukan PDF" in answer.text
    assert "ST/77" in answer.text


def test_every_page_of_a_draft_opens_and_a_stranger_finds_none(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    group = isian_of(row).rubrik.kelompok.all()[0].kode
    pages = [
        url("daftar"), url("instansi"), url("unit"), url("baru"), url("rinci", row.kode),
        url("identitas", row.kode), url("kinerja", row.kode), url("narasi", row.kode),
        url("dokumen", row.kode), url("mandiri", row.kode, group), url("pengiriman", row.kode),
    ]  # fmt: skip
    client.force_login(dewi)
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    client.force_login(make_admin(make_instansi()))
    theirs = [page for page in pages if row.kode in page]
    assert {client.get(page).status_code for page in theirs} == {404}
    client.logout()
    assert client.get(url("rinci", row.kode)).status_code == 302


def test_an_entry_is_filled_in_and_sent_by_its_pages(edisi, dewi, client):
    client.force_login(dewi)
    client.post(url("baru"), {"jalur": "instansi", "unit": ""})
    row = Pendaftaran.objects.get()
    identitas = {
        "judul": "Lapor Cepat", "mulai_pemakaian": "2018-01-01", "terhubung_lapor": "on",
        "narahubung_nama": "Narahubung", "narahubung_telepon": "021", "versi": "1",
    }  # fmt: skip
    assert client.post(url("identitas", row.kode), identitas).status_code == 302
    for periode in edisi.aturan["kinerja"]["periode"]:
        figures = {
            "periode_mulai": periode["mulai"], "periode_selesai": periode["sampai"],
            "diterima": 10, "selesai": 8, "proses": 1, "belum": 1, "lainnya": 0,
        }  # fmt: skip
        assert client.post(url("kinerja", row.kode), figures).status_code == 302
    isian = isian_of(row)
    for kelompok in isian.rubrik.kelompok.all():
        data = {}
        for k in kelompok.kriteria.all():
            data |= {
                f"k{k.pk}-tingkat": k.tingkat[0]["kode"],
                f"k{k.pk}-versi": "0",
                f"k{k.pk}-bukti": upload(f"{k.kode}.pdf"),
            }
        assert client.post(url("mandiri", row.kode, kelompok.kode), data).status_code == 302
    narasi = {f"p{p.pk}": "Jawaban" for p in isian.pertanyaan_list}
    narasi |= {f"p{p.pk}-versi": "0" for p in isian.pertanyaan_list}
    assert client.post(url("narasi", row.kode), narasi).status_code == 302
    for d in isian.dokumen_list:
        sent = {"jenis": d.kode, "berkas": upload(f"{d.kode}.pdf")}
        assert client.post(url("dokumen", row.kode), sent).status_code == 302
    kirim = {
        "kunci": "kunci-uji", "pernyataan": "on",
        "penandatangan_nama": "Kepala", "penandatangan_jabatan": "Kepala Dinas",
    }  # fmt: skip
    first = client.post(url("pengiriman", row.kode), kirim)
    assert first.status_code == 302
    assert client.post(url("pengiriman", row.kode), kirim).url == first.url
    assert Pengiriman.objects.count() == 1
    assert "TT-2019-000001" in client.get(first.url).text
    assert client.get(f"{first.url}pdf/").content.startswith(b"%PDF-")
    assert client.get(url("berkas", row.bukti.first().pk)).status_code == 200
    client.force_login(make_admin(make_instansi()))
    assert client.get(url("berkas", row.bukti.first().pk)).status_code == 404


def test_late_is_refused_with_what_was_typed(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    client.force_login(dewi)
    kirim = {
        "kunci": "k", "pernyataan": "on",
        "penandatangan_nama": "Nama Terketik", "penandatangan_jabatan": "Kepala",
    }  # fmt: skip
    with clock.travel(TUTUP):
        answer = client.post(url("pengiriman", row.kode), kirim)
    assert answer.status_code == 422
    assert "sudah ditutup" in answer.text
    assert "Nama Terketik" in answer.text


def test_too_many_words_come_back_as_typed(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    p = isian_of(row).pertanyaan_list[0]
    text = "panjang " * (p.batas_kata + 1)
    answer = client.post(url("narasi", row.kode), {f"p{p.pk}": text, f"p{p.pk}-versi": "0"})
    assert answer.status_code == 422
    assert "Kurangi 1 kata" in answer.text
    assert text.strip() in answer.text


def test_a_second_tab_is_told_and_keeps_its_text(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    p = isian_of(row).pertanyaan_list[0]
    versions = {f"p{q.pk}-versi": "0" for q in isian_of(row).pertanyaan_list}
    client.post(url("narasi", row.kode), versions | {f"p{p.pk}": "Tab pertama"})
    answer = client.post(url("narasi", row.kode), versions | {f"p{p.pk}": "Tab kedua"})
    assert answer.status_code == 409
    assert "Tab pertama" in answer.text
    assert "Tab kedua" in answer.text


@pytest.mark.parametrize("name", ["penarikan"])
def test_acts_are_posted(edisi, dewi, client, name):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    assert client.get(url(name, row.kode)).status_code == 405


def test_the_start_page_says_what_to_do(edisi, dewi, client):
    client.force_login(dewi)
    assert "Buat pendaftaran" in client.get("/beranda/").text
    make_pendaftaran(edisi, dewi)
    assert "Lengkapi dan kirim" in client.get("/beranda/").text


def test_the_list_asks_no_more_when_it_grows(edisi, dewi, client, django_assert_max_num_queries):
    client.force_login(dewi)
    make_pendaftaran(edisi, dewi)
    with django_assert_max_num_queries(14):
        client.get(url("daftar"))
