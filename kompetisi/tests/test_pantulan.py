"""Mail that is refused or comes back: the message, the address, the lists, the way to be well."""

import io
import socket
import sys
from email.message import EmailMessage, Message
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.antrean import MAX_TRIES, queue_pesan
from kompetisi.actions.pantulan import clear_alamat, read_maildir, receive_report
from kompetisi.actions.pesan import OUTAGE, deliver_due_pesan, retry_pesan
from kompetisi.errors import NotAllowedError
from kompetisi.models import AlamatDiragukan, JejakAudit, Pesan
from kompetisi.rules.pantulan import parse_report
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna, make_peran
from kompetisi.tests.smtp_lokal import ServerSurel

pytestmark = pytest.mark.django_db


def queue(person=None, kunci="uji:1"):
    person = person or make_pengguna("Dewi")
    gone = {"unit": "Dinas", "alasan": "Pindah."}
    return queue_pesan(kunci=kunci, jenis="admin_unit_dicabut", isian=gone, kepada=person)


def report(pesan, *, action="failed", status="5.1.1", alamat="", original=None) -> bytes:
    """A delivery report as mail servers write it, with the headers of the original."""
    alamat = alamat or pesan.alamat
    block = Message()
    block["Final-Recipient"] = f"rfc822; {alamat}"
    block["Action"] = action
    block["Status"] = status
    block["Diagnostic-Code"] = "smtp; 550 5.1.1 tidak dikenal"
    about = Message()
    about["Reporting-MTA"] = "dns; mx.uji.test"
    state = Message()
    state["Content-Type"] = "message/delivery-status"
    state.set_payload([about, block])
    words = EmailMessage()
    words.set_content("Surat Anda tidak sampai.")
    back = Message()
    back["Content-Type"] = "text/rfc822-headers"
    number = pesan.pk if original is None else original
    back.set_payload(f"From: a@uji.test\nMessage-ID: <pesan-{number}@kompetisi.uji.test>\n")
    mail = Message()
    mail["Content-Type"] = 'multipart/report; report-type="delivery-status"'
    mail["Subject"] = "Undelivered Mail"
    mail.set_payload([words, state, back])
    return mail.as_bytes()


@pytest.fixture
def smtp(settings):
    """Mail goes to this local server from now on."""

    def use(server):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        settings.EMAIL_TIMEOUT = 10
        return server

    return use


# At the server


def test_a_mail_that_is_taken_names_its_row_and_returns_to_the_bounce_address(smtp, settings):
    settings.PANTULAN_EMAIL = "pantulan@uji.test"
    pesan = queue()
    with smtp(ServerSurel()) as server:
        assert deliver_due_pesan() == 1
    mail = server.diterima[0].decode()
    assert f"Message-ID: <pesan-{pesan.pk}@" in mail
    assert f"From: {settings.DEFAULT_FROM_EMAIL}" in mail
    assert Pesan.objects.get().status == "selesai"


@pytest.mark.parametrize(
    ("rcpt", "status", "doubtful"),
    [
        ("450 4.2.1 nanti", "menunggu", 0),
        ("550 5.1.1 tidak dikenal", "terpantul", 1),
        ("553 alamat salah", "terpantul", 1),
        ("554 5.7.1 relay ditolak", "menunggu", 0),  # about us, not about the address
    ],
)
def test_a_refused_recipient(smtp, rcpt, status, doubtful):
    person = make_pengguna()
    queue(person)
    with smtp(ServerSurel(rcpt)):
        assert deliver_due_pesan() == 0
    pesan = Pesan.objects.get()
    assert (pesan.status, AlamatDiragukan.objects.count()) == (status, doubtful)
    assert rcpt[:3] in pesan.galat
    assert JejakAudit.objects.filter(tindakan="pesan.terpantul").count() == doubtful


def test_a_mail_refused_for_its_content_says_nothing_about_the_address(smtp):
    queue()
    with smtp(ServerSurel(data="554 isi ditolak")):
        assert deliver_due_pesan() == 0
    assert Pesan.objects.get().status == "menunggu"
    assert not AlamatDiragukan.objects.exists()


def test_a_silent_server_keeps_the_message(smtp, settings):
    queue()
    with smtp(ServerSurel(bisu=True)):
        settings.EMAIL_TIMEOUT = 0.2
        assert deliver_due_pesan() == 0
    pesan = Pesan.objects.get()
    assert (pesan.status, pesan.percobaan) == ("menunggu", 1)
    assert pesan.jalankan_setelah > clock.real_now()


def test_a_dead_server_does_not_use_up_the_tries_of_all(smtp):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for number in range(OUTAGE + 3):
        queue(kunci=f"uji:{number}")
    smtp(SimpleNamespace(server_address=("127.0.0.1", port)))
    assert deliver_due_pesan() == 0
    tries = list(Pesan.objects.order_by("pk").values_list("percobaan", flat=True))
    assert tries == [1] * OUTAGE + [0] * 3


def test_what_was_given_up_goes_to_the_new_address_when_asked(smtp):
    edisi, person = make_edisi_kosong(), make_pengguna()
    pesan = queue(person)
    with smtp(ServerSurel("550 5.1.1 tidak dikenal")):
        deliver_due_pesan()
    person.email = "baru@uji.test"
    person.save()
    with pytest.raises(NotAllowedError):
        retry_pesan(pesan=pesan, oleh=person, edisi=edisi)
    retry_pesan(pesan=pesan, oleh=make_peran(edisi, "sekretariat"), edisi=edisi)
    with smtp(ServerSurel()) as server:
        assert deliver_due_pesan() == 1
    assert b"To: baru@uji.test" in server.diterima[0]
    assert MAX_TRIES > 1


# Reports


def test_a_report_marks_message_and_address_once():
    pesan = queue()
    deliver_due_pesan()
    raw = report(pesan, alamat=pesan.alamat.upper())
    assert receive_report(raw) == 1
    assert receive_report(raw) == 0
    pesan.refresh_from_db()
    assert pesan.status == "terpantul"
    assert pesan.galat == "5.1.1 550 5.1.1 tidak dikenal"
    assert AlamatDiragukan.objects.get().alamat == pesan.alamat
    assert deliver_due_pesan() == 0


@pytest.mark.parametrize(
    "more",
    [
        {"action": "delayed", "status": "4.4.7"},
        {"action": "delivered", "status": "2.0.0"},
        {"alamat": "orang-lain@uji.test"},
        {"original": 999_999},
        {"original": "1; DROP TABLE"},
    ],
)
def test_a_report_about_something_else_marks_nothing(more):
    pesan = queue()
    assert receive_report(report(pesan, **more)) == 0
    assert not AlamatDiragukan.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 5000,
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status",
        b"Content-Type: multipart/report; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3000,
        b'Content-Type: multipart/report; charset=\xff; boundary=""\n\n\n',
        b"Content-Type: text/plain\n\nMessage-ID: <pesan-1@x>\nStatus: 5.1.1\nAction: failed\n",
    ],
)
def test_whatever_is_not_a_report_is_passed_over(raw):
    assert parse_report(raw) == []


def test_the_command_takes_a_report_from_standard_input(monkeypatch, capsys):
    pesan = queue()
    raw = report(pesan)
    for said in ("Pesan terpantul: 1", "Pesan terpantul: 0"):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        call_command("terima_pantulan")
        assert said in capsys.readouterr().out


def test_a_maildir_is_read_once_and_its_mails_are_filed(tmp_path):
    pesan = queue()
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1.laporan").write_bytes(report(pesan))
    (tmp_path / "new" / "2.lain").write_bytes(b"Subject: halo\n\nhalo")
    assert read_maildir(str(tmp_path)) == 1
    assert read_maildir(str(tmp_path)) == 0
    assert sorted(p.name for p in (tmp_path / "cur").iterdir()) == ["1.laporan:2,S", "2.lain:2,S"]
    assert read_maildir("") == read_maildir(str(tmp_path / "tidak-ada")) == 0


# What people see


def test_the_person_sees_a_banner_and_says_that_the_address_is_well(client):
    person = make_pengguna()
    receive_report(report(queue(person)))
    client.force_login(person)
    assert "tidak sampai sejak" in client.get(reverse("publik:pesan")).text
    client.post(reverse("publik:surel-pulih"))
    assert "tidak sampai sejak" not in client.get(reverse("publik:pesan")).text
    assert AlamatDiragukan.objects.get().pulih_oleh == person


def test_a_new_address_is_not_in_doubt(client):
    person = make_pengguna()
    receive_report(report(queue(person)))
    person.email = "baru@uji.test"
    person.save()
    client.force_login(person)
    assert "tidak sampai sejak" not in client.get(reverse("publik:pesan")).text


def test_nobody_else_heals_an_address():
    edisi = make_edisi_kosong()
    receive_report(report(queue()))
    row = AlamatDiragukan.objects.get()
    for oleh in (make_pengguna(), make_peran(edisi, "pengamat")):
        with pytest.raises(NotAllowedError):
            clear_alamat(alamat=row, oleh=oleh, edisi=edisi)


def test_the_committee_sees_whom_to_call(client):
    edisi = make_edisi_kosong()
    receive_report(report(queue(make_pengguna("Dewi Lestari", telepon="(024) 7654321"))))
    client.force_login(make_peran(edisi, "sekretariat"))
    page = client.get(reverse("panitia:alamat")).text
    assert "Dewi Lestari" in page
    assert "(024) 7654321" in page
    assert "Alamat diragukan (1)" in client.get(reverse("panitia:pesan")).text
