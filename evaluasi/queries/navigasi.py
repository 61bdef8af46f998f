"""What evaluators and the committee find in the main menu about the evaluation."""

from collections.abc import Collection

from evaluasi.queries.dasbor import count_left
from evaluasi.queries.lapangan import own_visits
from evaluasi.queries.wawancara import sesi_of_panel
from evaluasi.rules.penugasan import DINILAI
from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.rules.matriks import EVALUATOR, MATRIKS

KELOMPOK = "Penilaian"


def navigasi(user: Pengguna, edisi: Edisi | None, peran: Collection[str]) -> list[dict]:
    """Entries of the menu: three queries for an evaluator, one more for the committee."""
    if not edisi:
        return []
    entries = _own(user, edisi) if EVALUATOR in peran else []
    assigns = MATRIKS["penugasan.lihat"].peran.intersection(peran)
    scores = MATRIKS["nilai.lihat"].peran.intersection(peran)
    if not (assigns or scores):
        return entries
    kinds = set(Tahap.objects.filter(edisi=edisi).values_list("jenis", flat=True))
    if assigns:
        entries += _assigning(edisi, kinds)
    if MATRIKS["samaran.periksa"].peran.intersection(peran) and edisi.aturan.get(
        "samarkan_peserta"
    ):
        entries.append(_managing("Samaran berkas", "samaran", 33))
    if scores:
        entries.append(_managing("Nilai", "nilai", 34))
        if len(kinds.intersection(DINILAI)) > 1:  # a last scored stage is settled by the plenary
            entries.append(_managing("Daftar pendek", "daftar-pendek", 35))
    return entries


def _own(user: Pengguna, edisi: Edisi) -> list[dict]:
    """An evaluator's sheets, and sessions and visits once there are any."""
    entries = [_entry("Evaluasi", "evaluasi:dasbor", 5, count_left(user, edisi) or None)]
    if edisi.aturan.get("panel_wawancara") and sesi_of_panel(user, edisi).exists():
        entries.append(_entry("Sesi", "evaluasi:wawancara", 6))
    if edisi.aturan.get("tim_lapangan") and own_visits(user, edisi).exists():
        entries.append(_entry("Kunjungan", "evaluasi:lapangan", 7))
    return entries


def _assigning(edisi: Edisi, kinds: Collection[str]) -> list[dict]:
    """The committee's pages about people and dates, for the stages the edition has."""
    entries = [
        _managing("Evaluator", "evaluator", 30),
        _managing("Penugasan", "penugasan", 32),
    ]
    if "wawancara" in kinds and edisi.aturan.get("panel_wawancara"):
        entries.append(_managing("Wawancara", "wawancara", 36))
    if "lapangan" in kinds and edisi.aturan.get("tim_lapangan"):
        entries.append(_managing("Lapangan", "lapangan", 38))
    return entries


def _managing(label: str, page: str, urutan: int) -> dict:
    """An entry of the committee's group; an evaluator's own work stands outside it."""
    return _entry(label, f"evaluasi_panitia:{page}", urutan) | {"kelompok": KELOMPOK}


def _entry(label: str, url_name: str, urutan: int, jumlah: int | None = None) -> dict:
    return {"label": label, "url_name": url_name, "urutan": urutan, "jumlah": jumlah}
