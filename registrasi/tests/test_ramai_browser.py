"""A part of a page that meets a full server is asked again by itself, and nothing is done twice.

The server of these tests lets one request in at a time; a post whose body does not come holds the
place, so the refusal is the real one (kompetisi/busy.py).
"""

import socket
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer

from kompetisi import busy
from kompetisi.tests.factories import make_pengguna
from registrasi.actions.instansi import load_instansi
from registrasi.models import BuktiDukung
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import BUKA, pdf_bytes
from registrasi.tests.test_peserta_browser import dewi, enter, entry  # noqa: F401
from registrasi.tests.test_peserta_views import DIREKTORI

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
FILE = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("SK")}
BOX = "[data-galat-permintaan]"


@pytest.fixture
def live_server(settings, monkeypatch):
    """A server of one place at which nobody waits; it asks to come back after a second."""
    settings.ADMISSION = {"slots": 1, "waiting": 1, "seconds": (0.0, 0.0, 0.0)}
    monkeypatch.setattr(busy, "RETRY_SECONDS", (1, 1))
    server = LiveServer("localhost")
    yield server
    server.stop()


@contextmanager
def full(server):
    """Hold the only place while this lasts."""
    host = urlsplit(server.url)
    head = (
        f"POST /akun/login/ HTTP/1.1\r\nHost: {host.netloc}\r\nCookie: csrftoken={'a' * 32}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
    )
    with socket.create_connection((host.hostname, host.port)) as held:
        held.sendall(head.encode())
        yield


def told(page, place, words):
    page.wait_for_selector(f"{place} {BOX}:has-text('{words}')")
    box = page.locator(f"{place} {BOX}")
    assert box.get_attribute("role") == "status"
    return box.inner_text()


def test_reading_is_asked_again_with_what_is_typed_by_then(entry, page, live_server):  # noqa: F811
    load_instansi(path=DIREKTORI, at=BUKA)
    enter(page, make_pengguna(), live_server)
    page.goto("/registrasi/instansi/")
    with full(live_server):
        page.fill("#teks", "semarang")
        words = told(page, "main", "sangat ramai")
        assert "Dicoba lagi sendiri dalam" in words
        page.fill("#teks", "banyuwangi")
    page.wait_for_selector("#hasil >> text=Kabupaten Banyuwangi")
    assert page.query_selector(BOX) is None


def test_an_upload_is_sent_again_and_attached_once(entry, dewi, live_server):  # noqa: F811
    dewi.goto(f"/registrasi/{entry.kode}/dokumen/")
    with full(live_server):
        dewi.set_input_files("#berkas-sk_tim", FILE)
        words = told(dewi, "#sk_tim", "sk.pdf belum terunggah")
        assert "jangan menutup halaman ini" in words
        assert dewi.query_selector("text=Coba unggah lagi") is None
        with dewi.expect_event("dialog") as asked:
            dewi.once("dialog", lambda dialog: dialog.dismiss())  # stay
            dewi.click("main a:has-text('Periksa jawaban')", no_wait_after=True)
        assert asked.value.type == "beforeunload"
    dewi.wait_for_selector("#sk_tim .terlampir")
    assert BuktiDukung.objects.get().berkas.nama_asli == "sk.pdf"
    assert dewi.query_selector(BOX) is None


def test_evidence_is_sent_again_too(entry, dewi, live_server):  # noqa: F811
    kriteria = isian_of(entry).kriteria_list[0]
    dewi.goto(f"/registrasi/{entry.kode}/mandiri/{kriteria.kelompok.kode}/")
    with full(live_server):
        dewi.set_input_files(f"#bukti-{kriteria.pk} input", FILE)
        told(dewi, f"#{kriteria.kode}", "sk.pdf belum terunggah")
    dewi.wait_for_selector(f"#bukti-{kriteria.pk} .terlampir")
    assert BuktiDukung.objects.get().kriteria == kriteria
    assert dewi.query_selector(BOX) is None


def test_what_is_not_marked_is_left_to_the_person(entry, dewi, live_server, wait_for):  # noqa: F811
    dewi.goto(f"/registrasi/{entry.kode}/dokumen/")
    dewi.eval_on_selector_all(
        "[data-idempoten]", "all => all.forEach((e) => e.removeAttribute('data-idempoten'))"
    )
    with full(live_server):
        dewi.set_input_files("#berkas-sk_tim", FILE)
        dewi.wait_for_selector(f"#sk_tim {BOX}[role=alert]")
    wait_for(lambda: dewi.request.get("/jadwal/").ok)  # the place is free
    dewi.click("text=Coba unggah lagi")
    dewi.wait_for_selector("#sk_tim .terlampir")
