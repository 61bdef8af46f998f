"""Answering an invitation, and giving a right up: who acts for an agency from now on."""

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.models import Pengguna
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import all_of, no
from registrasi.actions.hak import end_hak, end_own, lock_instansi
from registrasi.actions.undangan import close_undangan, lock_undangan
from registrasi.models import Keanggotaan, StatusKeanggotaan, Undangan
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.models.undangan import StatusUndangan
from registrasi.queries.keanggotaan import peran_di
from registrasi.queries.undangan import jawaban_of
from registrasi.rules.undangan import can_accept, can_answer, can_leave

DIUNDANG = "Digantikan oleh hak yang diterima melalui undangan."


@transaction.atomic
def accept_undangan(*, undangan: Undangan, oleh: Pengguna) -> Keanggotaan:
    """Take up the role that an invitation offers; in a hand-over the predecessor's right ends now.

    No new surat tugas is asked for: the agency's was checked, so a second admin's right ends when
    the inviter's does. Accepting twice gives the same right. Raises NotAllowedError when the
    invitation is for another address, was answered, taken back, is late, or its sender may not
    invite any more.
    """
    lock_instansi(undangan.instansi_id)
    row, at = lock_undangan(undangan), clock.db_now()
    if row.status == StatusUndangan.DITERIMA and row.dijawab_oleh_id == oleh.pk:
        return row.keanggotaan
    can_accept(jawaban_of(oleh, row, at)).require()
    end_own(oleh, row.instansi, row.unit, kecuali=None, alasan=DIUNDANG, oleh=oleh)
    row.keanggotaan = _make_right(row, oleh)
    close_undangan(row, StatusUndangan.DITERIMA, oleh)
    if row.menggantikan:
        _hand_over(row, oleh)
    else:
        _tell_inviter(row)
    return row.keanggotaan


def _make_right(row: Undangan, oleh: Pengguna) -> Keanggotaan:
    """The right itself; an admin's lasts as long as the letter it rests on, a unit admin's on."""
    now, until = clock.now(), None
    if row.peran == PeranInstansi.ADMIN_INSTANSI:
        source = row.instansi.keanggotaan.berlaku().get(pengguna=row.diundang_oleh, unit=None)
        until = source.berlaku_sampai
    return Keanggotaan.objects.create(
        pengguna=oleh,
        instansi=row.instansi,
        unit=row.unit,
        peran=row.peran,
        status=StatusKeanggotaan.DISETUJUI,
        diajukan_pada=now,
        diputus_oleh=row.diundang_oleh,
        diputus_pada=now,
        berlaku_sampai=until,
    )


def _hand_over(row: Undangan, oleh: Pengguna) -> None:
    """End the predecessor's right; what they had sent out is the successor's from now on."""
    before = row.menggantikan
    waiting = row.instansi.undangan.filter(status=StatusUndangan.MENUNGGU)
    for other in waiting.filter(menggantikan=before).select_related("instansi", "unit"):
        close_undangan(other, StatusUndangan.DIBATALKAN, oleh)
    waiting.filter(diundang_oleh=before.pengguna_id).update(diundang_oleh=oleh)
    end_hak(before, alasan=f"Serah terima kepada {oleh}.", oleh=oleh)


@transaction.atomic
def decline_undangan(*, undangan: Undangan, oleh: Pengguna) -> Undangan:
    """Say no; the inviting admin is told. Declining twice does nothing more.

    Raises NotAllowedError when it is for another address, was answered otherwise, or is late.
    """
    row, at = lock_undangan(undangan), clock.db_now()
    if row.status == StatusUndangan.DITOLAK and row.dijawab_oleh_id == oleh.pk:
        return row
    can_answer(jawaban_of(oleh, row, at)).require()
    close_undangan(row, StatusUndangan.DITOLAK, oleh)
    _tell_inviter(row)
    return row


JENIS = {
    StatusUndangan.DITERIMA: "undangan_diterima",
    StatusUndangan.DITOLAK: "undangan_ditolak",
}


def _tell_inviter(row: Undangan) -> None:
    queue_pesan(
        kunci=f"undangan_{row.status}:{row.pk}",
        jenis=JENIS[StatusUndangan(row.status)],
        isian={"orang": row.dijawab_oleh, "alamat": row.alamat, "peran": row.untuk},
        kepada=row.diundang_oleh,
        tautan=f"/registrasi/instansi/{row.instansi.kode}/",
    )


@transaction.atomic
def leave_hak(*, keanggotaan: Keanggotaan, oleh: Pengguna) -> Keanggotaan:
    """Give up one's own right; what was filled in stays with the agency.

    Raises NotAllowedError for another's right, one that is not in force, or the last admin's: an
    agency never loses its last admin by its own act, two leaving at once included.
    """
    instansi = lock_instansi(keanggotaan.instansi_id)
    rows = instansi.keanggotaan.select_related("pengguna", "instansi", "unit")
    row = rows.get(pk=keanggotaan.pk)
    admin = row.peran == PeranInstansi.ADMIN_INSTANSI
    others = instansi.keanggotaan.berlaku(clock.db_now()).filter(
        peran=PeranInstansi.ADMIN_INSTANSI, pengguna__is_active=True
    )
    if row.pengguna_id != oleh.pk:
        no("Hanya pemegang hak yang dapat melepasnya.").require()
    all_of(
        can_leave(berlaku=row.berlaku, admin=admin, others=others.exclude(pk=row.pk).count()),
        check_aksi("hak.lepas", peran_di(oleh, row.instansi, row.unit)),
    ).require()
    end_hak(row, alasan="Mengundurkan diri.", oleh=oleh)
    return row
