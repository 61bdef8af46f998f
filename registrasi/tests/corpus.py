"""Files that are made to do harm, and files as honest programs write them; all made in code."""

import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode
from PIL import Image, ImageDraw

from kompetisi.pdf import render_pdf
from registrasi.rules import berkas_pdf as r
from registrasi.tests.factories import pdf_bytes

STREAMS = {"object_stream_mode": ObjectStreamMode.generate}


def made(change=None, **options) -> bytes:
    """A small PDF, changed, written with these options."""
    pdf = pikepdf.open(io.BytesIO(pdf_bytes("Surat keputusan nomor 12")))
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def action(**keys):
    """A document that opens with this action."""

    def change(pdf):
        pdf.Root.OpenAction = pdf.make_indirect(Dictionary(**keys))

    return change


def annotation(**keys):
    """A page with this annotation."""

    def change(pdf):
        annot = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **keys)
        pdf.pages[0].Annots = Array([pdf.make_indirect(annot)])

    return change


def page_action(pdf):
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F="cmd"))


def next_action(pdf):
    late = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = Dictionary(S=Name.Named, N=Name.NextPage, Next=Array([late]))


def name_tree(pdf):
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"x")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))


def attachment(pdf):
    pdf.attachments["x.exe"] = b"MZ"


def portfolio(pdf):
    pdf.Root.Collection = Dictionary(View=Name.T)


def xfa(pdf):
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(XFA=pdf.make_stream(b"<xdp/>")))


def field_script(pdf):
    field = Dictionary(FT=Name.Tx, T="a", AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS="x")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def outside_stream(pdf):
    stream = pdf.make_stream(b"")
    stream.F = "\\\\192.0.2.1\\rahasia"
    pdf.pages[0].Contents = stream


def postscript(pdf):
    form = pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].Resources.XObject = Dictionary(P=form)


def deflated(size: int) -> bytes:
    """So many zero bytes, compressed."""
    engine, step = zlib.compressobj(9), bytes(10_000_000)
    return b"".join(engine.compress(step) for _ in range(size // len(step))) + engine.flush()


def bomb(pdf):
    stream = pdf.make_stream(b"")
    stream.write(deflated(400_000_000), filter=Name.FlateDecode)
    pdf.pages[0].Contents = stream


def double_bomb(pdf):
    stream = pdf.make_stream(b"")
    twice = zlib.compress(deflated(1_000_000_000), 9)
    stream.write(twice, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].Contents = stream


def many_bombs(pdf):
    raw = deflated(220_000_000)
    for _ in range(6):
        stream = pdf.make_stream(b"")
        stream.write(raw, filter=Name.FlateDecode)
        pdf.pages[0].Resources[f"/X{len(pdf.objects)}"] = stream


def vast_picture(pdf):
    image = pdf.make_stream(
        zlib.compress(b"\0"), Type=Name.XObject, Subtype=Name.Image, Width=60_000, Height=60_000,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.FlateDecode,
    )  # fmt: skip
    pdf.pages[0].Resources.XObject = Dictionary(I=image)


def many_pages(pdf):
    for _ in range(10_000):
        pdf.add_blank_page()


def no_pages(pdf):
    del pdf.pages[0]


def page_loop(pdf):
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])


def zipped(name: str) -> bytes:
    """An archive with one file, as a word processor or a packer leaves it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "isi")
    return out.getvalue()


def picture(kind: str, size=(40, 40)) -> bytes:
    """A picture of this kind with something on it."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((4, 4, size[0] // 2, size[1] // 2), fill="black")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def huge_png() -> bytes:
    """A PNG that says it is 50,000 pixels wide and high."""
    head = struct.pack("!IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        sum_ = struct.pack("!I", zlib.crc32(name + data))
        return struct.pack("!I", len(data)) + name + data + sum_

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def late_page() -> bytes:
    """A web page in a comment at the head of a PDF."""
    isi = made()
    return isi[:9] + b"%<html><script>alert(1)</script></html>\n" + isi[9:]


GOOD = made()
CUT = (  # the head of a sound file; qpdf rebuilds one page from it, no reader opens it
    b"%PDF-1.3\n1 0 obj\n<< /Pages 2 0 R /Type /Catalog >>\nendobj\n"
    b"2 0 obj\n<< /Count 2 /Kids [ 3 0 R 4 0 R ] /Type /Pages >>\nendobj\n"
    b"3 0 obj\n<< /Contents 5 0 R /MediaBox [ 0 0 595 842 ] /Parent 2 0 R /Type /Page >>\n"
    b"endobj\n4 0 obj\n<< /Contents 6 0 R /MediaBox [ 0 0 595 842 ] /Resources << /Font"
)
JS = {"S": Name.JavaScript, "JS": "app.alert(1)"}
# Name -> (how it is made, why it is refused); each is a kind of its own.
BAD = {
    "exe": (lambda: b"MZ\x90\x00" + bytes(500), r.HEADER),
    "elf": (lambda: b"\x7fELF" + bytes(500), r.HEADER),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", r.HEADER),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', r.HEADER),
    "php": (lambda: b"<?php system($_GET[0]); ?>", r.HEADER),
    "script": (lambda: b"#!/bin/sh\nrm -rf /\n", r.HEADER),
    "docx": (lambda: zipped("word/document.xml"), r.HEADER),
    "zip-path": (lambda: zipped("../../etc/passwd"), r.HEADER),
    "jpeg": (lambda: picture("JPEG"), r.HEADER),
    "png": (lambda: picture("PNG"), r.HEADER),
    "postscript": (lambda: b"%!PS-Adobe-3.0\nshowpage\n", r.HEADER),
    "html-before": (lambda: b"<html>" + GOOD, r.HEADER),
    "png-before": (lambda: b"\x89PNG\r\n\x1a\n" + GOOD, r.HEADER),
    "blank-before": (lambda: b"\r\n" + GOOD, r.HEADER),
    "html-inside": (lambda: late_page(), r.GLUED),
    "zip-behind": (lambda: GOOD + zipped("x.exe"), r.GLUED),
    "exe-behind": (lambda: GOOD + b"MZ" + bytes(range(256)) * 4, r.GLUED),
    "zero": (lambda: b"", r.HEADER),
    "header-only": (lambda: b"%PDF-1.7\n", r.CUT),
    "truncated": (lambda: GOOD[: len(GOOD) // 3], r.CUT),
    "first-400-bytes": (lambda: CUT + b"\nstartxref\n9\n%%EOF", r.DAMAGED),
    "noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, r.CUT),
    "user-lock": (lambda: made(encryption=pikepdf.Encryption(owner="o", user="u")), r.LOCKED),
    "rc4-lock": (lambda: made(encryption=pikepdf.Encryption(owner="o", user="u", R=3, aes=False,
                                                    metadata=False)), r.LOCKED),
    "no-pages": (lambda: made(no_pages), r.EMPTY),
    "page-loop": (lambda: made(page_loop), r.DAMAGED),
    "js": (lambda: made(action(**JS)), r.ACTIVE),
    "js-stream": (lambda: made(action(**JS), **STREAMS), r.ACTIVE),
    "js-names": (lambda: made(name_tree, **STREAMS), r.ACTIVE),
    "js-next": (lambda: made(next_action), r.ACTIVE),
    "js-field": (lambda: made(field_script, **STREAMS), r.ACTIVE),
    "js-link": (lambda: made(annotation(Subtype=Name.Link, A=Dictionary(**JS))), r.ACTIVE),
    "js-address": (
        lambda: made(annotation(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="java\nscript:x"))),
        r.ACTIVE,
    ),
    "file-address": (
        lambda: made(annotation(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="file:///etc/passwd"))),
        r.ACTIVE,
    ),
    "launch": (lambda: made(action(S=Name.Launch, F="cmd.exe")), r.ACTIVE),
    "launch-stream": (lambda: made(page_action, **STREAMS), r.ACTIVE),
    "submit": (lambda: made(action(S=Name.SubmitForm, F="http://192.0.2.1/")), r.ACTIVE),
    "import": (lambda: made(action(S=Name.ImportData, F="x.fdf")), r.ACTIVE),
    "remote": (lambda: made(action(S=Name.GoToR, F="\\\\192.0.2.1\\x.pdf")), r.ACTIVE),
    "unknown-action": (lambda: made(action(S=Name("/Baru"))), r.ACTIVE),
    "attached": (lambda: made(attachment), r.ACTIVE),
    "attached-stream": (lambda: made(attachment, **STREAMS), r.ACTIVE),
    "attached-note": (lambda: made(annotation(Subtype=Name.FileAttachment)), r.ACTIVE),
    "portfolio": (lambda: made(portfolio), r.ACTIVE),
    "xfa": (lambda: made(xfa), r.ACTIVE),
    "xfa-stream": (lambda: made(xfa, **STREAMS), r.ACTIVE),
    "media": (lambda: made(annotation(Subtype=Name.RichMedia), **STREAMS), r.ACTIVE),
    "movie": (lambda: made(annotation(Subtype=Name.Movie)), r.ACTIVE),
    "3d": (lambda: made(annotation(Subtype=Name("/3D"))), r.ACTIVE),
    "outside-stream": (lambda: made(outside_stream), r.ACTIVE),
    "ps-object": (lambda: made(postscript), r.ACTIVE),
    "bomb": (lambda: made(bomb), r.LARGE),
    "many-bombs": (lambda: made(many_bombs), r.LARGE),
    "vast-picture": (lambda: made(vast_picture), r.LARGE),
    "10000-pages": (lambda: made(many_pages, **STREAMS), r.LARGE),
}  # fmt: skip


def scan() -> bytes:
    """Two scanned pages, as a scanner's driver puts JPEG pictures into a PDF."""
    pages = [Image.open(io.BytesIO(picture("JPEG", (620, 877)))) for _ in range(2)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=75)
    return out.getvalue()


def fax() -> bytes:
    """A page in black and white."""
    image = Image.open(io.BytesIO(picture("PNG", (620, 877)))).convert("1")
    out = io.BytesIO()
    image.save(out, "PDF")
    return out.getvalue()


def signed(pdf):
    """A field with an electronic signature, as certified signers leave it."""
    mark = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/ETSI.CAdES.detached"),
        Contents=b"\x30" * 64, ByteRange=Array([0, 1, 2, 3]),
    )  # fmt: skip
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="Tanda tangan",
        Rect=Array([0, 0, 0, 0]), V=pdf.make_indirect(mark), F=132,
    )  # fmt: skip
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)


def linked(pdf):
    """Links to the web, within the document and by mail, an outline, a page to open at."""
    web = Dictionary(S=Name.URI, URI="https://www.example.go.id/")
    mail = Dictionary(S=Name.URI, URI="mailto:pengaduan@example.go.id")
    own = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))
    place = {"Type": Name.Annot, "Subtype": Name.Link, "Rect": Array([0, 0, 9, 9])}
    links = [Dictionary(A=target, **place) for target in (web, mail, own)]
    pdf.pages[0].Annots = Array([pdf.make_indirect(link) for link in links])
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Bab satu", 0))


def tagged(pdf):
    """A structure for screen readers, whose attributes stand under /A as actions do."""
    part = Dictionary(Type=Name.StructElem, S=Name.P, A=Dictionary(O=Name.Layout))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(part))
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def form(pdf):
    """A form that was filled in, without scripts."""
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="nama", V="Dewi",
                       Rect=Array([9, 9, 99, 29]))  # fmt: skip
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def page_from_html() -> bytes:
    """A letter as this project itself writes PDF."""
    return render_pdf("pdf/dasar.html", {"penyelenggara": "Kementerian", "nomor": "12"})


GOOD_KINDS = {
    "pikepdf": lambda: made(),
    "object-streams": lambda: made(**STREAMS),
    "linearised": lambda: made(linearize=True),
    "restricted": lambda: made(encryption=pikepdf.Encryption(owner="o", user="")),
    "uncompressed": lambda: made(compress_streams=False),
    "pdf-1.3": lambda: made(force_version="1.3"),
    "pdf-1.4": lambda: made(min_version="1.4"),
    "pdf-1.5": lambda: made(min_version="1.5", **STREAMS),
    "pdf-2.0": lambda: made(force_version="2.0"),
    "weasyprint": lambda: page_from_html(),
    "scan-jpeg": lambda: scan(),
    "scan-fax": lambda: fax(),
    "signed": lambda: made(signed),
    "links": lambda: made(linked),
    "tagged": lambda: made(tagged, **STREAMS),
    "form": lambda: made(form),
    "zeros-behind": lambda: GOOD + bytes(512),
    "newlines-behind": lambda: GOOD + b"\r\n" * 40,
    "old-mac-lines": lambda: GOOD.replace(b"%%EOF\n", b"%%EOF\r"),
    "two-pages": lambda: pdf_bytes("Dua halaman", 2),
}
