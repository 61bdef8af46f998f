"""The documents of the award: certificates and the minutes of the plenary."""

from penghargaan.pdf.berita_acara import render_berita_acara
from penghargaan.pdf.piagam import render_piagam

__all__ = ["render_berita_acara", "render_piagam"]
