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
    terhubung_lapor: bool = True
    kode_instansi: str = ""
    pemenang_terdahulu: tuple[str, ...] = ()
    dokumen: frozenset[str] = frozenset()
    tidak_diminta: frozenset[str] = frozenset()
    surat: Mapping[str, date | None] = field(default_factory=dict)  # last day, by kind, where known
    kedaluwarsa: frozenset[str] = frozenset()
    kurang: tuple[str, ...] = ()
    berkas_ganda: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Temuan:
    """A machine's finding: `hasil` as of HasilButir, or empty when a person must look.

    `saran` says what the agency can do about one that is not met, `tempat` where: the part of the
    form and its field, such as ("identitas", "id_judul"), or nothing.
    """

    hasil: str
    keterangan: str
    saran: str = ""
    tempat: tuple[str, str] | None = None


def _met(keterangan: str) -> Temuan:
    return Temuan(HasilButir.MEMENUHI.value, keterangan)


def _unmet(keterangan: str, saran: str, *tempat: str) -> Temuan:
    return Temuan(HasilButir.TIDAK_MEMENUHI.value, keterangan, saran, tempat or None)


def add_months(day: date, months: int) -> date:
    """The same day some months later, the month's last day when it has no such day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _akun(fakta: Fakta, _: str) -> Temuan:
    if fakta.akun_disetujui:
        return _met("Ada admin instansi yang telah disetujui.")
    return _unmet(
        "Belum ada admin instansi yang disetujui.",
        "Ajukan permohonan mewakili instansi dengan surat tugas dan tunggu persetujuan.",
    )


def _jalur(fakta: Fakta, _: str) -> Temuan:
    other = "Buat pendaftaran baru pada jalur yang sesuai; isian lama tetap tersimpan."
    if fakta.sasaran_unit != fakta.ada_unit:
        return _unmet("Peserta (instansi atau unit) tidak sesuai dengan sasaran jalur.", other)
    if fakta.jenis_diterima and fakta.jenis_instansi not in fakta.jenis_diterima:
        return _unmet("Jenis instansi tidak termasuk jalur ini.", other)
    return _met("Jenis instansi dan sasaran sesuai dengan jalur.")


def _terdahulu(fakta: Fakta, _: str) -> Temuan:
    listed = fakta.pemenang_terdahulu
    if not listed or fakta.kode_instansi in listed:
        return _met("Instansi termasuk yang boleh mengikuti jalur ini.")
    return _unmet(
        "Jalur ini hanya untuk pemenang edisi terdahulu; instansi tidak ada dalam daftarnya.",
        "Ikutlah pada jalur lain, atau hubungi sekretariat bila daftar itu keliru.",
    )


def _lama(fakta: Fakta, _: str) -> Temuan:
    place = ("identitas", "id_mulai_pemakaian")
    if fakta.mulai_pemakaian is None:
        return _unmet("Tanggal mulai pemakaian tidak diisi.", "Isi tanggalnya.", *place)
    if fakta.tanggal_acuan is None:
        return Temuan(UNSURE, "Edisi tidak menyebut tanggal acuan; periksa bukti pada dasbor.")
    since = f"Dipakai sejak {fakta.mulai_pemakaian:%d-%m-%Y}"
    if add_months(fakta.mulai_pemakaian, fakta.minimal_bulan) <= fakta.tanggal_acuan:
        return _met(f"{since}, sedikitnya {fakta.minimal_bulan} bulan pada tanggal acuan.")
    return _unmet(
        f"{since}, kurang dari {fakta.minimal_bulan} bulan pada tanggal acuan "
        f"{fakta.tanggal_acuan:%d-%m-%Y}.",
        "Periksa tanggalnya; bila benar, instansi baru dapat ikut pada edisi berikutnya.",
        *place,
    )


def _terhubung(fakta: Fakta, _: str) -> Temuan:
    if fakta.terhubung_lapor:
        return Temuan(UNSURE, "Dinyatakan terhubung dengan SP4N-LAPOR!; periksa pada dasbor.")
    return _unmet(
        "Belum dinyatakan terhubung dengan SP4N-LAPOR!.",
        "Centang bila sudah terhubung; bila belum, hubungkan dahulu.",
        "identitas",
        "id_terhubung_lapor",
    )


def _attached(fakta: Fakta, dokumen: str, nama: str, then: str) -> Temuan:
    if dokumen in fakta.tidak_diminta:
        return _met(f"{nama} tidak diminta dari peserta ini.")
    if dokumen not in fakta.dokumen:
        place = ("dokumen", f"berkas-{dokumen}")
        return _unmet(f"{nama} tidak terlampir.", "Unggah suratnya.", *place)
    last = fakta.surat.get(dokumen)
    if dokumen in fakta.kedaluwarsa:
        place = ("dokumen", f"berkas-{dokumen}")
        text = f"{nama} terlampir, tetapi hanya berlaku sampai {last:%d-%m-%Y}."
        return _unmet(text, "Unggah surat yang masih berlaku.", *place)
    until = f" dan menurut peserta berlaku sampai {last:%d-%m-%Y}" if last else ""
    return Temuan(UNSURE, f"{nama} terlampir{until}; {then}")


def _sk(fakta: Fakta, dokumen: str) -> Temuan:
    then = "periksa nomor dan masa berlaku."
    return _attached(fakta, dokumen, "Surat keputusan tim", then)


def _rekomendasi(fakta: Fakta, dokumen: str) -> Temuan:
    return _attached(fakta, dokumen, "Surat rekomendasi", "periksa unit dan penandatangan.")


def _pernyataan(fakta: Fakta, dokumen: str) -> Temuan:
    if not fakta.pernyataan_disetujui:
        return _unmet("Pernyataan kebenaran belum disetujui.", "Setujui saat mengirim.")
    if not dokumen:
        return _met("Disetujui saat pengiriman.")
    found = _attached(fakta, dokumen, "Surat pernyataan", "periksa tanda tangannya.")
    if found.hasil:
        return found
    return Temuan(UNSURE, f"Disetujui saat pengiriman. {found.keterangan}")


def _lengkap(fakta: Fakta, _: str) -> Temuan:
    if fakta.kurang:
        return _unmet(f"Masih kurang: {'; '.join(fakta.kurang)}.", "Lengkapi isian itu.")
    return _met("Semua isian dan berkas wajib ada.")


def _ganda(fakta: Fakta, _: str) -> Temuan:
    if not fakta.berkas_ganda:
        return _met("Tidak ada pendaftaran ganda atau berkas milik peserta lain.")
    found = "; ".join(fakta.berkas_ganda)
    return Temuan(UNSURE, f"Berkas yang sama dipakai pada pendaftaran lain: {found}. Periksa.")


PEMERIKSAAN: Mapping[str, Callable[[Fakta, str], Temuan]] = {
    "akun_terverifikasi": _akun,
    "jalur_sesuai": _jalur,
    "pemenang_terdahulu": _terdahulu,
    "lama_pemakaian": _lama,
    "terhubung_lapor": _terhubung,
    "sk_berlaku": _sk,
    "rekomendasi_induk": _rekomendasi,
    "pernyataan_ada": _pernyataan,
    "isian_lengkap": _lengkap,
    "bukan_ganda": _ganda,
}
# These speak of what is sent, and are met or not only by sending.
SAAT_KIRIM = ("isian_lengkap", "pernyataan_ada")
# These look at the entries of other agencies: for the secretariat alone.
MILIK_LAIN = ("bukan_ganda",)


def find_temuan(otomatis: str, fakta: Fakta, dokumen: str = "") -> Temuan:
    """The finding of the check with this name, about the document with this code if any.

    An item without a check is left to a person.
    """
    check = PEMERIKSAAN.get(otomatis)
    if check is None:
        return Temuan(UNSURE, "Diperiksa orang; tidak ada temuan mesin.")
    return check(fakta, dokumen)
