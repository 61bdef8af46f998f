"""Requests to act for an agency: who may decide on them, and when."""

from collections.abc import Collection

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import StatusKeanggotaan


def can_decide_akun(peran: Collection[str], status: str) -> Verdict:
    """Whether somebody with these roles may approve or refuse a request that stands so."""
    label = StatusKeanggotaan(status).label.lower()
    waiting = status == StatusKeanggotaan.DIAJUKAN
    return all_of(
        check_aksi("akun.putuskan", peran),
        YES if waiting else no(f"Permohonan ini sudah diputuskan ({label})."),
    )


def can_revoke_akun(peran: Collection[str], status: str) -> Verdict:
    """Whether somebody with these roles may end a membership that stands so."""
    approved = status == StatusKeanggotaan.DISETUJUI
    return all_of(
        check_aksi("akun.putuskan", peran),
        YES if approved else no("Hanya keanggotaan yang disetujui yang dapat dicabut."),
    )


def check_alasan(alasan: str, untuk: str) -> Verdict:
    """Whether a reason was written; `untuk` says for what, as in "menolak permohonan"."""
    return YES if alasan.strip() else no(f"Tuliskan alasan untuk {untuk}.")
