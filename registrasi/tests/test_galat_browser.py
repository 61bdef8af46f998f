"""An upload that is refused or fails says so in place, whatever the reason."""

from hashlib import sha256

import pytest
from django.contrib.sessions.models import Session

from registrasi.models import Pengiriman
from registrasi.tests.factories import BUKA, pdf_bytes
from registrasi.tests.test_peserta_browser import dewi, enter, entry  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
FILE = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("SK")}
BOX = "[data-galat-permintaan]"


def upload(page):
    page.set_input_files("#berkas-sk_tim", FILE)
    page.wait_for_selector(f"#sk_tim {BOX}")
    return page.inner_text(f"#sk_tim {BOX}")


def test_each_fault_of_an_upload_is_told_in_place(entry, dewi):  # noqa: F811
    dewi.goto(f"/registrasi/{entry.kode}/dokumen/")
    sebab = "<main><div data-sebab><p>Pendaftaran ditutup.</p></div></main>"
    for status, words in [
        (413, "lebih besar"), (429, "terlalu cepat"), (500, "gangguan di peladen"),
        (503, "sangat ramai"), (403, "Pendaftaran ditutup."),
    ]:  # fmt: skip
        dewi.route("**/dokumen/sk_tim/", lambda route, *, s=status: route.fulfill(
            status=s, body=sebab, content_type="text/html"))  # fmt: skip
        told = upload(dewi)
        assert words in told
        assert "sk.pdf belum terunggah" in told
        dewi.unroute("**/dokumen/sk_tim/")
    dewi.context.set_offline(True)
    assert "Sambungan terputus" in upload(dewi)
    dewi.context.set_offline(False)
    dewi.click("text=Coba unggah lagi")
    dewi.wait_for_selector("#sk_tim .terlampir")
    assert dewi.query_selector(BOX) is None


def test_an_ended_session_brings_a_link_and_no_sign_in_page_inside_the_card(entry, dewi):  # noqa: F811
    dewi.goto(f"/registrasi/{entry.kode}/dokumen/")
    Session.objects.all().delete()
    assert "Sesi Anda berakhir" in upload(dewi)
    assert "next=%2Fregistrasi%2F" in dewi.get_attribute(f"{BOX} a", "href")
    assert dewi.query_selector("input[type=password]") is None


def test_the_receipt_tells_which_file_one_holds(entry, dewi):  # noqa: F811
    isi = {"berkas": [{"tempat": "SK", "nama": "sk.pdf", "ukuran": len(FILE["buffer"]),
                       "sha256": sha256(FILE["buffer"]).hexdigest()}]}  # fmt: skip
    sent = Pengiriman.objects.create(
        pendaftaran=entry, nomor="TT-2019-000001", kode_verifikasi="a" * 32, kunci="k", pada=BUKA,
        oleh=entry.dibuat_oleh, pernyataan="Ya", penandatangan_nama="K", penandatangan_jabatan="K",
        isi=isi, hash="0" * 64,
    )  # fmt: skip
    dewi.goto(f"/registrasi/{entry.kode}/tanda-terima/{sent.nomor}/")
    dewi.set_input_files("#periksa-sidik", [FILE, FILE | {"name": "lain.pdf", "buffer": b"x"}])
    dewi.wait_for_selector("text=sama persis dengan berkas yang diterima: sk.pdf (SK)")
    dewi.wait_for_selector("text=lain.pdf tidak sama")
