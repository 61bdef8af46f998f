"""Facts of the core: people, the edition and its rules, the audit log, work to be done."""

from kompetisi.models.alamat import AlamatDiragukan
from kompetisi.models.antrean import Antrean, Pekerjaan, Pesan, StatusAntrean
from kompetisi.models.berkas import PeriksaBerkas
from kompetisi.models.edisi import Edisi, Jalur, Perpanjangan, Tahap
from kompetisi.models.jejak import JejakAudit
from kompetisi.models.kalender import TautanKalender
from kompetisi.models.layanan import Denyut, Gangguan, Sumber
from kompetisi.models.naskah import NaskahPesan
from kompetisi.models.pengguna import Pengguna, Peran
from kompetisi.models.pilihan import CaraPesan, PesanGerbang, PilihanPesan
from kompetisi.models.pribadi import PermintaanPenghapusan
from kompetisi.models.rubrik import (
    ButirAdministrasi,
    JenisDokumen,
    Kelompok,
    Kriteria,
    Pertanyaan,
    Rubrik,
)
from kompetisi.models.situs import Jam, Lambang, Pengumuman
from kompetisi.models.token import TokenApi

__all__ = [
    "AlamatDiragukan",
    "Antrean",
    "ButirAdministrasi",
    "Denyut",
    "CaraPesan",
    "Edisi",
    "Gangguan",
    "Jalur",
    "Jam",
    "JejakAudit",
    "JenisDokumen",
    "Kelompok",
    "Kriteria",
    "Lambang",
    "NaskahPesan",
    "Pekerjaan",
    "Pengguna",
    "Pengumuman",
    "Peran",
    "PeriksaBerkas",
    "PermintaanPenghapusan",
    "Perpanjangan",
    "Pertanyaan",
    "Pesan",
    "PesanGerbang",
    "PilihanPesan",
    "Rubrik",
    "StatusAntrean",
    "Sumber",
    "Tahap",
    "TautanKalender",
    "TokenApi",
]
