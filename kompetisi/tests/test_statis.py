"""The two files a page loads are what their sources say, and small."""

import gzip
import re

import pytest

from kompetisi.management.commands import gabung_statis

pytestmark = pytest.mark.fast
ROOT = gabung_statis.static_root()
INLINE = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*(src=|application/json))")
FONT = "vendor/fonts/plus-jakarta-sans-latin-wght-normal.woff2"


def packed(name: str) -> int:
    """Bytes over the wire."""
    return len(gzip.compress((ROOT / name).read_bytes(), 6))


def test_the_bundles_are_not_stale():
    stale = [p.name for p, text in gabung_statis.bundles(ROOT).items() if p.read_text() != text]
    assert stale == [], "jalankan manage.py gabung_statis"


def test_the_first_view_stays_small():
    scripts_and_styles = sum(
        packed(name) for name in ("css/situs.css", "js/situs.js", "vendor/htmx/htmx.min.js")
    )
    assert scripts_and_styles < 46_000
    assert scripts_and_styles + (ROOT / FONT).stat().st_size < 80_000


def test_styles_name_only_files_that_exist_and_hold_nothing_embedded():
    text = (ROOT / "css/situs.css").read_text()
    names = re.findall(r"url\([\"']?([^\"')]+)", text)
    assert names == [f"../{FONT}"]
    assert (ROOT / FONT).exists()


def test_templates_hold_no_inline_style_or_script():
    templates = ROOT.parent / "templates"
    wrong = []
    for path in templates.rglob("*.html"):
        if path.relative_to(templates).parts[0] in ("email", "pdf"):
            continue  # mail needs inline styles; PDF is no page
        if INLINE.search(path.read_text()):
            wrong.append(str(path.relative_to(templates)))
    assert wrong == []
