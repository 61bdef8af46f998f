"""The public list of participants: names after closing, nothing that is not for everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetisi import clock
from registrasi.models import Penarikan
from registrasi.tests.factories import BUKA, TUTUP
from registrasi.tests.factories_panitia import (
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengiriman,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return make_edisi()


def read(client, at=TUTUP, **asked):
    with clock.travel(at):
        answer = client.get("/peserta/", asked)
    assert answer.status_code == 200
    return answer.text


def enter(edisi, nama, **fields):
    return make_pendaftaran(
        edisi, make_instansi(nama, fields.pop("jenis", "kota")), **{"status": "dikirim"} | fields
    )


def test_before_closing_only_the_number_is_told(edisi, client):
    enter(edisi, "Pemerintah Kota Awal")
    page = read(client, BUKA)
    assert "Pemerintah Kota Awal" not in page
    assert "Pendaftaran dikirim" in page
    assert "setelah pendaftaran ditutup" in page
    assert "1 November 2019" in page


def test_after_closing_those_who_sent_and_stayed_are_named(edisi, client):
    shown = enter(edisi, "Pemerintah Kota Kirim", status="tidak_lolos_administrasi")
    enter(edisi, "Pemerintah Kota Draf", status="draf")
    enter(edisi, "Pemerintah Kota Mundur", status="mengundurkan_diri")
    back = enter(edisi, "Pemerintah Kota Tarik", status="draf")
    Penarikan.objects.create(pengiriman=make_pengiriman(back), pada=BUKA, oleh=back.dibuat_oleh)
    page = read(client)
    assert "Pemerintah Kota Kirim" in page
    for hidden in ("Kota Draf", "Kota Mundur", "Kota Tarik"):
        assert hidden not in page
    for private in (shown.kode, shown.dibuat_oleh.email, "Tidak lolos", shown.dibuat_oleh.nama):
        assert private not in page


def test_the_list_is_searched_and_narrowed(edisi, client):
    enter(edisi, "Pemerintah Kota Semarang")
    enter(edisi, "Kementerian Uji", jenis="kementerian")
    unit = enter(edisi, "Pemerintah Kota Bogor", jalur="unit").unit
    assert "Kementerian Uji" not in read(client, cari="semarang")
    assert "Kota Semarang" not in read(client, jenis="kementerian")
    assert unit.nama in read(client, cari=unit.nama)
    assert "Kota Semarang" not in read(client, jalur="unit")
    assert "Tidak ada peserta yang cocok" in read(client, cari="xyzzy")
    assert "Kota Semarang" in read(client, jenis="entah", halaman="x")


def test_many_participants_cost_no_more_queries(edisi, client):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            read(client)
        return len(seen)

    enter(edisi, "Pemerintah Kota Satu")
    few = queries()
    for number in range(60):
        enter(edisi, f"Pemerintah Kota Banyak {number:02}")
    assert queries() == few
    assert "Banyak 59" not in read(client)
    assert "Banyak 59" in read(client, halaman=2)


def test_everybody_finds_the_list_from_the_front_page(edisi, client):
    with clock.travel(TUTUP):
        assert client.get("/").text.count('href="/peserta/"') >= 2
