"""Stopping a kind of mail from the mail itself: one press, that kind alone, nothing to read."""

import email
import re
from email import policy

import pytest
from django.test import Client
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.gerbang import deliver_due_gerbang
from kompetisi.actions.pesan import deliver_due_pesan
from kompetisi.actions.pilihan import refuse_jenis, update_pilihan
from kompetisi.models import JejakAudit, Pesan, PesanGerbang, PilihanPesan
from kompetisi.rules.berhenti import read_tanda, tanda_of
from kompetisi.rules.katalog import katalog
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna, wib

pytestmark = pytest.mark.django_db
DRAFT = {"kode": "2019-0042", "peserta": "Kota Contoh", "tenggat": "1 November 2019"}
GONE = {"unit": "Dinas", "alasan": "Pindah."}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
DAY, NIGHT = wib("2019-10-25 10:00"), wib("2019-10-25 23:00")


@pytest.fixture
def edisi():
    row = make_edisi_kosong()
    row.aturan = {**row.aturan, "waktu_tenang": {"mulai": 21, "selesai": 6}}
    row.save()
    return row


@pytest.fixture
def dewi(edisi):
    return make_pengguna("Dewi Lestari")


@pytest.fixture(autouse=True)
def _https(settings):
    settings.SITE_URL = "https://kompetisi.example.go.id"


def remind(person, kunci="uji:1", at=DAY, **more):
    with clock.travel(at):
        return queue_pesan(kunci=kunci, jenis="pengingat", isian=DRAFT, kepada=person, **more)


def address_in(mail) -> str:
    """The path that the header names, as a mail program reads it from the bytes sent."""
    sent = email.message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    header = sent["List-Unsubscribe"].strip()
    site, path = re.fullmatch(r"<(https://[^/]+)(/[!-;=?-~]+)>", header).groups()
    assert site == "https://kompetisi.example.go.id"
    return path


def test_one_press_in_the_mail_program_stops_that_kind_without_signing_in(dewi, mailoutbox):
    remind(dewi)
    deliver_due_pesan()
    path = address_in(mailoutbox[0])
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post(path, ONE_CLICK)

    assert answer.status_code == 200  # a redirect is forbidden here (RFC 8058, 3.1)
    assert not answer.cookies
    assert PilihanPesan.objects.get(pengguna=dewi).ditolak == ["pengingat"]
    assert browser.post(path, ONE_CLICK).status_code == 200
    assert JejakAudit.objects.filter(tindakan="pilihan_pesan.berhenti").count() == 1
    assert remind(dewi, "uji:2").status == "tanpa_surel"
    with clock.travel(DAY):
        other = queue_pesan(kunci="b", jenis="admin_unit_dicabut", isian=GONE, kepada=dewi)
    assert other.status == "menunggu"


def test_a_program_that_follows_links_stops_nothing(client, dewi):
    path = reverse("publik:berhenti", args=[tanda_of(dewi.pk, "pengingat")])
    page = client.get(path)
    assert page.status_code == 200
    assert "Pengingat draf belum dikirim" in page.text
    assert 'method="post"' in page.text
    assert client.head(path).status_code == 200
    assert not PilihanPesan.objects.exists()


def test_the_page_says_nothing_about_anybody_and_signs_nobody_in(client, dewi):
    path = reverse("publik:berhenti", args=[tanda_of(dewi.pk, "pengingat")])
    gone = reverse("publik:berhenti", args=[tanda_of(987654, "pengingat")])
    for method in (client.get, client.post):
        page, nobody = method(path), method(gone)
        assert dewi.email not in page.text and dewi.nama not in page.text
        assert page.text.replace(path, "") == nobody.text.replace(gone, "")
        assert "no-store" in page["Cache-Control"]
    assert client.get(reverse("publik:pesan")).status_code == 302
    assert PilihanPesan.objects.count() == 1


@pytest.mark.parametrize("change", ["kind", "person", "signature", "salt", "obligatory", "unknown"])
def test_a_token_is_good_for_one_person_and_one_kind(client, dewi, change):
    tanda = tanda_of(dewi.pk, "pengingat")
    wrong = {
        "kind": tanda.replace("pengingat", "pengingat_lembar"),
        "person": tanda.replace(f"{dewi.pk}-", f"{dewi.pk + 1}-"),
        "signature": tanda[:-1] + ("A" if tanda[-1] != "A" else "B"),
        "salt": tanda.rpartition(":")[0],
        "obligatory": tanda_of(dewi.pk, "tanda_terima"),
        "unknown": tanda_of(dewi.pk, "tidak_ada"),
    }[change]
    assert read_tanda(wrong) is None
    for method in (client.get, client.post):
        assert method(reverse("publik:berhenti", args=[wrong])).status_code == 404
    assert not PilihanPesan.objects.exists()


def test_what_must_be_sent_offers_no_way_to_stop_it(dewi, mailoutbox):
    with clock.travel(DAY):
        queue_pesan(kunci="b", jenis="admin_unit_dicabut", isian=GONE, kepada=dewi)
    deliver_due_pesan()
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers
    assert "berhenti" not in mailoutbox[0].body
    with pytest.raises(ValueError, match="cannot be refused"):
        refuse_jenis(pengguna=dewi.pk, jenis=katalog()["admin_unit_dicabut"])


def test_without_tls_there_is_the_address_and_no_one_click(dewi, mailoutbox, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    remind(dewi)
    deliver_due_pesan()
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/berhenti/")
    assert "List-Unsubscribe-Post" not in headers
    assert "Berhenti menerima surel jenis ini: http://" in mailoutbox[0].body


def test_the_choices_of_a_person_show_it_and_take_it_back(client, dewi):
    client.post(reverse("publik:berhenti", args=[tanda_of(dewi.pk, "pengingat")]))
    client.force_login(dewi)
    page = client.get(reverse("publik:pilihan"))
    chosen = page.context["form"].initial["disurel"]
    assert "pengingat" not in chosen and "pengingat_lembar" in chosen
    client.post(reverse("publik:pilihan"), {"cara": "langsung", "disurel": [*chosen, "pengingat"]})
    assert remind(dewi).status == "menunggu"


@pytest.mark.parametrize("cara", ["langsung", "harian"])
def test_what_waits_for_the_morning_does_not_leave_either(dewi, cara, mailoutbox):
    update_pilihan(oleh=dewi, cara=cara, ditolak=[])
    remind(dewi, at=NIGHT)
    refuse_jenis(pengguna=dewi.pk, jenis=katalog()["pengingat"])
    Pesan.objects.update(jalankan_setelah=clock.real_now())
    assert deliver_due_pesan() == 0
    assert dewi.pesan.get().status == "tanpa_surel"


def test_nor_does_it_ring(dewi, settings):
    settings.GERBANG_URL = "http://127.0.0.1:9/"
    update_pilihan(oleh=dewi, cara="langsung", ditolak=[], nomor="0812 3456 7890", setuju=True)
    remind(dewi, segera=True)
    refuse_jenis(pengguna=dewi.pk, jenis=katalog()["pengingat"])
    assert deliver_due_gerbang() == 0
    assert PesanGerbang.objects.get().status == "dibatalkan"


def test_somebody_who_is_gone_gets_no_choices(dewi):
    dewi.is_active = False
    dewi.save()
    refuse_jenis(pengguna=dewi.pk, jenis=katalog()["pengingat"])
    assert not PilihanPesan.objects.exists()
