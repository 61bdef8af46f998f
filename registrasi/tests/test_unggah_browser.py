"""A large file in a browser: a broken line, a pause and a closed page cost one piece each."""

import hashlib
import io
import random

import pikepdf
import pytest

from kompetisi.clock import forget_shared, real_now
from kompetisi.models import Jam
from registrasi.models import Unggahan
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
)
from registrasi.tests.test_peserta_browser import enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PART = "#sop"


def large() -> bytes:
    """A PDF of about 2 MB that cannot be compressed."""
    pdf = pikepdf.open(io.BytesIO(pdf_bytes("SOP pengelolaan pengaduan")))
    pdf.pages[0].Resources["/Acak"] = pdf.make_stream(random.Random(1).randbytes(2_000_000))
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


@pytest.fixture
def isi(tmp_path):
    """The file's path and its SHA-256."""
    path = tmp_path / "sop.pdf"
    path.write_bytes(large())
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def entry():
    Jam.objects.create(pk=1, geser=BUKA - real_now())
    forget_shared()
    yield make_pendaftaran(make_edisi(), make_admin(make_instansi()))
    forget_shared()


@pytest.fixture
def tab(entry, page, live_server):
    """The page of documents, opened by the agency's admin."""
    enter(page, entry.dibuat_oleh, live_server)
    page.goto(f"/registrasi/{entry.kode}/dokumen/")
    return page


def choose(tab, path) -> None:
    tab.set_input_files(f"{PART} input[type=file]", path)


def cut(tab, numbers: set[int]) -> list[int]:
    """Break the line at the pieces with these numbers; returns where each piece began."""
    seen: list[int] = []

    def pass_on(route):
        if route.request.method != "PATCH":
            return route.continue_()
        seen.append(int(route.request.headers["upload-offset"]))
        return route.abort() if len(seen) in numbers else route.continue_()

    tab.route("**/registrasi/unggahan/**", pass_on)
    return seen


def attached(tab, entry) -> str:
    tab.wait_for_selector(f"{PART} .terlampir:has-text('sop.pdf')")
    return entry.bukti.get(dilepas_pada=None).berkas.sha256


def test_a_broken_line_is_told_and_the_rest_follows_by_itself(entry, tab, isi):
    seen = cut(tab, {2})
    choose(tab, isi[0])
    tab.wait_for_selector(f"{PART} .unggahan .tertunda:has-text('Dilanjutkan sendiri')")
    assert attached(tab, entry) == isi[1]
    assert seen[1] == seen[2]  # the broken piece again, and nothing before it


def test_after_the_page_was_closed_the_same_file_goes_on(entry, tab, isi):
    cut(tab, set(range(2, 99)))
    choose(tab, isi[0])
    tab.wait_for_selector(f"{PART} .unggahan .tertunda")
    tab.click(f"{PART} button:has-text('Jeda')")
    tab.wait_for_selector(f"{PART} .unggahan p:has-text('Dijeda')")
    tab.unroute("**/registrasi/unggahan/**")
    seen = cut(tab, set())
    tab.reload()
    tab.wait_for_selector(f"{PART} [data-unggahan-sisa]:has-text('pilih berkas yang sama')")
    choose(tab, isi[0])
    assert attached(tab, entry) == isi[1]
    assert seen[0] > 0


def test_paused_and_taken_up_again(entry, tab, isi):
    cut(tab, {2})
    choose(tab, isi[0])
    tab.wait_for_selector(f"{PART} .unggahan .tertunda")
    tab.click(f"{PART} button:has-text('Jeda')")
    tab.click(f"{PART} button:has-text('Lanjutkan')")
    assert attached(tab, entry) == isi[1]


def test_given_up_nothing_stays(entry, tab, isi, wait_for):
    cut(tab, {2})
    choose(tab, isi[0])
    tab.wait_for_selector(f"{PART} .unggahan .tertunda")
    tab.click(f"{PART} button:has-text('Batalkan')")
    tab.wait_for_selector(f"{PART} .unggahan p:has-text('dibatalkan')")
    wait_for(lambda: not Unggahan.objects.exists())
    assert not entry.bukti.exists()


def test_a_large_file_that_is_refused_says_why(entry, tab, tmp_path):
    path = tmp_path / "sop.pdf"
    path.write_bytes(b"MZ" + bytes(400_000))
    choose(tab, path)
    tab.wait_for_selector(f"{PART} .salah-kata:has-text('bukan PDF')")
    assert not entry.bukti.exists()
