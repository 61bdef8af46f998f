"""The only door to WeasyPrint. Nothing is fetched: styles, fonts and pictures are handed over.

WeasyPrint would by default read local files and internal addresses that a document names; the
fetcher here knows `data:` addresses alone.
"""

import base64
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

# WeasyPrint makes Pillow take half a picture for a whole one, in the whole process.
ImageFile.LOAD_TRUNCATED_IMAGES = False
STATIC = Path(settings.BASE_DIR) / "static"
FONTS = STATIC / "vendor" / "fonts" / "ttf"


def render_pdf(template: str, context: dict, *, css: str = "pdf.css") -> bytes:
    """The PDF of a template with the stylesheet static/css/<css>; same input, same bytes.

    Everything in `context` is escaped by the template. Raises ValueError when the document names
    anything outside itself.
    """
    html = HTML(string=render_to_string(template, context), url_fetcher=_fetcher())
    return html.write_pdf(
        stylesheets=[_stylesheet(css)], font_config=_fonts(), pdf_identifier=b"kompetisi"
    )


def data_uri(content: bytes, tipe: str) -> str:
    """Bytes as a `data:` address, for pictures in a document."""
    return f"data:{tipe};base64,{base64.b64encode(content).decode()}"


@cache
def _fetcher() -> URLFetcher:
    return URLFetcher(allowed_protocols=["data"])


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _stylesheet(name: str) -> CSS:
    """The stylesheet with the typeface inside it, parsed once a process."""
    faces = [
        f"@font-face {{ font-family: 'Plus Jakarta Sans'; font-weight: {weight}; "
        f"src: url({data_uri(path.read_bytes(), 'font/ttf')}) format('truetype'); }}"
        for path, weight in _font_files()
    ]
    text = "\n".join([*faces, (STATIC / "css" / name).read_text(encoding="utf-8")])
    return CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher())


def _font_files() -> list[tuple[Path, str]]:
    """The cuts that are shipped and the weight (and style) each stands for."""
    cuts = {"Regular": "400", "Italic": "400; font-style: italic", "SemiBold": "600", "Bold": "700"}
    return [(FONTS / f"PlusJakartaSans-{cut}.ttf", weight) for cut, weight in cuts.items()]
