"""The agency's page about how far all of its units are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetisi import clock
from registrasi.models import JawabanNarasi, Undangan, UnitPengelola
from registrasi.queries.kemajuan import kemajuan_of
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def hak(edisi):
    return make_anggota(make_instansi("Pemerintah Kota Alfa"), make_pengguna("Dewi"))


def page(instansi):
    return reverse("registrasi:kemajuan", args=[instansi.kode])


def test_each_unit_says_where_it_stands_what_it_lacks_and_who_fills_in(edisi, hak, client):
    instansi = hak.instansi
    draft = make_pendaftaran(edisi, instansi, jalur="unit")
    sari = make_pengguna("Sari")
    make_anggota(instansi, sari, unit=draft.unit, peran="admin_unit")
    JawabanNarasi.objects.create(
        pendaftaran=draft, pertanyaan=edisi.pertanyaan.first(), isi="Ya.", disimpan_oleh=sari,
        disimpan_pada=wib(30, month=10),
    )  # fmt: skip
    ready = fill_pendaftaran(make_pendaftaran(edisi, instansi, jalur="unit"))
    sent = make_pendaftaran(edisi, instansi, status="dikirim")
    idle = UnitPengelola.objects.create(instansi=instansi, nama="Puskesmas", jenis="pelayanan")
    Undangan.objects.create(
        instansi=instansi, unit=idle, peran="admin_unit", alamat="puskesmas@alfa.go.id",
        diundang_oleh=hak.pengguna, dibuat_pada=wib(1), dikirim_pada=wib(1),
        berlaku_sampai=wib(8), sidik="x",
    )  # fmt: skip
    lines = {line.unit: line for line in kemajuan_of(instansi, edisi)}
    assert lines[None].pendaftaran == sent
    assert lines[idle].pendaftaran is None
    assert (lines[draft.unit].oleh, lines[draft.unit].pada) == ("Sari", wib(30, month=10))
    assert 0 < lines[draft.unit].terisi < lines[draft.unit].total
    assert lines[ready.unit].kurang == []
    client.force_login(hak.pengguna)
    with clock.travel(wib(1)):
        shown = client.get(page(instansi)).text
    for text in ("Sari", "masih kurang", "Lengkap: periksa dan kirim", "puskesmas@alfa.go.id"):
        assert text in shown
    assert shown.count("Belum ada pendaftaran") == 1


def test_an_agency_without_any_entry_is_told_so(edisi, hak, client):
    client.force_login(hak.pengguna)
    assert "Belum ada pendaftaran" in client.get(page(hak.instansi)).text


def test_only_the_agencys_admin_sees_it(edisi, hak, client):
    unit = UnitPengelola.objects.create(instansi=hak.instansi, nama="RSUD", jenis="pelayanan")
    clerk = make_anggota(hak.instansi, unit=unit, peran="admin_unit")
    other = make_anggota(make_instansi())
    for person in (clerk.pengguna, other.pengguna):
        client.force_login(person)
        assert client.get(page(hak.instansi)).status_code == 404


def test_another_editions_and_another_agencys_entries_are_not_there(edisi, hak):
    make_pendaftaran(edisi)
    assert [line.pendaftaran for line in kemajuan_of(hak.instansi, edisi)] == [None]


def test_the_number_of_queries_does_not_grow_with_the_units(edisi, hak, client):
    def grow():
        for _ in range(3):
            row = fill_pendaftaran(make_pendaftaran(edisi, hak.instansi, jalur="unit"))
            make_anggota(hak.instansi, unit=row.unit, peran="admin_unit")

    client.force_login(hak.pengguna)
    counts = []
    with clock.travel(wib(1)):
        for _ in range(2):
            grow()
            client.get(page(hak.instansi))
            with CaptureQueriesContext(connection) as queries:
                client.get(page(hak.instansi))
            counts.append(len(queries))
    assert counts[0] == counts[1]
