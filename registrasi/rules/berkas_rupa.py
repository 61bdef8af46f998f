"""How the pages of a PDF look: which are blank, whether it has text, a small picture of the first.

Runs in the limited process of registrasi.rules.berkas_pdf; what cannot be drawn is left out, since
the file itself was found sound before.
"""

import base64
import io
import time

import pypdfium2

SECONDS = 8  # of computing, for all pages together
MOST = 300  # pages that are drawn
LONG_SIDE = 400  # pixels of a page that is looked at for being blank
CLOSE_SIDE = 2000  # pixels of one that looked blank: small print on a sheet as large as a wall
THUMB_SIDE = 320  # pixels of the small picture
THUMB_MOST = 100_000  # bytes
SPREAD = 16  # levels of grey between the darkest and the lightest point of a blank page
TEXT = 20  # characters that make a text layer


def look(path: str) -> dict:
    """`kosong` (numbers of blank pages, from 1), `dilihat` (pages drawn), `teks` (whether it has
    a text layer) and `gambar` (WebP of page 1 in base64, or "")."""
    end = time.process_time() + SECONDS
    found = {"kosong": [], "dilihat": 0, "teks": False, "gambar": ""}
    pdf = pypdfium2.PdfDocument(path)
    letters = 0
    for number in range(min(len(pdf), MOST)):
        if time.process_time() > end:
            break
        page = pdf[number]
        if number == 0:
            found["gambar"] = _thumbnail(page)
        if _is_blank(page):
            found["kosong"].append(number + 1)
        found["dilihat"] += 1
        if letters < TEXT:
            letters += len(page.get_textpage().get_text_range().strip())
        page.close()
    found["teks"] = letters >= TEXT
    return found


def _draw(page: pypdfium2.PdfPage, side: int, *, grey: bool):
    longest = max(*page.get_size(), 1)
    return page.render(scale=side / longest, grayscale=grey).to_pil()


def _is_blank(page: pypdfium2.PdfPage) -> bool:
    for side in (LONG_SIDE, CLOSE_SIDE):
        low, high = _draw(page, side, grey=True).convert("L").getextrema()
        if high - low >= SPREAD:
            return False
    return True


def _thumbnail(page: pypdfium2.PdfPage) -> str:
    out = io.BytesIO()
    _draw(page, THUMB_SIDE, grey=False).convert("RGB").save(out, "WEBP", quality=60)
    small = out.getvalue()
    return base64.b64encode(small).decode() if len(small) <= THUMB_MOST else ""
