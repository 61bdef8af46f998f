"""An agency's pages, from the first visit to the receipt."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetisi import clock
from kompetisi.tests.factories import make_pengguna, make_peran
from registrasi.actions.akun import approve_akun, reject_akun
from registrasi.actions.instansi import load_instansi
from registrasi.actions.pendaftaran import create_pendaftaran
from registrasi.models import Keanggotaan, Pendaftaran, Pengiriman
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import (
    BUKA,
    TUTUP,
    figures,
    make_admin,
    make_anggota,
    make_berkas,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
)

pytestmark = pytest.mark.django_db
DIREKTORI = settings.BASE_DIR / "registrasi" / "data" / "instansi.csv"


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


def permohonan(**changes):
    return {
        "nama": "Budi", "jabatan": "Kepala Bidang", "nomor_surat_tugas": "ST/1",
        "tanggal_surat": "2019-10-14", "surat_tugas": upload(),
    } | changes  # fmt: skip


def kirim(**changes):
    return {
        "kunci": "kunci-uji", "pernyataan": "on",
        "penandatangan_nama": "Nama Terketik", "penandatangan_jabatan": "Kepala Dinas",
    } | changes  # fmt: skip


def test_a_newcomer_asks_for_an_agency_and_is_approved(edisi, client):
    budi, instansi = make_pengguna(), make_instansi("Pemerintah Kabupaten Banjar")
    client.force_login(budi)
    assert "Mulai mewakili instansi" in client.get(url("daftar")).text
    assert client.post(url("permohonan", instansi.kode), permohonan()).status_code == 302
    row = Keanggotaan.objects.get(pengguna=budi)
    budi.refresh_from_db()
    assert (row.status, budi.nama, budi.jabatan) == ("diajukan", "Budi", "Kepala Bidang")
    assert client.get(url("surat-tugas", row.pk)).status_code == 200
    assert "Menunggu" in client.get(url("keanggotaan")).text
    assert client.get(url("instansi", instansi.kode)).status_code == 404
    assert client.get(url("baru")).status_code == 403
    approve_akun(keanggotaan=row, oleh=make_peran(edisi, "sekretariat"), edisi=edisi)
    assert client.get(url("baru")).status_code == 200
    assert client.get(url("instansi", instansi.kode)).status_code == 200
    client.force_login(make_pengguna())
    assert client.get(url("surat-tugas", row.pk)).status_code == 404


def test_a_letter_that_is_no_pdf_is_refused_and_the_rest_kept(edisi, client):
    client.force_login(make_pengguna())
    wrong = permohonan(nomor_surat_tugas="ST/77", surat_tugas=upload("x.pdf", b"MZ"))
    answer = client.post(url("permohonan", make_instansi().kode), wrong)
    assert answer.status_code == 422
    assert "bukan PDF" in answer.text
    assert "ST/77" in answer.text
    assert not Keanggotaan.objects.exists()


def test_after_a_refusal_one_may_ask_again(edisi, client):
    budi, instansi = make_pengguna(), make_instansi()
    client.force_login(budi)
    client.post(url("permohonan", instansi.kode), permohonan())
    again = client.post(url("permohonan", instansi.kode), permohonan())
    assert again.status_code == 422
    assert "sudah ada" in again.text
    reject_akun(
        keanggotaan=Keanggotaan.objects.get(), alasan="Surat belum ditandatangani",
        oleh=make_peran(edisi, "sekretariat"), edisi=edisi,
    )  # fmt: skip
    assert "Surat belum ditandatangani" in client.get(url("keanggotaan")).text
    assert client.post(url("permohonan", instansi.kode), permohonan()).status_code == 302
    assert Keanggotaan.objects.count() == 2


def test_agencies_are_found_as_one_types(edisi, client):
    load_instansi(path=DIREKTORI, at=BUKA)
    client.force_login(make_pengguna())
    page = client.get(url("instansi-cari"), {"teks": "pemkot semarang"})
    assert "Pemerintah Kota Semarang" in page.text
    part = client.get(url("instansi-cari"), {"teks": "xyzzy"}, headers={"HX-Request": "true"})
    assert "Tidak ada instansi yang cocok" in part.text
    assert "<html" not in part.text


def test_the_agencys_admin_adds_a_unit_whose_admin_fills_in_and_does_not_send(edisi, dewi, client):
    instansi, sari = dewi.keanggotaan.get().instansi, make_pengguna()
    client.force_login(dewi)
    kode = instansi.kode
    assert client.post(url("unit", kode), {"nama": " "}).status_code == 422
    unit = {"nama": "RSUD Dewi", "jenis": "pelayanan"}
    assert client.post(url("unit", kode), unit).status_code == 302
    twice = client.post(url("unit", kode), unit)
    assert twice.status_code == 422
    assert "sudah ada" in twice.text
    row = instansi.unit.get()
    make_anggota(instansi, sari, unit=row, peran="admin_unit")
    entry = create_pendaftaran(
        edisi=edisi, jalur=edisi.jalur.get(kode="unit"), instansi=instansi, unit=row, oleh=sari
    )
    other = make_pendaftaran(edisi, dewi)
    client.force_login(sari)
    assert client.get(url("identitas", entry.kode)).status_code == 200
    assert client.get(url("rinci", other.kode)).status_code == 404
    assert "Hanya admin instansi" in client.get(url("pengiriman", entry.kode)).text
    member = sari.keanggotaan.get()
    client.force_login(dewi)
    client.post(url("anggota-pencabutan", kode, member.pk), {"alasan": "Mutasi"})
    client.force_login(sari)
    assert client.get(url("rinci", entry.kode)).status_code == 404


def pages_of(row):
    group = isian_of(row).rubrik.kelompok.all()[0].kode
    periode = row.edisi.aturan["kinerja"]["periode"][0]["kode"]
    return [
        url("rinci", row.kode), url("identitas", row.kode), url("kinerja", row.kode, periode),
        url("narasi", row.kode), url("dokumen", row.kode), url("mandiri", row.kode, group),
        url("periksa", row.kode), url("pengiriman", row.kode),
    ]  # fmt: skip


def test_every_page_of_a_draft_opens_and_a_stranger_finds_none(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    pages = pages_of(row)
    client.force_login(dewi)
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    client.force_login(make_admin(make_instansi()))
    assert {client.get(page).status_code for page in pages} == {404}
    client.logout()
    assert {client.get(page).status_code for page in pages} == {302}


def test_the_committee_reads_and_changes_nothing(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(make_peran(edisi, "sekretariat"))
    assert client.get(url("identitas", row.kode)).status_code == 200
    answer = client.post(url("identitas", row.kode), {"judul": "Ubahan", "versi": row.versi})
    assert answer.status_code == 403
    assert "Ubahan" in answer.text
    row.refresh_from_db()
    assert row.judul == ""


def test_an_entry_is_filled_in_and_sent_by_its_pages(edisi, dewi, client):
    client.force_login(dewi)
    instansi = dewi.keanggotaan.get().instansi
    client.post(url("baru"), {"jalur": "instansi", "peserta": f"instansi-{instansi.pk}"})
    row = Pendaftaran.objects.get()
    identitas = {
        "judul": "Lapor Cepat", "mulai_pemakaian": "2018-01-01", "terhubung_lapor": "on",
        "narahubung_nama": "Narahubung", "narahubung_telepon": "021", "versi": "1",
    }  # fmt: skip
    assert client.post(url("identitas", row.kode), identitas).status_code == 302
    for periode in edisi.aturan["kinerja"]["periode"]:
        data = figures(periode) | {"_versi": "0"}
        page = url("kinerja", row.kode, periode["kode"])
        assert client.post(page, data).status_code == 302
    assert "95,0%" in client.get(page).text
    isian = isian_of(row)
    client.post(url("perlindungan", row.kode), {"setuju": "on"})
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
        sent = {"berkas": upload(f"{d.kode}.pdf")}
        assert client.post(url("dokumen-unggah", row.kode, d.kode), sent).status_code == 302
    assert client.post(url("pengiriman", row.kode), kirim()).status_code == 302


def test_the_receipt_is_given_once_and_seen_by_its_own_people(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    client.force_login(dewi)
    file = upload("sk.pdf")
    client.post(url("dokumen-unggah", row.kode, isian_of(row).dokumen_list[0].kode), {"b": file})
    first = client.post(url("pengiriman", row.kode), kirim())
    assert client.post(url("pengiriman", row.kode), kirim()).url == first.url
    second_tab = client.post(url("pengiriman", row.kode), kirim(kunci="tab-lain"))
    assert second_tab.url == first.url
    assert Pengiriman.objects.count() == 1
    assert "TT-2019-000001" in client.get(first.url).text
    assert client.get(f"{first.url}pdf/").getvalue().startswith(b"%PDF-")
    pk = row.bukti.get(berkas__nama_asli="sk.pdf").pk
    answer = client.get(url("berkas", pk))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    client.force_login(make_admin(make_instansi()))
    assert client.get(url("berkas", pk)).status_code == 404
    assert client.get(first.url).status_code == 404


def test_late_is_refused_with_the_time_and_what_was_typed(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    client.force_login(dewi)
    with clock.travel(TUTUP):
        answer = client.post(url("pengiriman", row.kode), kirim())
    assert answer.status_code == 403
    assert "sudah ditutup" in answer.text
    assert "2 November 2019 00.00" in answer.text
    assert "Nama Terketik" in answer.text
    assert not Pengiriman.objects.exists()


def test_a_form_open_across_closing_gives_its_text_back(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    p = isian_of(row).pertanyaan_list[0]
    data = {f"p{q.pk}-versi": "0" for q in isian_of(row).pertanyaan_list}
    with clock.travel(TUTUP):
        answer = client.post(url("narasi", row.kode), data | {f"p{p.pk}": "Baru selesai"})
    assert answer.status_code == 403
    assert "Baru selesai" in answer.text
    assert not row.jawaban.exists()


def test_sending_without_the_statement_keeps_the_name(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    client.force_login(dewi)
    answer = client.post(url("pengiriman", row.kode), kirim(pernyataan=""))
    assert answer.status_code == 422
    assert "Nama Terketik" in answer.text
    assert "Setujui pernyataan" in answer.text


def test_taken_back_by_its_page_it_is_a_draft_again(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    client.force_login(dewi)
    client.post(url("pengiriman", row.kode), kirim())
    assert client.post(url("penarikan", row.kode), {"alasan": ""}).status_code == 422
    long = "panjang " * 200
    refused = client.post(url("penarikan", row.kode), {"alasan": long})
    assert refused.status_code == 422
    assert "paling banyak 1000 huruf" in refused.text
    assert long.strip() in refused.text
    assert Pendaftaran.objects.get().status == "dikirim"
    client.post(url("penarikan", row.kode), {"alasan": "Salah berkas"})
    assert Pendaftaran.objects.get().status == "draf"
    assert "Salah berkas" in client.get(url("rinci", row.kode)).text


def test_too_many_words_come_back_as_typed(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    p = isian_of(row).pertanyaan_list[0]
    text = "panjang " * (p.batas_kata + 1)
    answer = client.post(url("narasi", row.kode), {f"p{p.pk}": text, f"p{p.pk}-versi": "0"})
    assert answer.status_code == 422
    assert "Kurangi 1 kata" in answer.text
    assert text.strip() in answer.text
    assert not row.jawaban.exists()


def test_figures_that_contradict_each_other_come_back_as_typed(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    periode = edisi.aturan["kinerja"]["periode"][0]
    data = figures(periode) | {"versi": "0", "diterima": "4321"}
    answer = client.post(url("kinerja", row.kode, periode["kode"]), data)
    assert answer.status_code == 422
    assert "harus sama" in answer.text
    assert "4321" in answer.text
    assert not row.kinerja.exists()


def test_indonesian_decimals_are_read(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    periode = edisi.aturan["kinerja"]["periode"][0]
    client.post(
        url("kinerja", row.kode, periode["kode"]),
        {"versi": "0", "hari_selesai": "4,25", "unit_seluruhnya": "1.250"},
    )
    assert row.kinerja.get().angka == {"hari_selesai": "4.25", "unit_seluruhnya": 1250}
    assert "4,25" in client.get(url("kinerja", row.kode, periode["kode"])).text


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
    assert row.jawaban.get().isi == "Tab pertama"
    known = versions | {f"p{p.pk}-versi": "1", f"p{p.pk}": "Tab kedua"}
    assert client.post(url("narasi", row.kode), known).status_code == 302
    assert row.jawaban.get().isi == "Tab kedua"


def test_the_entrys_own_fields_conflict_too(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    data = {"judul": "Satu", "versi": row.versi}
    assert client.post(url("identitas", row.kode), data).status_code == 302
    answer = client.post(url("identitas", row.kode), data | {"judul": "Dua"})
    assert answer.status_code == 409
    assert "Satu" in answer.text
    assert "Dua" in answer.text
    assert Pendaftaran.objects.get().judul == "Satu"


def test_each_field_saves_itself(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    isian = isian_of(row)
    k, p = isian.kriteria_list[0], isian.pertanyaan_list[0]

    def save(nama, nilai, versi):
        data = {"nama": nama, "nilai": nilai, "versi": versi}
        return client.post(url("simpan", row.kode), data)

    first = save(f"k{k.pk}-tingkat", k.tingkat[0]["kode"], 0)
    assert first.status_code == 200
    assert first.json()["waktu"].endswith("WIB")
    assert save(f"k{k.pk}-catatan", "Halaman 3", 1).json()["versi"] == 2
    stale = save(f"k{k.pk}-catatan", "Halaman 9", 1)
    assert (stale.status_code, stale.json()["nilai"]) == (409, "Halaman 3")
    assert save(f"p{p.pk}", "kata " * (p.batas_kata + 1), 0).status_code == 422
    assert save(f"k{k.pk}-tingkat", "Z", 2).status_code == 422
    assert save("mulai_pemakaian", "bukan tanggal", row.versi).status_code == 422
    assert save("judul", "Lapor", row.versi).status_code == 200
    assert save("status", "dikirim", row.versi + 1).status_code == 422
    assert save("k999999999-tingkat", "A", 0).status_code == 422
    with clock.travel(TUTUP):
        assert save("judul", "Terlambat", row.versi + 1).status_code == 403
    client.logout()
    assert save("judul", "Tanpa sesi", 1).status_code == 401
    assert Pendaftaran.objects.get().judul == "Lapor"


def expire(client):
    """The session runs out; the browser keeps its cookies."""
    Session.objects.all().delete()


def test_what_was_typed_survives_an_expired_session(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    page, p = url("narasi", row.kode), isian_of(row).pertanyaan_list[0]
    client.force_login(dewi)
    client.get(page)
    expire(client)
    answer = client.post(page, {f"p{p.pk}": "Belum sempat tersimpan", f"p{p.pk}-versi": "0"})
    assert answer.status_code == 302
    assert "masuk" in answer.url or "login" in answer.url
    client.force_login(dewi)
    shown = client.get(page)
    assert shown.status_code == 200
    assert "Belum sempat tersimpan" in shown.text
    assert "Sesi Anda berakhir" in shown.text
    assert "Belum sempat tersimpan" not in client.get(page).text


def test_what_one_person_typed_is_not_shown_to_the_next(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    colleague = make_pengguna()
    Keanggotaan.objects.create(
        pengguna=colleague, instansi=row.instansi, status="disetujui", diajukan_pada=BUKA
    )
    page, p = url("narasi", row.kode), isian_of(row).pertanyaan_list[0]
    client.force_login(dewi)
    client.get(page)
    expire(client)
    client.post(page, {f"p{p.pk}": "Tulisan Dewi", f"p{p.pk}-versi": "0"})
    client.force_login(colleague)
    assert "Tulisan Dewi" not in client.get(page).text
    assert "tertahan" not in client.session


@pytest.mark.parametrize("known", [False, True])
def test_a_stranger_and_a_flood_leave_nothing_in_the_table_of_sessions(edisi, dewi, client, known):
    row = make_pendaftaran(edisi, dewi)
    page = url("narasi", row.kode)
    if known:
        client.force_login(dewi)
        client.get(page)
        expire(client)
    text = "x" * (60_000 if known else 10)
    assert client.post(page, {"p1": text}).status_code == 302
    assert not Session.objects.exists()


def test_a_letter_that_the_storage_has_lost_is_not_found(edisi, dewi, client):
    member = dewi.keanggotaan.get()
    member.surat_tugas = make_berkas(dewi)
    member.save()
    client.force_login(dewi)
    assert client.get(url("surat-tugas", member.pk)).status_code == 404


def test_a_good_file_stays_when_another_is_refused(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    group = isian_of(row).rubrik.kelompok.all()[0]
    good, bad = group.kriteria.all()[:2]
    data = {f"k{k.pk}-versi": "0" for k in group.kriteria.all()}
    data |= {
        f"k{good.pk}-tingkat": good.tingkat[1]["kode"],
        f"k{good.pk}-bukti": upload("baik.pdf"),
        f"k{bad.pk}-bukti": upload("buruk.pdf", b"MZ"),
    }
    answer = client.post(url("mandiri", row.kode, group.kode), data)
    assert answer.status_code == 422
    assert "baik.pdf" in answer.text
    assert "bukan PDF" in answer.text
    data |= {f"k{good.pk}-catatan": "Tambahan", f"k{good.pk}-versi": "1"}
    del data[f"k{bad.pk}-bukti"], data[f"k{good.pk}-bukti"]
    assert client.post(url("mandiri", row.kode, group.kode), data).status_code == 302


def test_a_file_is_sent_as_soon_as_it_is_chosen(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    k = isian_of(row).kriteria_list[0]
    htmx = {"HX-Request": "true"}
    page = url("bukti-unggah", row.kode, k.pk)
    done = client.post(page, {f"k{k.pk}-bukti": upload("satu.pdf")}, headers=htmx)
    assert done.status_code == 200
    assert "satu.pdf" in done.text
    wrong = client.post(page, {f"k{k.pk}-bukti": upload("dua.pdf", b"MZ")}, headers=htmx)
    assert wrong.status_code == 422
    assert "bukan PDF" in wrong.text
    assert "satu.pdf" in wrong.text
    client.post(page, {f"k{k.pk}-bukti": upload("tiga.pdf")}, headers=htmx)
    assert [b.berkas.nama_asli for b in row.bukti.filter(dilepas_pada=None)] == ["tiga.pdf"]
    assert row.bukti.count() == 2


def test_a_document_is_replaced_taken_off_and_its_versions_stay(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    d = isian_of(row).dokumen_list[0]
    page = url("dokumen-unggah", row.kode, d.kode)
    assert client.post(page, {}).status_code == 422
    for nama in ("satu.pdf", "dua.pdf"):
        client.post(page, {"berkas": upload(nama)})
    shown = client.get(url("dokumen", row.kode)).text
    assert "Versi sebelumnya (1)" in shown
    bukti = row.bukti.get(dilepas_pada=None)
    assert client.get(url("pelepasan", bukti.pk)).status_code == 200
    client.post(url("pelepasan", bukti.pk))
    assert not row.bukti.filter(dilepas_pada=None).exists()
    assert client.get(url("berkas", bukti.pk)).status_code == 200


@pytest.mark.parametrize("name", ["penarikan", "simpan"])
def test_acts_are_posted(edisi, dewi, client, name):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    assert client.get(url(name, row.kode)).status_code == 405


def test_the_start_page_says_what_to_do(edisi, dewi, client):
    client.force_login(dewi)
    assert "Buat pendaftaran" in client.get("/beranda/").text
    make_pendaftaran(edisi, dewi)
    assert "Lengkapi dan kirim" in client.get("/beranda/").text
    with clock.travel(TUTUP):
        assert "Lengkapi dan kirim" not in client.get("/beranda/").text


def test_the_start_page_says_what_was_received(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    client.force_login(dewi)
    assert "Belum dikirim" in client.get("/beranda/").text
    receipt = client.post(url("pengiriman", row.kode), kirim()).url
    page = client.get("/beranda/").text
    assert receipt in page and "TT-2019-000001" in page and "Belum dikirim" not in page
    client.force_login(make_admin(make_instansi()))
    assert row.kode not in client.get("/beranda/").text


def count_queries(client, page):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_the_list_asks_no_more_when_it_grows(edisi, dewi, client):
    client.force_login(dewi)
    instansi = dewi.keanggotaan.get().instansi
    jalur = edisi.jalur.get(kode="unit")

    def grow(n):
        for _ in range(n):
            unit = instansi.unit.create(nama=f"Unit {instansi.unit.count()}", jenis="pelayanan")
            create_pendaftaran(edisi=edisi, jalur=jalur, instansi=instansi, unit=unit, oleh=dewi)

    grow(3)
    client.get(url("daftar"))
    before = count_queries(client, url("daftar")), count_queries(client, "/beranda/")
    grow(9)
    after = count_queries(client, url("daftar")), count_queries(client, "/beranda/")
    assert after == before
    assert before[0] <= 12


def test_a_page_of_the_form_asks_less_than_fifteen_times(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    client.force_login(dewi)
    client.get(url("rinci", row.kode))
    counts = {page: count_queries(client, page) for page in pages_of(row)[1:6]}
    assert max(counts.values()) < 15, counts


def test_a_draft_after_closing_says_that_it_is_not_judged(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    with clock.travel(TUTUP):
        page = client.get(url("rinci", row.kode)).text
    assert "tidak ikut dinilai" in page
    assert "1 November 2019 23.59 WIB" in page


def test_a_storage_that_is_away_is_told_and_changes_nothing(edisi, dewi, client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kompetisi.storage.FileStorage.save", full)
    row = make_pendaftaran(edisi, dewi)
    client.force_login(dewi)
    d = isian_of(row).dokumen_list[0]
    answer = client.post(url("dokumen-unggah", row.kode, d.kode), {"berkas": upload()})
    assert answer.status_code == 422
    assert "gangguan penyimpanan" in answer.text
    assert not row.bukti.exists()


def test_the_reason_of_a_withdrawal_survives_an_expired_session(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    Pendaftaran.objects.update(status="dikirim")
    client.force_login(dewi)
    client.get(url("rinci", row.kode))
    expire(client)
    answer = client.post(url("penarikan", row.kode), {"alasan": "Salah jalur"})
    assert answer.url.endswith(f"next={url('rinci', row.kode)}")
    client.force_login(dewi)
    page = client.get(url("rinci", row.kode)).text
    assert '<details class="konfirmasi" open>' in page
    assert ">\nSalah jalur</textarea>" in page


def figures_of(edisi):
    rules = edisi.aturan["kinerja"]
    return rules["periode"][0]["kode"], rules["kolom"], rules["pemeriksaan"]


def test_figures_save_themselves_one_by_one(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    periode, kolom, _ = figures_of(edisi)
    names = [k["kode"] for k in kolom if k["jenis"] == "jumlah"]
    client.force_login(dewi)

    def save(nama, nilai, versi, kode=periode, **more):
        return client.post(
            f"{url('simpan', row.kode)}?periode={kode}",
            {"nama": nama, "nilai": nilai, "versi": versi, **more},
        )

    with clock.travel(BUKA):
        first = save(names[0], "1.250", 0)
        assert (first.status_code, first.json()["versi"]) == (200, 1)
        assert row.kinerja.get().angka == {names[0]: 1250}
        assert save(names[0], "1250", 0).json()["versi"] == 1
        stale = save(names[0], "7", 0)
        assert (stale.status_code, stale.json()["nilai"]) == (409, "1250")
        wrong = save(names[0], "-4", 1)
        assert (wrong.status_code, wrong.json()["pesan"]) == (422, "Tulis bilangan 0 atau lebih.")
        assert save("bukan_kolom", "4", 1).status_code == 422
        assert save(names[0], "4", 1, kode="bukan").status_code == 422
        assert save(names[0], "", 1).json()["versi"] == 2
        assert row.kinerja.get().angka == {}
    with clock.travel(TUTUP):
        assert save(names[0], "5", 2).status_code == 403


def test_figures_that_contradict_are_not_kept_and_may_be_changed_together(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    periode, _, checks = figures_of(edisi)
    rule = next(
        c for c in checks
        if len(c["kiri"]) == 1 and len(c["kanan"]) == 1 and c["hubungan"] != "sama_dengan"
    )  # fmt: skip
    less, more = rule["kiri"][0], rule["kanan"][0]
    client.force_login(dewi)
    address = f"{url('simpan', row.kode)}?periode={periode}"
    with clock.travel(BUKA):
        client.post(address, {"nama": more, "nilai": "10", "versi": 0})
        refused = client.post(address, {"nama": less, "nilai": "12", "versi": 1})
        assert refused.status_code == 422
        assert rule["pesan"] in refused.json()["pesan"]
        assert row.kinerja.get().angka == {more: 10}
        both = client.post(address, {"nama": more, "nilai": "15", "versi": 1, less: "12"})
        assert both.status_code == 200
        assert row.kinerja.get().angka == {more: 15, less: 12}


def test_all_mistakes_of_the_figures_are_told_at_once(edisi, dewi, client):
    row = make_pendaftaran(edisi, dewi)
    periode, kolom, _ = figures_of(edisi)
    limited = next(k for k in kolom if k.get("paling_besar"))
    whole = next(k["kode"] for k in kolom if k["jenis"] == "jumlah")
    client.force_login(dewi)
    with clock.travel(BUKA):
        answer = client.post(
            url("kinerja", row.kode, periode),
            {whole: "-3", limited["kode"]: "99999"},
        )
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert errors[whole] == ["Tulis bilangan 0 atau lebih."]
    assert "Paling besar" in errors[limited["kode"]][0]


@pytest.mark.parametrize("name", ["rinci", "periksa", "dokumen"])
def test_an_address_with_a_nul_leads_nowhere(edisi, dewi, client, name):
    client.force_login(dewi)
    assert client.get(url(name, "P19-X\x00")).status_code == 404
