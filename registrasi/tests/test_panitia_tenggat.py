"""Deadlines of registration: on time, late, twice and from two hosts at once."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from kompetisi import clock
from kompetisi.models import JejakAudit, Pesan
from registrasi.actions.tenggat import enforce_registrasi
from registrasi.models import MasaPerbaikan, Pendaftaran, RiwayatStatus
from registrasi.queries.izin import situasi_of
from registrasi.queries.panitia import terlambat
from registrasi.tasks import enforce
from registrasi.tests.factories_panitia import (
    BEFORE,
    approve_perpanjangan,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
CLOSING = wib(2, 0)  # the first instant that is too late


@pytest.fixture
def edisi():
    return make_edisi()


def run(at):
    with clock.travel(at):
        return enforce_registrasi(at)


def kinds():
    return Counter(Pesan.objects.values_list("jenis", flat=True))


def days_before(days, **more):
    return CLOSING - timedelta(days=days, **more)


# Reminders


def test_reminders_come_at_each_day_once(edisi):
    make_pendaftaran(edisi)
    counts = []
    for at in (days_before(8), days_before(7), days_before(6), days_before(3), days_before(1)):
        run(at)
        run(at)
        counts.append(Pesan.objects.count())
    assert counts == [0, 1, 1, 2, 3]


def test_late_run_sends_only_the_latest_reminder(edisi):
    make_pendaftaran(edisi)
    run(days_before(2))
    run(days_before(2))
    assert Pesan.objects.get().kunci.split(":")[-2] == "3"


def test_draft_made_after_the_reminder_waits_for_the_next(edisi):
    make_pendaftaran(edisi, dibuat_pada=days_before(6))
    run(days_before(5))
    assert not Pesan.objects.exists()
    run(days_before(3))
    assert Pesan.objects.count() == 1


def test_sent_entry_and_other_people_are_not_reminded(edisi):
    make_pendaftaran(edisi, status="dikirim")
    row = make_pendaftaran(edisi)
    make_anggota(row.instansi, status="dicabut")
    make_anggota(row.instansi, status="diajukan")
    run(days_before(3))
    assert Pesan.objects.get().kepada == row.dibuat_oleh


def test_account_without_entry_is_reminded_once(edisi):
    member = make_anggota(make_instansi())
    for days in (7, 3, 1):
        run(days_before(days))
    assert Pesan.objects.get().kepada == member.pengguna


def test_account_approved_late_is_reminded_at_the_next_day(edisi):
    make_anggota(make_instansi(), diputus_pada=days_before(5))
    run(days_before(4))
    assert not Pesan.objects.exists()
    run(days_before(3))
    assert Pesan.objects.count() == 1


def test_extension_moves_the_reminders(edisi):
    make_pendaftaran(edisi)
    approve_perpanjangan(edisi, "pendaftaran", CLOSING + timedelta(days=7))
    run(days_before(1))
    assert not Pesan.objects.exists()
    run(CLOSING)
    assert Pesan.objects.count() == 1
    assert "8 November 2019 23.59 WIB" in Pesan.objects.get().isi


# The closing


def test_unsent_draft_is_told_once_and_stays_a_draft(edisi):
    row = make_pendaftaran(edisi)
    run(CLOSING - timedelta(seconds=1))
    assert kinds()["tidak_terkirim"] == 0
    assert terlambat([row], edisi, CLOSING - timedelta(seconds=1)) == set()
    for at in (CLOSING, CLOSING, CLOSING + timedelta(days=20)):
        run(at)
    row.refresh_from_db()
    assert row.status == "draf"
    assert kinds()["tidak_terkirim"] == 1
    assert terlambat([row], edisi, CLOSING) == {row.pk}


def test_unsent_draft_under_its_own_extension_is_left_alone(edisi):
    row, other = make_pendaftaran(edisi), make_pendaftaran(edisi)
    approve_perpanjangan(edisi, "pendaftaran", wib(3, 0), kode=row.kode)
    run(CLOSING)
    assert Pesan.objects.get(jenis="tidak_terkirim").kepada == other.dibuat_oleh
    assert terlambat([row, other], edisi, CLOSING) == {other.pk}
    run(wib(3, 0))
    assert kinds()["tidak_terkirim"] == 2


def test_stage_that_closes_again_after_an_extension_tells_again(edisi):
    make_pendaftaran(edisi)
    run(CLOSING)
    approve_perpanjangan(edisi, "pendaftaran", wib(5, 0))
    run(wib(4))
    assert kinds()["tidak_terkirim"] == 1
    run(wib(5, 0))
    assert kinds()["tidak_terkirim"] == 2


# Corrections


@pytest.fixture
def corrected(edisi):
    row = make_pendaftaran(edisi, status="perlu_perbaikan")
    MasaPerbaikan.objects.create(
        pendaftaran=row, dibuka_pada=wib(3), dibuka_oleh=make_pengguna(), tenggat=wib(5)
    )
    return row


def test_expired_correction_fails_once_with_its_reason(corrected):
    run(wib(5) - timedelta(seconds=1))
    corrected.refresh_from_db()
    assert corrected.status == "perlu_perbaikan"
    for at in (wib(5), wib(5), wib(20)):
        run(at)
    corrected.refresh_from_db()
    assert corrected.status == "tidak_lolos_administrasi"
    assert "Perbaikan tidak dikirim" in RiwayatStatus.objects.get().alasan
    assert kinds()["perbaikan_lewat"] == 1
    assert JejakAudit.objects.filter(tindakan="administrasi.perbaikan_lewat").count() == 1


def test_correction_that_came_is_left_alone(corrected):
    MasaPerbaikan.objects.update(dikirim_pada=wib(4))
    Pendaftaran.objects.update(status="dikirim")
    run(wib(6))
    corrected.refresh_from_db()
    assert corrected.status == "dikirim"


def test_extension_of_the_entry_keeps_its_correction_open(edisi, corrected):
    approve_perpanjangan(edisi, "administrasi", wib(6), kode=corrected.kode)
    run(wib(5, 12, 1))
    corrected.refresh_from_db()
    assert corrected.status == "perlu_perbaikan"
    run(wib(6))
    corrected.refresh_from_db()
    assert corrected.status == "tidak_lolos_administrasi"


def test_agency_is_given_the_extended_deadline(edisi, corrected):
    approve_perpanjangan(edisi, "administrasi", wib(6), kode=corrected.kode)
    situasi = situasi_of(corrected.dibuat_oleh, corrected, wib(5, 13))
    assert situasi.tenggat_perbaikan == wib(6)


def test_host_whose_clock_runs_ahead_does_nothing_early(corrected):
    with clock.travel(wib(4)):
        enforce_registrasi(wib(20))
    corrected.refresh_from_db()
    assert corrected.status == "perlu_perbaikan"


def test_task_does_the_same(corrected):
    with clock.travel(wib(6)):
        enforce()
    corrected.refresh_from_db()
    assert corrected.status == "tidak_lolos_administrasi"


def test_run_with_nothing_due_asks_little(edisi, django_assert_max_num_queries):
    for _ in range(8):
        make_pendaftaran(edisi)
    at = datetime(2019, 11, 20, tzinfo=UTC)
    run(at)
    with django_assert_max_num_queries(18):
        run(at)
    assert Pesan.objects.filter(jenis="tidak_terkirim").count() == 8


@pytest.mark.django_db(transaction=True)
def test_two_hosts_at_once_have_the_outcome_of_one():
    edisi = make_edisi()
    for _ in range(4):
        make_pendaftaran(edisi)
    rows = [make_pendaftaran(edisi, status="perlu_perbaikan") for _ in range(4)]
    by = make_pengguna()
    for row in rows:
        MasaPerbaikan.objects.create(
            pendaftaran=row, dibuka_pada=BEFORE, dibuka_oleh=by, tenggat=wib(5)
        )
    start = threading.Barrier(3)
    faults = []

    def host():
        try:
            start.wait(10)
            run(wib(6))
        except Exception as error:  # noqa: BLE001 - told below
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=host) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run(wib(6))
    assert not faults
    assert kinds() == {"tidak_terkirim": 4, "perbaikan_lewat": 4}
    assert RiwayatStatus.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_entry_being_sent_at_that_moment_is_passed_over():
    edisi = make_edisi()
    row = make_pendaftaran(edisi, status="perlu_perbaikan")
    MasaPerbaikan.objects.create(
        pendaftaran=row, dibuka_pada=BEFORE, dibuka_oleh=make_pengguna(), tenggat=wib(5)
    )

    def host():
        run(wib(5))
        connection.close()

    with transaction.atomic():
        Pendaftaran.objects.select_for_update().get(pk=row.pk)
        thread = threading.Thread(target=host)
        thread.start()
        thread.join(20)
        MasaPerbaikan.objects.update(dikirim_pada=wib(4, 23))
        Pendaftaran.objects.update(status="dikirim")
    run(wib(5))
    row.refresh_from_db()
    assert row.status == "dikirim"
