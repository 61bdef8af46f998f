"""What a machine can say about the items of the administrative gate.

It never decides: a person does, seeing this beside the documents. The names of the checks are
those of the edition file (`otomatis`).
"""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from registrasi.models import HasilButir

UNSURE = ""  # a person must look


@dataclass(frozen=True)
class Fakta:
    """What is known of an entry when its gate is checked; dates are calendar days in WIB."""

    akun_disetujui: bool
    jenis_instansi: str
    jenis_diterima: tuple[str, ...]
    sasaran_unit: bool
    ada_unit: bool
    mulai_pemakaian: date | None
    minimal_bulan: int
    tanggal_acuan: date | None
    pernyataan_disetujui: bool
    dokumen: frozenset[str] = frozenset()
    kurang: tuple[str, ...] = ()
    berkas_ganda: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Temuan:
    """A machine's finding: `hasil` as of HasilButir, or empty when a person must look."""

    hasil: str
    keterangan: str


def _met(keterangan: str) -> Temuan:
    return Temuan(HasilButir.MEMENUHI.value, keterangan)


def _unmet(keterangan: str) -> Temuan:
    return Temuan(HasilButir.TIDAK_MEMENUHI.value, keterangan)


def add_months(day: date, months: int) -> date:
    """The same day some months later, the month's last day when it has no such day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _akun(fakta: Fakta) -> Temuan:
    if fakta.akun_disetujui:
        return _met("Ada admin instansi yang telah disetujui.")
    return _unmet("Belum ada admin instansi yang disetujui.")


def _jalur(fakta: Fakta) -> Temuan:
    if fakta.sasaran_unit != fakta.ada_unit:
        return _unmet("Peserta (instansi atau unit) tidak sesuai dengan sasaran jalur.")
    if fakta.jenis_diterima and fakta.jenis_instansi not in fakta.jenis_diterima:
        return _unmet("Jenis instansi tidak termasuk jalur ini.")
    return _met("Jenis instansi dan sasaran sesuai dengan jalur.")


def _lama(fakta: Fakta) -> Temuan:
    if fakta.mulai_pemakaian is None:
        return _unmet("Tanggal mulai pemakaian tidak diisi.")
    if fakta.tanggal_acuan is None:
        return Temuan(UNSURE, "Edisi tidak menyebut tanggal acuan; periksa bukti pada dasbor.")
    since = f"Dipakai sejak {fakta.mulai_pemakaian:%d-%m-%Y}"
    if add_months(fakta.mulai_pemakaian, fakta.minimal_bulan) <= fakta.tanggal_acuan:
        return _met(f"{since}, sedikitnya {fakta.minimal_bulan} bulan pada tanggal acuan.")
    return _unmet(f"{since}, kurang dari {fakta.minimal_bulan} bulan pada tanggal acuan.")


def _attached(kode: str, nama: str, then: str) -> Callable[[Fakta], Temuan]:
    def check(fakta: Fakta) -> Temuan:
        if kode not in fakta.dokumen:
            return _unmet(f"{nama} tidak terlampir.")
        return Temuan(UNSURE, f"{nama} terlampir; {then}")

    return check


def _pernyataan(fakta: Fakta) -> Temuan:
    if not fakta.pernyataan_disetujui:
        return _unmet("Pernyataan kebenaran belum disetujui.")
    if "surat_pernyataan" not in fakta.dokumen:
        return _unmet("Surat pernyataan tidak terlampir.")
    return Temuan(UNSURE, "Disetujui saat pengiriman dan surat terlampir; periksa tanda tangannya.")


def _lengkap(fakta: Fakta) -> Temuan:
    if fakta.kurang:
        return _unmet(f"Masih kurang: {'; '.join(fakta.kurang)}.")
    return _met("Semua isian dan berkas wajib ada.")


def _ganda(fakta: Fakta) -> Temuan:
    if not fakta.berkas_ganda:
        return _met("Tidak ada pendaftaran ganda atau berkas milik peserta lain.")
    found = "; ".join(fakta.berkas_ganda)
    return Temuan(UNSURE, f"Berkas yang sama dipakai pada pendaftaran lain: {found}. Periksa.")


# The kind of document that a person looks at for an item, by the name of its check.
DOKUMEN: Mapping[str, str] = {
    "sk_berlaku": "sk_tim",
    "rekomendasi_induk": "surat_rekomendasi",
    "pernyataan_ada": "surat_pernyataan",
}
PEMERIKSAAN: Mapping[str, Callable[[Fakta], Temuan]] = {
    "akun_terverifikasi": _akun,
    "jalur_sesuai": _jalur,
    "lama_pemakaian": _lama,
    "sk_berlaku": _attached("sk_tim", "Surat keputusan tim", "periksa nomor dan masa berlaku."),
    "rekomendasi_induk": _attached(
        "surat_rekomendasi", "Surat rekomendasi", "periksa unit dan penandatangan."
    ),
    "pernyataan_ada": _pernyataan,
    "isian_lengkap": _lengkap,
    "bukan_ganda": _ganda,
}


def find_temuan(otomatis: str, fakta: Fakta) -> Temuan:
    """The finding of the check with this name; an item without a check is left to a person."""
    check = PEMERIKSAAN.get(otomatis)
    return check(fakta) if check else Temuan(UNSURE, "Diperiksa orang; tidak ada temuan mesin.")
