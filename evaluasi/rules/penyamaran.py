"""Making a copy of a document without its author's traces, in a process of its own with limits.

Run as `python -m evaluasi.rules.penyamaran SOURCE TARGET`, the names to look for on standard input
as a JSON list of plain phrases. Prints one JSON object: `tipe`, `halaman`, `temuan` (where a name
still stands: {halaman, frasa}) and `tanpa_teks` (pages that no machine can read), or `alasan`, why
no copy could be made. What is drawn on a page is never changed: blacking out is for people.
"""

import json
import re
import resource
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageOps

MEMORY = 1024**3  # bytes of address space
CPU = 60  # seconds
JOINED = 8  # letters from which a name is also looked for without its spaces
DRAWN = {"/Stamp", "/FreeText", "/Ink", "/Highlight", "/Square", "/Circle", "/Line"}
KEPT_IN_ROOT = {"/Type", "/Pages", "/OCProperties", "/Version"}
LOOKS = {"/AP", "/Type", "/Subtype", "/Rect", "/F", "/AS", "/BS", "/Border", "/C", "/OC"}
TRACES = ("/Metadata", "/PieceInfo", "/LastModified", "/Alternates", "/Thumb", "/AA")
PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
DAMAGED = "Berkas ini tidak dapat disalin tanpa jejaknya. Unggah versi yang disamarkan."
LARGE = "Berkas ini terlalu rumit untuk disamarkan. Unggah versi yang disamarkan."


def plain(text: str) -> str:
    """Lower-case words of letters and digits without accents, one space apart."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def names_in(text: str, names: Sequence[str]) -> list[str]:
    """Which of these plain phrases stand in a text as whole words, or run together."""
    words = f" {plain(text)} "
    joined = words.replace(" ", "")
    return [
        name
        for name in names
        if f" {name} " in words or len(bare := name.replace(" ", "")) >= JOINED and bare in joined
    ]


def strip_pdf(source: Path, target: Path) -> None:
    """Write the pages alone: no description, outline, attachment, author, or trace in pictures."""
    with pikepdf.open(source) as pdf:
        for key in set(pdf.Root.keys()) - KEPT_IN_ROOT:
            del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for page in pdf.pages:
            _strip_page(page.obj)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
                _forget(item, TRACES)
            if isinstance(item, pikepdf.Stream) and item.get("/Filter") == "/DCTDecode":
                item.write(strip_jpeg(item.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
        pdf.save(target, deterministic_id=True)


def _strip_page(page: pikepdf.Object) -> None:
    _forget(page, (*TRACES, "/StructParents"))
    notes = [note for note in page.get("/Annots", []) if note.get("/Subtype") in DRAWN]
    for note in notes:
        _forget(note, [key for key in note.keys() if key not in LOOKS])  # noqa: SIM118 - not a dict
    _forget(page, ("/Annots",))
    if notes:
        page["/Annots"] = pikepdf.Array(notes)


def _forget(item: pikepdf.Object, keys: Iterable[str]) -> None:
    for key in keys:
        if key in item:
            del item[key]


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without its notes: EXIF, XMP, comments (ITU-T T.81, annex B); its picture as it was.

    JFIF and Adobe's mark stay, which say how colours are meant. What is not understood stays too.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        mark = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data):
            return data
        noted = 0xE1 <= mark <= 0xED or mark in (0xEF, 0xFE)
        if not noted:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def strip_picture(source: Path, target: Path) -> str:
    """Write a picture anew, upright and without notes; returns its type."""
    with Image.open(source) as picture:
        kind = picture.format or ""
        upright = ImageOps.exif_transpose(picture)
        clean = Image.new(upright.mode, upright.size)
        if upright.mode == "P" and (palette := upright.getpalette()):
            clean.putpalette(palette)
        clean.paste(upright)
        if kind == "PNG":
            clean.save(target, "PNG")
        else:
            clean.convert("RGB").save(target, "JPEG", quality=92)
    return PICTURES[kind]


def read_pages(path: Path, names: Sequence[str]) -> dict:
    """Where names stand in the text of a PDF, and the pages without any text."""
    found: dict = {"halaman": 0, "temuan": [], "tanpa_teks": []}
    pdf = pypdfium2.PdfDocument(path)
    try:
        found["halaman"] = len(pdf)
        for number, page in enumerate(pdf, start=1):
            text = page.get_textpage().get_text_range()  # what lies beyond the edge too
            page.close()
            if not plain(text):
                found["tanpa_teks"].append(number)
            found["temuan"] += [
                {"halaman": number, "frasa": name} for name in names_in(text, names)
            ]
    finally:
        pdf.close()
    return found


def make(source: Path, target: Path, names: Sequence[str]) -> dict:
    """Make the copy and look at it."""
    try:
        with source.open("rb") as file:
            is_pdf = file.read(5) == b"%PDF-"
        if not is_pdf:
            return {"tipe": strip_picture(source, target), "halaman": 1} | {
                "temuan": [],
                "tanpa_teks": [1],
            }
        strip_pdf(source, target)
        return {"tipe": "application/pdf"} | read_pages(target, names)
    except MemoryError:
        return {"alasan": LARGE}
    except (pikepdf.PdfError, pypdfium2.PdfiumError, OSError, KeyError, ValueError, RuntimeError):
        return {"alasan": DAMAGED}


def main() -> None:
    """Set the limits, make, print."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    names = json.loads(sys.stdin.read())
    print(json.dumps(make(Path(sys.argv[1]), Path(sys.argv[2]), names)))  # noqa: T201


if __name__ == "__main__":
    main()
