"""The committee's lists of registration as columns for a spreadsheet."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from kompetisi.models import Edisi
from kompetisi.queries.ekspor import Kolom
from kompetisi.rules.matriks import MATRIKS, PANITIA, PENGAMAT
from registrasi.models import Instansi, JenisInstansi, Pendaftaran, StatusPendaftaran
from registrasi.queries.administrasi import antrean_administrasi
from registrasi.queries.akun import MELIHAT_AKUN, filter_keanggotaan, keanggotaan_visible_to_panitia
from registrasi.queries.angka_resmi import selisih_rows
from registrasi.queries.instansi import alias_of
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.panitia import (
    draf_belum_dikirim,
    filter_pendaftaran,
    pendaftaran_visible_to_panitia,
)
from registrasi.queries.perpanjangan import perpanjangan_visible_to_panitia, status_perpanjangan

CHUNK = 200
KEADAAN = {"diajukan": "Diajukan", "disetujui": "Disetujui", "ditolak": "Ditolak"}
MELIHAT_RESMI = MATRIKS["angka_resmi.catat"].peran | {PENGAMAT}
MELIHAT_DIREKTORI = MATRIKS["instansi.impor"].peran | {PENGAMAT}


@dataclass(frozen=True)
class Daftar:
    """A list that can be taken along: its title, columns, rows and who may have it.

    `baris` takes the roles, the edition and a cleaned filter.
    """

    judul: str
    kolom: tuple[Kolom, ...]
    baris: Callable[[Collection[str], Edisi, Mapping[str, str]], Iterable]
    peran: frozenset[str] = PANITIA


def _provinsi(instansi: Instansi) -> str:
    row = instansi.provinsi or (instansi if instansi.jenis == JenisInstansi.PROVINSI else None)
    return row.nama if row else ""


def _unit(row) -> str:
    return row.unit.nama if row.unit else ""


ENTRY = (
    Kolom("Kode", lambda p: p.kode, 16),
    Kolom("Instansi", lambda p: p.instansi.nama, 42),
    Kolom("Unit", _unit, 36),
    Kolom("Jenis instansi", lambda p: JenisInstansi(p.instansi.jenis).label, 24),
    Kolom("Provinsi", lambda p: _provinsi(p.instansi), 28),
    Kolom("Jalur", lambda p: p.jalur.nama, 28),
)
CONTACT = (
    Kolom("Narahubung", lambda p: p.narahubung_nama, 28),
    Kolom("Telepon narahubung", lambda p: p.narahubung_telepon, 20),
)
SENT = Kolom("Dikirim (WIB)", lambda p: p.dikirim_pada)
PENDAFTARAN = (
    *ENTRY,
    Kolom("Nama program", lambda p: p.judul, 48),
    Kolom("Status", lambda p: StatusPendaftaran(p.status).label, 30),
    SENT,
    *CONTACT,
)
BELUM_DIKIRIM = (
    *ENTRY,
    Kolom("Jumlah kurang", lambda p: len(p.kurang), 10),
    Kolom("Yang kurang", lambda p: "; ".join(p.kurang), 60),
    Kolom("Diubah (WIB)", lambda p: p.diubah_pada),
    Kolom("Diingatkan (WIB)", lambda p: p.diingatkan_pada),
    *CONTACT,
)
ADMINISTRASI = (
    *ENTRY,
    SENT,
    Kolom("Hasil perbaikan", lambda p: p.perbaikan, 12),
    Kolom("Pemeriksa", lambda p: p.pemeriksa_nama, 28),
)
AKUN = (
    Kolom("Instansi", lambda a: a.instansi.nama, 42),
    Kolom("Unit", _unit, 36),
    Kolom("Pemohon", lambda a: a.pengguna.nama, 28),
    Kolom("Surel", lambda a: a.pengguna.email, 32),
    Kolom("Peran", lambda a: a.get_peran_display()),
    Kolom("Keadaan", lambda a: a.get_status_display()),
    Kolom("Tanggal surat tugas", lambda a: a.tanggal_surat),
    Kolom("Diajukan (WIB)", lambda a: a.diajukan_pada),
    Kolom("Diputuskan (WIB)", lambda a: a.diputus_pada),
    Kolom("Alasan", lambda a: a.alasan, 48),
)
PERPANJANGAN = (
    Kolom("Tahap", lambda p: p.tahap.nama, 28),
    Kolom("Kode pendaftaran", lambda p: p.kode_pendaftaran, 18),
    Kolom("Batas baru (WIB)", lambda p: p.selesai_baru),
    Kolom("Keadaan", lambda p: KEADAAN[status_perpanjangan(p)]),
    Kolom("Alasan", lambda p: p.alasan, 60),
    Kolom("Pengusul", lambda p: p.diajukan_oleh.nama, 28),
    Kolom("Diajukan (WIB)", lambda p: p.diajukan_pada),
)
ANGKA_RESMI = (
    Kolom("Kode", lambda b: b["entri"].kode, 16),
    Kolom("Peserta", lambda b: b["entri"].peserta, 48),
    Kolom("Periode", lambda b: b["periode"]["nama"], 36),
    Kolom("Angka", lambda b: b["angka"].nama, 44),
    Kolom("Satuan", lambda b: b["angka"].satuan, 14),
    Kolom("Klaim", lambda b: b["angka"].klaim, 14),
    Kolom("Angka resmi", lambda b: b["angka"].resmi, 14),
    Kolom("Selisih", lambda b: b["angka"].selisih, 14),
    Kolom("Melebihi toleransi", lambda b: b["angka"].lewat, 18),
    Kolom("Sumber", lambda b: b["periode"]["resmi"].sumber if b["periode"]["resmi"] else "", 40),
    Kolom(
        "Keadaan per tanggal",
        lambda b: b["periode"]["resmi"].per_tanggal if b["periode"]["resmi"] else None,
    ),
)
# The same columns as the file that is imported (registrasi.actions.direktori).
INSTANSI = (
    Kolom("kode", lambda i: i.kode, 32),
    Kolom("nama", lambda i: i.nama, 48),
    Kolom("singkatan", lambda i: i.singkatan),
    Kolom("alias", lambda i: ";".join(alias_of(i)), 32),
    Kolom("jenis", lambda i: i.jenis, 14),
    Kolom("kode_kemendagri", lambda i: i.kode_kemendagri, 16),
    Kolom("provinsi", lambda i: i.provinsi.kode_kemendagri if i.provinsi else "", 10),
    Kolom("zona_waktu", lambda i: i.zona_waktu, 16),
    Kolom("berlaku_mulai", lambda i: i.berlaku_mulai, 14),
    Kolom("berlaku_sampai", lambda i: i.berlaku_sampai, 14),
)


def _pendaftaran(peran: Collection[str], edisi: Edisi, saring: Mapping[str, str]) -> Iterable:
    rows = filter_pendaftaran(pendaftaran_visible_to_panitia(peran, edisi), saring)
    return rows.iterator(chunk_size=CHUNK)


def _belum_dikirim(peran: Collection[str], edisi: Edisi, saring: Mapping[str, str]) -> Iterable:
    """Drafts with what each lacks, looked up for a chunk at a time."""
    chunk: list[Pendaftaran] = []
    for row in draf_belum_dikirim(peran, edisi).iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from with_kurang(chunk)
            chunk = []
    yield from with_kurang(chunk)


def with_kurang(rows: list[Pendaftaran]) -> list[Pendaftaran]:
    """The same rows, each knowing what it lacks (`kurang`)."""
    missing = kekurangan_of(rows)
    for row in rows:
        row.kurang = missing[row.pk]
    return rows


def _administrasi(peran: Collection[str], edisi: Edisi, saring: Mapping[str, str]) -> Iterable:
    return antrean_administrasi(peran, edisi).iterator(chunk_size=CHUNK)


def _akun(peran: Collection[str], edisi: Edisi, saring: Mapping[str, str]) -> Iterable:
    rows = filter_keanggotaan(keanggotaan_visible_to_panitia(peran), saring)
    return rows.iterator(chunk_size=CHUNK)


def _angka_resmi(peran: Collection[str], edisi: Edisi, saring: Mapping[str, str]) -> Iterable:
    return selisih_rows(peran, edisi, CHUNK)


def _perpanjangan(peran: Collection[str], edisi: Edisi, saring: Mapping[str, str]) -> Iterable:
    return perpanjangan_visible_to_panitia(peran, edisi).iterator(chunk_size=CHUNK)


def _instansi(peran: Collection[str], edisi: Edisi, saring: Mapping[str, str]) -> Iterable:
    if not MELIHAT_DIREKTORI.intersection(peran):
        return Instansi.objects.none()
    rows = Instansi.objects.select_related("provinsi").order_by("jenis", "kode")
    return rows.iterator(chunk_size=CHUNK)


DAFTAR: Mapping[str, Daftar] = {
    "pendaftaran": Daftar("Pendaftaran", PENDAFTARAN, _pendaftaran),
    "belum-dikirim": Daftar("Belum dikirim", BELUM_DIKIRIM, _belum_dikirim),
    "administrasi": Daftar("Seleksi administrasi", ADMINISTRASI, _administrasi),
    "akun": Daftar("Akun instansi", AKUN, _akun, MELIHAT_AKUN),
    "angka-resmi": Daftar("Klaim dan angka resmi", ANGKA_RESMI, _angka_resmi, MELIHAT_RESMI),
    "perpanjangan": Daftar("Perpanjangan", PERPANJANGAN, _perpanjangan),
    "instansi": Daftar("Instansi", INSTANSI, _instansi, MELIHAT_DIREKTORI),
}


def daftar_of(kode: str, peran: Collection[str]) -> Daftar | None:
    """The list of this name if somebody with these roles may take it along."""
    daftar = DAFTAR.get(kode)
    return daftar if daftar and daftar.peran.intersection(peran) else None
