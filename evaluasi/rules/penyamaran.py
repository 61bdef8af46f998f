"""Making a copy of a document without its author's traces, in a process of its own with limits.

Run as `python -m evaluasi.rules.penyamaran SOURCE TARGET`, the names to look for on standard input
as a JSON list of plain phrases. Prints one JSON object: `tipe`, `halaman`, `temuan` (where a name
still stands: {halaman, frasa}, page 0 for what is not drawn) and `tanpa_teks` (pages that no
machine can read), or `alasan`, why no copy could be made. What is drawn on a page is never changed:
blacking out is for people.
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

from evaluasi.rules.penyamaran_pdf import hidden_words, strip_document

MEMORY = 1024**3  # bytes of address space
CPU = 60  # seconds
UNSEEN = {"Mn", "Cf"}  # accents; signs without a width, soft hyphens among them
FEW = 40  # signs of text beside a picture that do not say what the page says
JOINED = 8  # letters from which a name is also looked for without its spaces
PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
DAMAGED = "Berkas ini tidak dapat disalin tanpa jejaknya. Unggah versi yang disamarkan."
LARGE = "Berkas ini terlalu rumit untuk disamarkan. Unggah versi yang disamarkan."


def plain(text: str) -> str:
    """Lower-case words of letters and digits without accents, one space apart."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in bare if unicodedata.category(sign) not in UNSEEN)
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


def longest(names: Sequence[str]) -> list[str]:
    """Of names that were found together those not part of another, so that each is told once."""
    kept: list[str] = []
    for name in sorted(names, key=lambda n: (-len(n.replace(" ", "")), n)):
        if not _within(name, kept):
            kept.append(name)
    return kept


def _within(name: str, others: Iterable[str]) -> bool:
    return any(name.replace(" ", "") in other.replace(" ", "") for other in others)


def strip_pdf(source: Path, target: Path, names: Sequence[str]) -> list[str]:
    """Write the pages alone; returns the names that still stand in the file, not on a page."""
    with pikepdf.open(source) as pdf:
        strip_document(pdf)
        pdf.save(target, deterministic_id=True)
    with pikepdf.open(target) as pdf:
        found = {name for words in hidden_words(pdf) for name in names_in(words, names)}
    return longest(list(found))


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
            if not plain(text) or (len(plain(text)) < FEW and _has_picture(page)):
                found["tanpa_teks"].append(number)
            page.close()
            found["temuan"] += [
                {"halaman": number, "frasa": name} for name in longest(names_in(text, names))
            ]
    finally:
        pdf.close()
    return found


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture is drawn: with hardly any text the page is a scan or bears a seal."""
    return any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))


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
        hidden = strip_pdf(source, target, names)
        found = {"tipe": "application/pdf"} | read_pages(target, names)
        drawn = {row["frasa"] for row in found["temuan"]}
        found["temuan"] += [
            {"halaman": 0, "frasa": name} for name in hidden if not _within(name, drawn)
        ]
        return found
    except MemoryError:
        return {"alasan": LARGE}
    except (
        pikepdf.PdfError,
        pypdfium2.PdfiumError,
        OSError,
        LookupError,
        ValueError,
        RuntimeError,
    ):
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
