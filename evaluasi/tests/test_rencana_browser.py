"""A plan in the making, in a browser: the page comes back by itself, and fits a phone."""

import pytest
from playwright.sync_api import expect

from evaluasi.actions import rencana
from evaluasi.actions.rencana import carry_out_rencana, queue_rencana
from evaluasi.queries.rencana import rencana_in_work
from evaluasi.tests import factories as f
from evaluasi.tests.test_lembar_browser import sign_in
from kompetisi import clock
from kompetisi.models import Jam

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edisi():
    """An edition in the middle of its document stage, for all threads of this process."""
    row = f.make_edisi()
    Jam.objects.update_or_create(pk=1, defaults={"geser": f.IN_STAGE - clock.real_now()})
    clock.forget_shared()
    yield row
    clock.forget_shared()


def test_the_page_of_a_plan_in_the_making_shows_the_plan_when_it_is_ready(page, live_server, edisi):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    tahap = f.tahap_dokumen(edisi)
    for kind in ("kota", "bumn", "kota"):
        f.make_pendaftaran(edisi, f.make_instansi(jenis=kind), "lolos_administrasi")
    for kind in ("kota", "bumn", "kota"):
        f.make_evaluator(edisi, keahlian=[f"jenis:{kind}"])
    queue_rencana(tahap=tahap, oleh=ketua, benih=1, pertahankan=True)
    sign_in(page, live_server, ketua)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/panitia/penugasan/dokumen/")
    waiting = page.get_by_role("heading", name="Rencana sedang disusun")
    expect(waiting).to_be_visible()
    assert rencana.AT_ONCE > 6  # small enough to be made at once, had it not been queued
    assert carry_out_rencana(pk=rencana_in_work(tahap).pk)
    expect(page.get_by_role("heading", name="Rencana belum dirilis")).to_be_visible(timeout=20_000)
    expect(waiting).to_have_count(0)
    expect(page.get_by_text("sesuai bidang keahlian").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
