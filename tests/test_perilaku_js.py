"""What the scripts of a page do, in a real browser, without a server behind them."""

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
HOME = "http://kompetisi.test/"
SAVING = """<form data-simpan-otomatis data-url="/simpan/" data-versi="3" method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="tok">
<div class="medan"><textarea id="id_a" name="a">lama</textarea></div>
<div class="medan"><input id="id_b" name="b"></div></form>"""


@pytest.fixture
def tab(chromium):
    """An empty page for `open_with`."""
    context = chromium.new_context()
    page = context.new_page()
    yield page
    context.close()


def open_with(page, html: str, answers: list | None = None, also: str = "") -> list[dict]:
    """Show html with our script; each answer is (status, body) or None for a dead network.

    `also` is the script of one page.
    """
    received: list[dict] = []
    left = list(answers or [])
    names = ("situs.js", f"pages/{also}") if also else ("situs.js",)
    scripts = "".join(f"<script>{(SCRIPTS / name).read_text()}</script>" for name in names)

    def serve(route):
        request = route.request
        if request.method == "GET":
            body = f"<!doctype html><title>x</title>{html}{scripts}"
            return route.fulfill(body=body, content_type="text/html")
        received.append({k: v[0] for k, v in parse_qs(request.post_data or "").items()})
        answer = left.pop(0) if left else (200, {"versi": 9, "waktu": "12.03.11 WIB"})
        if answer is None:
            return route.abort()
        status, data = answer
        return route.fulfill(status=status, body=json.dumps(data), content_type="application/json")

    page.route("**/*", serve)
    page.goto(HOME)
    return received


def test_a_changed_field_saves_itself_with_its_version_and_says_when(tab):
    received = open_with(tab, SAVING, [(200, {"versi": 4, "waktu": "12.03.11 WIB"})])
    tab.fill("#id_a", "baru")
    tab.locator("#id_a").blur()
    tab.wait_for_selector("text=tersimpan 12.03.11 WIB")
    tab.fill("#id_b", "isi")
    tab.locator("#id_b").blur()
    tab.wait_for_function("document.querySelectorAll('.status-simpan').length === 2")
    tab.wait_for_function("document.forms[0].dataset.versi === '9'")
    assert received[0] == {"nama": "a", "nilai": "baru", "versi": "3"}
    assert received[1]["versi"] == "4"


def test_a_conflict_shows_both_texts_and_keeps_mine_only_when_chosen(tab):
    conflict = (409, {"versi": 7, "nilai": "dari tab lain", "pesan": "Isian ini telah diubah."})
    received = open_with(tab, SAVING, [conflict])
    tab.fill("#id_a", "punya saya")
    tab.locator("#id_a").blur()
    tab.wait_for_selector("text=dari tab lain")
    assert tab.input_value("#id_a") == "punya saya"
    tab.click("text=Pakai isian saya")
    tab.wait_for_selector("text=tersimpan")
    assert received[1] == {"nama": "a", "nilai": "punya saya", "versi": "7"}


def test_a_conflict_can_be_settled_with_the_other_text(tab):
    conflict = (409, {"versi": 7, "nilai": "dari tab lain", "pesan": "Isian ini telah diubah."})
    received = open_with(tab, SAVING, [conflict])
    tab.fill("#id_a", "punya saya")
    tab.locator("#id_a").blur()
    tab.click("text=Pakai isian di peladen")
    assert tab.input_value("#id_a") == "dari tab lain"
    assert len(received) == 1


def test_a_lost_network_keeps_the_text_marks_it_and_sends_it_when_back(tab):
    received = open_with(tab, SAVING, [None])
    tab.fill("#id_a", "tidak boleh hilang")
    tab.locator("#id_a").blur()
    tab.wait_for_selector("text=tidak ada jaringan")
    assert tab.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    tab.evaluate("window.dispatchEvent(new Event('online'))")
    tab.wait_for_selector("text=tersimpan")
    assert received[1]["nilai"] == "tidak boleh hilang"
    assert tab.evaluate("window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")


def test_a_form_is_sent_once(tab):
    open_with(tab, "<form data-sekali-kirim><button>Kirim</button></form>")
    tab.evaluate(
        """() => { window.sent = 0; window.addEventListener("submit", (event) => {
        if (!event.defaultPrevented) window.sent += 1; event.preventDefault(); }) }"""
    )
    for _ in range(3):
        tab.click("button", force=True)
    assert tab.evaluate("window.sent") == 1
    assert tab.get_attribute("button", "aria-disabled") == "true"


def test_words_are_counted_and_too_many_are_said(tab):
    open_with(
        tab,
        '<textarea id="id_r" data-batas-kata="3">satu dua</textarea><p id="id_r_hitung"></p>',
    )
    assert tab.inner_text("#id_r_hitung") == "2 dari 3 kata"
    tab.fill("#id_r", "satu dua  tiga\nempat")
    assert tab.inner_text("#id_r_hitung") == "4 dari 3 kata: kurangi 1 kata"


@pytest.mark.parametrize(
    ("values", "total", "group"),
    [
        (["100", "50"], "15,00", "10,00"),
        (["33.335", "0"], "3,33", "3,33"),
        (["33.35", "0"], "3,34", "3,34"),
        (["8,05", "90,1"], "9,82", "0,81"),
        (["", ""], "0,00", "0,00"),
    ],
)
def test_the_running_total_is_exact_and_half_up(tab, values, total, group):
    open_with(
        tab,
        """<form data-nilai-total><input id="a" data-bobot="10" data-kelompok="A">
        <input id="b" data-bobot="10" data-kelompok="B">
        <b data-total></b><i data-total-kelompok="A"></i></form>""",
        also="nilai-total.js",
    )
    tab.fill("#a", values[0])
    tab.fill("#b", values[1])
    assert (tab.inner_text("b"), tab.inner_text("i")) == (total, group)


def test_a_countdown_runs_on_the_servers_clock(tab):
    open_with(
        tab,
        '<span data-sampai="2019-11-01T17:00:00Z" data-sekarang="2019-11-01T16:59:58Z"></span>',
    )
    tab.wait_for_selector("text=telah lewat", timeout=5000)


def test_the_button_waits_for_a_save_that_is_under_way_and_sends_its_version(tab):
    """Else the form would carry the version before its own save and meet itself in a conflict."""
    version = '<input type="hidden" name="versi" value="3" data-versi-medan>'
    html = SAVING.replace("</form>", f"{version}<button>Kirim</button></form>")
    sent, held = [], []

    def serve(route):
        fields = {k: v[0] for k, v in parse_qs(route.request.post_data or "").items()}
        if route.request.method == "GET":
            script = (SCRIPTS / "situs.js").read_text()
            body = f"<!doctype html><title>x</title>{html}<script>{script}</script>"
            return route.fulfill(body=body, content_type="text/html")
        if "nilai" in fields:
            return held.append(route)
        sent.append(fields)
        return route.fulfill(body="<p>Tersimpan</p>", content_type="text/html")

    tab.route("**/*", serve)
    tab.goto(HOME)
    tab.fill("#id_a", "baru")
    tab.locator("#id_a").blur()
    tab.fill("#id_b", "isi")
    tab.click("button")
    tab.wait_for_timeout(300)
    assert len(held) == 1 and not sent
    held[0].fulfill(body='{"versi": 4, "waktu": ""}', content_type="application/json")
    tab.get_by_text("Tersimpan", exact=True).wait_for()  # the field's own word has a time after it
    assert [(s["a"], s["b"], s["versi"]) for s in sent] == [("baru", "isi", "4")]


def test_a_button_stays_where_it_is_between_press_and_release(tab):
    """What saves itself when its field is left would push the button from under the pointer."""
    html = SAVING.replace("</form>", "<button>Kirim</button></form>")
    sent = []

    def serve(route):
        if route.request.method == "GET":
            script = (SCRIPTS / "situs.js").read_text()
            body = f"<!doctype html><title>x</title>{html}<script>{script}</script>"
            return route.fulfill(body=body, content_type="text/html")
        sent.append({k: v[0] for k, v in parse_qs(route.request.post_data or "").items()})
        return route.fulfill(body="<p>Diterima</p>", content_type="text/html")

    tab.route("**/*", serve)
    tab.goto(HOME)
    tab.fill("#id_b", "isi")
    button = tab.locator("button")
    button.hover()
    before = button.bounding_box()
    tab.mouse.down()
    tab.wait_for_timeout(300)  # as long as people press
    assert button.bounding_box() == before and not sent
    tab.mouse.up()
    tab.get_by_text("Diterima").wait_for()
    assert [fields["b"] for fields in sent] == ["isi"]


def test_without_a_network_the_button_keeps_the_page_and_says_so(tab):
    html = SAVING.replace("</form>", "<button>Simpan</button></form>")
    open_with(tab, html)
    tab.context.set_offline(True)
    tab.fill("#id_a", "baru")
    tab.click("button")
    tab.get_by_text("Tidak ada jaringan. Isian Anda tetap di halaman ini").wait_for()
    assert tab.input_value("#id_a") == "baru"
    tab.context.set_offline(False)
    tab.get_by_text("Jaringan kembali. Tekan sekali lagi.").wait_for()
