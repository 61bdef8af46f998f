"""A lost network, a closed tab, two people on one field: each text is seen, none is lost."""

import pytest

from kompetisi.clock import forget_shared, real_now
from kompetisi.models import Jam
from registrasi.models import JawabanNarasi
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import TUTUP, make_admin
from registrasi.tests.test_peserta_browser import dewi, enter, entry, narasi  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
BAR = ".kaki-formulir [data-ringkas-simpan]"
OFFER = "button:has-text('Pulihkan isian saya')"


def fields_of(entry):  # noqa: F811
    return [(f"#{p.kode}", f"[name=p{p.pk}]") for p in isian_of(entry).pertanyaan_list[:2]]


def test_offline_each_field_says_that_it_is_unsaved_and_all_are_sent_on_return(entry, dewi):  # noqa: F811
    address, *_ = narasi(entry)
    dewi.goto(address)
    dewi.context.set_offline(True)
    for number, (section, field) in enumerate(fields_of(entry)):
        dewi.fill(field, f"Ditulis luring {number}")
        dewi.wait_for_selector(f"{section} .status-simpan:has-text('tidak ada jaringan')")
        assert "Dikirim lagi sendiri" in dewi.inner_text(f"{section} .status-simpan")
    assert not JawabanNarasi.objects.exists()
    dewi.wait_for_selector(f"{BAR}:has-text('2 isian belum tersimpan')")
    dewi.context.set_offline(False)
    for section, _ in fields_of(entry):
        dewi.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan 0')", timeout=40_000)
    dewi.wait_for_selector(f"{BAR}:has-text('tersimpan 0')")
    assert (
        dewi.get_attribute(BAR, "aria-hidden") == "true"
    )  # the field's own word is the announced one
    assert sorted(JawabanNarasi.objects.values_list("isi", flat=True)) == [
        "Ditulis luring 0",
        "Ditulis luring 1",
    ]


def test_a_full_server_is_told_in_words_and_asked_again_when_it_said(entry, dewi):  # noqa: F811
    address, field, section = narasi(entry)
    left = [429, 503]

    def serve(route):
        if left:
            return route.fulfill(status=left.pop(0), headers={"Retry-After": "1"}, body="{}")
        return route.continue_()

    dewi.route("**/isian/", serve)
    dewi.goto(address)
    dewi.fill(field, "Saat ramai")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('layanan sedang ramai')")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan 0')")
    assert JawabanNarasi.objects.get().isi == "Saat ramai"
    assert JawabanNarasi.objects.get().versi == 1


def test_a_closed_tab_offers_its_text_back_to_its_writer_alone(entry, dewi, live_server):  # noqa: F811
    address, field, section = narasi(entry)
    context = dewi.context
    dewi.goto(address)
    context.set_offline(True)
    dewi.fill(field, "Tab ini akan ditutup")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('tidak ada jaringan')")
    dewi.close()
    context.set_offline(False)
    budi = make_admin(entry.instansi)
    other = context.new_page()
    enter(other, budi, live_server)
    other.goto(address)
    assert other.query_selector(OFFER) is None
    enter(other, entry.dibuat_oleh, live_server)
    other.goto(address)
    other.click(OFFER)
    other.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan 0')")
    assert JawabanNarasi.objects.get().isi == "Tab ini akan ditutup"
    other.goto(address)
    assert other.query_selector(OFFER) is None


def test_after_the_closing_unsaved_text_is_shown_to_be_copied_only(entry, dewi):  # noqa: F811
    address, field, section = narasi(entry)
    dewi.goto(address)
    dewi.context.set_offline(True)
    dewi.fill(field, "Terlambat karena jaringan")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('tidak ada jaringan')")
    Jam.objects.update(geser=TUTUP - real_now())
    forget_shared()
    dewi.context.set_offline(False)
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('ditutup')", timeout=40_000)
    dewi.on("dialog", lambda dialog: dialog.accept())
    dewi.goto(address)
    assert dewi.input_value(".pulih textarea") == "Terlambat karena jaringan"
    assert dewi.query_selector(OFFER) is None
    assert dewi.get_attribute(field, "readonly") is not None
    assert dewi.input_value(field) == ""
    dewi.click("button:has-text('Abaikan')")
    dewi.reload()
    assert dewi.query_selector(".pulih") is None
    assert not JawabanNarasi.objects.exists()


def test_reload_and_back_after_a_refusal_ask_anew_and_lose_nothing(entry, dewi):  # noqa: F811
    address = f"/registrasi/{entry.kode}/identitas/"
    bad = "Nomor 3374010101900001 pada judul"
    dewi.goto(address)
    dewi.route("**/isian/", lambda route: route.abort())
    dewi.fill("[name=judul]", bad)
    dewi.click("button:has-text('Simpan dan kembali')")
    dewi.wait_for_selector(".galat")
    dewi.wait_for_load_state()  # the page's scripts have run
    asked = []
    dewi.on("request", lambda r: asked.append(r.method) if r.is_navigation_request() else None)
    dewi.on("dialog", lambda dialog: dialog.accept())
    dewi.reload()
    dewi.click(OFFER)
    assert dewi.input_value("[name=judul]") == bad
    dewi.click("button:has-text('Simpan dan kembali')")
    dewi.wait_for_selector(".galat")
    dewi.wait_for_load_state()  # the page's scripts have run
    dewi.goto("/jadwal/")
    dewi.go_back()
    dewi.wait_for_selector("[name=judul]")
    assert dewi.url.endswith(address)
    offered = dewi.query_selector(OFFER)
    assert dewi.input_value("[name=judul]") == bad or offered
    assert asked.count("POST") == 1  # the button, once


def test_two_people_on_one_field_see_both_texts_and_who_wrote_the_other(
    entry,  # noqa: F811
    dewi,  # noqa: F811
    chromium,
    live_server,
):
    address, field, section = narasi(entry)
    budi = make_admin(entry.instansi)
    context = chromium.new_context(base_url=live_server.url)
    other = context.new_page()
    enter(other, budi, live_server)
    dewi.goto(address)
    other.goto(address)
    dewi.fill(field, "Dari Dewi")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan')")
    other.fill(field, "Dari Budi")
    other.wait_for_selector(f"{section} .bentrok")
    shown = other.inner_text(f"{section} .bentrok")
    assert "Dari Dewi" in shown and "Dari Budi" in shown and str(entry.dibuat_oleh) in shown
    other.click("button:has-text('Pakai isian di peladen')")
    other.wait_for_selector(f"{section} .status-simpan:not(.tertunda)")
    other.wait_for_load_state("networkidle")
    assert other.query_selector(f"{section} .bentrok") is None
    assert other.input_value(field) == "Dari Dewi"
    assert JawabanNarasi.objects.get().isi == "Dari Dewi"
    context.close()


def test_the_queue_page_sends_what_was_typed_by_itself(entry, dewi):  # noqa: F811
    """Without script of ours on the form the page still keeps the post; with it, it goes on."""
    address, field, _ = narasi(entry)
    page = f"""<!doctype html><title>x</title><div data-antrean="1">
    <form method="post" action="{address}" data-antrean-ulang data-antrean-isian>
    <input type="hidden" name="isi" value="tersimpan di halaman"><p data-antrean-kata></p>
    <button>Kirim lagi sekarang</button></form></div>"""
    got = []
    dewi.goto(address)
    script = dewi.get_attribute("script[src*=situs]", "src")

    def serve(route):
        if route.request.method == "GET":
            body = page + f'<script src="{script}" defer></script>'
            return route.fulfill(body=body, content_type="text/html")
        got.append(route.request.post_data)
        return route.fulfill(body="<p>Diterima</p>", content_type="text/html")

    dewi.route(f"**{address}", serve)
    dewi.goto(address)
    dewi.wait_for_selector("text=Diterima")
    assert got == ["isi=tersimpan+di+halaman"]
