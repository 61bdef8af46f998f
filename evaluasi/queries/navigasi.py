"""What evaluators and the committee find in the main menu about the evaluation."""

from collections.abc import Collection

from evaluasi.queries.dasbor import count_left
from evaluasi.queries.lapangan import has_lapangan, own_visits
from evaluasi.queries.wawancara import find_tahap_wawancara, panel_rules, sesi_of_panel
from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import EVALUATOR, MATRIKS


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """Entries of the menu; a query each for sheets left, own sessions and visits, and stages."""
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
    return entries + _wawancara(user, edisi, peran) + _lapangan(user, edisi, peran)


def _wawancara(user: Pengguna, edisi: Edisi, peran: Collection[str]) -> list[dict]:
    """Interviews: own ones, and all of them for the committee where the edition has the stage."""
    if panel_rules(edisi) is None:
        return []
    entries = []
    if EVALUATOR in peran and sesi_of_panel(user, edisi).exists():
        entries.append(_entry("Sesi", "evaluasi:wawancara", 6))
    if MATRIKS["penugasan.lihat"].peran.intersection(peran) and find_tahap_wawancara(edisi):
        entries.append(_entry("Wawancara", "evaluasi_panitia:wawancara", 36))
    return entries


def _lapangan(user: Pengguna, edisi: Edisi, peran: Collection[str]) -> list[dict]:
    """Site visits: own ones, and all of them for the committee where the edition has the stage."""
    if not edisi.aturan.get("tim_lapangan"):
        return []
    entries = []
    if EVALUATOR in peran and own_visits(user, edisi).exists():
        entries.append(_entry("Kunjungan", "evaluasi:lapangan", 7))
    if MATRIKS["penugasan.lihat"].peran.intersection(peran) and has_lapangan(edisi):
        entries.append(_entry("Lapangan", "evaluasi_panitia:lapangan", 38))
    return entries


def _entry(label: str, url_name: str, urutan: int, jumlah: int | None = None) -> dict:
    return {"label": label, "url_name": url_name, "urutan": urutan, "jumlah": jumlah}
