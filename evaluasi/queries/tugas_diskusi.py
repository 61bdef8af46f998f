"""What waits in the discussions of readers: something new to read, requests for the chair."""

from collections import Counter
from collections.abc import Collection

from django.urls import reverse

from evaluasi.queries.diskusi import count_unread, waiting_for
from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import EVALUATOR, MATRIKS


def tugas_diskusi(user: Pengguna, edisi: Edisi, peran: Collection[str]) -> list[dict]:
    """New contributions for an evaluator, sheets to reopen for the chair; a query for each."""
    found = []
    if EVALUATOR in peran and (count := count_unread(user, edisi)):
        found.append(
            {
                "judul": f"Baca {count} tanggapan baru dalam diskusi",
                "uraian": "Pembaca lain menulis tentang pendaftaran yang Anda nilai.",
                "url": reverse("evaluasi:diskusi-daftar"),
                "jumlah": count,
                "urgensi": 2,
            }
        )
    if MATRIKS["lembar.buka"].peran.intersection(peran):
        rows = waiting_for(user, edisi).values_list("diskusi__tahap__kode", "diskusi__tahap__nama")
        for (kode, nama), count in sorted(Counter(rows).items()):
            found.append(
                {
                    "judul": f"Jawab permintaan membuka kembali lembar {nama}",
                    "uraian": f"{count} pembaca meminta lembarnya dibuka kembali, dengan alasan.",
                    "url": f"{reverse('evaluasi_panitia:diskusi-daftar', args=[kode])}?minta=1",
                    "jumlah": count,
                    "urgensi": 1,
                }
            )
    return found
