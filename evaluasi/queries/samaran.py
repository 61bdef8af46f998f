"""Rows as evaluators of the document stage may see them: without names, where the edition asks."""

from evaluasi.models import LembarPenilaian, Penugasan
from evaluasi.rules.samaran import is_masked, nama_berkas, nama_samaran
from kompetisi.models import Tahap
from registrasi.models import Berkas, Pendaftaran


def mask_entry(entry: Pendaftaran, tahap: Tahap) -> bool:
    """Keep the name of an entry from an evaluator of this stage; whether it is kept."""
    masked = is_masked(tahap.edisi.aturan, tahap.jenis)
    if masked:
        entry.samaran = nama_samaran(entry.kode)
    return masked


def mask_penugasan(row: Penugasan) -> bool:
    """The same for the entry of an assignment."""
    return mask_entry(row.pendaftaran, row.tahap)


def mask_lembar(row: LembarPenilaian) -> bool:
    """The same for the entry of a sheet."""
    return mask_penugasan(row.penugasan)


def mask_berkas(stored: Berkas) -> Berkas:
    """A file without the name it was given; for showing, never to be saved."""
    stored.nama_asli = nama_berkas(stored.pk, stored.nama_asli)
    return stored
