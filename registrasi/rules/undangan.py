"""Invitations: when one may be sent, sent again, answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kompetisi.rules.verdict import YES, Verdict, no
from registrasi.models.undangan import StatusUndangan

MOST_WAITING = 50  # of one agency
PAUSE = timedelta(minutes=10)  # between two mails to one address

DEAD = {
    StatusUndangan.DITERIMA: "Undangan ini sudah diterima dan tidak dapat dipakai lagi.",
    StatusUndangan.DITOLAK: "Undangan ini sudah ditolak. Minta pengundang mengirim yang baru.",
    StatusUndangan.DIBATALKAN: "Undangan ini dibatalkan oleh instansi yang mengundang.",
    StatusUndangan.KEDALUWARSA: "Batas waktu undangan ini sudah lewat. Minta pengundang "
    "mengirimnya lagi.",
}


@dataclass(frozen=True)
class Jawaban:
    """What decides whether an invitation can be answered: see `can_answer`."""

    status: str
    berlaku_sampai: datetime
    dituju: bool  # the person has verified the invited address
    pengundang_berhak: bool  # who invites is still the agency's admin
    sudah: bool  # the person has this very right already
    at: datetime


def can_answer(j: Jawaban) -> Verdict:
    """Accept or decline: the addressee alone, once, in time, while the inviter may invite."""
    if not j.dituju:
        return no("Undangan ini ditujukan kepada alamat surel lain.")
    if j.status != StatusUndangan.MENUNGGU:
        return no(DEAD[StatusUndangan(j.status)])
    if j.at >= j.berlaku_sampai:
        return no(DEAD[StatusUndangan.KEDALUWARSA])
    return YES


def can_accept(j: Jawaban) -> Verdict:
    """Accept: as `can_answer`, while the inviter still may invite and only what one has not."""
    verdict = can_answer(j)
    if not verdict:
        return verdict
    if not j.pengundang_berhak:
        return no(
            "Pengundang tidak lagi mewakili instansi ini. Minta admin instansi yang sekarang "
            "mengirim undangan baru."
        )
    return no("Anda sudah mempunyai hak ini.") if j.sudah else YES


def can_invite(waiting: int) -> Verdict:
    """Whether the agency may send one more invitation, so many waiting already."""
    if waiting < MOST_WAITING:
        return YES
    return no(
        f"Sudah ada {waiting} undangan yang menunggu jawaban. Batalkan dahulu yang tidak "
        "diperlukan."
    )


def can_resend(status: str, dikirim_pada: datetime, at: datetime) -> Verdict:
    """Whether a waiting invitation may be mailed again."""
    if status != StatusUndangan.MENUNGGU:
        return no("Hanya undangan yang menunggu jawaban dapat dikirim ulang.")
    if at - dikirim_pada < PAUSE:
        return no("Undangan baru saja dikirim. Kirim ulang setelah sepuluh menit.")
    return YES


def can_cancel(status: str) -> Verdict:
    """Whether an invitation can still be taken back."""
    waiting = status == StatusUndangan.MENUNGGU
    return YES if waiting else no("Hanya undangan yang menunggu jawaban dapat dibatalkan.")


def can_leave(*, berlaku: bool, admin: bool, others: int) -> Verdict:
    """Whether somebody may give up a right, so many other admins of the agency remaining."""
    if not berlaku:
        return no("Hak ini sudah tidak berlaku.")
    if admin and not others:
        return no(
            "Anda satu-satunya admin instansi ini. Serahkan tugas kepada pengganti dahulu, agar "
            "instansi tidak kehilangan aksesnya."
        )
    return YES
