"""Uploaded files: looked into by content, refused with the reason, stored by their hash."""

import hashlib
import io
import zlib

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from kompetisi.errors import InvalidInputError
from kompetisi.tests.factories import make_pengguna
from registrasi.actions.berkas import shown_name, store_berkas
from registrasi.models import Berkas
from registrasi.rules import berkas_pdf
from registrasi.tests.factories import pdf_bytes

pytestmark = pytest.mark.django_db


def made(change=None, **options) -> bytes:
    pdf = pikepdf.open(io.BytesIO(pdf_bytes()))
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def script(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = pdf.make_indirect(action)


def launch(pdf):
    pdf.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd"))


def attachment(pdf):
    pdf.attachments["x.exe"] = b"MZ"


def xfa(pdf):
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp/>")))


def media(pdf):
    annot = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia)
    annot.RichMediaContent = pikepdf.Dictionary()
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(annot)])


def link_script(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pdf.make_stream(b"x"))
    annot = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(annot)])


def bomb(pdf):
    engine = zlib.compressobj(9)
    raw = b"".join(engine.compress(bytes(10_000_000)) for _ in range(40)) + engine.flush()
    stream = pdf.make_stream(b"")
    stream.write(raw, filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = stream


def no_pages(pdf):
    del pdf.pages[0]


STREAMS = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
LOCK = {"encryption": pikepdf.Encryption(owner="o", user="u")}
OWNER = {"encryption": pikepdf.Encryption(owner="o", user="")}


@pytest.mark.parametrize(
    ("isi", "alasan"),
    [
        (b"MZ\x90\x00 bukan pdf", berkas_pdf.HEADER),
        (b"<html>%PDF-1.4", berkas_pdf.HEADER),
        (pdf_bytes()[:60], berkas_pdf.DAMAGED),
        (made(**LOCK), berkas_pdf.LOCKED),
        (made(**OWNER), berkas_pdf.LOCKED),
        (made(no_pages), berkas_pdf.EMPTY),
        (made(script), berkas_pdf.ACTIVE),
        (made(script, **STREAMS), berkas_pdf.ACTIVE),
        (made(launch, **STREAMS), berkas_pdf.ACTIVE),
        (made(attachment), berkas_pdf.ACTIVE),
        (made(attachment, **STREAMS), berkas_pdf.ACTIVE),
        (made(xfa, **STREAMS), berkas_pdf.ACTIVE),
        (made(media, **STREAMS), berkas_pdf.ACTIVE),
        (made(link_script, **STREAMS), berkas_pdf.ACTIVE),
        (made(bomb), berkas_pdf.LARGE),
        (b"\x89PNG\r\n\x1a\n" + pdf_bytes(), berkas_pdf.HEADER),
    ],
    ids=[
        "exe", "html", "truncated", "user-lock", "owner-lock", "no-pages", "js", "js-hidden",
        "launch", "attached", "attached-hidden", "xfa", "media", "link", "bomb", "png",
    ],
)
def test_what_is_refused_and_why(isi, alasan):
    with pytest.raises(InvalidInputError) as caught:
        store_berkas(isi=ContentFile(isi, name="a.pdf"), oleh=make_pengguna(), maks_mb=5)
    assert caught.value.alasan == alasan
    assert not Berkas.objects.exists()


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


@pytest.mark.parametrize(
    ("nama", "tampak"),
    [
        ("../../etc/x.pdf", "x.pdf"),
        ("C:\\dir\\y.pdf", "y.pdf"),
        ("a\r\nb\x00\u202e.pdf", "ab.pdf"),
        ("", "berkas"),
    ],
)
def test_names_are_cleaned(nama, tampak):
    assert shown_name(nama) == tampak
