"""Earlier versions of a criterion's evidence: listed, and opened by who may see the entry."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kompetisi import clock
from kompetisi.tests.factories import make_peran
from registrasi.actions.berkas import attach_bukti, detach_bukti, store_berkas
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    pdf_bytes,
    pdf_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _buka():
    with clock.travel(BUKA):
        yield


@pytest.fixture
def entry():
    return make_pendaftaran(make_edisi(), make_admin(make_instansi()))


@pytest.fixture
def kriteria(entry):
    return isian_of(entry).kriteria_list[0]


def attach(entry, teks, **place):
    oleh = entry.dibuat_oleh
    stored = store_berkas(isi=pdf_file(teks), oleh=oleh, maks_mb=5)
    return attach_bukti(pendaftaran=entry, berkas=stored, oleh=oleh, **place)


def mandiri(entry, kriteria):
    return reverse("registrasi:mandiri", args=[entry.kode, kriteria.kelompok.kode])


def test_replaced_and_released_files_are_listed_newest_first(client, entry, kriteria):
    first, second = (attach(entry, teks, kriteria=kriteria) for teks in ("satu", "dua"))
    detach_bukti(bukti=second, oleh=entry.dibuat_oleh)
    other = isian_of(entry).kriteria_list[1]
    attach(entry, "lain", kriteria=other)
    client.force_login(entry.dibuat_oleh)
    page = client.get(mandiri(entry, kriteria)).text
    assert page.count("Versi sebelumnya (2)") == page.count("Versi sebelumnya") == 1
    assert page.index("dua.pdf") < page.index("satu.pdf")
    address = reverse("registrasi:berkas", args=[first.pk])
    assert address in page
    assert client.get(address).status_code == 200
    client.force_login(make_pengguna())
    assert client.get(address).status_code == 404


def test_the_part_of_the_page_after_an_upload_lists_the_one_it_replaced(client, entry, kriteria):
    attach(entry, "satu", kriteria=kriteria)
    client.force_login(entry.dibuat_oleh)
    address = reverse("registrasi:bukti-unggah", args=[entry.kode, kriteria.pk])
    upload = SimpleUploadedFile("dua.pdf", pdf_bytes("dua"))
    part = client.post(address, {"berkas": upload}, headers={"HX-Request": "true"}).text
    assert "Versi sebelumnya (1)" in part
    assert part.index("dua.pdf") < part.index("satu.pdf")


def test_the_committee_sees_them_at_their_criterion(client, entry, kriteria):
    jenis = entry.edisi.jenis_dokumen.first()
    for teks in ("satu", "dua"):
        attach(entry, teks, kriteria=kriteria)
        attach(entry, f"surat-{teks}", jenis_dokumen=jenis)
    client.force_login(make_peran(entry.edisi, "sekretariat"))
    page = client.get(reverse("registrasi_panitia:pendaftaran-rinci", args=[entry.kode])).text
    assert page.count("Versi sebelumnya (1)") == 2
    old = entry.bukti.get(kriteria=kriteria, dilepas_pada__isnull=False).berkas
    address = reverse("registrasi_panitia:berkas", args=[entry.kode, old.pk])
    assert address in page
    assert client.get(address).status_code == 200


def test_more_versions_ask_no_more_of_the_database(
    client, entry, kriteria, django_assert_max_num_queries
):
    client.force_login(entry.dibuat_oleh)
    attach(entry, "satu", kriteria=kriteria)
    address = mandiri(entry, kriteria)
    with django_assert_max_num_queries(100) as few:
        client.get(address)
    for number in range(5):
        attach(entry, f"versi-{number}", kriteria=kriteria)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_the_same_file_again_makes_no_version(entry, kriteria):
    first = attach(entry, "satu", kriteria=kriteria)
    assert attach(entry, "satu", kriteria=kriteria) == first
    attach(entry, "dua", kriteria=kriteria)
    assert attach(entry, "satu", kriteria=kriteria) != first
    assert entry.bukti.count() == 3
