"""Bad files: what acts, what is something else, what is too much, what is locked or cut."""

import random
import re
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name

from bench.korpus.baik import WAYS
from bench.korpus.dasar import (
    NAMES,
    Contoh,
    Resep,
    annot,
    assembled,
    opened,
    page,
    rewritten,
    saved,
    stream,
)
from bench.korpus.palsu import (
    cut,
    cut_update,
    foreign_lock,
    glued_before,
    glued_behind,
    locked,
    office,
    renamed,
)
from bench.korpus.penulis import MAKERS
from bench.korpus.tindakan import pairs
from registrasi.rules import berkas_pdf as r
from registrasi.tests.corpus import BAD, double_bomb
from registrasi.tests.factories import pdf_bytes

HIDING = [way for way in WAYS if way not in ("berulang", "isi-dirapikan", "pdf-1.2")]
HEAVY = {"bomb", "many-bombs", "10000-pages", "bom rangkap", "objek terlalu banyak"}
Make = Callable[[random.Random], bytes]


def bad_files(seed: int) -> Iterator[Contoh]:
    """All of them, each with the reason to refuse it."""
    return (recipe.contoh() for recipe in bad_recipes(seed))


def bad_recipes(seed: int) -> list[Resep]:
    """How each of them is made."""
    found = []
    for place, (what, action, where, put) in enumerate(pairs(random.Random(f"{seed}/buruk"))):
        way, rng = HIDING[place % len(HIDING)], random.Random(f"{seed}/tindakan/{place}")
        make = partial(acting, rng, action, put, way)
        kind = f"tindakan {what} di {where}, {way}"
        found.append(Resep(kind, NAMES[place % len(NAMES)], r.ACTIVE, make))
    for kind, (make, alasan) in BAD.items():
        found.append(Resep(kind, "berkas.pdf", alasan, make, berat=kind in HEAVY))
    for kind, (make, alasan, times) in KINDS.items():
        for turn in range(times):
            drawn = partial(make, random.Random(f"{seed}/{kind}/{turn}"))
            name = NAMES[turn % len(NAMES)]
            found.append(Resep(kind, name, alasan, drawn, berat=kind in HEAVY))
    return found


def acting(rng: random.Random, action, put, way: str) -> bytes:
    """A document of some maker with an action somewhere, written in some way."""
    maker = rng.choice(["pustaka", "pindaian", "peramban", "tulis-tangan"])
    with opened(MAKERS[maker](rng)) as pdf:
        put(pdf, action(pdf))
        return saved(pdf, **WAYS[way])


def changed(change: Callable[[pikepdf.Pdf], None], **options) -> Make:
    """A page with this change."""

    def make(rng: random.Random) -> bytes:
        with page(rng) as pdf:
            change(pdf)
            return saved(pdf, **options)

    return make


# --- Things that act ------------------------------------------------------------------------------


def encoded_names(rng: random.Random) -> bytes:
    """Names of which some letters are written as numbers."""
    with page(rng) as pdf:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="x")
        isi = saved(pdf, compress_streams=False)

    def hide(match: re.Match[bytes]) -> bytes:
        letters = [b"#%02x" % c if rng.random() < 0.6 else bytes([c]) for c in match[2]]
        return match[1] + b"".join(letters)

    return rebuilt(re.sub(rb"(/)(JavaScript|JS|OpenAction)\b", hide, isi))


def rebuilt(isi: bytes) -> bytes:
    """The file with its places of objects put right again."""
    body, _, _ = isi.rpartition(b"xref\n0 ")
    places = {int(m[1]): m.start(1) for m in re.finditer(rb"^(\d+) 0 obj", body, re.MULTILINE)}
    trailer = re.search(rb"trailer\s+(<<.*>>)\s+startxref", isi, re.DOTALL)[1]
    out = body + b"xref\n0 %d\n0000000000 65535 f \n" % (max(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[n] for n in range(1, max(places) + 1))
    return out + b"trailer %b\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(body))


def updated(rng: random.Random) -> bytes:
    """A clean file whose update brings the action: objects said anew, or added."""
    isi = pdf_bytes("Bersih")
    with opened(isi) as pdf:
        root, size = pdf.Root.objgen[0], int(pdf.trailer.Size)
        pages = pdf.Root.Pages.objgen[0]
    catalog = b"<< /Type /Catalog /Pages %d 0 R /OpenAction %d 0 R >>" % (pages, size)
    action = rng.choice(
        [
            b"<< /S /JavaScript /JS (x) >>",
            b"<</S/Launch/F(cmd.exe)>>",
            b"<< /S /#4aavaScript /JS <78> >>",
        ]
    )
    return rewritten(isi, {root: catalog, size: action})


def hybrid(rng: random.Random) -> bytes:
    """A table for old readers beside a stream of references for new ones, which sees the action."""
    isi = pdf_bytes("Bersih")
    with opened(isi) as pdf:
        root, size = pdf.Root.objgen[0], int(pdf.trailer.Size)
        pages = pdf.Root.Pages.objgen[0]
    hidden = b"<< /S /JavaScript /JS (app.alert\\(%d\\)) >>" % rng.randint(1, 9)
    packed = b"%d 0 " % (size + 1)
    first = len(packed)
    content = zlib.compress(packed + hidden)
    entries = b"/Type /ObjStm /N 1 /First %d /Filter /FlateDecode" % first
    out = isi.rstrip(b"\n") + b"\n"
    place_objstm = len(out)
    out += b"%d 0 obj\n%b\nendobj\n" % (size, stream(content, entries))
    place_xref = len(out)
    row = b"\1" + place_objstm.to_bytes(4, "big") + b"\0" + b"\2" + size.to_bytes(4, "big") + b"\0"
    entries = b"/Type /XRef /Size %d /W [1 4 1] /Index [%d 2] /Root %d 0 R" % (size + 3, size, root)
    out += b"%d 0 obj\n%b\nendobj\n" % (size + 2, stream(row, entries))
    catalog = b"<< /Type /Catalog /Pages %d 0 R /OpenAction %d 0 R >>" % (pages, size + 1)
    return rewritten(out, {root: catalog}, b"/XRefStm %d" % place_xref)


def put(key: str, value: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Callable[[pikepdf.Pdf], None]:
    """An entry of the catalogue."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[f"/{key}"] = value(pdf)

    return change


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["tagihan.exe"] = b"MZ"


def bare_file(pdf: pikepdf.Pdf) -> None:
    """A file inside that does not say of what type it is."""
    inside = Dictionary(EF=Dictionary(F=pdf.make_stream(b"MZ")), F="x.exe")
    pdf.pages[0].AF = Array([pdf.make_indirect(inside)])


def reference(pdf: pikepdf.Pdf) -> None:
    """A drawing that is a page of another file."""
    form = pdf.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]),
        Ref=Dictionary(F="\\\\192.0.2.1\\x.pdf", Page=0),
    )  # fmt: skip
    pdf.pages[0].Resources.XObject = Dictionary(R=form)


def outside(pdf: pikepdf.Pdf) -> None:
    """A picture whose bytes lie elsewhere."""
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    form.F = Dictionary(FS=Name.URL, F="http://192.0.2.1/x.png")
    pdf.pages[0].Resources.XObject = Dictionary(R=form)


def xfa(pdf: pikepdf.Pdf) -> None:
    parts = Array(["template", pdf.make_stream(b"<template><script>x</script></template>")])
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=parts)


def renditions(pdf: pikepdf.Pdf) -> None:
    media = Dictionary(S=Name.MR, C=Dictionary(S=Name.MCD, D=pdf.make_stream(b"x"), CT="video/mp4"))
    pdf.Root.Names = Dictionary(Renditions=Dictionary(Names=Array(["a", pdf.make_indirect(media)])))


# --- Too much -------------------------------------------------------------------------------------


def nested(rng: random.Random) -> bytes:
    """Written directly inside one another without end: what lies at the bottom?"""
    deep = rng.randint(150, 450)
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R /X %b (x) %b >>" % (b"[" * deep, b"]" * deep),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 99 99] >>",
            b"<< /Type /Page /Parent 2 0 R >>",
        ]
    )


def endless_next(pdf: pikepdf.Pdf) -> None:
    """Actions that follow one another in a ring."""
    one = pdf.make_indirect(Dictionary(S=Name.Named, N=Name.NextPage))
    one.Next = pdf.make_indirect(Dictionary(S=Name.Named, N=Name.PrevPage, Next=one))
    pdf.Root.OpenAction = one


def many_objects(pdf: pikepdf.Pdf) -> None:
    pdf.Root.X = Array([pdf.make_indirect(Array([])) for _ in range(r.MAX_OBJECTS + 1)])


def vast(**keys) -> Callable[[pikepdf.Pdf], None]:
    """A picture that says it is as large as a country."""

    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            zlib.compress(b"\0" * 99), Type=Name.XObject, Subtype=Name.Image, Width=50_000,
            Height=50_000, ColorSpace=Name.DeviceRGB, BitsPerComponent=8, **keys,
        )  # fmt: skip
        pdf.pages[0].Resources.XObject = Dictionary(I=image)

    return change


def echoing(rng: random.Random) -> bytes:
    """Drawings that draw one another, ten times ten times ten."""
    levels, times = rng.choice([(7, 12), (12, 4), (22, 2)])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 99 99] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/#58 Do " * times),
    ]
    for level in range(levels):
        inside = b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + level)
        content = b"/X Do " * times if level < levels - 1 else b"0 0 9 9 re f"
        kind = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] "
        objects.append(stream(content, kind + (inside if level < levels - 1 else b"")))
    return assembled(objects)


# --- Broken ---------------------------------------------------------------------------------------


def looped(rng: random.Random) -> bytes:
    """Pages that are their own children, near or far."""
    with page(rng) as pdf:
        nodes = [
            pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1))
            for _ in range(rng.randint(1, 9))
        ]
        for node, kid in zip(nodes, [*nodes[1:], nodes[0]], strict=True):
            node.Kids = Array([kid])
        pdf.Root.Pages = nodes[0]
        return saved(pdf)


def no_catalogue(rng: random.Random) -> bytes:
    """A file whose catalogue is no catalogue."""
    broken = rng.choice([b"<< /Type /Catalog >>", b"[1 2 3]", b"(katalog)", b"<< /Pages 99 0 R >>"])
    return assembled([broken, b"<< /Type /Font >>"])


def rubbish(rng: random.Random) -> bytes:
    """The marks of a PDF with noise between."""
    return b"%PDF-1.7\n" + rng.randbytes(rng.randint(0, 5000)) + b"\nstartxref\n9\n%%EOF\n"


KINDS: dict[str, tuple[Make, str, int]] = {
    "nama tersandi": (encoded_names, r.ACTIVE, 8),
    "perubahan membawa tindakan": (updated, r.ACTIVE, 6),
    "acuan ganda": (hybrid, r.ACTIVE, 3),
    "lampiran": (changed(attach), r.ACTIVE, 1),
    "lampiran terkemas": (changed(attach, **WAYS["daring-terkemas"]), r.ACTIVE, 1),
    "lampiran tanpa jenis": (changed(bare_file), r.ACTIVE, 1),
    "portofolio": (changed(put("Collection", lambda _: Dictionary(View=Name.H))), r.ACTIVE, 1),
    "gambar dari berkas lain": (changed(reference), r.ACTIVE, 1),
    "arus dari luar": (changed(outside), r.ACTIVE, 1),
    "formulir xfa": (changed(xfa, **WAYS["objek-terkemas"]), r.ACTIVE, 1),
    "daftar media": (changed(renditions), r.ACTIVE, 1),
    **{
        f"catatan {kind}": (changed(lambda pdf, kind=kind: annot(pdf, kind)), r.ACTIVE, 1)
        for kind in ("FileAttachment", "RichMedia", "3D", "Movie", "Sound", "Screen", "Projection")
    },
    "jenis lain": (renamed, r.HEADER, 40),
    "arsip kantor": (office, r.HEADER, 5),
    "bercampur di belakang": (glued_behind, r.GLUED, 12),
    "bercampur di depan": (glued_before, r.GLUED, 10),
    "terpotong": (cut, r.CUT, 20),
    "perubahan terpotong": (cut_update, r.CUT, 1),
    "terkunci": (locked, r.LOCKED, 8),
    "terkunci kunci lain": (foreign_lock, r.LOCKED, 5),
    "bersarang": (nested, r.LARGE, 4),
    "tindakan berputar": (changed(endless_next), r.LARGE, 1),
    "objek terlalu banyak": (changed(many_objects, **WAYS["objek-terkemas"]), r.LARGE, 1),
    "gema": (echoing, r.LARGE, 4),
    "bom rangkap": (changed(double_bomb), r.LARGE, 1),
    "gambar raksasa": (changed(vast()), r.LARGE, 1),
    "gambar raksasa jpx": (changed(vast(Filter=Name.JPXDecode)), r.LARGE, 1),
    "gambar raksasa fax": (changed(vast(Filter=Name.CCITTFaxDecode)), r.LARGE, 1),
    "halaman berputar": (looped, r.DAMAGED, 6),
    "tanpa katalog": (no_catalogue, r.DAMAGED, 6),
    "derau": (rubbish, r.DAMAGED, 6),
}  # fmt: skip
