"""The decree and the publication: who may, when, and if not, why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, Verdict, all_of, no


@dataclass(frozen=True)
class Penetapan:
    """Where the award stands: list frozen, decree entered, publication proposed or approved."""

    peran: frozenset[str]
    beku: bool
    ada_keputusan: bool = False
    pengusul: int | None = None
    terbit_pada: datetime | None = None
    disetujui: bool = False


def can_enter_keputusan(state: Penetapan) -> Verdict:
    """Whether number and date of the decree may be entered or corrected."""
    return all_of(
        check_aksi("keputusan.isi", state.peran),
        YES if state.beku else no("Keputusan diisi setelah hasil pleno dibekukan."),
        no("Keputusan tidak dapat diubah: penerbitannya sudah diajukan. Batalkan usulan dahulu.")
        if state.pengusul is not None
        else YES,
    )


def can_propose(state: Penetapan) -> Verdict:
    """Whether a publication may be proposed: once there is a decree, one proposal at a time."""
    return all_of(
        check_aksi("penerbitan.ajukan", state.peran),
        YES if state.ada_keputusan else no("Isi nomor dan tanggal keputusan lebih dahulu."),
        no("Penerbitan sudah diajukan.") if state.pengusul is not None else YES,
    )


def can_approve(state: Penetapan, user: int) -> Verdict:
    """Whether this person may approve: an admin, and not the one who proposed it."""
    return all_of(
        check_aksi("penerbitan.setujui", state.peran),
        YES if state.pengusul is not None else no("Belum ada usulan penerbitan."),
        no("Penerbitan sudah disetujui.") if state.disetujui else YES,
        no("Penerbitan harus disetujui orang lain, bukan pengusulnya.")
        if state.pengusul == user
        else YES,
    )


def can_cancel(state: Penetapan, at: datetime) -> Verdict:
    """Whether a proposal, or an approved publication whose instant has not come, may be undone."""
    come = state.disetujui and state.terbit_pada is not None and state.terbit_pada <= at
    return all_of(
        check_aksi("penerbitan.setujui" if state.disetujui else "penerbitan.ajukan", state.peran),
        YES if state.pengusul is not None else no("Belum ada usulan penerbitan."),
        no("Hasil sudah diumumkan; penerbitannya tidak dapat dibatalkan.") if come else YES,
    )


def can_issue(peran: Collection[str], *, terbit: bool) -> Verdict:
    """Whether certificates may be issued: after the result is public."""
    return all_of(
        check_aksi("piagam.terbitkan", peran),
        YES if terbit else no("Piagam diterbitkan setelah hasil diumumkan."),
    )


def can_revoke(peran: Collection[str], *, dicabut: bool, alasan: str = "-") -> Verdict:
    """Whether a certificate may be revoked: by an admin, once, with a reason."""
    return all_of(
        check_aksi("piagam.cabut", peran),
        no("Piagam ini sudah dicabut.") if dicabut else YES,
        YES if alasan.strip() else no("Tuliskan alasan pencabutan."),
    )
