"""For whom a person may act."""

from django.db.models import Q, QuerySet

from kompetisi.models import Pengguna
from registrasi.models import Instansi, Keanggotaan, StatusKeanggotaan, UnitPengelola
from registrasi.models.keanggotaan import PeranInstansi


def peran_di(
    user: Pengguna, instansi: Instansi, unit: UnitPengelola | None = None
) -> frozenset[str]:
    """The roles this person holds for the agency, or for this unit of it; approved ones only."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    where = Q(peran=PeranInstansi.ADMIN_INSTANSI)
    if unit is not None:
        where |= Q(peran=PeranInstansi.ADMIN_UNIT, unit=unit)
    return frozenset(
        Keanggotaan.objects.filter(
            where, pengguna=user, instansi=instansi, status=StatusKeanggotaan.DISETUJUI
        ).values_list("peran", flat=True)
    )


def keanggotaan_of(user: Pengguna) -> QuerySet[Keanggotaan]:
    """All requests of a person to represent an agency, newest first."""
    return (
        Keanggotaan.objects.filter(pengguna=user)
        .select_related("instansi", "unit", "surat_tugas")
        .order_by("-diajukan_pada", "-pk")
    )


def admin_of(instansi: Instansi) -> list[Pengguna]:
    """The approved admins of an agency, for messages about it."""
    return list(
        Pengguna.objects.filter(
            is_active=True,
            keanggotaan__instansi=instansi,
            keanggotaan__peran=PeranInstansi.ADMIN_INSTANSI,
            keanggotaan__status=StatusKeanggotaan.DISETUJUI,
        ).distinct()
    )


def instansi_of(user: Pengguna) -> Instansi | None:
    """The agency this person is the approved admin of; the newest when there are several."""
    row = (
        keanggotaan_of(user)
        .filter(peran=PeranInstansi.ADMIN_INSTANSI, status=StatusKeanggotaan.DISETUJUI)
        .first()
    )
    return row.instansi if row else None


def instansi_by_kode(kode: str) -> Instansi | None:
    """The agency with this code, or None."""
    return Instansi.objects.filter(kode=kode).first()


def unit_of(instansi: Instansi) -> list[UnitPengelola]:
    """The units of an agency by name."""
    return list(instansi.unit.all())
