"""Sending in a browser when the connection dies, the server is full, or a person is in a hurry."""

import re

import pytest
from django.test import Client

from kompetisi.clock import forget_shared, real_now
from kompetisi.models import Jam
from registrasi.models import Pengiriman
from registrasi.tests.factories import BUKA, TUTUP, make_admin, make_edisi, make_instansi
from registrasi.tests.factories import make_pendaftaran as make_entry
from registrasi.tests.test_peserta_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
RECEIPT = re.compile("/tanda-terima/TT-2019-")


def set_clock(at) -> None:
    Jam.objects.update_or_create(pk=1, defaults={"geser": at - real_now()})
    forget_shared()


@pytest.fixture
def entry():
    set_clock(BUKA)
    edisi, dewi = make_edisi(), make_admin(make_instansi())
    yield make_entry(edisi, dewi, lengkap=True)
    forget_shared()


@pytest.fixture
def dewi(entry, page, live_server):
    enter(page, entry.dibuat_oleh, live_server)
    client = Client()  # the first page of a process takes long; the browser's patience is for it
    client.force_login(entry.dibuat_oleh)
    client.get(f"/registrasi/{entry.kode}/pengiriman/")
    return page


def fill(page, entry) -> None:
    page.goto(f"/registrasi/{entry.kode}/pengiriman/")
    page.check("[name=pernyataan]")
    page.fill("[name=penandatangan_nama]", "Kepala Dinas")
    page.fill("[name=penandatangan_jabatan]", "Kepala")


def press(page) -> None:
    page.click("main button:has-text('Kirim pendaftaran')")


def answer_first_posts(page, entry, *doings) -> list[str]:
    """Each of the first posts meets one of `doings`; the keys of all posts that were seen."""
    left, keys = list(doings), []

    def serve(route):
        if route.request.method != "POST":
            return route.continue_()
        keys.append(re.search(r"kunci=(\w+)", route.request.post_data)[1])
        return left.pop(0)(route) if left else route.continue_()

    page.route(f"**/registrasi/{entry.kode}/pengiriman/", serve)
    return keys


def lose_answer(route):
    route.fetch()
    route.abort()


def full(route):
    route.fulfill(status=503, headers={"Retry-After": "1"}, body="{}")


def one_receipt(page, keys, posts: int) -> None:
    page.wait_for_url(RECEIPT)
    assert len(keys) == posts and len(set(keys)) == 1
    assert Pengiriman.objects.get().nomor in page.content()


def test_a_lost_answer_is_asked_for_again_and_gives_the_first_receipt(entry, dewi):
    keys = answer_first_posts(dewi, entry, lose_answer)
    fill(dewi, entry)
    press(dewi)
    dewi.wait_for_selector("text=Sedang dikirim, jangan menutup halaman")
    dewi.wait_for_selector("text=Sambungan terputus")
    one_receipt(dewi, keys, 2)


def test_a_lost_answer_gives_the_receipt_after_closing_too(entry, dewi):
    def lose_and_close(route):
        lose_answer(route)
        set_clock(TUTUP)

    keys = answer_first_posts(dewi, entry, lose_and_close)
    fill(dewi, entry)
    press(dewi)
    one_receipt(dewi, keys, 2)
    assert Pengiriman.objects.get().pada < TUTUP


def test_a_full_server_is_waited_for_as_long_as_it_asks(entry, dewi):
    keys = answer_first_posts(dewi, entry, full, full)
    fill(dewi, entry)
    press(dewi)
    dewi.wait_for_selector("text=Layanan sedang ramai. Dikirim lagi sendiri dalam")
    one_receipt(dewi, keys, 3)


def test_without_network_it_waits_and_sends_when_back(entry, dewi):
    keys = answer_first_posts(dewi, entry)
    fill(dewi, entry)
    dewi.context.set_offline(True)
    press(dewi)
    dewi.wait_for_selector("text=Sambungan terputus")
    assert not Pengiriman.objects.exists()
    dewi.context.set_offline(False)
    dewi.wait_for_url(RECEIPT)
    assert len(set(keys)) == 1
    assert Pengiriman.objects.count() == 1


def test_a_double_click_sends_once(entry, dewi):
    keys = answer_first_posts(dewi, entry)
    fill(dewi, entry)
    dewi.dblclick("main button:has-text('Kirim pendaftaran')")
    one_receipt(dewi, keys, 1)


def test_going_back_shows_that_it_was_sent_and_where_the_receipt_is(entry, dewi):
    fill(dewi, entry)
    press(dewi)
    dewi.wait_for_url(RECEIPT)
    dewi.go_back()
    dewi.wait_for_selector("text=Pendaftaran ini sudah terkirim")
    assert dewi.query_selector("text=Pulihkan isian saya") is None
    dewi.click("a:has-text('Lihat tanda terima')")
    dewi.wait_for_url(RECEIPT)
    assert Pengiriman.objects.count() == 1


def test_a_second_tab_is_led_to_the_receipt_of_the_first(entry, dewi):
    other = dewi.context.new_page()
    for tab in (dewi, other):
        fill(tab, entry)
    press(dewi)
    dewi.wait_for_url(RECEIPT)
    press(other)
    other.wait_for_url(RECEIPT)
    other.wait_for_selector("text=sudah terkirim sebelumnya")
    assert Pengiriman.objects.count() == 1


def test_too_late_is_said_on_the_page_and_what_was_typed_stays(entry, dewi):
    fill(dewi, entry)
    set_clock(TUTUP)
    press(dewi)
    dewi.wait_for_selector("text=Pendaftaran belum terkirim")
    assert dewi.input_value("[name=penandatangan_nama]") == "Kepala Dinas"
    assert not Pengiriman.objects.exists()


def test_without_script_it_is_a_plain_form(entry, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    enter(plain, entry.dibuat_oleh, live_server)
    fill(plain, entry)
    press(plain)
    plain.wait_for_url(RECEIPT)
    assert Pengiriman.objects.count() == 1
    context.close()


def test_the_countdown_follows_the_servers_clock_not_the_readers(entry, dewi):
    dewi.clock.install(time="2031-05-05T00:00:00Z")  # a device that is years ahead
    dewi.goto(f"/registrasi/{entry.kode}/pengiriman/")
    dewi.wait_for_selector("main [data-sampai]:has-text('7 hari')")
