"""The administrative gate: when it may be worked on, and what its findings allow."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from kompetisi.models import Perpanjangan
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import (
    HasilButir,
    MasaPerbaikan,
    PeganganPeriksa,
    SeleksiAdministrasi,
    StatusPendaftaran,
)

Putusan = SeleksiAdministrasi.Putusan
# What is left of the stage for checking a corrected entry, and the least time to correct it.
PERIKSA_ULANG = timedelta(days=1)
PALING_SINGKAT = timedelta(hours=1)
PEGANGAN = timedelta(minutes=15)  # how long an open entry counts as held without a sign of life


def can_periksa(
    peran: Collection[str],
    keadaan: Keadaan | None,
    status: str,
    *,
    menunggu_orang_kedua: bool = False,
) -> Verdict:
    """Whether the check of an entry with this status may be worked on or decided.

    While a proposed refusal waits for its second person the findings stand still.
    """
    label = StatusPendaftaran(status).label.lower()
    waiting = status == StatusPendaftaran.DIKIRIM
    return all_of(
        check_aksi("administrasi.periksa", peran, keadaan),
        YES if waiting else no(f"Pendaftaran ini tidak menunggu pemeriksaan ({label})."),
        no("Usulan tidak lolos sedang menunggu orang kedua.") if menunggu_orang_kedua else YES,
    )


def can_hold(held: PeganganPeriksa | None, oleh_id: int, at: datetime) -> Verdict:
    """Whether this officer may work on an entry that somebody has open, at `at` (UTC)."""
    if held is None or held.oleh_id == oleh_id or at - held.terakhir_pada >= PEGANGAN:
        return YES
    return no(
        f"Pendaftaran ini sedang diperiksa {held.oleh}. Ambil alih bila Anda yang melanjutkan."
    )


def needs_second(putusan: str, aturan: Mapping[str, object]) -> bool:
    """Whether the edition asks a second person to confirm this decision."""
    return putusan == Putusan.TIDAK_LOLOS and bool(aturan.get("penolakan_dua_orang", True))


def can_konfirmasi(
    peran: Collection[str], keadaan: Keadaan | None, *, berjalan: bool, pengusul: bool
) -> Verdict:
    """Whether a proposed refusal may be confirmed or given back; `pengusul`: one's own."""
    return all_of(
        check_aksi("administrasi.konfirmasi", peran, keadaan),
        YES if berjalan else no("Usulan tidak lolos ini sudah diputuskan."),
        no("Usulan tidak lolos harus diputuskan orang lain, bukan pengusulnya.")
        if pengusul
        else YES,
    )


def check_butir(hasil: str, alasan: str, temuan: str, *, perbaikan_terpakai: bool) -> Verdict:
    """Whether a finding on one item can stand. `temuan` is what the machine found.

    A reason is needed unless the item is met, and also where a person finds it met although the
    machine did not. After the one correction round nothing can be sent back again.
    """
    if hasil not in HasilButir.values:
        return no("Pilih hasil pemeriksaan butir ini.")
    if hasil == HasilButir.PERLU_PERBAIKAN and perbaikan_terpakai:
        return no("Masa perbaikan sudah dipakai. Pilih memenuhi atau tidak memenuhi.")
    if alasan.strip():
        return YES
    if hasil != HasilButir.MEMENUHI:
        return no("Tuliskan alasan dan apa yang harus dilakukan peserta.")
    if temuan == HasilButir.TIDAK_MEMENUHI:
        return no("Tuliskan alasan karena berbeda dari temuan mesin.")
    return YES


def allowed_putusan(
    hasil: Mapping[str, str], butir: Collection[str], *, perbaikan_terpakai: bool
) -> dict[str, Verdict]:
    """What can be decided from the findings (`hasil`: code of an item to finding), and why not.

    `butir` are the codes of all items asked of this entry.
    """
    left = [kode for kode in butir if not hasil.get(kode)]
    if left:
        refusal = no(f"Masih ada {len(left)} butir yang belum diperiksa.")
        return dict.fromkeys(Putusan.values, refusal)
    found = [hasil[kode] for kode in butir]
    failed = found.count(HasilButir.TIDAK_MEMENUHI)
    correctable = found.count(HasilButir.PERLU_PERBAIKAN)
    return {
        Putusan.LOLOS.value: YES
        if not failed and not correctable
        else no("Hanya dapat lolos bila semua butir memenuhi."),
        Putusan.PERBAIKAN.value: _can_return(failed, correctable, perbaikan_terpakai),
        Putusan.TIDAK_LOLOS.value: YES
        if failed
        else no("Hanya dapat tidak lolos bila ada butir yang tidak memenuhi."),
    }


def _can_return(failed: int, correctable: int, terpakai: bool) -> Verdict:  # noqa: FBT001
    if terpakai:
        return no("Masa perbaikan hanya diberikan satu kali dan sudah dipakai.")
    if failed:
        return no("Ada butir yang tidak memenuhi dan tidak dapat diperbaiki.")
    if not correctable:
        return no("Tidak ada butir yang perlu diperbaiki.")
    return YES


def can_pass_at_once(
    mesin: Mapping[str, str], orang: Mapping[str, str], *, dibuka: bool
) -> Verdict:
    """Whether an entry may pass in a list: opened by a person, every item met beyond doubt.

    `mesin` is the machine's finding by code of each item asked (empty when it cannot tell),
    `orang` a person's where there is one. What the machine cannot tell a person must have found.
    """
    if not dibuka:
        return no("Pendaftaran ini belum dibuka siapa pun.")
    met = HasilButir.MEMENUHI
    for kode, found in mesin.items():
        if found == HasilButir.TIDAK_MEMENUHI or orang.get(kode, found) != met:
            return no("Ada butir yang belum pasti memenuhi; periksa satu per satu.")
    return YES


def tenggat_perbaikan(at: datetime, hari: int, penutupan: datetime) -> datetime | None:
    """Until when (exclusive, UTC) a correction round opened at `at` runs; None when too late.

    `hari` days, but a day before the stage closes (`penutupan`), so that what comes back can be
    checked; at the very end of the stage up to its closing.
    """
    if hari <= 0:
        return None
    wanted = at + timedelta(days=hari)
    for latest in (penutupan - PERIKSA_ULANG, penutupan):
        if min(wanted, latest) - at >= PERIKSA_ULANG:
            return min(wanted, latest)
    return penutupan if penutupan - at >= PALING_SINGKAT else None


def closing_perbaikan(masa: MasaPerbaikan, perpanjangan: Collection[Perpanjangan]) -> datetime:
    """The end of a correction round in force (exclusive, UTC).

    Pass the approved extensions of the administrative stage for this entry's own code: they move
    its deadline too; an extension of the whole stage does not.
    """
    own = [p.selesai_baru for p in perpanjangan if p.kode_pendaftaran and p.disetujui_pada]
    return max([masa.tenggat, *own])
