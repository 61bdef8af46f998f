"""Passing a list: only what a person has opened and what is met beyond doubt, one record each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetisi import clock
from kompetisi.models import JejakAudit, Pesan
from registrasi.actions.administrasi import HasilPeriksa, hold_pemeriksaan, save_pemeriksaan
from registrasi.models import BuktiDukung, SeleksiAdministrasi
from registrasi.queries.administrasi import butir_of
from registrasi.queries.temuan import siap_lolos, temuan_of
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_edisi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
GATE = wib(3)
ROLE = {"sekretariat"}
URL = "/panitia/administrasi/lolos-sekaligus/"


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def sekretariat(client, edisi):
    user = make_pengguna("Petugas", "sekretariat", edisi=edisi)
    client.force_login(user)
    return user


def make_sent(edisi):
    return fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))


def unsure(row) -> list[str]:
    """The items that the machine leaves to a person."""
    found = temuan_of(row, butir_of(row), row.pengiriman.get())
    return [kode for kode, temuan in found.items() if not temuan.hasil]


def look(row, oleh, **changes):
    """What an officer does: open it, and find what the machine cannot tell."""
    with clock.travel(GATE):
        hold_pemeriksaan(pendaftaran=row, oleh=oleh)
        found = {kode: HasilPeriksa("memenuhi") for kode in unsure(row)}
        found |= {kode: HasilPeriksa(value, "Alasan.") for kode, value in changes.items()}
        save_pemeriksaan(pendaftaran=row, hasil=found, oleh=oleh)


def ready(edisi, oleh):
    return [row.kode for row in siap_lolos(ROLE, edisi, oleh.pk, wib(3, 13))]


def post(client, *kode):
    with clock.travel(wib(3, 13)):
        return client.post(URL, {"kode": kode}, follow=True)


def test_what_nobody_opened_is_not_offered(edisi, sekretariat):
    row = make_sent(edisi)
    assert ready(edisi, sekretariat) == []
    look(row, sekretariat)
    assert ready(edisi, sekretariat) == [row.kode]


def test_opening_alone_is_enough_where_the_machine_is_sure(edisi, sekretariat):
    row = make_sent(edisi)
    edisi.butir_administrasi.filter(kode__in=unsure(row)).delete()
    assert ready(edisi, sekretariat) == []
    with clock.travel(GATE):
        hold_pemeriksaan(pendaftaran=row, oleh=sekretariat)
    assert ready(edisi, sekretariat) == [row.kode]


@pytest.mark.parametrize("hasil", ["tidak_memenuhi", "perlu_perbaikan"])
def test_any_doubt_keeps_it_out(edisi, sekretariat, hasil):
    row = make_sent(edisi)
    look(row, sekretariat, akun=hasil)
    assert ready(edisi, sekretariat) == []


def test_what_the_machine_finds_unmet_is_checked_one_by_one(edisi, sekretariat):
    row = make_sent(edisi)
    look(row, sekretariat)
    BuktiDukung.objects.filter(pendaftaran=row, jenis_dokumen__kode="sk_tim").update(
        dilepas_pada=GATE
    )
    assert ready(edisi, sekretariat) == []


def test_list_passes_with_one_record_each(client, edisi, sekretariat):
    rows = [make_sent(edisi) for _ in range(2)]
    left = make_sent(edisi)
    for row in (*rows, left):
        look(row, sekretariat)
    with clock.travel(wib(3, 13)):
        assert rows[0].kode in client.get(URL).text
    post(client, *(row.kode for row in rows))
    for row in rows:
        row.refresh_from_db()
        assert row.status == "lolos_administrasi"
        check = SeleksiAdministrasi.objects.get(pengiriman__pendaftaran=row)
        assert check.butir.count() == len(butir_of(row))
        assert check.diputus_oleh == sekretariat
    left.refresh_from_db()
    assert left.status == "dikirim"
    assert JejakAudit.objects.filter(tindakan="administrasi.putuskan").count() == 2
    assert Pesan.objects.filter(jenis="administrasi_lolos").count() == 2


def test_changed_since_shown_is_refused_and_the_others_pass(client, edisi, sekretariat):
    rows = [make_sent(edisi) for _ in range(2)]
    for row in rows:
        look(row, sekretariat)
    look(rows[0], sekretariat, akun="tidak_memenuhi")
    answer = post(client, *(row.kode for row in rows))
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == ["dikirim", "lolos_administrasi"]
    assert "periksa satu per satu" in answer.text


def test_entry_that_was_never_offered_cannot_be_slipped_in(client, edisi, sekretariat):
    row = make_sent(edisi)
    assert post(client, row.kode, "TIDAK-ADA").status_code == 403
    row.refresh_from_db()
    assert row.status == "dikirim"


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "admin_panrb"])
def test_others_pass_nothing(client, edisi, sekretariat, peran):
    row = make_sent(edisi)
    look(row, sekretariat)
    client.force_login(make_pengguna("Lain", peran, edisi=edisi))
    assert post(client, row.kode).status_code == 403


def test_longer_list_asks_no_more(client, edisi, sekretariat):
    def count():
        with clock.travel(wib(3, 13)), CaptureQueriesContext(connection) as asked:
            client.get(URL)
        return len(asked)

    for _ in range(2):
        look(make_sent(edisi), sekretariat)
    count()
    first = count()
    for _ in range(3):
        look(make_sent(edisi), sekretariat)
    assert count() == first


def test_check_shows_the_document_beside_and_the_keys(client, edisi, sekretariat):
    row = make_sent(edisi)
    with clock.travel(GATE):
        text = client.get(reverse("registrasi_panitia:administrasi-rinci", args=[row.kode])).text
    assert '<iframe name="pratinjau"' in text
    assert text.count('target="pratinjau" data-dokumen') == 2  # the decree and the statement
    assert "data-pintasan" in text
