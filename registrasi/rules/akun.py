"""Requests to act for an agency: who may decide on them, and when."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from kompetisi.clock import WIB
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import StatusKeanggotaan


def can_decide_akun(peran: Collection[str], status: str) -> Verdict:
    """Whether somebody with these roles may approve or refuse a request that stands so."""
    return all_of(check_aksi("akun.putuskan", peran), _waits(status))


def can_withdraw_akun(status: str, *, milik_sendiri: bool) -> Verdict:
    """Whether a person may take back a request that stands so: the own one, before a decision."""
    own = YES if milik_sendiri else no("Hanya pemohon yang dapat menarik kembali permohonannya.")
    return all_of(own, _waits(status))


def _waits(status: str) -> Verdict:
    """Whether a request still waits for its decision."""
    if status == StatusKeanggotaan.DIAJUKAN:
        return YES
    if status == StatusKeanggotaan.DITARIK:
        return no("Permohonan ini sudah ditarik kembali oleh pemohon.")
    return no(f"Permohonan ini sudah diputuskan ({StatusKeanggotaan(status).label.lower()}).")


def can_revoke_akun(peran: Collection[str], status: str) -> Verdict:
    """Whether somebody with these roles may end a membership that stands so."""
    approved = status == StatusKeanggotaan.DISETUJUI
    return all_of(
        check_aksi("akun.putuskan", peran),
        YES if approved else no("Hanya keanggotaan yang disetujui yang dapat dicabut."),
    )


def can_set_masa(peran: Collection[str], status: str) -> Verdict:
    """Whether somebody with these roles may change until when an approved right holds."""
    approved = status == StatusKeanggotaan.DISETUJUI
    return all_of(
        check_aksi("akun.putuskan", peran),
        YES if approved else no("Hanya hak yang disetujui yang mempunyai masa berlaku."),
    )


def can_ask_akun(keadaan: Collection[str], *, berbatas: bool) -> Verdict:
    """Whether a person may ask (again), given how their earlier requests for the agency stand.

    `berbatas` says whether the right in force, if there is one, has an end that can be extended.
    """
    if StatusKeanggotaan.DIAJUKAN in keadaan:
        return no("Permohonan Anda untuk instansi ini sudah ada; tunggu keputusan sekretariat.")
    if StatusKeanggotaan.DISETUJUI in keadaan and not berbatas:
        return no("Permohonan Anda untuk instansi ini sudah ada dan disetujui tanpa batas waktu.")
    return YES


def end_of(hari: date | None) -> datetime | None:
    """The first instant (UTC) after a last day in WIB; None stays None."""
    if hari is None:
        return None
    return datetime.combine(hari + timedelta(days=1), time.min, WIB).astimezone(UTC)


def check_masa(hari: date | None, at: datetime) -> Verdict:
    """Whether a last day can still be given; a right ends in the past only by being revoked."""
    end = end_of(hari)
    if end is None or end > at:
        return YES
    return no("Hari terakhir itu sudah lewat. Pilih hari ini atau sesudahnya.")


def check_alasan(alasan: str, untuk: str) -> Verdict:
    """Whether a reason was written; `untuk` says for what, as in "menolak permohonan"."""
    return YES if alasan.strip() else no(f"Tuliskan alasan untuk {untuk}.")
