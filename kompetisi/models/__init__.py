"""Facts of the core: people, the edition and its rules, the audit log, work to be done."""

from kompetisi.models.antrean import Pekerjaan, Pesan, StatusAntrean
from kompetisi.models.berkas import PeriksaBerkas
from kompetisi.models.edisi import Edisi, Jalur, Perpanjangan, Tahap
from kompetisi.models.jejak import JejakAudit
from kompetisi.models.layanan import Denyut, Gangguan, Sumber
from kompetisi.models.pengguna import Pengguna, Peran
from kompetisi.models.rubrik import (
    ButirAdministrasi,
    JenisDokumen,
    Kelompok,
    Kriteria,
    Pertanyaan,
    Rubrik,
)
from kompetisi.models.situs import Jam, Lambang, Pengumuman

__all__ = [
    "ButirAdministrasi",
    "Denyut",
    "Edisi",
    "Gangguan",
    "Jalur",
    "Jam",
    "JejakAudit",
    "JenisDokumen",
    "Kelompok",
    "Kriteria",
    "Lambang",
    "Pekerjaan",
    "Pengguna",
    "Pengumuman",
    "Peran",
    "PeriksaBerkas",
    "Perpanjangan",
    "Pertanyaan",
    "Pesan",
    "Rubrik",
    "StatusAntrean",
    "Sumber",
    "Tahap",
]
