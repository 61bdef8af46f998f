"""Invitations, as those who sent them and those they are addressed to see them."""

from datetime import datetime
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower

from kompetisi.models import Pengguna
from registrasi.models import Instansi, Undangan
from registrasi.models.keanggotaan import PeranInstansi
from registrasi.models.undangan import StatusUndangan
from registrasi.queries.keanggotaan import peran_di
from registrasi.rules.undangan import Jawaban


def sidik_of(tanda: str) -> str:
    """What is kept of the secret in a link: its SHA-256, in hexadecimal."""
    return sha256(tanda.encode()).hexdigest()


def undangan_by_tanda(tanda: str) -> Undangan | None:
    """The invitation whose newest link carries this secret, or None."""
    return _with_names(Undangan.objects.filter(sidik=sidik_of(tanda))).first()


def undangan_of(instansi: Instansi) -> list[Undangan]:
    """What an agency waits for, lapsed ones among them, newest first."""
    rows = instansi.undangan.filter(status=StatusUndangan.MENUNGGU)
    return list(_with_names(rows))


def undangan_for(user: Pengguna) -> QuerySet[Undangan]:
    """The invitations to the addresses this person has verified, newest first."""
    if not user.is_authenticated or not user.is_active:
        return Undangan.objects.none()
    rows = Undangan.objects.filter(alamat__in=_verified(user).values("kecil"))
    return _with_names(rows)


def undangan_menunggu(user: Pengguna, at: datetime) -> QuerySet[Undangan]:
    """Those of them that can be answered at an instant (UTC)."""
    return undangan_for(user).filter(status=StatusUndangan.MENUNGGU, berlaku_sampai__gt=at)


def _with_names(rows: QuerySet[Undangan]) -> QuerySet[Undangan]:
    return rows.select_related(
        "instansi", "unit", "diundang_oleh", "menggantikan", "dijawab_oleh"
    ).order_by("-dibuat_pada", "-pk")


def _verified(user: Pengguna) -> QuerySet[EmailAddress]:
    """The addresses somebody has proved to read, in lower case as `kecil`."""
    return EmailAddress.objects.filter(user=user, verified=True).annotate(kecil=Lower("email"))


def jawaban_of(user: Pengguna, row: Undangan, at: datetime) -> Jawaban:
    """What the rules need to know for this person to answer at an instant (UTC)."""
    held = peran_di(user, row.instansi, row.unit, at)
    return Jawaban(
        status=row.status,
        berlaku_sampai=row.berlaku_sampai,
        dituju=_verified(user).filter(kecil=row.alamat).exists(),
        pengundang_berhak=PeranInstansi.ADMIN_INSTANSI
        in peran_di(row.diundang_oleh, row.instansi, at=at),
        sudah=row.peran in held,
        at=at,
    )
