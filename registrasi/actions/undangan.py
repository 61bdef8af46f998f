"""Inviting people to act for an agency, by their e-mail address.

One road for everybody, with an account or without: whoever is invited proves the address and says
yes. So nobody acts for an agency unasked, and the page of the agency tells nobody which addresses
have accounts.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import Pengguna
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import all_of
from kompetisi.templatetags.waktu import batas
from registrasi.actions.hak import lock_instansi
from registrasi.models import Instansi, Undangan, UnitPengelola
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.models.undangan import StatusUndangan
from registrasi.queries.keanggotaan import peran_di
from registrasi.queries.undangan import sidik_of
from registrasi.rules.undangan import can_cancel, can_invite, can_resend

LINK = "/registrasi/undangan/tautan/{}/"


@transaction.atomic
def invite(
    *,
    instansi: Instansi,
    alamat: str,
    peran: str,
    oleh: Pengguna,
    unit: UnitPengelola | None = None,
    serah_terima: bool = False,
) -> Undangan:
    """Mail an invitation with a secret link; it holds for INVITATION_DAYS.

    With `serah_terima` the inviting admin's own right ends when it is accepted. Raises
    NotAllowedError without the right; InvalidInputError when the address has the role already or
    an invitation to it waits.
    """
    lock_instansi(instansi.pk)
    waiting = instansi.undangan.filter(status=StatusUndangan.MENUNGGU)
    aksi = "hak.serahkan" if serah_terima else "undangan.kirim"
    all_of(check_aksi(aksi, peran_di(oleh, instansi)), can_invite(waiting.count())).require()
    alamat, now = alamat.strip().lower(), clock.db_now()
    _check_new(instansi, unit, peran, alamat)
    tanda = secrets.token_urlsafe(32)
    row = Undangan(
        instansi=instansi, unit=unit, peran=peran, alamat=alamat, diundang_oleh=oleh,
        dibuat_pada=now, dikirim_pada=now, sidik=sidik_of(tanda),
        berlaku_sampai=now + timedelta(days=settings.INVITATION_DAYS),
        menggantikan=_own_right(instansi, oleh) if serah_terima else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        refuse_email("Undangan ke alamat ini sudah menunggu jawaban; kirim ulang dari daftarnya.")
    record(tindakan="undangan.kirim", objek=row, oleh=oleh, rincian=_facts(row))
    _mail(row, tanda)
    return row


def _own_right(instansi: Instansi, oleh: Pengguna):
    return instansi.keanggotaan.berlaku().get(pengguna=oleh, unit=None)


def _check_new(instansi: Instansi, unit: UnitPengelola | None, peran: str, alamat: str) -> None:
    """Refuse an address whose holder has this very role; the agency's page shows that anyway."""
    held = instansi.keanggotaan.berlaku().filter(unit=unit, peran=peran)
    if held.filter(pengguna__email=alamat).exists():
        refuse_email(f"Pemilik alamat ini sudah menjadi admin {unit or 'instansi'}.")


def refuse_email(message: str) -> None:
    """Raise InvalidInputError about the field of the address."""
    raise InvalidInputError(message, rincian={"email": message})


@transaction.atomic
def resend_undangan(*, undangan: Undangan, oleh: Pengguna) -> Undangan:
    """Mail it again with a new secret and a new end; the older link is dead from now on.

    Whoever sends it again answers for it: the inviting person becomes `oleh`, unless it is a
    hand-over, which stays with whom it is about. Raises NotAllowedError without the right, too
    soon, or when it was answered or taken back.
    """
    lock_instansi(undangan.instansi_id)
    row, now = lock_undangan(undangan), clock.db_now()
    all_of(
        check_aksi("undangan.kirim", peran_di(oleh, row.instansi)),
        can_resend(row.status, row.dikirim_pada, now),
    ).require()
    tanda = secrets.token_urlsafe(32)
    row.sidik, row.kiriman, row.dikirim_pada = sidik_of(tanda), row.kiriman + 1, now
    row.berlaku_sampai = now + timedelta(days=settings.INVITATION_DAYS)
    if row.menggantikan_id is None:
        row.diundang_oleh = oleh
    row.save(update_fields=["sidik", "kiriman", "dikirim_pada", "berlaku_sampai", "diundang_oleh"])
    record(tindakan="undangan.ulang", objek=row, oleh=oleh, rincian=_facts(row))
    _mail(row, tanda)
    return row


@transaction.atomic
def cancel_undangan(*, undangan: Undangan, oleh: Pengguna) -> Undangan:
    """Take a waiting invitation back; its link says so from now on.

    Raises NotAllowedError without the right or when it was answered already.
    """
    row = lock_undangan(undangan)
    all_of(
        check_aksi("undangan.kirim", peran_di(oleh, row.instansi)), can_cancel(row.status)
    ).require()
    close_undangan(row, StatusUndangan.DIBATALKAN, oleh)
    return row


def lock_undangan(undangan: Undangan) -> Undangan:
    """The row, held until the transaction ends."""
    rows = Undangan.objects.select_for_update(of=("self",))
    return rows.select_related("instansi", "unit", "diundang_oleh", "menggantikan").get(
        pk=undangan.pk
    )


def close_undangan(row: Undangan, status: StatusUndangan, oleh: Pengguna) -> None:
    """Write down what became of it, and record it. For the caller's transaction."""
    row.status, row.dijawab_oleh, row.dijawab_pada = status.value, oleh, clock.now()
    row.save(update_fields=["status", "dijawab_oleh", "dijawab_pada", "keanggotaan"])
    record(tindakan=f"undangan.{status.value}", objek=row, oleh=oleh, rincian=_facts(row))


def _facts(row: Undangan) -> dict:
    return {
        "instansi": row.instansi.kode,
        "unit": row.unit_id,
        "peran": row.peran,
        "serah_terima": row.menggantikan_id,
        "kiriman": row.kiriman,
    }


TASK = {
    PeranInstansi.ADMIN_INSTANSI: "Admin instansi mengisi dan mengirim pendaftaran, serta "
    "mengundang admin unit.",
    PeranInstansi.ADMIN_UNIT: "Admin unit mengisi pendaftaran unitnya; pengirimannya dilakukan "
    "admin instansi.",
}


def _mail(row: Undangan, tanda: str) -> None:
    """To the bare address: whether there is an account says nothing here."""
    queue_pesan(
        kunci=f"undangan:{row.pk}:{row.kiriman}",
        jenis="undangan",
        isian={
            "pengundang": row.diundang_oleh,
            "peran": row.untuk,
            "instansi": row.instansi.nama,
            "tugas": TASK[PeranInstansi(row.peran)],
            "alamat": row.alamat,
            "tenggat": batas(row.berlaku_sampai),
        },
        alamat=row.alamat,
        tautan=LINK.format(tanda),
    )
