"""What an entry still lacks, with the part of the form where it is put right."""

from dataclasses import dataclass

from registrasi.models import Pendaftaran
from registrasi.queries import kekurangan

BAGIAN = {
    "Data": "identitas",
    "Angka kinerja": "kinerja",
    "Penilaian mandiri": "mandiri",
    "Bukti": "mandiri",
    "Jawaban": "narasi",
    "Dokumen": "dokumen",
}


@dataclass(frozen=True)
class Kekurangan:
    """One thing that is missing: the part of the form and the sentence about it."""

    bagian: str
    pesan: str


def kekurangan_of(pendaftaran: Pendaftaran) -> list[Kekurangan]:
    """The same list the secretariat sees, with where to mend each."""
    return [
        Kekurangan(BAGIAN.get(text.partition(":")[0], "identitas"), text)
        for text in kekurangan.kekurangan_of([pendaftaran])[pendaftaran.pk]
    ]
