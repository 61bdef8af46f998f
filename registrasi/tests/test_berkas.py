"""Uploaded files: looked into by content, refused with the reason, stored by their hash."""

import hashlib
import io
import subprocess

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from kompetisi.models import Peran
from kompetisi.tests.factories import make_pengguna
from registrasi.actions import isi_berkas
from registrasi.actions.berkas import attach_bukti, shown_name, store_berkas
from registrasi.models import Berkas
from registrasi.queries.dosir import dosir_of
from registrasi.rules import berkas_pdf, berkas_rupa
from registrasi.tests.corpus import BAD, double_bomb, huge_png, made, scan
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
)

pytestmark = pytest.mark.django_db


def upload(isi: bytes, nama: str = "a.pdf") -> Berkas:
    return store_berkas(isi=ContentFile(isi, name=nama), oleh=make_pengguna(), maks_mb=5)


@pytest.mark.parametrize("jenis", ["exe", "user-lock", "js-stream", "10000-pages"])
def test_what_is_refused_leaves_nothing(jenis):
    make, alasan = BAD[jenis]
    with pytest.raises(InvalidInputError) as caught:
        upload(make())
    assert caught.value.alasan == alasan
    assert not Berkas.objects.exists()


def test_a_bomb_that_eats_memory_is_refused_by_the_limit():
    with pytest.raises(InvalidInputError) as caught:
        upload(made(double_bomb))
    assert caught.value.alasan == berkas_pdf.LARGE


def test_all_pages_blank_is_refused_and_some_are_named():
    pdf = pikepdf.open(io.BytesIO(pdf_bytes("Isi", 2)))
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    assert upload(out.getvalue()).halaman_kosong == [3]
    del pdf.pages[0], pdf.pages[0]
    out = io.BytesIO()
    pdf.save(out)
    with pytest.raises(InvalidInputError) as caught:
        upload(out.getvalue())
    assert caught.value.alasan == berkas_pdf.BLANK


def test_a_scan_has_no_text_and_a_small_picture_of_page_one():
    row, written = upload(scan()), upload(pdf_bytes("Surat keputusan nomor 12"))
    assert (row.halaman, row.berteks, written.berteks) == (2, False, True)
    with default_storage.open(row.gambar_kecil) as stored, Image.open(stored) as picture:
        assert picture.format == "WEBP"
        assert max(picture.size) == berkas_rupa.THUMB_SIDE


def test_what_cannot_be_drawn_is_still_taken(monkeypatch):
    answer = b'{"halaman": 2}\n{"kosong": [1'  # it died while drawing
    done = subprocess.CompletedProcess([], -11, stdout=answer)
    monkeypatch.setattr(isi_berkas.subprocess, "run", lambda *_, **__: done)
    row = upload(pdf_bytes())
    assert (row.halaman, row.berteks, row.gambar_kecil) == (2, None, "")


def test_empty_and_too_large_are_refused():
    oleh = make_pengguna()
    with pytest.raises(InvalidInputError, match="kosong"):
        store_berkas(isi=ContentFile(b"", name="a.pdf"), oleh=oleh, maks_mb=5)
    with pytest.raises(InvalidInputError, match="lebih besar dari 1 MB"):
        store_berkas(isi=ContentFile(b"x" * 1024**2 + b"x", name="a.pdf"), oleh=oleh, maks_mb=1)


def test_a_good_file_is_stored_under_its_hash():
    isi = pdf_bytes("baik", halaman=3)
    row = store_berkas(isi=ContentFile(isi, name="baik.pdf"), oleh=make_pengguna(), maks_mb=5)
    assert (row.sha256, row.halaman) == (hashlib.sha256(isi).hexdigest(), 3)
    with default_storage.open(row.kunci) as stored:
        assert stored.read() == isi


def test_pictures_only_where_they_are_asked_for():
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    oleh = make_pengguna()
    with pytest.raises(InvalidInputError):
        store_berkas(isi=ContentFile(out.getvalue(), name="a.png"), oleh=oleh, maks_mb=5)
    row = store_berkas(
        isi=ContentFile(out.getvalue(), name="a.png"), oleh=oleh, maks_mb=5, gambar=True
    )
    assert row.tipe == "image/png"
    with pytest.raises(InvalidInputError):
        store_berkas(isi=ContentFile(huge_png(), name="a.png"), oleh=oleh, maks_mb=5, gambar=True)


@pytest.mark.parametrize(
    ("nama", "tampak"),
    [
        ("../../etc/x.pdf", "x.pdf"),
        ("C:\\dir\\y.pdf", "y.pdf"),
        ("a\r\nb\x00\u202e.pdf", "ab.pdf"),
        ("", "berkas"),
        ("\u202efdp.exe", "fdp.exe"),
        ("sk\u200b\ufeff\x7f.pdf", "sk.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("CON", "CON"),
    ],
)
def test_names_are_cleaned(nama, tampak):
    assert shown_name(nama) == tampak


def test_the_same_bytes_elsewhere_are_told_to_the_committee_and_to_their_own_agency():
    edisi, isi = make_edisi(), pdf_bytes("Sama")
    entries = []
    with clock.travel(BUKA):
        for _ in range(2):
            dewi = make_admin(make_instansi())
            row = make_pendaftaran(edisi, dewi)
            attach_bukti(
                pendaftaran=row, berkas=upload(isi), oleh=dewi,
                jenis_dokumen=edisi.jenis_dokumen.get(kode="sop"),
            )  # fmt: skip
            entries.append(row)
        mine, theirs = entries
        officer = make_pengguna()
        Peran.objects.create(
            pengguna=officer, edisi=edisi, jenis="sekretariat", diberikan_pada=clock.now()
        )
        committee = next(d for d in dosir_of(mine, officer)["dokumen"] if d["bukti"])
        assert committee["berkas"].kembar == [theirs.kode]
        client = Client()
        client.force_login(mine.dibuat_oleh)
        names = ("registrasi:dokumen", "registrasi:periksa", "registrasi:rinci")
        pages = [client.get(reverse(name, args=[mine.kode])).text for name in names]
    assert "a.pdf" in pages[0] and "a.pdf" in pages[1]
    for page in pages:
        assert theirs.kode not in page
        assert "sama persis" not in page
