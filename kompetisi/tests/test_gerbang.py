"""Urgent messages by telephone: only with number and consent, once, kept until they are taken."""

import logging
import socket
from datetime import timedelta

import pytest

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.gerbang import deliver_due_gerbang
from kompetisi.actions.pantulan import mark_bounced
from kompetisi.actions.pilihan import update_pilihan
from kompetisi.log import DiscreetFormatter
from kompetisi.models import Pesan, PesanGerbang, PilihanPesan
from kompetisi.rules.telepon import normal_telepon
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna, wib
from kompetisi.tests.gerbang_lokal import Gerbang

pytestmark = pytest.mark.django_db
NUMBER = "+6281234567890"
CHANGE = {"unit": "Dinas", "alasan": "Pindah."}


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.GERBANG_URL, settings.GERBANG_TOKEN = "http://127.0.0.1:9/", "rahasia"
    settings.GERBANG_TIMEOUT = 10


@pytest.fixture
def dewi():
    person = make_pengguna("Dewi Lestari")
    update_pilihan(oleh=person, cara="langsung", ditolak=[], nomor="0812-3456-7890", setuju=True)
    return person


def queue(person, kunci="uji:1", **more):
    more = {"jenis": "admin_unit_dicabut", "isian": CHANGE, "segera": True} | more
    return queue_pesan(kunci=kunci, kepada=person, **more)


def again():
    PesanGerbang.objects.update(jalankan_setelah=clock.real_now())
    return deliver_due_gerbang()


# What goes


def test_an_urgent_message_goes_once_with_its_key_and_token(dewi, settings):
    pesan = queue(dewi)
    queue(dewi)
    with Gerbang() as server:
        settings.GERBANG_URL = server.url
        assert deliver_due_gerbang() == 1
        assert again() == 0
    ((headers, body),) = server.diterima
    assert body["ke"] == NUMBER
    assert body["teks"].startswith("Penunjukan Anda sebagai admin Dinas dicabut. ")
    assert body["teks"].endswith(f"/pesan/{pesan.pk}/")
    assert headers["Idempotency-Key"] == f"pesan-{pesan.pk}"
    assert headers["Authorization"] == "Bearer rahasia"
    assert PesanGerbang.objects.get().status == "selesai"
    assert Pesan.objects.get().status == "menunggu"  # the mail has a state of its own


def test_what_does_not_hurry_does_not_go(dewi):
    queue(dewi, segera=False)
    assert not PesanGerbang.objects.exists()


def test_nobody_is_telephoned_without_consent_or_gateway(dewi, settings):
    queue(make_pengguna())
    settings.GERBANG_URL = ""
    queue(dewi, "uji:2")
    assert not PesanGerbang.objects.exists()
    assert deliver_due_gerbang() == 0


def test_consent_taken_back_before_it_leaves_holds(dewi):
    queue(dewi)
    update_pilihan(oleh=dewi, cara="langsung", ditolak=[], nomor="", setuju=False)
    assert deliver_due_gerbang() == 0
    assert PesanGerbang.objects.get().status == "dibatalkan"
    assert PilihanPesan.objects.get().nomor == ""


def test_a_telephone_does_not_ring_at_night_even_for_what_hurries(dewi):
    edisi = make_edisi_kosong()
    edisi.aturan = {"waktu_tenang": {"mulai": 21, "selesai": 6}}
    edisi.save()
    with clock.travel(wib("2019-10-25 23:00")):
        pesan = queue(dewi, edisi=edisi)
    assert pesan.jalankan_setelah <= clock.real_now()
    wait = PesanGerbang.objects.get().jalankan_setelah - clock.real_now()
    assert timedelta(hours=6) < wait < timedelta(hours=8)


def test_a_message_whose_mail_came_back_goes_by_telephone(dewi):
    pesan = queue(dewi, segera=False)
    assert not PesanGerbang.objects.exists()
    mark_bounced(pesan=pesan, sebab="5.1.1")
    assert PesanGerbang.objects.get().pesan == pesan


# What the gateway answers


@pytest.mark.parametrize(
    ("code", "status"),
    [(200, "selesai"), (500, "menunggu"), (503, "menunggu"), (400, "gagal"), (302, "gagal")],
)
def test_each_answer_has_its_consequence(dewi, settings, code, status):
    queue(dewi)
    with Gerbang((code, {"Location": "http://127.0.0.1:9/lain"})) as server:
        settings.GERBANG_URL = server.url
        deliver_due_gerbang()
    assert len(server.diterima) == 1
    row = PesanGerbang.objects.get()
    assert row.status == status
    assert NUMBER not in row.galat
    assert str(code) in row.galat or status == "selesai"


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [("120", 110, 121), ("99999999999", 21_000, 21_601), ("kelak", 0, 31), ("", 0, 31)],
)
def test_too_many_waits_as_long_as_asked_and_spares_the_others(dewi, settings, header, low, high):
    queue(dewi)
    queue(dewi, "uji:2")
    with Gerbang((429, {"Retry-After": header})) as server:
        settings.GERBANG_URL = server.url
        assert deliver_due_gerbang() == 0
    assert len(server.diterima) == 1
    first, second = PesanGerbang.objects.order_by("pk")
    wait = (first.jalankan_setelah - clock.real_now()).total_seconds()
    assert low <= wait <= high
    assert (first.percobaan, second.percobaan) == (1, 0)


def test_a_message_tried_again_carries_the_same_key(dewi, settings):
    queue(dewi)
    with Gerbang((500, {}), (200, {})) as server:
        settings.GERBANG_URL = server.url
        assert deliver_due_gerbang() == 0
        assert again() == 1
    keys = [headers["Idempotency-Key"] for headers, _ in server.diterima]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_silent_gateway_keeps_the_message(dewi, settings):
    queue(dewi)
    with Gerbang(bisu=True) as server:
        settings.GERBANG_URL, settings.GERBANG_TIMEOUT = server.url, 0.2
        assert deliver_due_gerbang() == 0
    row = PesanGerbang.objects.get()
    assert (row.status, row.galat) == ("menunggu", "Gerbang tidak menjawab: TimeoutError")


def test_a_dead_gateway_keeps_all_messages(dewi, settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.GERBANG_URL = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    queue(dewi)
    queue(dewi, "uji:2")
    assert deliver_due_gerbang() == 0
    assert list(PesanGerbang.objects.values_list("status", flat=True)) == ["menunggu"] * 2


# Numbers


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("0812-3456-7890", NUMBER),
        ("62 812 3456 7890", NUMBER),
        ("+62 (0)812.3456.7890", NUMBER),
        ("0062 812 3456 7890", NUMBER),
        ("+65 9123 4567", "+6591234567"),
        ("024 7654321", ""),  # a telephone of an office takes no text
        ("812 3456 7890", ""),
        ("0812", ""),
        ("0812x34567890", ""),
        ("+6281234567890123", ""),
        ("٠٨١٢٣٤٥٦٧٨٩٠", ""),
        ("", ""),
    ],
)
def test_a_number_has_one_form(text, normal):
    assert normal_telepon(text) == normal


def test_the_log_names_no_number():
    record = logging.LogRecord("x", 20, "", 0, f"ke {NUMBER} dan 0812-3456-7890", None, None)
    assert DiscreetFormatter("%(message)s").format(record) == "ke (telepon) dan (telepon)"
