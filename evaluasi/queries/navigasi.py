"""What evaluators and the committee find in the main menu about the evaluation."""

from collections.abc import Collection

from evaluasi.queries.dasbor import count_left
from evaluasi.queries.lapangan import has_lapangan
from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import EVALUATOR, MATRIKS


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """Entries of the menu; one query for evaluators (how many sheets are left), else none."""
    if not edisi:
        return []
    entries = []
    if EVALUATOR in peran:
        left = count_left(user, edisi)
        entries.append(_entry("Evaluasi", "evaluasi:dasbor", 5, left or None))
    if MATRIKS["penugasan.lihat"].peran.intersection(peran):
        entries.append(_entry("Evaluator", "evaluasi_panitia:evaluator", 30))
        entries.append(_entry("Penugasan", "evaluasi_panitia:penugasan", 32))
    if MATRIKS["nilai.lihat"].peran.intersection(peran):
        entries.append(_entry("Nilai", "evaluasi_panitia:nilai", 34))
    entries += _lapangan(edisi, peran)
    return entries


def _lapangan(edisi: Edisi, peran: Collection[str]) -> list[dict]:
    """Site visits, where the edition has them; one query more for those who have to do with it."""
    committee = MATRIKS["penugasan.lihat"].peran.intersection(peran)
    if not (committee or EVALUATOR in peran) or not has_lapangan(edisi):
        return []
    entries = []
    if EVALUATOR in peran:
        entries.append(_entry("Kunjungan", "evaluasi:lapangan", 6))
    if committee:
        entries.append(_entry("Lapangan", "evaluasi_panitia:lapangan", 38))
    return entries


def _entry(label: str, url_name: str, urutan: int, jumlah: int | None = None) -> dict:
    return {"label": label, "url_name": url_name, "urutan": urutan, "jumlah": jumlah}
