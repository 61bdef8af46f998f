"""Reminders stop when the thing is done, also between queueing and sending; extensions are told."""

from collections import Counter
from datetime import timedelta

import pytest

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.pesan import deliver_due_pesan
from kompetisi.models import Pesan
from registrasi.actions.tenggat import enforce_registrasi
from registrasi.models import MasaPerbaikan, Pendaftaran
from registrasi.tests.factories_panitia import (
    approve_perpanjangan,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
CLOSING = wib(2, 0)
EARLY = wib(30, month=9)  # before the extensions of the factory were agreed


@pytest.fixture
def edisi():
    return make_edisi()


def run(at):
    with clock.travel(at):
        return enforce_registrasi(at)


def deliver(at):
    Pesan.objects.update(jalankan_setelah=clock.real_now())
    with clock.travel(at):
        return deliver_due_pesan()


def states():
    return Counter(Pesan.objects.values_list("jenis", "status"))


@pytest.mark.parametrize("status", ["dikirim", "mengundurkan_diri"])
def test_a_reminder_of_a_draft_that_was_sent_meanwhile_does_not_leave(edisi, mailoutbox, status):
    row = make_pendaftaran(edisi)
    run(CLOSING - timedelta(days=3))
    Pendaftaran.objects.filter(pk=row.pk).update(status=status)

    assert deliver(CLOSING - timedelta(days=2)) == 0
    assert states() == {("pengingat", "dibatalkan"): 1}
    assert mailoutbox == []
    assert "sudah selesai" in Pesan.objects.get().galat


def test_a_reminder_that_comes_after_the_closing_does_not_leave(edisi, mailoutbox):
    make_pendaftaran(edisi)
    run(CLOSING - timedelta(days=1))
    assert deliver(CLOSING) == 0
    assert states() == {("pengingat", "dibatalkan"): 1}


def test_a_reminder_of_a_draft_that_still_is_one_leaves_once(edisi, mailoutbox):
    make_pendaftaran(edisi)
    run(CLOSING - timedelta(days=1))
    assert deliver(CLOSING - timedelta(hours=2)) == 1
    assert deliver(CLOSING - timedelta(hours=1)) == 0
    assert len(mailoutbox) == 1


def test_an_account_whose_agency_began_meanwhile_is_left_alone(edisi, mailoutbox):
    member = make_anggota(make_instansi())
    run(CLOSING - timedelta(days=3))
    make_pendaftaran(edisi, member.instansi)
    assert deliver(CLOSING - timedelta(days=2)) == 0
    assert states()["pengingat_akun", "dibatalkan"] == 1


def test_a_correction_has_its_ladder_and_stops_when_it_is_sent(edisi, mailoutbox):
    row = make_pendaftaran(edisi, status="perlu_perbaikan")
    masa = MasaPerbaikan.objects.create(
        pendaftaran=row, dibuka_pada=wib(3, 9), dibuka_oleh=make_pengguna(), tenggat=wib(6, 0)
    )
    run(wib(3, 10))
    assert not Pesan.objects.filter(jenis="pengingat_perbaikan").exists()
    run(wib(5, 8))
    run(wib(5, 9))
    assert states()["pengingat_perbaikan", "menunggu"] == 1
    MasaPerbaikan.objects.filter(pk=masa.pk).update(dikirim_pada=wib(5, 10))
    assert deliver(wib(5, 11)) == 0


def test_a_reminder_in_the_night_waits_but_not_on_the_last_day(edisi):
    make_pendaftaran(edisi)
    for days in (3, 1):  # the closing is at midnight, so the rungs come at midnight too
        run(CLOSING - timedelta(days=days))
    early, last = Pesan.objects.order_by("pk")
    assert timedelta(hours=5) < early.jalankan_setelah - clock.real_now() < timedelta(hours=7)
    assert last.jalankan_setelah <= clock.real_now()


def test_what_waits_for_the_morning_is_in_the_inbox_at_once(edisi):
    dewi = make_pengguna()
    with clock.travel(wib(1, 23)):
        pesan = queue_pesan(
            kunci="uji", jenis="admin_unit_dicabut", edisi=edisi, kepada=dewi,
            isian={"unit": "Dinas", "alasan": "Pindah."},
        )  # fmt: skip
    assert pesan.jalankan_setelah > clock.real_now()
    assert dewi.pesan.get() == pesan


def test_an_extension_is_told_once_to_those_with_a_draft(edisi):
    draft = make_pendaftaran(edisi, dibuat_pada=EARLY)
    make_pendaftaran(edisi)  # made when the later closing was known already
    make_pendaftaran(edisi, status="dikirim", dibuat_pada=EARLY)
    approve_perpanjangan(edisi, "pendaftaran", wib(9, 0))
    run(wib(1, 22))
    run(wib(1, 23))
    told = Pesan.objects.filter(jenis="perpanjangan")
    assert [row.kepada for row in told] == [draft.dibuat_oleh]
    assert told[0].jalankan_setelah <= clock.real_now()


def test_an_extension_of_one_entry_is_told_to_it_alone(edisi):
    draft, other = (make_pendaftaran(edisi, dibuat_pada=EARLY) for _ in range(2))
    approve_perpanjangan(edisi, "pendaftaran", wib(9, 0), draft.kode)
    run(wib(1, 22))
    told = Pesan.objects.filter(jenis="perpanjangan")
    assert [row.kepada for row in told] == [draft.dibuat_oleh]
    assert other.dibuat_oleh != draft.dibuat_oleh
