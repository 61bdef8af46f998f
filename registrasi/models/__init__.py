"""Facts of registration: agencies, who represents them, entries, files, receipts."""

from registrasi.models.administrasi import (
    HasilButir,
    MasaPerbaikan,
    PeganganPeriksa,
    PemeriksaanButir,
    SeleksiAdministrasi,
    UsulanPenolakan,
)
from registrasi.models.akses import AksesBerkas, CaraAkses
from registrasi.models.angka_resmi import AngkaResmi
from registrasi.models.berkas import Berkas, BuktiDukung, Pemindaian
from registrasi.models.dosir import ArsipDosir
from registrasi.models.instansi import Instansi, JenisInstansi, JenisUnit, UnitPengelola
from registrasi.models.isian import JawabanNarasi, KinerjaSP4N, PenilaianMandiri
from registrasi.models.keanggotaan import Keanggotaan, StatusKeanggotaan
from registrasi.models.pendaftaran import (
    KunciUlang,
    Penarikan,
    Pendaftaran,
    Pengiriman,
    RiwayatStatus,
    SalinanTandaTerima,
    StatusPendaftaran,
)
from registrasi.models.undangan import Undangan
from registrasi.models.unggahan import KeadaanUnggahan, Unggahan

__all__ = [
    "AksesBerkas",
    "AngkaResmi",
    "ArsipDosir",
    "Berkas",
    "BuktiDukung",
    "CaraAkses",
    "HasilButir",
    "Instansi",
    "JawabanNarasi",
    "JenisInstansi",
    "JenisUnit",
    "Keanggotaan",
    "KeadaanUnggahan",
    "KinerjaSP4N",
    "KunciUlang",
    "MasaPerbaikan",
    "PeganganPeriksa",
    "PemeriksaanButir",
    "Pemindaian",
    "Penarikan",
    "Pendaftaran",
    "Pengiriman",
    "PenilaianMandiri",
    "RiwayatStatus",
    "SalinanTandaTerima",
    "SeleksiAdministrasi",
    "StatusKeanggotaan",
    "StatusPendaftaran",
    "Unggahan",
    "Undangan",
    "UnitPengelola",
    "UsulanPenolakan",
]
