"""Work starts as a row: never lost, never done twice, given up only after several tries."""

from datetime import timedelta

import pytest

from kompetisi import clock
from kompetisi.actions.antrean import (
    MAX_TRIES,
    fail_work,
    queue_pekerjaan,
    queue_pesan,
    retry_work,
    take_work,
)
from kompetisi.actions.pesan import deliver_due_pesan, due_pekerjaan
from kompetisi.models import Pekerjaan, Pesan
from kompetisi.tests.factories import make_pengguna

pytestmark = pytest.mark.django_db
GONE = {"unit": "Dinas", "alasan": "Pindah."}


def kirim(kunci: str = "uji:1") -> Pesan:
    person = make_pengguna()
    return queue_pesan(kunci=kunci, jenis="admin_unit_dicabut", isian=GONE, kepada=person)


def test_the_same_key_is_queued_once():
    assert kirim().pk == kirim().pk
    assert Pesan.objects.count() == 1


def test_a_due_message_is_sent_once(mailoutbox):
    kirim()
    assert deliver_due_pesan() == 1
    assert deliver_due_pesan() == 0
    assert [mail.subject for mail in mailoutbox] == ["Penunjukan Anda sebagai admin Dinas dicabut"]


def test_a_header_cannot_be_smuggled_into_a_subject(mailoutbox):
    queue_pesan(
        kunci="uji:2",
        jenis="admin_unit_dicabut",
        isian=GONE | {"unit": "A\r\nBcc: lain@uji.test"},
        alamat="a@uji.test",
    )
    assert deliver_due_pesan() == 1
    assert "admin A Bcc: lain@uji.test dicabut" in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["a@uji.test"]


def test_a_row_in_work_belongs_to_one_worker_until_its_lease_runs_out():
    pesan = kirim()
    assert take_work(Pesan, pesan.pk) is not None
    assert take_work(Pesan, pesan.pk) is None
    Pesan.objects.update(sewa_sampai=clock.real_now() - timedelta(seconds=1))
    assert take_work(Pesan, pesan.pk) is not None


def test_a_failing_message_waits_longer_each_time_and_is_given_up(mailoutbox):
    pesan = kirim()
    for percobaan in range(1, MAX_TRIES + 1):
        Pesan.objects.update(jalankan_setelah=clock.real_now())
        row = take_work(Pesan, pesan.pk)
        fail_work(row, "server surel tidak menjawab")
        row.refresh_from_db()
        assert row.percobaan == percobaan
    assert row.status == "gagal"
    assert deliver_due_pesan() == 0
    retry_work(row)
    assert deliver_due_pesan() == 1


def test_the_sweeper_finds_work_whose_bell_was_never_heard():
    row = queue_pekerjaan(kunci="uji:3", tugas="uji.tugas", argumen={"pk": 1})
    assert due_pekerjaan() == [("uji.tugas", row.pk)]
    take_work(Pekerjaan, row.pk)
    assert due_pekerjaan() == []
