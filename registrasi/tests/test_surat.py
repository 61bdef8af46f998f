"""Letters with a validity: their date is asked, one that no longer holds is lacking at once."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from kompetisi import clock
from kompetisi.models import JejakAudit
from registrasi.actions.berkas import attach_bukti
from registrasi.queries.cuplikan import cuplikan_of
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.temuan import temuan_of
from registrasi.rules.surat import expired_on, last_day
from registrasi.tests.factories import (
    BUKA,
    TUTUP,
    make_admin,
    make_berkas,
    make_edisi,
    make_instansi,
    make_pendaftaran,
)


@pytest.mark.fast
@pytest.mark.parametrize(
    ("dated", "until", "months", "last"),
    [
        (date(2018, 8, 31), None, 6, date(2019, 2, 28)),
        (date(2018, 8, 31), date(2018, 12, 31), 6, date(2018, 12, 31)),
        (None, None, 6, None),
        (date(2018, 8, 31), None, None, None),
    ],
)
def test_the_last_day_is_the_letters_own_or_counted_from_its_date(dated, until, months, last):
    assert last_day(dated, until, months) == last


@pytest.mark.fast
def test_a_letter_holds_on_its_last_day_in_wib():
    last = date(2019, 10, 25)
    assert expired_on(last, datetime(2019, 10, 25, 16, 59, tzinfo=clock.UTC)) is None
    assert expired_on(last, datetime(2019, 10, 25, 17, 0, tzinfo=clock.UTC)) == last


@pytest.fixture
def letter():
    with clock.travel(BUKA):
        edisi, dewi = make_edisi(), make_admin(make_instansi())
        row = make_pendaftaran(edisi, dewi)
        jenis = edisi.jenis_dokumen.get(kode="sk_tim")
        berkas = make_berkas(dewi)
        yield attach_bukti(pendaftaran=row, berkas=berkas, jenis_dokumen=jenis, oleh=dewi)


@pytest.fixture
def post(letter):
    """Send the date of the letter as its agency."""
    client = Client()
    client.force_login(letter.dilampirkan_oleh)
    address = reverse("registrasi:tanggal-surat", args=[letter.pk])
    return lambda **data: client.post(address, data, follow=True)


def lacking(letter) -> str:
    return "; ".join(kekurangan_of([letter.pendaftaran])[letter.pendaftaran_id])


database = pytest.mark.django_db


@database
def test_the_date_is_asked_kept_sealed_and_recorded(letter, post):
    page = post(tanggal_surat="2019-01-02")
    assert "hanya berlaku" not in lacking(letter)
    assert 'value="2019-01-02"' in page.text
    sealed = cuplikan_of(letter.pendaftaran)["berkas"]
    assert sealed[0]["tanggal_surat"] == "2019-01-02"
    assert JejakAudit.objects.filter(tindakan="bukti.tanggal").count() == 1


@database
def test_a_letter_that_no_longer_holds_is_lacking_at_once(letter, post):
    page = post(tanggal_surat="2014-01-02")
    assert "hanya berlaku sampai 2 Januari 2019" in page.text
    assert "hanya berlaku sampai 2 Januari 2019" in lacking(letter)
    butir = [letter.pendaftaran.edisi.butir_administrasi.get(otomatis="sk_berlaku")]
    assert temuan_of(letter.pendaftaran, butir, None)["sk_tim"].hasil == "tidak_memenuhi"
    post(tanggal_surat="2014-01-02", berlaku_sampai="2020-01-02")
    assert "hanya berlaku" not in lacking(letter)
    found = temuan_of(letter.pendaftaran, butir, None)["sk_tim"]
    assert (found.hasil, "02-01-2020" in found.keterangan) == ("", True)


@database
@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Isi tanggal surat"),
        ({"tanggal_surat": "2019-02-30"}, "ada dalam kalender"),
        ({"tanggal_surat": "2020-01-01"}, "belum lewat"),
        ({"tanggal_surat": "2019-01-02", "berlaku_sampai": "2018-01-01"}, "sesudah tanggal surat"),
    ],
)
def test_a_date_that_cannot_be_is_refused_in_words(letter, post, data, words):
    answer = post(**data)
    assert answer.status_code == 422
    assert words in answer.text
    letter.refresh_from_db()
    assert letter.tanggal_surat is None


@database
def test_after_the_closing_no_date_is_kept(letter, post):
    with clock.travel(TUTUP):
        assert post(tanggal_surat="2019-01-02").status_code == 403


@database
def test_a_kind_without_validity_is_not_asked(letter):
    row, dewi = letter.pendaftaran, letter.dilampirkan_oleh
    sop = row.edisi.jenis_dokumen.get(kode="sop")
    other = attach_bukti(pendaftaran=row, berkas=make_berkas(dewi), jenis_dokumen=sop, oleh=dewi)
    client = Client()
    client.force_login(dewi)
    address = reverse("registrasi:tanggal-surat", args=[other.pk])
    assert client.post(address, {"tanggal_surat": "2019-01-02"}).status_code == 404
