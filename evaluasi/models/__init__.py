"""Facts of the evaluation: evaluators, conflicts, assignments, sheets, interviews, visits."""

from evaluasi.models.bacaan import Bacaan, PertanyaanLapangan, TitikBukti
from evaluasi.models.daftar_pendek import DaftarPendek, KeputusanDaftarPendek
from evaluasi.models.diskusi import BacaDiskusi, Diskusi, JenisTanggapan, Tanggapan
from evaluasi.models.evaluator import (
    BenturanEfektif,
    BenturanKepentingan,
    DugaanBenturan,
    Evaluator,
    JenisRiwayat,
    PaktaIntegritas,
    RiwayatEvaluator,
    SumberDugaan,
)
from evaluasi.models.lapangan import FotoLapangan, KunjunganLapangan
from evaluasi.models.lembar import LembarPenilaian, LembarSah, Nilai, Pembukaan, Penguncian
from evaluasi.models.pembaca_ketiga import KeputusanPembaca
from evaluasi.models.penugasan import Penugasan, RencanaPenugasan, SebabCabut
from evaluasi.models.samaran import SalinanSamaran
from evaluasi.models.temuan import TemuanLapangan
from evaluasi.models.wawancara import SesiWawancara

__all__ = [
    "BacaDiskusi",
    "Bacaan",
    "BenturanEfektif",
    "BenturanKepentingan",
    "DaftarPendek",
    "Diskusi",
    "DugaanBenturan",
    "Evaluator",
    "FotoLapangan",
    "JenisRiwayat",
    "JenisTanggapan",
    "KeputusanDaftarPendek",
    "KeputusanPembaca",
    "KunjunganLapangan",
    "LembarPenilaian",
    "LembarSah",
    "Nilai",
    "PaktaIntegritas",
    "Pembukaan",
    "Penguncian",
    "Penugasan",
    "PertanyaanLapangan",
    "RencanaPenugasan",
    "RiwayatEvaluator",
    "SalinanSamaran",
    "SebabCabut",
    "SesiWawancara",
    "Tanggapan",
    "SumberDugaan",
    "TemuanLapangan",
    "TitikBukti",
]
