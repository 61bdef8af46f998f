"""Where a PDF may say a name without showing it, and how names are written."""

import io
import struct
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from evaluasi.queries.samaran_berkas import names_of
from evaluasi.rules.penyamaran import longest, make, names_in
from evaluasi.rules.samaran import HIDDEN, mask_text
from evaluasi.tests.factories_samaran import NAME, unpacked
from registrasi.models import Instansi, Pendaftaran
from registrasi.tests.factories import pdf_bytes

NAMES = ["pemerintah kota zamrud", "kota zamrud", "zamrud"]
TEXT = b"BT /F1 14 Tf 20 100 Td (Standar pelayanan) Tj ET"


def jpeg() -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = NAME  # artist
    Image.new("RGB", (20, 20), "red").save(out, "JPEG", exif=exif, comment=NAME)
    return out.getvalue()


def jpx() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "JPEG2000")
    return out.getvalue() + struct.pack(">I", 8 + len(NAME)) + b"xml " + NAME.encode()


def with_picture(pdf, data: bytes, filters) -> None:
    picture = pikepdf.Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=20, Height=20,
                             ColorSpace=Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip
    picture.write(data, filter=filters)
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(I=picture)
    page.Contents = pdf.make_stream(TEXT + b" q 50 0 0 50 0 0 cm /I Do Q")


def with_layer(pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=NAME))
    order = Dictionary(Order=Array([NAME, layer]), Name=NAME, ON=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=order)
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=layer)


def with_included(pdf) -> None:
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    form["/PTEX.FileName"], form["/PTEX.InfoDict"] = NAME, Dictionary(Author=NAME)
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)


def with_own_keys(pdf) -> None:
    pdf.pages[0].obj["/Penulis"] = Name("/Zamrud")
    pdf.Root.Pages["/Catatan"] = NAME


def with_content(pdf, content: str, properties: Dictionary | None = None) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(content.format(NAME).encode() + b"\n" + TEXT)
    if properties is not None:
        pdf.pages[0].obj.Resources.Properties = properties


HIDING = {
    "jpeg": lambda pdf: with_picture(pdf, jpeg(), Array([Name.DCTDecode])),
    "jpeg_short": lambda pdf: with_picture(pdf, jpeg(), Name.DCT),
    "jpeg_wrapped": lambda pdf: with_picture(
        pdf, zlib.compress(jpeg()), Array([Name.FlateDecode, Name.DCTDecode])
    ),
    "jpeg2000": lambda pdf: with_picture(pdf, jpx(), Name.JPXDecode),
    "layer": with_layer,
    "included": with_included,
    "own_keys": with_own_keys,
    "comment": lambda pdf: with_content(pdf, "% {}"),
    "actual_text": lambda pdf: with_content(pdf, "/Span <</ActualText ({})>> BDC EMC"),
    "properties": lambda pdf: with_content(
        pdf, "/Span /M BDC EMC", Dictionary(M=Dictionary(E=NAME))
    ),
}  # fmt: skip


def copied(tmp_path, change) -> tuple[dict, bytes]:
    """What is found in the copy of a small PDF after a change, and the copy's plain bytes."""
    source, target = tmp_path / "a", tmp_path / "b"
    with pikepdf.open(io.BytesIO(pdf_bytes("Standar pelayanan"))) as pdf:
        change(pdf)
        pdf.save(source)
    found = make(source, target, NAMES)
    return found, unpacked(target.read_bytes()) + target.read_bytes()


@pytest.mark.fast
@pytest.mark.parametrize("where", HIDING)
def test_what_is_not_drawn_does_not_reach_the_copy(tmp_path, where):
    found, content = copied(tmp_path, HIDING[where])
    assert (found.get("temuan"), found.get("halaman")) == ([], 1)
    assert b"zamrud" not in content.lower() and "Zamrud".encode("utf-16-be") not in content
    assert b"Standar pelayanan" in content


@pytest.mark.fast
@pytest.mark.parametrize(
    ("where", "told"), [("inline_picture", "pemerintah kota zamrud"), ("font", "zamrud")]
)
def test_what_cannot_be_taken_out_safely_is_told(tmp_path, where, told):
    def change(pdf):
        if where == "font":
            pdf.pages[0].obj.Resources.Font.F1.BaseFont = Name("/Zamrud-Bold")
            return
        head = b"q BI /W 20 /H 20 /CS /RGB /BPC 8 /F /DCT ID "
        pdf.pages[0].obj.Contents = pdf.make_stream(head + jpeg() + b"\nEI Q " + TEXT)

    found, _ = copied(tmp_path, change)
    assert found["temuan"] == [{"halaman": 0, "frasa": told}]


@pytest.mark.fast
def test_the_words_of_a_stamp_are_found_with_the_page(tmp_path):
    def change(pdf):
        page = pdf.pages[0].obj
        look = pdf.make_stream(b"BT /F1 14 Tf 0 5 Td (Kota Zamrud) Tj ET", Type=Name.XObject,
                               Subtype=Name.Form, BBox=[0, 0, 200, 20])  # fmt: skip
        look.Resources = page.Resources
        page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 200, 20],
                                        AP=Dictionary(N=look))])  # fmt: skip

    found, _ = copied(tmp_path, change)
    assert found["temuan"] == [{"halaman": 1, "frasa": "kota zamrud"}]


@pytest.mark.fast
def test_a_picture_wrapped_in_what_nobody_uses_is_not_copied(tmp_path):
    def change(pdf):
        with_picture(pdf, jpeg(), Array([Name.RunLengthDecode, Name.DCTDecode]))

    source = tmp_path / "a"
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        change(pdf)
        pdf.save(source, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert "alasan" in make(source, tmp_path / "b", NAMES)


@pytest.mark.fast
@pytest.mark.parametrize(
    "text",
    ["www.zamrudkota.go.id", "@pemkotzamrud", "Kota Zám\u200brud", "KOTAZAMRUD", "a_zamrud_b"],
)
def test_a_name_is_known_in_every_writing(text):
    agency = Instansi(nama=NAME, jenis="kota", nama_cari="| kota zamrud |")
    names = names_of(Pendaftaran(instansi=agency))
    assert names_in(text, names)
    shown = mask_text(f"Lihat {text} kini.", names)
    assert HIDDEN in shown and "rud" not in shown.casefold()
    assert shown.startswith("Lihat ") and shown.endswith(" kini.")


@pytest.mark.fast
@pytest.mark.parametrize(("text", "eyes"), [(b"12", [1]), (b"Standar pelayanan " * 4, [])])
def test_a_scan_with_a_page_number_is_for_eyes_alone(tmp_path, text, eyes):
    def change(pdf):
        with_picture(pdf, jpeg(), Name.DCTDecode)
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(
            b"Standar pelayanan", text))  # fmt: skip

    found, _ = copied(tmp_path, change)
    assert found["tanpa_teks"] == eyes


@pytest.mark.fast
def test_one_place_is_told_once_by_its_longest_name():
    assert longest(["zamrud", "kota zamrud", "kotazamrud", "pkz"]) == ["kota zamrud", "pkz"]
    assert longest([]) == []
