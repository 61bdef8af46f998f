"""Documents of the evaluation, after naskah dinas."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.storage import default_storage
from num2words import num2words

from evaluasi.models import KunjunganLapangan
from evaluasi.queries.ekspor_nilai import Bahan, rows_of
from evaluasi.queries.lapangan import lambang_current, team_of
from evaluasi.queries.sampel import sampel_of
from evaluasi.queries.temuan import catatan_of
from kompetisi.models import Pengguna
from kompetisi.pdf import data_uri, render_pdf
from kompetisi.templatetags.waktu import DAYS, MONTHS


def render_berita_acara_lapangan(kunjungan: KunjunganLapangan) -> bytes:
    """The minutes of a site visit: who met where, what was found, both sides' signatures.

    Carries findings, never levels or points: the agency signs it before results are public. Of the
    team those whose sheets are locked sign.
    """
    entry = kunjungan.pendaftaran
    team = team_of(kunjungan.tahap, [entry.pk])[entry.pk]
    catatan = catatan_of(kunjungan)
    return render_pdf(
        "evaluasi/pdf/berita_acara_lapangan.html",
        {
            "kunjungan": kunjungan,
            "pendaftaran": entry,
            "edisi": kunjungan.tahap.edisi,
            "waktu": spelled_date(kunjungan.tanggal),
            "tim": [row for row in team if row["terkunci"] and not row["berbenturan"]],
            "butir": catatan.butir,
            "foto": catatan.foto,
            "sampel": sampel_of(kunjungan),
            "lambang": _emblem(),
        },
    )


def spelled_date(day: date) -> dict[str, str]:
    """A day in words, as minutes begin: hari, tanggal, bulan, tahun, and in figures."""
    return {
        "hari": DAYS[day.weekday()],
        "tanggal": num2words(day.day, lang="id"),
        "bulan": MONTHS[day.month - 1],
        "tahun": num2words(day.year, lang="id"),
        "angka": f"{day:%d-%m-%Y}",
    }


def _emblem() -> str:
    """The emblem an admin uploaded, as a data address; empty without one, or when it is lost."""
    row = lambang_current()
    if row is None:
        return ""
    try:
        with default_storage.open(row.berkas) as file:
            return data_uri(file.read(), row.tipe)
    except OSError:
        return ""


def render_matriks_nilai(
    bahan: Bahan, entries: Sequence[int], oleh: Pengguna, at: datetime
) -> bytes:
    """Scores of these entries: official and calibrated, each reader's total and points."""
    return _scores("evaluasi/pdf/matriks_nilai.html", bahan, entries, oleh, at)


def render_lembar_nilai(
    bahan: Bahan, entries: Sequence[int], oleh: Pengguna, at: datetime
) -> bytes:
    """Every sheet of these entries: level, points and note of each criterion, and the seal."""
    return _scores("evaluasi/pdf/lembar_nilai.html", bahan, entries, oleh, at)


def _scores(
    template: str, bahan: Bahan, entries: Sequence[int], oleh: Pengguna, at: datetime
) -> bytes:
    return render_pdf(
        template,
        {
            "bahan": bahan,
            "baris": rows_of(bahan, entries),
            "edisi": bahan.tahap.edisi,
            "lambang": _emblem(),
            "oleh": oleh,
            "pada": at,
        },
    )
