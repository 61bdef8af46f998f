"""The receipt as a document that can be checked without us."""

import segno
from django.conf import settings

from kompetisi.pdf import render_pdf
from registrasi.models import Pendaftaran, Pengiriman
from registrasi.queries.dosir import dosir_of


def render_tanda_terima(pengiriman: Pengiriman) -> bytes:
    """The receipt PDF: number, instant, answers' hash, each file's SHA-256, QR to the check."""
    address = f"{settings.SITE_URL}/verifikasi/{pengiriman.kode_verifikasi}/"
    return render_pdf(
        "registrasi/pdf/tanda_terima.html",
        {
            "pengiriman": pengiriman,
            "pendaftaran": pengiriman.pendaftaran,
            "edisi": pengiriman.pendaftaran.edisi,
            "berkas_list": pengiriman.isi["berkas"],
            "alamat_verifikasi": address,
            "qr": segno.make(address, error="m").svg_data_uri(scale=3, border=0),
        },
    )


def render_isian(pendaftaran: Pendaftaran) -> bytes:
    """All answers of an entry and the list of its files with their SHA-256, as one PDF."""
    return render_pdf(
        "registrasi/pdf/isian.html",
        {"pendaftaran": pendaftaran, "edisi": pendaftaran.edisi, **dosir_of(pendaftaran)},
    )
