"""Reminders of interviews stop, or say what is right, when something changed before they left."""

from datetime import timedelta

import pytest

from evaluasi.actions.wawancara import (
    cancel_wawancara,
    confirm_wawancara,
    enforce_wawancara,
    reschedule_wawancara,
    schedule_wawancara,
)
from evaluasi.models import Penugasan
from evaluasi.queries.wawancara import find_tahap_wawancara
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.actions.pesan import deliver_due_pesan
from kompetisi.models import Pesan
from registrasi.models import Keanggotaan, Pendaftaran

HOUR = timedelta(hours=1)
NINE = f.wib(18, 9)
EVE = NINE - 14 * HOUR  # the evening before


@pytest.fixture
def edisi(db):
    with clock.travel(f.wib(15, 9)):
        yield f.make_edisi()


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


def schedule(edisi, ketua, mulai, ruang):
    entry = f.make_pendaftaran(edisi, status="masuk_daftar_pendek")
    with clock.travel(f.wib(15, 9)):
        return schedule_wawancara(pendaftaran=entry, mulai=mulai, ruang=ruang, oleh=ketua)


@pytest.fixture
def member(edisi):
    return f.make_evaluator(edisi)


@pytest.fixture
def two(edisi, ketua, member):
    """Two sessions of one member on a day, six hours apart."""
    rows = [schedule(edisi, ketua, NINE, "Ruang 1"), schedule(edisi, ketua, NINE + 6 * HOUR, "R 2")]
    for row in rows:
        f.make_penugasan(member, row.pendaftaran, find_tahap_wawancara(edisi))
    return rows


def run(at):
    with clock.travel(at):
        return enforce_wawancara(at)


def deliver(at, jenis="ingat_panel"):
    """Send what is queued, as if the night were over; only this kind."""
    Pesan.objects.exclude(jenis=jenis).delete()
    Pesan.objects.update(jalankan_setelah=clock.real_now())
    with clock.travel(at):
        return deliver_due_pesan()


def move(sesi, ketua, **changes):
    data = {"mulai": sesi.mulai, "selesai": sesi.selesai, "ruang": sesi.ruang, "tautan": ""}
    with clock.travel(EVE + HOUR):
        return reschedule_wawancara(sesi=sesi, oleh=ketua, versi=sesi.versi, **(data | changes))


def test_the_list_has_all_sessions_of_the_day_and_comes_once(two, member, mailoutbox):
    assert run(EVE)["ingat_panel"] == 1
    assert run(EVE + HOUR)["ingat_panel"] == 0
    assert deliver(NINE - 3 * HOUR) == 1
    (mail,) = mailoutbox
    assert mail.subject.startswith("2 sesi wawancara pada Senin, 18 November 2019")
    assert "pukul 09.00 WIB, Ruang 1" in mail.body and "pukul 15.00 WIB, R 2" in mail.body
    assert run(NINE - 2 * HOUR)["ingat_panel"] == 0


def test_a_list_that_became_wrong_does_not_leave_and_is_written_anew(two, ketua, mailoutbox):
    run(EVE)
    move(two[0], ketua, ruang="Aula")
    assert deliver(NINE - 3 * HOUR) == 0
    assert Pesan.objects.get().status == "dibatalkan"
    assert run(NINE - 3 * HOUR)["ingat_panel"] == 1
    assert deliver(NINE - 3 * HOUR) == 1
    assert "Aula" in mailoutbox[0].body and "Ruang 1" not in mailoutbox[0].body


def test_a_change_after_the_list_was_sent_makes_no_second_list(two, ketua):
    run(EVE)
    deliver(EVE + HOUR / 2)
    move(two[0], ketua, ruang="Aula")
    assert run(NINE - 3 * HOUR)["ingat_panel"] == 0


def test_no_list_leaves_when_nothing_is_left_to_attend(two, ketua, mailoutbox):
    run(EVE)
    for row in two:
        with clock.travel(EVE + HOUR):
            cancel_wawancara(sesi=row, alasan="Bencana.", oleh=ketua)
    assert deliver(NINE - 3 * HOUR) == 0
    assert run(NINE - 3 * HOUR)["ingat_panel"] == 0
    assert mailoutbox == []


@pytest.mark.parametrize("change", ["withdrawn", "inactive", "begun"])
def test_no_list_leaves_to_somebody_who_need_not_come(two, member, change, mailoutbox):
    run(EVE)
    if change == "withdrawn":
        Penugasan.objects.update(dicabut_pada=EVE + HOUR)
    if change == "inactive":
        type(member).objects.update(aktif=False)
    assert deliver(NINE + 9 * HOUR if change == "begun" else NINE - 3 * HOUR) == 0
    assert mailoutbox == []


def overdue(edisi, ketua):
    """A session whose limit of confirmation has passed, of which the secretariat is told."""
    f.make_pengguna("Sekretariat", "sekretariat", edisi=edisi)
    sesi = schedule(edisi, ketua, f.wib(20, 9), "Ruang 1")
    at = sesi.mulai - 20 * HOUR
    assert run(at)["konfirmasi_lewat"] == 1
    return sesi, at


def test_the_secretariat_is_told_of_a_confirmation_that_is_missing_still(edisi, ketua, mailoutbox):
    sesi, at = overdue(edisi, ketua)
    assert deliver(at + 10 * HOUR, "konfirmasi_lewat") == 1
    assert sesi.pendaftaran.kode in mailoutbox[0].subject


@pytest.mark.parametrize("change", ["confirmed", "moved", "left", "begun"])
def test_the_secretariat_is_not_told_of_what_was_settled(edisi, ketua, change, mailoutbox):
    sesi, at = overdue(edisi, ketua)
    if change == "confirmed":
        type(sesi).objects.update(dikonfirmasi_pada=at)
    if change == "moved":
        type(sesi).objects.update(dijadwalkan_pada=at)
    if change == "left":
        Pendaftaran.objects.update(status="mengundurkan_diri")
    later = sesi.mulai if change == "begun" else at + 10 * HOUR
    assert deliver(later, "konfirmasi_lewat") == 0
    assert mailoutbox == []


@pytest.mark.parametrize("done", [True, False])
def test_an_agency_that_confirmed_is_not_reminded(edisi, ketua, done):
    sesi = schedule(edisi, ketua, f.wib(20, 9), "Ruang 1")
    at = sesi.mulai - 60 * HOUR
    assert run(at)["ingat_konfirmasi"] == 1
    if done:
        admin = Keanggotaan.objects.get(instansi=sesi.pendaftaran.instansi).pengguna
        with clock.travel(at):
            confirm_wawancara(
                sesi=sesi, oleh=admin, penyaji_nama="Kepala", penyaji_jabatan="Kepala"
            )
    assert deliver(at + 10 * HOUR, "ingat_konfirmasi") == (0 if done else 1)
