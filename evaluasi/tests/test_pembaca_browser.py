"""The reading room in a browser: pages by parts, pointing, asking, keys, and at 360 px."""

import io
import os
import re

import pikepdf
import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from evaluasi.models import Bacaan, Nilai, PertanyaanLapangan, TitikBukti
from evaluasi.queries.lembar import butir_of
from evaluasi.tests import factories as f
from evaluasi.tests.test_lembar_browser import sign_in
from kompetisi import clock
from kompetisi.models import Jam
from registrasi.actions.berkas import store_berkas
from registrasi.models import BuktiDukung

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = ("Maklumat pelayanan", "Alur pengaduan", "Laporan tahunan", "Daftar loket")


def long_pdf() -> bytes:
    """Four pages with a heavy picture each, so that a page is a small part of the file."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for words in WORDS:
        page = pdf.add_blank_page(page_size=(595, 842))
        picture = pdf.make_stream(
            os.urandom(400 * 400 * 3), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
            Width=400, Height=400, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(I=picture)
        )
        text = f"BT /F1 24 Tf 60 760 Td ({words}) Tj ET q 300 0 0 300 100 200 cm /I Do Q"
        page.Contents = pdf.make_stream(text.encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.fixture
def lembar():
    """A sheet whose first document is long, in the middle of the stage."""
    edisi = f.make_edisi()
    Jam.objects.update_or_create(pk=1, defaults={"geser": f.IN_STAGE - clock.real_now()})
    clock.forget_shared()
    entry = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
    row = f.make_lembar(f.make_evaluator(edisi), entry)
    row.uji_berkas = store_berkas(
        isi=ContentFile(long_pdf(), name="maklumat.pdf"), oleh=entry.dibuat_oleh, maks_mb=10
    )
    BuktiDukung.objects.filter(pendaftaran=entry).update(berkas=row.uji_berkas)
    yield row
    clock.forget_shared()


def reads(page, number: int) -> None:
    """The page of that number is shown."""
    expect(page.locator("[data-pembaca-kanvas]")).to_have_attribute(
        "aria-label", re.compile(f", halaman {number} dari 4$"), timeout=20_000
    )


@pytest.fixture
def sheet(page, live_server, lembar):
    """The sheet's page with what its console says kept in `faults`."""
    page.faults = []
    page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.faults.append(str(e)))
    sign_in(page, live_server, lembar.penugasan.evaluator.pengguna)
    page.address = f"/evaluasi/lembar/{lembar.pk}/"
    return page


def test_pages_are_fetched_by_parts_and_searched(sheet, lembar):
    parts = []
    sheet.on("response", lambda r: parts.append(r) if r.status == 206 else None)
    sheet.goto(sheet.address)
    reads(sheet, 1)
    expect(sheet.locator("[data-pembaca-teks]")).to_contain_text(WORDS[0])
    fetched = sum(int(r.headers["content-length"]) for r in parts)
    assert 0 < fetched < lembar.uji_berkas.ukuran * 0.6
    sheet.keyboard.press("]")
    reads(sheet, 2)
    sheet.fill("[data-pembaca-cari]", "daftar LOKET")
    sheet.press("[data-pembaca-cari]", "Enter")
    reads(sheet, 4)
    assert sheet.faults == []


def test_by_keyboard_a_score_is_given_that_points_at_a_region(sheet, lembar):
    sheet.goto(sheet.address)
    reads(sheet, 1)
    first = butir_of(lembar.pk)[0]
    part = sheet.locator(f"#k-{first.kode}")
    for key in ("]", "j", "2"):
        sheet.keyboard.press(key)
    reads(sheet, 2)
    expect(part.locator("[data-status-simpan]")).to_contain_text("tersimpan", timeout=20_000)
    sheet.keyboard.press("b")
    area = sheet.locator("[data-pembaca-tanda]").bounding_box()
    sheet.mouse.move(area["x"] + area["width"] * 0.1, area["y"] + 40)
    sheet.mouse.down()
    sheet.mouse.move(area["x"] + area["width"] * 0.6, area["y"] + 140, steps=4)
    sheet.mouse.up()
    place = part.locator("[data-titik-list] a")
    expect(place).to_contain_text("Halaman 2", timeout=20_000)
    titik = TitikBukti.objects.get()
    assert (titik.halaman, titik.kriteria_id) == (2, first.kriteria_id)
    assert 90 <= titik.kiri <= 110 and 480 <= titik.lebar <= 520 and titik.tinggi > 0
    sheet.locator("[data-aksi=sebelum]").click()
    reads(sheet, 1)
    place.click()
    reads(sheet, 2)
    expect(sheet.locator(".pembaca-kotak")).to_be_visible()
    part.locator("[data-lepas]").click()
    expect(place).to_have_count(0)
    assert not TitikBukti.objects.exists()
    assert Nilai.objects.get(lembar=lembar).tingkat == first.tingkat[1]["kode"]
    assert Bacaan.objects.get().halaman == [1, 2]
    assert sheet.faults == []


def test_by_keyboard_the_site_team_is_asked(sheet, lembar):
    sheet.goto(sheet.address)
    reads(sheet, 1)
    second = butir_of(lembar.pk)[1]
    for key in ("j", "j", "l"):
        sheet.keyboard.press(key)
    sheet.keyboard.type("Apakah loketnya buka?")
    sheet.keyboard.press("Escape")
    ask = sheet.locator(f"#k-{second.kode} [data-tanya-keadaan]")
    expect(ask).to_contain_text("tersimpan", timeout=20_000)
    assert PertanyaanLapangan.objects.get().teks == "Apakah loketnya buka?"
    sheet.reload()
    expect(sheet.locator(f"#k-{second.kode} [data-tanya] textarea")).to_be_visible()
    assert sheet.faults == []


def test_on_a_telephone_nothing_heavy_comes_before_it_is_asked_for(sheet, lembar):
    page, asked = sheet, []
    page.on("request", lambda r: asked.append(r.url))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(page.address, wait_until="networkidle")
    heavy = [url for url in asked if "pdfjs" in url or "/berkas/" in url]
    assert all(url.endswith("?kecil") for url in heavy)
    page.locator("[data-berkas]").first.click()
    reads(page, 1)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    part = page.locator(f"#k-{butir_of(lembar.pk)[0].kode}")
    part.locator("[data-tunjuk]").click()
    part.get_by_role("button", name="Seluruh halaman ini").click()
    expect(part.locator("[data-titik-list] a")).to_contain_text("Halaman 1")
    assert TitikBukti.objects.get().lebar == 0
