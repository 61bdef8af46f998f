"""Sending: on time, whole, once; and what was acknowledged stays acknowledged."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit, Pesan
from kompetisi.queries.jejak import verify_jejak
from registrasi.actions.isian import save_jawaban, save_kinerja
from registrasi.actions.pendaftaran import create_pendaftaran, withdraw_pendaftaran
from registrasi.actions.pengiriman import submit_pendaftaran
from registrasi.models import JawabanNarasi, KunciUlang, Pengiriman, RiwayatStatus
from registrasi.pdf import render_tanda_terima
from registrasi.queries.cuplikan import hash_cuplikan
from registrasi.queries.pendaftaran import pendaftaran_visible_to
from registrasi.tests.factories import (
    BUKA,
    TUTUP,
    figures,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
)

pytestmark = pytest.mark.django_db
DETIK = timedelta(seconds=1)


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def dewi():
    return make_admin(make_instansi("Pemerintah Kabupaten Dewi"))


@pytest.fixture
def lengkap(edisi, dewi):
    return make_pendaftaran(edisi, dewi, lengkap=True)


def send(row, oleh, kunci="kunci-1", at=BUKA, **changes):
    with clock.travel(at):
        return submit_pendaftaran(
            **{
                "pendaftaran": row,
                "kunci": kunci,
                "pernyataan": True,
                "penandatangan_nama": "Kepala Dinas",
                "penandatangan_jabatan": "Kepala",
                "oleh": oleh,
            }
            | changes
        )


def test_a_receipt_seals_answers_and_files(lengkap, dewi):
    row = send(lengkap, dewi)
    lengkap.refresh_from_db()
    assert lengkap.status == "dikirim"
    assert row.nomor == "TT-2019-000001"
    assert row.hash == hash_cuplikan(row.isi)
    assert len(row.isi["berkas"]) == lengkap.bukti.filter(dilepas_pada=None).count() > 20
    assert RiwayatStatus.objects.filter(pendaftaran=lengkap, ke="dikirim").count() == 1
    assert Pesan.objects.filter(jenis="tanda_terima", kepada=dewi).count() == 1
    assert JejakAudit.objects.filter(tindakan="pendaftaran.kirim").count() == 1
    assert verify_jejak().rusak is None


@pytest.mark.parametrize(
    ("at", "diterima"),
    [(TUTUP - DETIK, True), (TUTUP, False), (TUTUP + DETIK, False)],
)
def test_the_closing_instant_is_the_first_that_is_too_late(lengkap, dewi, at, diterima):
    if diterima:
        assert send(lengkap, dewi, at=at).pada < TUTUP
        return
    with pytest.raises(NotAllowedError, match="ditutup"):
        send(lengkap, dewi, at=at)
    lengkap.refresh_from_db()
    assert lengkap.status == "draf"
    assert not Pengiriman.objects.exists()


def test_the_same_key_gets_the_same_receipt_even_after_closing(lengkap, dewi):
    first = send(lengkap, dewi, at=TUTUP - DETIK)
    assert send(lengkap, dewi, at=TUTUP + timedelta(days=3)) == first
    assert Pengiriman.objects.count() == 1


def test_another_key_after_sending_is_refused(lengkap, dewi):
    send(lengkap, dewi)
    with pytest.raises(NotAllowedError, match="sudah dikirim"):
        send(lengkap, dewi, kunci="kunci-2")


def post(client, row, kunci, at=BUKA):
    data = {
        "kunci": kunci, "pernyataan": "on",
        "penandatangan_nama": "Kepala Dinas", "penandatangan_jabatan": "Kepala",
    }  # fmt: skip
    with clock.travel(at):
        return client.post(reverse("registrasi:pengiriman", args=[row.kode]), data)


def test_a_second_key_once_led_to_a_receipt_is_led_to_it_for_ever(lengkap, dewi, client):
    client.force_login(dewi)
    first = send(lengkap, dewi)
    receipt = reverse("registrasi:tanda-terima", args=[lengkap.kode, first.nomor])
    assert [post(client, lengkap, "kunci-2").url for _ in range(2)] == [receipt] * 2
    assert KunciUlang.objects.get().pengiriman == first
    with clock.travel(BUKA + DETIK):
        withdraw_pendaftaran(pendaftaran=lengkap, alasan="Salah berkas", oleh=dewi)
    assert post(client, lengkap, "kunci-2", at=BUKA + 2 * DETIK).url == receipt
    lengkap.refresh_from_db()
    assert lengkap.status == "draf"
    assert Pengiriman.objects.get() == first
    post(client, lengkap, "kunci-3", at=BUKA + 3 * DETIK)
    assert Pengiriman.objects.count() == 2


def test_a_key_refused_for_another_reason_is_not_remembered(edisi, dewi, client):
    client.force_login(dewi)
    row = make_pendaftaran(edisi, dewi)
    assert post(client, row, "kunci-2").status_code == 403
    assert post(client, row, "kunci-2", at=TUTUP).status_code == 403
    assert not KunciUlang.objects.exists()


def test_a_strangers_key_is_not_remembered(lengkap, dewi, client):
    send(lengkap, dewi)
    client.force_login(make_admin(make_instansi("Pemerintah Kabupaten Budi")))
    assert post(client, lengkap, "kunci-2").status_code == 404
    assert not KunciUlang.objects.exists()


def test_an_incomplete_entry_is_not_sent(edisi, dewi):
    row = make_pendaftaran(edisi, dewi)
    with pytest.raises(NotAllowedError, match="belum lengkap"):
        send(row, dewi)


@pytest.mark.parametrize(
    "change", [{"pernyataan": False}, {"penandatangan_nama": " "}, {"penandatangan_jabatan": ""}]
)
def test_the_statement_of_truth_names_who_answers_for_it(lengkap, dewi, change):
    with pytest.raises(InvalidInputError) as caught:
        send(lengkap, dewi, **change)
    assert set(caught.value.rincian) == set(change)


def test_another_agency_neither_sees_nor_sends(edisi, lengkap, dewi):
    budi = make_admin(make_instansi("Pemerintah Kabupaten Budi"))
    assert not pendaftaran_visible_to(budi, edisi).exists()
    assert pendaftaran_visible_to(dewi, edisi).get() == lengkap
    with pytest.raises(NotAllowedError):
        send(lengkap, budi)


def test_withdrawn_it_is_a_draft_again_and_can_be_sent_anew(lengkap, dewi):
    first = send(lengkap, dewi)
    with clock.travel(BUKA + DETIK):
        withdraw_pendaftaran(pendaftaran=lengkap, alasan="Salah berkas", oleh=dewi)
    lengkap.refresh_from_db()
    assert lengkap.status == "draf"
    second = send(lengkap, dewi, kunci="kunci-2")
    assert second.nomor != first.nomor
    assert first.penarikan.alasan == "Salah berkas"


def test_nothing_is_withdrawn_after_closing(lengkap, dewi):
    send(lengkap, dewi)
    with clock.travel(TUTUP), pytest.raises(NotAllowedError):
        withdraw_pendaftaran(pendaftaran=lengkap, alasan="", oleh=dewi)


def test_a_sent_entry_is_not_changed(lengkap, dewi, edisi):
    send(lengkap, dewi)
    pertanyaan = edisi.pertanyaan.first()
    with clock.travel(BUKA), pytest.raises(NotAllowedError):
        save_jawaban(pendaftaran=lengkap, pertanyaan=pertanyaan, isi="Lain", versi=1, oleh=dewi)


def test_a_stale_tab_is_told_what_is_stored(lengkap, dewi, edisi):
    pertanyaan = edisi.pertanyaan.first()
    with clock.travel(BUKA):
        save_jawaban(pendaftaran=lengkap, pertanyaan=pertanyaan, isi="Baru", versi=1, oleh=dewi)
        with pytest.raises(StaleVersionError) as caught:
            save_jawaban(pendaftaran=lengkap, pertanyaan=pertanyaan, isi="Lama", versi=1, oleh=dewi)
    assert caught.value.rincian["versi"] == 2
    assert caught.value.rincian["tersimpan"] == "Baru"
    assert caught.value.rincian["oleh"] == str(dewi)
    assert JawabanNarasi.objects.get(pendaftaran=lengkap, pertanyaan=pertanyaan).isi == "Baru"


def test_too_many_words_are_refused_with_the_number_to_cut(lengkap, dewi, edisi):
    pertanyaan = edisi.pertanyaan.first()
    isi = "kata " * (pertanyaan.batas_kata + 7)
    with clock.travel(BUKA), pytest.raises(InvalidInputError, match="Kurangi 7 kata"):
        save_jawaban(pendaftaran=lengkap, pertanyaan=pertanyaan, isi=isi, versi=1, oleh=dewi)


def test_figures_that_do_not_add_up_are_refused(edisi, dewi):
    row = make_pendaftaran(edisi, dewi)
    data = figures(edisi.aturan["kinerja"]["periode"][0]) | {"diterima": 99}
    with clock.travel(BUKA), pytest.raises(InvalidInputError, match="harus sama"):
        save_kinerja(pendaftaran=row, data=data, oleh=dewi)


def test_one_entry_for_each_participant_and_track(edisi, lengkap, dewi):
    with clock.travel(BUKA), pytest.raises(InvalidInputError, match="sudah ada"):
        create_pendaftaran(
            edisi=edisi, jalur=lengkap.jalur, instansi=lengkap.instansi, unit=None, oleh=dewi
        )


def test_the_receipt_is_a_pdf(lengkap, dewi):
    assert render_tanda_terima(send(lengkap, dewi)).startswith(b"%PDF-")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_one_receipt():
    edisi, dewi = make_edisi(), make_admin(make_instansi())
    row = make_pendaftaran(edisi, dewi, lengkap=True)
    barrier, got = Barrier(2), []

    def press():
        try:
            barrier.wait(10)
            got.append(send(row, dewi).nomor)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert got == ["TT-2019-000001"] * 2
    assert Pengiriman.objects.count() == 1
