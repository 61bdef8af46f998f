"""The minutes of the plenary, after naskah dinas."""

from collections.abc import Sequence
from datetime import datetime

from num2words import num2words

from kompetisi import clock
from kompetisi.models import Lambang
from kompetisi.pdf import render_pdf
from kompetisi.templatetags.waktu import DAYS, MONTHS
from penghargaan.models import HadirPleno, Pleno
from penghargaan.pdf.piagam import picture
from penghargaan.queries.kuota import SelisihKuota


def render_berita_acara(
    pleno: Pleno,
    tables: list[dict],
    hadir: list[HadirPleno],
    lambang: Lambang | None = None,
    kuota: Sequence[SelisihKuota] = (),
) -> bytes:
    """The minutes of a frozen plenary: who was there, the ranks, what deviates and why, the hash.

    `tables` as queries.pleno.jalur_tables gives them, `kuota` as queries.kuota.quota_differences.
    """
    rows = [row for table in tables for row in table["baris"]]
    return render_pdf(
        "penghargaan/pdf/berita_acara.html",
        {
            "pleno": pleno,
            "edisi": pleno.edisi,
            "tabel": tables,
            "hadir": hadir,
            "kuota": kuota,
            "lambang": picture(lambang.berkas, lambang.tipe) if lambang else "",
            "waktu": spelled(pleno.dibekukan_pada),
            "penyimpangan": [row for row in rows if row.alasan],
            "seri": [row for row in rows if row.catatan_seri],
            "suara": [row for row in rows if row.suara_pleno is not None],
            "pemenang": sum(row.menang for row in rows),
        },
    )


def spelled(at: datetime) -> dict[str, str]:
    """An instant in WIB in words, as minutes begin: hari, tanggal, bulan, tahun, pukul."""
    local = at.astimezone(clock.WIB)
    return {
        "hari": DAYS[local.weekday()],
        "tanggal": words(local.day),
        "bulan": MONTHS[local.month - 1],
        "tahun": words(local.year),
        "pukul": f"{local:%H.%M} WIB",
        "angka": f"{local:%d-%m-%Y}",
    }


def words(number: int) -> str:
    """A whole number in Indonesian words: 2019 is "dua ribu sembilan belas"."""
    return num2words(number, lang="id")
