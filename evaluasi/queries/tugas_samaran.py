"""What the secretariat has to do about copies of files without names."""

from collections.abc import Collection

from django.urls import reverse

from evaluasi.models import SalinanSamaran
from evaluasi.queries.samaran_berkas import count_by_keadaan, masked_stages
from kompetisi.models import Edisi, Pengguna
from kompetisi.rules.matriks import MATRIKS

Keadaan = SalinanSamaran.Keadaan
TASKS = (
    ((Keadaan.MENUNGGU,), "Periksa salinan samaran", "{} berkas belum disahkan untuk penilai."),
    (
        (Keadaan.DITOLAK, Keadaan.GAGAL),
        "Samarkan berkas dengan tangan",
        "{} berkas tidak dapat disamarkan mesin.",
    ),
)


def tugas_samaran(user: Pengguna, edisi: Edisi, peran: Collection[str]) -> list[dict]:
    """Copies to be looked at, and those to be blacked out by hand; asks nothing where none are."""
    if not MATRIKS["samaran.periksa"].peran.intersection(peran) or not masked_stages(edisi):
        return []
    counts, url = count_by_keadaan(user, edisi), reverse("evaluasi_panitia:samaran")
    found = []
    for states, judul, uraian in TASKS:
        if number := sum(counts.get(state, 0) for state in states):
            found.append(
                {
                    "judul": judul,
                    "uraian": uraian.format(number),
                    "url": f"{url}?keadaan={states[0]}",
                    "jumlah": number,
                    "urgensi": 1,
                }
            )
    return found
