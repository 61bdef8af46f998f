"""Good PDFs of many makers: scanners, word processors, browsers, old libraries, this project."""

import base64
import ctypes
import io
import random
import time
import zlib
from functools import cache

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from bench.korpus.dasar import Maker, assembled, opened, page, saved, stream, text
from registrasi.tests.factories import pdf_bytes

A4 = (595, 842)
DAY = time.gmtime(1_571_623_200)


def short(rng: random.Random) -> bytes:
    """One page of a library as small as it gets."""
    return pdf_bytes(text(rng))


def long(rng: random.Random) -> bytes:
    """A report of many pages."""
    return pdf_bytes(text(rng), rng.randint(20, 120))


@cache
def _letters(variant: str) -> bytes:
    from kompetisi.pdf import render_pdf  # noqa: PLC0415 - slow to import, and needs settings

    content = render_pdf("pdf/dasar.html", {"penyelenggara": "Kementerian", "nomor": "12"})
    if not variant:
        return content
    from weasyprint import HTML  # noqa: PLC0415

    words = "<h1>Laporan</h1><p>Pengaduan <a href='https://contoh.go.id/'>selesai</a>.</p>"
    html = f"<html lang=id><title>Laporan</title><body>{words * 3}<input value=isi></body></html>"
    return HTML(string=html).write_pdf(pdf_variant=variant, pdf_forms=variant == "pdf/ua-1")


def letter(rng: random.Random) -> bytes:
    """A letter as this project writes it."""
    return _letters("")


def archived(rng: random.Random) -> bytes:
    """PDF/A and PDF/UA: metadata, output intents, structure."""
    return _letters(rng.choice(["pdf/a-1b", "pdf/a-2b", "pdf/a-2u", "pdf/a-4u", "pdf/ua-1"]))


def drawn(rng: random.Random, mode: str, size: tuple[int, int]) -> Image.Image:
    """A page as a scanner sees it, a little grey and speckled."""
    paper = Image.new("L", size, rng.randint(225, 255))
    pen = ImageDraw.Draw(paper)
    for line in range(rng.randint(5, 40)):
        y = 20 + line * size[1] // 45
        pen.text((30, y), text(rng, 4).encode("ascii", "replace").decode(), fill=rng.randint(0, 90))
    for _ in range(rng.randint(0, 80)):
        pen.point((rng.randrange(size[0]), rng.randrange(size[1])), fill=rng.randint(0, 255))
    return paper.convert("RGB").convert(mode) if mode != "1" else paper.convert("1")


def scan(rng: random.Random) -> bytes:
    """Pages of a scanner: JPEG in grey, colour or CMYK, fax, palette, JPEG 2000."""
    mode = rng.choice(["L", "RGB", "CMYK", "1", "P", "RGBA"])
    size = rng.choice([(413, 585), (620, 877), (827, 1169)])
    pages = [drawn(rng, mode, size) for _ in range(rng.randint(1, 3))]
    out = io.BytesIO()
    made = {"creationDate": DAY, "modDate": DAY, "resolution": 72}
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], **made)
    return out.getvalue()


def recognised(rng: random.Random) -> bytes:
    """A scan with the text that was recognised lying invisible above it."""
    pdf = opened(scan(rng))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    first = pdf.pages[0]
    first.Resources.Font = Dictionary({"/F0": pdf.make_indirect(font)})
    words = text(rng).encode("ascii", "replace")
    first.contents_add(pdf.make_stream(b"BT 3 Tr /F0 9 Tf 30 700 Td (%b) Tj ET" % words))
    return saved(pdf)


def mixed_filters(rng: random.Random) -> bytes:
    """Filters behind one another, as old drivers write them for lines of seven bits."""
    pdf = page(rng)
    raw = pdf.pages[0].Contents.read_bytes()
    ways = {
        "a85": (
            base64.a85encode(zlib.compress(raw), wrapcol=72) + b"~>",
            ["ASCII85Decode", "FlateDecode"],
        ),
        "hex": (raw.hex().encode() + b">", ["ASCIIHexDecode"]),
        "runs": (_runs(raw), ["RunLengthDecode"]),
        "lzw": (_lzw(raw), ["LZWDecode"]),
    }
    content, filters = ways[rng.choice(sorted(ways))]
    made = pdf.make_stream(b"")
    made.write(content, filter=Array([Name(f"/{name}") for name in filters]))
    pdf.pages[0].Contents = made
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _runs(raw: bytes) -> bytes:
    parts = [raw[at : at + 128] for at in range(0, len(raw), 128)]
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


def _lzw(raw: bytes) -> bytes:
    """LZW that never makes a table: codes of nine bits, cleared before they would grow."""
    bits = ""
    for at, byte in enumerate(raw):
        if at % 200 == 0:
            bits += f"{256:09b}"
        bits += f"{byte:09b}"
    bits += f"{257:09b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def browser(rng: random.Random) -> bytes:
    """Printed by a browser: PDFium's own writer, text and a shape."""
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(rng.randint(1, 4)):
        made = pdf.new_page(*A4)
        words = pdfium.FPDFPageObj_NewTextObj(pdf.raw, b"Helvetica", 14.0)
        chars = ctypes.create_string_buffer((text(rng) + "\0").encode("utf-16-le"))
        pdfium.FPDFText_SetText(words, ctypes.cast(chars, pdfium.FPDF_WIDESTRING))
        pdfium.FPDFPageObj_Transform(words, 1, 0, 0, 1, 60, 700)
        pdfium.FPDFPage_InsertObject(made.raw, words)
        made.gen_content()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def merged(rng: random.Random) -> bytes:
    """Pages of several files put together, by one library or another."""
    parts = [short(rng), scan(rng), long(rng)][: rng.randint(2, 3)]
    if rng.random() < 0.5:
        pdf = opened(parts[0])
        for part in parts[1:]:
            pdf.pages.extend(opened(part).pages)
        return saved(pdf)
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        whole.import_pages(pypdfium2.PdfDocument(part))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def by_hand(rng: random.Random) -> bytes:
    """A small library's file: a plain table, odd lines, lengths elsewhere, names escaped."""
    eol = rng.choice([b"\n", b"\r\n"])
    words = text(rng).encode("latin-1", "replace")
    line = rng.choice(
        [
            b"BT /F1 18 Tf 40 700 Td (%b) Tj ET" % words,
            b"BT /F1 18 Tf 40 700 Td <%b> Tj ET" % words.hex().upper().encode(),
            b"BT /F1 18 Tf 1 0 0 1 40 700 Tm [(%b) -250 (\\101\\102\\\n)] TJ ET" % words,
            b"q BT /F1 18 Tf 40 700 Td (%b) Tj T* ( \\(ya\\) ) Tj ET Q" % words,
        ]
    )
    heads = [b"%PDF-1.2\n", b"%PDF-1.3\r%\xe2\xe3\xcf\xd3\r\n", b"%PDF-1.4\n%\xc7\xec\x8f\xa2\n"]
    indirect = rng.random() < 0.5
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % rng.choice([b"", b"/PageLayout /OneColumn"]),
        b"<</Kids[3 0 R]/Count 1/Type/Pages/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>"
        b"/ProcSet[/PDF/Text]>>>>",
        b"<< /Type /Page /Parent 2 0 R\n/Contents %b %% komentar\n>>"
        % rng.choice([b"4 0 R", b"[ 4 0 R ]", b"[4 0 R 4 0 R]"]),
        stream(line, length=b"6 0 R" if indirect else None),
        b"<< /Type /Font /Subtype /Type1 /Base#46ont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"%d" % len(line),
    ]
    return assembled(objects, head=rng.choice(heads), eol=eol)


def careless(rng: random.Random) -> bytes:
    """What some programs get wrong and every reader mends: places, lengths, the first pages."""
    isi = by_hand(rng)
    fault = rng.choice(["start", "table", "length", "blank", "zero"])
    if fault == "start":
        return isi.replace(b"startxref", b"startxref 1", 1)
    if fault == "table":
        return isi.replace(b" 00000 n", b" 00000 n", 1).replace(b"00000000", b"00000001", 1)
    if fault == "length":
        return isi.replace(b"/Length ", b"/Length 1", 1)
    if fault == "blank":
        return isi + b"\r\n" * rng.randint(1, 300)
    return isi + bytes(rng.randint(1, 700))


MAKERS: dict[str, Maker] = {
    "pustaka": short, "laporan": long, "surat": letter, "arsip": archived, "pindaian": scan,
    "pindaian-terbaca": recognised, "driver-lama": mixed_filters, "peramban": browser,
    "gabungan": merged, "tulis-tangan": by_hand, "ceroboh": careless,
}  # fmt: skip
