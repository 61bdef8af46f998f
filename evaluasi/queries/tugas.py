"""What an evaluator, and the chair, have to do now in the evaluation."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.urls import reverse

from evaluasi.models import Evaluator
from evaluasi.queries.dasbor import stages_of
from evaluasi.queries.kemajuan import third_reader_proposals
from evaluasi.queries.penugasan import evaluator_of
from evaluasi.queries.rencana import (
    entries_for,
    places_to_fill,
    readers_wanted,
    rencana_open,
    tahap_dinilai,
)
from evaluasi.queries.tugas_daftar_pendek import tugas_daftar_pendek
from evaluasi.queries.tugas_diskusi import tugas_diskusi
from evaluasi.queries.tugas_lapangan import tugas_lapangan
from evaluasi.queries.tugas_samaran import tugas_samaran
from evaluasi.queries.tugas_wawancara import tugas_wawancara
from evaluasi.rules.benturan import is_ready
from evaluasi.rules.pembaca_ketiga import PUTUSKAN
from kompetisi.models import Edisi, Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.rules.matriks import EVALUATOR, MATRIKS

SOON = timedelta(days=2)


def tugas(user: Pengguna, edisi: Edisi | None, peran: Collection[str], at: datetime) -> list[dict]:
    """Tasks with their counts, deadlines and addresses; only those this person may do."""
    if not edisi:
        return []
    found = _own(user, edisi, at) if EVALUATOR in peran else []
    found += tugas_diskusi(user, edisi, peran)
    if MATRIKS["penugasan.atur"].peran.intersection(peran):
        found += _chair(user, edisi, at, putus=bool(MATRIKS[PUTUSKAN].peran.intersection(peran)))
    found += tugas_samaran(user, edisi, peran)
    found += tugas_daftar_pendek(user, edisi, peran, at)
    found += tugas_wawancara(user, edisi, peran, at)
    return found + tugas_lapangan(user, edisi, peran, at)


def _own(user: Pengguna, edisi: Edisi, at: datetime) -> list[dict]:
    evaluator = evaluator_of(user, edisi)
    if evaluator is None or not evaluator.aktif:
        return []
    if not is_ready(evaluator, pakta=evaluator.pakta_ada):
        step = "evaluasi:benturan" if evaluator.pakta_ada else "evaluasi:pakta"
        return [
            {
                "judul": "Setujui pakta integritas dan nyatakan benturan kepentingan",
                "uraian": "Penugasan baru terlihat setelah keduanya selesai.",
                "url": reverse(step),
                "urgensi": 1,
            }
        ]
    return [_sheets(row, at) for row in stages_of(user, edisi, at) if _is_due(row)]


def _is_due(row: dict) -> bool:
    return row["keadaan"] == "berjalan" and row["sisa"] > 0


def _sheets(row: dict, at: datetime) -> dict:
    return {
        "judul": f"Nilai {row['sisa']} lembar {row['tahap'].nama}",
        "uraian": f"{row['selesai']} dari {row['jumlah']} lembar sudah terkunci.",
        "url": f"{reverse('evaluasi:dasbor')}?tahap={row['tahap'].kode}",
        "jumlah": row["sisa"],
        "tenggat": row["penutupan"],
        "urgensi": 1 if row["penutupan"] - at < SOON else 2,
    }


def _chair(user: Pengguna, edisi: Edisi, at: datetime, *, putus: bool) -> list[dict]:
    found = []
    if not Evaluator.objects.filter(edisi=edisi, aktif=True).exists():
        found.append(
            {
                "judul": "Tambahkan evaluator",
                "uraian": "Belum ada evaluator aktif untuk edisi ini.",
                "url": reverse("evaluasi_panitia:evaluator"),
                "urgensi": 2,
            }
        )
    for tahap in tahap_dinilai(edisi):
        closing = closing_instant(tahap)
        if at < closing:
            found += _stage(user, tahap, closing, at)
            found += _readings(user, tahap, closing) if putus else []
    return found


def _stage(user: Pengguna, tahap: Tahap, closing: datetime, at: datetime) -> list[dict]:
    found = []
    url = reverse("evaluasi_panitia:penugasan-tahap", args=[tahap.kode])
    plan = rencana_open(tahap)
    if plan:
        found.append(
            {
                "judul": f"Rilis rencana penugasan {tahap.nama}",
                "uraian": f"Rencana memuat {plan.jumlah} penugasan dan belum terlihat evaluator.",
                "url": url,
                "jumlah": plan.jumlah,
                "urgensi": 2,
            }
        )
    lacking = entries_for(tahap, user).filter(pembaca__lt=readers_wanted(tahap))
    if count := lacking.count():
        found.append(
            {
                "judul": f"Tugaskan evaluator untuk {tahap.nama}",
                "uraian": f"{count} pendaftaran kekurangan pembaca.",
                "url": f"{url}?kurang=1",
                "jumlah": count,
                "tenggat": closing,
                "urgensi": 1 if at >= tahap.mulai else 3,
            }
        )
    if count := len(places_to_fill(tahap, user)):
        found.append(
            {
                "judul": f"Tugaskan pengganti untuk {tahap.nama}",
                "uraian": f"{count} tempat pembaca kosong karena ditolak atau berbenturan.",
                "url": reverse("evaluasi_panitia:pengganti", args=[tahap.kode]),
                "jumlah": count,
                "tenggat": closing,
                "urgensi": 1,
            }
        )
    return found


def _readings(user: Pengguna, tahap: Tahap, closing: datetime) -> list[dict]:
    """The entries that the edition's rule names for one more reader, undecided yet."""
    count = len(third_reader_proposals(tahap, user))
    if not count:
        return []
    return [
        {
            "judul": "Putuskan pembaca ketiga",
            "uraian": f"{count} pendaftaran menunggu putusan menurut aturan edisi.",
            "url": reverse("evaluasi_panitia:pembaca-ketiga", args=[tahap.kode]),
            "jumlah": count,
            "tenggat": closing,
            "urgensi": 1,
        }
    ]
