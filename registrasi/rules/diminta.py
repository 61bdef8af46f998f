"""What of the form an entry is asked: kompetisi.rules.tampil, given what the entry answers."""

from collections.abc import Iterable, Mapping

from kompetisi.models import JenisDokumen, Kriteria, Pertanyaan
from kompetisi.rules.tampil import Diminta, Nilai, find_diminta
from registrasi.models import Pendaftaran


def nilai_of(
    row: Pendaftaran,
    kriteria: Iterable[Kriteria],
    tingkat: Mapping[int, str],
    pertanyaan: Iterable[Pertanyaan],
    jawaban: Mapping[int, str],
) -> Nilai:
    """The answers that conditions look at; levels and answers are given by primary key."""
    return {
        "isian": {"terhubung_lapor": "ya" if row.terhubung_lapor else "tidak"},
        "kriteria": {k.kode: tingkat.get(k.pk, "") for k in kriteria},
        "pertanyaan": {p.kode: jawaban.get(p.pk, "") for p in pertanyaan},
    }


def diminta_of(
    row: Pendaftaran,
    *,
    kriteria: list[Kriteria],
    pertanyaan: list[Pertanyaan],
    dokumen: list[JenisDokumen],
    tingkat: Mapping[int, str],
    jawaban: Mapping[int, str],
) -> Diminta:
    """Which criteria, questions and documents of the track this entry is asked, in order."""
    return find_diminta(
        kriteria=kriteria,
        pertanyaan=pertanyaan,
        dokumen=dokumen,
        nilai=nilai_of(row, kriteria, tingkat, pertanyaan, jawaban),
    )
