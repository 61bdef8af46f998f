"""A certificate as PDF: the same row gives the same bytes, so that its hash can be kept."""

import segno
from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from kompetisi.pdf import STATIC, data_uri, render_pdf
from penghargaan.models import Piagam
from penghargaan.pdf.hiasan import HEIGHT, WIDTH, bands, rosette, scallop

SVG = "image/svg+xml"


def render_piagam(piagam: Piagam) -> bytes:
    """The certificate on A4, landscape; everything printed comes from the row's `isi`."""
    isi = piagam.isi
    context = {
        "isi": isi,
        "kode": group_kode(isi["kode"]),
        "bingkai": data_uri(frame().encode(), SVG),
        "segel": data_uri(seal(tanda=not isi["lambang"]).encode(), SVG),
        "lambang": emblem(isi["lambang"]),
        "qr": segno.make(isi["alamat"], error="m", micro=False).svg_data_uri(
            scale=4, border=0, dark="#14233c"
        ),
    }
    return render_pdf("penghargaan/pdf/piagam.html", context, css="piagam.css")


def group_kode(kode: str) -> str:
    """A code in groups of four, to be read and typed."""
    return "-".join(kode[start : start + 4] for start in range(0, len(kode), 4))


def frame() -> str:
    """The border of the sheet."""
    corners = [(x, y) for x in (12.0, WIDTH - 12.0) for y in (12.0, HEIGHT - 12.0)]
    return render_to_string(
        "penghargaan/pdf/bingkai.svg",
        {
            "pita": bands(),
            "sudut": corners,
            "roset": rosette(9.5, 8, 6, 0.22),
            "roset_dalam": rosette(5.2, 6, 5, 0.3),
            "latar": rosette(78.0, 24, 8, 0.16) + rosette(52.0, 18, 6, 0.2),
        },
    )


def seal(*, tanda: bool = True) -> str:
    """The golden seal beside the signature.

    In its middle the neutral mark of the application (`tanda`), or only ornament when an admin's
    emblem stands on the sheet: two signs of different bodies would contradict each other.
    """
    return render_to_string(
        "penghargaan/pdf/segel.svg",
        {
            "tanda": tanda,
            "tepi": scallop(19.0, 36, 0.7),
            "garis": rosette(16.4, 24, 5, 0.12),
            "tengah": rosette(9.2, 12, 5, 0.42),
        },
    )


def emblem(lambang: dict | None) -> str:
    """The emblem an admin had uploaded when the certificate was issued; else a neutral one."""
    if not lambang:
        return data_uri((STATIC / "img" / "lambang.svg").read_bytes(), SVG)
    return picture(lambang["kunci"], lambang["tipe"])


def picture(kunci: str, tipe: str) -> str:
    """A stored picture as a `data:` address."""
    with default_storage.open(kunci) as file:
        return data_uri(file.read(), tipe)
