"""What the makers of files share."""

import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from registrasi.tests.factories import pdf_bytes

Maker = Callable[[random.Random], bytes]
Change = Callable[[pikepdf.Pdf, random.Random], None]
WORDS = (
    "pengaduan", "pelayanan", "publik", "instansi", "laporan", "tindak lanjut", "evaluasi",
    "Keputusan Bupati", "Nota Dinas", "rekapitulasi", "SP4N-LAPOR!", "triwulan", "pelapor",
)  # fmt: skip
NAMES = (
    "SK Tim Pengelola Pengaduan Kab. Pangkajene dan Kepulauan Tahun 2019 (Perubahan Kedua).pdf",
    "laporan pengelolaan pengaduan - triwulan III & IV - FINAL bgt fix(1) (2).PDF",
    "Surat Pernyataan Bupati Toba Samosir_ttd_stempel_scan0001.pdf",
    "Ñandú façade – “kutipan” ‘tunggal’ €.pdf",
    "報告書.pdf",
    "تقرير الشكاوى.pdf",
    "Отчёт.pdf",
    "ᬮᬧᭀᬭᬦ᭄ ᬧᭂᬗᬤᬸᬯᬦ᭄.pdf",
    "ꦭꦥꦺꦴꦫꦤ꧀.pdf",
    "laporan 📎👍🏽.pdf",
    "e\u0301va\u0301luasi (NFD).pdf",
    "tanpa-akhiran",
    "..pdf",
    "a" * 240 + ".pdf",
    "Lampiran 1.2.3.pdf.pdf",
    "nama\u00a0lebar.pdf",
)


@dataclass(frozen=True)
class Contoh:
    """A file of the corpus: its kind, name and bytes, and why it is refused ("": it must pass)."""

    jenis: str
    nama: str
    isi: bytes
    alasan: str = ""


@dataclass(frozen=True)
class Resep:
    """How a file is made; those that take long to make or to look at are `berat`."""

    jenis: str
    nama: str
    alasan: str
    make: Callable[[], bytes]
    berat: bool = False

    def contoh(self) -> Contoh:
        """The file itself."""
        return Contoh(self.jenis, self.nama, self.make(), self.alasan)


def text(rng: random.Random, words: int = 6) -> str:
    """Some words."""
    return " ".join(rng.choice(WORDS) for _ in range(words))


def opened(isi: bytes) -> pikepdf.Pdf:
    """These bytes, to be changed."""
    return pikepdf.open(io.BytesIO(isi))


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    """The bytes of a PDF, the same each time unless it is encrypted."""
    if "encryption" not in options:
        options.setdefault("deterministic_id", True)
    if "/ID" in pdf.trailer:
        del pdf.trailer.ID
    if "/Info" in pdf.trailer:
        for name in {"/CreationDate", "/ModDate"} & pdf.trailer.Info.keys():
            pdf.trailer.Info[name] = "D:20191021090000+07'00'"
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def page(rng: random.Random, count: int = 1) -> pikepdf.Pdf:
    """A small PDF with some text."""
    return opened(pdf_bytes(text(rng), count))


def annot(pdf: pikepdf.Pdf, subtype: str, **keys) -> pikepdf.Object:
    """An annotation on the first page."""
    made = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([20, 20, 90, 40]), F=4, **keys
        )
    )
    first = pdf.pages[0]
    first.Annots = Array([*first.get("/Annots", Array()), made])
    return made


def add_fields(pdf: pikepdf.Pdf, *fields: pikepdf.Object, **keys) -> None:
    """Fields of the document's form, beside those that it has."""
    form = pdf.Root.get("/AcroForm", Dictionary(Fields=Array([])))
    form.Fields = Array([*form.Fields, *fields])
    for name, value in keys.items():
        form[f"/{name}"] = value
    pdf.Root.AcroForm = form


def rewritten(isi: bytes, objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """The file with an incremental update behind it that says these objects anew.

    For files with a table of references; `trailer` are more entries of the new trailer.
    """
    before = int(re.findall(rb"startxref\s+(\d+)", isi)[-1])
    with opened(isi) as pdf:
        size, root = int(pdf.trailer.Size), pdf.trailer.Root.objgen[0]
    out, places = bytearray(isi.rstrip(b"\r\n") + b"\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        max(size, *(number + 1 for number in objects)), root, before, trailer, start,
    )  # fmt: skip
    return bytes(out)


def assembled(objects: list[bytes], *, head: bytes = b"%PDF-1.4\n", eol: bytes = b"\n") -> bytes:
    """A PDF written by hand: object n is the nth of the list, the first is the catalogue."""
    out, places = bytearray(head), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += eol.join([b"%d 0 obj" % number, body, b"endobj", b""])
    start = len(out)
    out += eol.join([b"xref", b"0 %d" % (len(objects) + 1), b""])
    pad = eol if len(eol) == 2 else b" " + eol
    out += b"0000000000 65535 f" + pad
    for place in places:
        out += b"%010d 00000 n" % place + pad
    trailer = b"<< /Size %d /Root 1 0 R >>" % (len(objects) + 1)
    out += eol.join([b"trailer", trailer, b"startxref", b"%d" % start, b"%%EOF", b""])
    return bytes(out)


def stream(content: bytes, entries: bytes = b"", length: bytes | None = None) -> bytes:
    """A stream object as written by hand."""
    length = b"%d" % len(content) if length is None else length
    return b"<< /Length %b %b >>\nstream\n%b\nendstream" % (length, entries, content)
