"""When an entry may be filled, sent and withdrawn, and by whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no
from registrasi.models import StatusPendaftaran

DRAF = StatusPendaftaran.DRAF
DIKIRIM = StatusPendaftaran.DIKIRIM
PERBAIKAN = StatusPendaftaran.PERLU_PERBAIKAN


@dataclass(frozen=True)
class Situasi:
    """What the rules need to know: roles, status, states of both stages, correction deadline."""

    peran: Collection[str]
    status: str
    pendaftaran: Keadaan | None
    administrasi: Keadaan | None
    tenggat_perbaikan: datetime | None
    at: datetime


def can_edit(k: Situasi) -> Verdict:
    """Fill in: a draft while registration is open, or a returned entry until its own deadline."""
    if k.status == PERBAIKAN:
        return all_of(check_aksi("perbaikan.isi", k.peran, k.administrasi), _in_time(k))
    if k.status == DRAF:
        return check_aksi("pendaftaran.isi", k.peran, k.pendaftaran)
    return no("Pendaftaran sudah dikirim. Tarik kembali dahulu bila isinya perlu diubah.")


def can_submit(k: Situasi) -> Verdict:
    """Send: the agency's admin, in the same windows as filling in."""
    if k.status == PERBAIKAN:
        return all_of(check_aksi("perbaikan.kirim", k.peran, k.administrasi), _in_time(k))
    if k.status == DRAF:
        return check_aksi("pendaftaran.kirim", k.peran, k.pendaftaran)
    return no("Pendaftaran ini sudah dikirim.")


def can_withdraw(k: Situasi) -> Verdict:
    """Take back what was sent, while registration is open."""
    sent = YES if k.status == DIKIRIM else no("Hanya pendaftaran yang sudah dikirim dapat ditarik.")
    return all_of(check_aksi("pendaftaran.tarik", k.peran, k.pendaftaran), sent)


def can_delete(k: Situasi, *, pernah_dikirim: bool) -> Verdict:
    """Delete a draft: the agency's admin, while registration is open, if it has no receipt.

    A receipt is proof of what was received; one that was withdrawn still is.
    """
    if pernah_dikirim or k.status != DRAF:
        return no(
            "Pendaftaran ini pernah dikirim dan mempunyai tanda terima, sehingga tidak dapat "
            "dihapus. Bila tidak jadi ikut, biarkan sebagai draf: draf tidak dinilai."
        )
    return check_aksi("pendaftaran.hapus", k.peran, k.pendaftaran)


def _in_time(k: Situasi) -> Verdict:
    if k.tenggat_perbaikan is not None and k.at < k.tenggat_perbaikan:
        return YES
    return no("Masa perbaikan pendaftaran ini sudah berakhir.")
