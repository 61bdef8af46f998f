"""Personal data of citizens does not belong into an entry: refused, pointed out, covered."""

import pytest
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from registrasi.actions.berkas import attach_bukti
from registrasi.actions.isian import save_jawaban
from registrasi.models import Pendaftaran
from registrasi.queries.pendaftaran import isian_of
from registrasi.rules.pribadi import find_nik, find_pribadi
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_berkas,
    make_edisi,
    make_instansi,
    make_pendaftaran,
)

NIK = "3374124507850003"  # a woman born 5 July 1985, invented


@pytest.mark.fast
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Pelapor {NIK} mengadu.", "3374********0003"),
        ("3374 1245 0785 0003", "3374********0003"),
        ("33.74.12.45.07.85.0003", "3374********0003"),
        ("198507052010012003 adalah NIP", ""),  # eighteen digits
        ("3374129913850003", ""),  # no such day and month
        ("1.250.000 laporan pada 2019", ""),
        ("rekening 1234567890", ""),
    ],
)
def test_a_nik_is_known_by_its_shape_and_shown_masked(text, found):
    assert find_nik(text) == found


@pytest.mark.fast
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hubungi budi@contoh.id", ["alamat surel"]),
        ("wa 0812-3456-7890 ya", ["nomor telepon seluler"]),
        ("+62 812 3456 7890", ["nomor telepon seluler"]),
        ("9999999999999999", ["deret 16 angka"]),
        ("Kantor (021) 7398381, 1.200 laporan, 10 hari", []),
        ("", []),
    ],
)
def test_what_may_be_a_citizens_is_pointed_out(text, found):
    assert find_pribadi(text) == found


@pytest.fixture
def row(db):
    with clock.travel(BUKA):
        yield make_pendaftaran(make_edisi(), make_admin(make_instansi()))


def test_a_nik_is_refused_and_the_text_kept(row, client):
    asked = row.edisi.pertanyaan.first()
    with pytest.raises(InvalidInputError, match="berbentuk NIK"):
        save_jawaban(pendaftaran=row, pertanyaan=asked, isi=NIK, versi=0, oleh=row.dibuat_oleh)
    client.force_login(row.dibuat_oleh)
    typed = {f"p{p.pk}-versi": "0" for p in row.edisi.pertanyaan.all()}
    typed[f"p{asked.pk}"] = f"Pelapor {NIK} mengadu"
    answer = client.post(reverse("registrasi:narasi", args=[row.kode]), typed)
    assert answer.status_code == 422
    assert f"Pelapor {NIK} mengadu" in answer.text
    kept = {"nama": f"p{asked.pk}", "nilai": NIK, "versi": "0"}
    assert client.post(reverse("registrasi:simpan", args=[row.kode]), kept).status_code == 422
    assert not row.jawaban.exists()


def test_an_address_is_kept_and_pointed_out_where_it_is_read(row, client):
    asked = row.edisi.pertanyaan.first()
    save_jawaban(
        pendaftaran=row, pertanyaan=asked, isi="Surat ke budi@contoh.id", versi=0,
        oleh=row.dibuat_oleh,
    )  # fmt: skip
    client.force_login(row.dibuat_oleh)
    page = client.get(reverse("registrasi:periksa", args=[row.kode])).text
    assert "Periksa data pribadi" in page
    assert f"narasi/#id_p{asked.pk}" in page
    assert "Tampaknya memuat alamat surel" in client.get(
        reverse("registrasi:narasi", args=[row.kode])
    ).text  # fmt: skip


def test_evidence_waits_for_the_declaration_once(row, client):
    Pendaftaran.objects.filter(pk=row.pk).update(perlindungan_pada=None)
    dewi, kriteria = row.dibuat_oleh, isian_of(row).kriteria_list[0]
    with pytest.raises(NotAllowedError, match="identitas pelapor"):
        attach_bukti(pendaftaran=row, kriteria=kriteria, berkas=make_berkas(dewi), oleh=dewi)
    plain = row.edisi.jenis_dokumen.get(kode="sk_tim")
    attach_bukti(pendaftaran=row, jenis_dokumen=plain, berkas=make_berkas(dewi), oleh=dewi)
    client.force_login(dewi)
    mandiri = reverse("registrasi:mandiri", args=[row.kode, kriteria.kelompok.kode])
    assert "Sebelum mengunggah bukti" in client.get(mandiri).text
    address = reverse("registrasi:perlindungan", args=[row.kode])
    client.post(address, {"kelompok": kriteria.kelompok.kode})
    row.refresh_from_db()
    assert row.perlindungan_pada is None
    answer = client.post(address, {"kelompok": kriteria.kelompok.kode, "setuju": "on"})
    assert answer.url == mandiri
    page = client.get(mandiri).text
    assert "Sebelum mengunggah bukti" not in page
    assert "Tutup identitas pelapor sebelum mengunggah" in page
    attach_bukti(pendaftaran=row, kriteria=kriteria, berkas=make_berkas(dewi), oleh=dewi)


def test_the_notice_is_public_and_linked(row, client):
    page = client.get("/privasi/").text
    assert "Undang-Undang Nomor 27 Tahun 2022" in " ".join(page.split())
    assert "24 bulan sesudah hasil diumumkan" in page
    assert 'href="/privasi/"' in client.get("/").text
    assert 'href="/privasi/"' in client.get(reverse("account_signup")).text
