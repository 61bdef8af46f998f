"""An agency's form in a browser: it saves itself, nothing is overwritten, nothing is lost."""

import pytest
from django.test import Client

from kompetisi.clock import forget_shared, real_now
from kompetisi.models import Jam
from registrasi.models import JawabanNarasi, PenilaianMandiri
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def entry():
    Jam.objects.create(pk=1, geser=BUKA - real_now())
    forget_shared()
    edisi, dewi = make_edisi(), make_admin(make_instansi())
    yield make_pendaftaran(edisi, dewi)
    forget_shared()


@pytest.fixture
def dewi(entry, page, live_server):
    enter(page, entry.dibuat_oleh, live_server)
    return page


def enter(page, person, live_server):
    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def narasi(entry):
    p = isian_of(entry).pertanyaan_list[0]
    return f"/registrasi/{entry.kode}/narasi/", f"[name=p{p.pk}]", f"#{p.kode}"


def test_each_field_says_that_it_is_saved_and_the_button_finds_no_conflict(entry, dewi):
    address, field, section = narasi(entry)
    dewi.goto(address)
    dewi.fill(field, "Laporan diteruskan pada hari yang sama")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan')")
    assert JawabanNarasi.objects.get().isi == "Laporan diteruskan pada hari yang sama"
    dewi.fill(field, "Laporan diteruskan dalam satu jam")
    dewi.click("button:has-text('Simpan dan kembali')")
    dewi.wait_for_url(f"**/registrasi/{entry.kode}/")
    assert JawabanNarasi.objects.get().isi == "Laporan diteruskan dalam satu jam"


def test_level_and_note_of_a_criterion_share_their_version(entry, dewi):
    kelompok = isian_of(entry).rubrik.kelompok.all()[0]
    k = kelompok.kriteria.all()[0]
    dewi.goto(f"/registrasi/{entry.kode}/mandiri/{kelompok.kode}/")
    for kode in ("B", "A"):
        dewi.check(f"[name=k{k.pk}-tingkat][value={kode}]")
        dewi.wait_for_selector(f"#{k.kode} fieldset .status-simpan:has-text('tersimpan')")
        dewi.wait_for_timeout(300)
    dewi.fill(f"[name=k{k.pk}-catatan]", "Halaman 4")
    dewi.wait_for_selector(f"#{k.kode} .medan:has(textarea) .status-simpan:has-text('tersimpan')")
    row = PenilaianMandiri.objects.get()
    assert (row.tingkat, row.catatan) == ("A", "Halaman 4")


def test_evidence_is_sent_when_it_is_chosen_and_refused_in_words(entry, dewi):
    kelompok = isian_of(entry).rubrik.kelompok.all()[0]
    k = kelompok.kriteria.all()[0]
    dewi.goto(f"/registrasi/{entry.kode}/mandiri/{kelompok.kode}/")
    place = f"#bukti-{k.pk}"
    bad = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": b"MZ bukan pdf"}
    dewi.set_input_files(f"{place} input", bad)
    dewi.wait_for_selector(f"{place}:has-text('bukan PDF')")
    good = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("sk")}
    dewi.set_input_files(f"{place} input", good)
    dewi.wait_for_selector(f"{place} a:has-text('sk.pdf')")
    assert entry.bukti.get().kriteria == k


def test_two_tabs_show_both_texts(entry, dewi):
    address, field, section = narasi(entry)
    other = dewi.context.new_page()
    dewi.goto(address)
    other.goto(address)
    dewi.fill(field, "Tab pertama")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan')")
    other.fill(field, "Tab kedua")
    other.wait_for_selector(f"{section} .bentrok")
    assert "Tab pertama" in other.inner_text(f"{section} .bentrok")
    assert "Tab kedua" in other.inner_text(f"{section} .bentrok")
    assert JawabanNarasi.objects.get().isi == "Tab pertama"
    other.click("button:has-text('Pakai isian saya')")
    other.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan')")
    assert JawabanNarasi.objects.get().isi == "Tab kedua"


def test_after_an_expired_session_the_text_is_offered_again(entry, dewi, live_server):
    address, field, section = narasi(entry)
    dewi.goto(address)
    dewi.context.clear_cookies(name="sessionid")
    dewi.fill(field, "Ditulis tanpa sesi")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('Sesi Anda berakhir')")
    enter(dewi, entry.dibuat_oleh, live_server)
    dewi.on("dialog", lambda dialog: dialog.accept())
    dewi.goto(address)
    dewi.click("button:has-text('Pulihkan isian saya')")
    dewi.wait_for_selector(f"{section} .status-simpan:has-text('tersimpan')")
    assert JawabanNarasi.objects.get().isi == "Ditulis tanpa sesi"
    dewi.goto(address)
    assert dewi.query_selector("button:has-text('Pulihkan isian saya')") is None
