"""Figures in a browser: saved while typing, no false alarm, nothing lost with a mistake."""

import pytest

from registrasi.models import KinerjaSP4N
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.test_peserta_browser import dewi, enter, entry, narasi  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
STATUS = ".medan:has([name=%s]) .status-simpan:has-text('%s')"
OFFER = "button:has-text('Pulihkan isian saya')"


def test_figures_save_themselves_and_raise_no_false_alarm(entry, dewi):  # noqa: F811
    kode = entry.edisi.aturan["kinerja"]["periode"][0]["kode"]
    page = f"/registrasi/{entry.kode}/kinerja/{kode}/"
    dewi.goto(page)
    dewi.fill("[name=unit_seluruhnya]", "1.250")
    dewi.wait_for_selector(STATUS % ("unit_seluruhnya", "tersimpan"))
    dewi.fill("[name=unit_terhubung]", "1.300")
    dewi.wait_for_selector(STATUS % ("unit_terhubung", "Belum"))
    dewi.fill("[name=unit_seluruhnya]", "1.400")
    dewi.wait_for_selector(STATUS % ("unit_terhubung", "tersimpan 0"))
    assert KinerjaSP4N.objects.get().angka == {"unit_seluruhnya": 1400, "unit_terhubung": 1300}
    dewi.click("button:has-text('Simpan dan kembali')")
    dewi.wait_for_url(f"**/registrasi/{entry.kode}/")
    dewi.goto(page)
    assert dewi.query_selector(OFFER) is None


def test_a_text_over_the_limit_is_offered_again_after_leaving_the_refused_page(entry, dewi):  # noqa: F811
    address, field, _ = narasi(entry)
    limit = isian_of(entry).pertanyaan_list[0].batas_kata
    dewi.goto(address)
    dewi.evaluate(
        "document.querySelector('form[data-simpan-lokal]').removeAttribute('data-simpan-otomatis')"
    )
    dewi.fill(field, "kata " * (limit + 3))
    dewi.click("button:has-text('Simpan dan kembali')")
    dewi.wait_for_selector(".salah")
    dewi.on("dialog", lambda dialog: dialog.accept())
    dewi.goto(f"/registrasi/{entry.kode}/")
    dewi.goto(address)
    dewi.click(OFFER)
    assert dewi.input_value(field).startswith("kata kata")
