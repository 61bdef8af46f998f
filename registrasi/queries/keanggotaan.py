"""For whom a person may act."""

from datetime import datetime

from django.db.models import Q, QuerySet

from kompetisi.models import Pengguna
from registrasi.models import Berkas, Instansi, Keanggotaan, UnitPengelola
from registrasi.models.keanggotaan import PeranInstansi


def peran_di(
    user: Pengguna,
    instansi: Instansi,
    unit: UnitPengelola | None = None,
    at: datetime | None = None,
) -> frozenset[str]:
    """The roles this person holds for the agency, or for this unit of it, at an instant (now)."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    where = Q(peran=PeranInstansi.ADMIN_INSTANSI)
    if unit is not None:
        where |= Q(peran=PeranInstansi.ADMIN_UNIT, unit=unit)
    return frozenset(
        Keanggotaan.objects.berlaku(at)
        .filter(where, pengguna=user, instansi=instansi)
        .values_list("peran", flat=True)
    )


def milik(user: Pengguna, awalan: str = "") -> Q:
    """Which entries this person may act for now: those of the agency, or of their unit alone.

    `awalan` leads to the entry, as in "pendaftaran__". For filters; the one place they share.
    """
    rights = Keanggotaan.objects.berlaku().filter(pengguna=user)
    agencies = rights.filter(peran=PeranInstansi.ADMIN_INSTANSI).values("instansi")
    units = rights.filter(peran=PeranInstansi.ADMIN_UNIT).values("unit")
    return Q(**{f"{awalan}instansi__in": agencies}) | Q(**{f"{awalan}unit__in": units})


def keanggotaan_of(user: Pengguna) -> QuerySet[Keanggotaan]:
    """All requests of a person to represent an agency, newest first."""
    return (
        Keanggotaan.objects.filter(pengguna=user)
        .select_related("instansi", "unit", "surat_tugas")
        .order_by("-diajukan_pada", "-pk")
    )


def admin_of(instansi: Instansi) -> list[Pengguna]:
    """The admins of an agency whose right is in force, for messages about it."""
    rights = instansi.keanggotaan.berlaku().filter(peran=PeranInstansi.ADMIN_INSTANSI)
    return list(Pengguna.objects.filter(is_active=True, pk__in=rights.values("pengguna")))


def instansi_of(user: Pengguna) -> list[Instansi]:
    """The agencies this person is the admin of now, by name; one query."""
    rights = Keanggotaan.objects.berlaku().filter(pengguna=user, peran=PeranInstansi.ADMIN_INSTANSI)
    return list(Instansi.objects.filter(pk__in=rights.values("instansi")))


def instansi_managed_by(user: Pengguna, kode: str) -> Instansi | None:
    """The agency with this code if the person is its admin now, else None."""
    return next((row for row in instansi_of(user) if row.kode == kode), None)


def instansi_by_kode(kode: str) -> Instansi | None:
    """The agency with this code, or None."""
    return Instansi.objects.filter(kode=kode).select_related("provinsi").first()


def hak_berbatas(user: Pengguna, instansi: Instansi) -> Keanggotaan | None:
    """The person's right as the agency's admin, if it is in force and has an end."""
    rights = instansi.keanggotaan.berlaku().filter(pengguna=user, unit=None)
    return rights.filter(berlaku_sampai__isnull=False).first()


def peserta_of(user: Pengguna) -> list[tuple[Instansi, UnitPengelola | None]]:
    """Whom this person may enter: their agencies, the units of these, units of their own."""
    found: list[tuple[Instansi, UnitPengelola | None]] = []
    for instansi in (
        Instansi.objects.filter(pk__in=[i.pk for i in instansi_of(user)])
        .order_by("nama")
        .prefetch_related("unit")
    ):
        found.append((instansi, None))
        found += [(instansi, unit) for unit in instansi.unit.all()]
    rights = Keanggotaan.objects.berlaku().filter(pengguna=user, peran=PeranInstansi.ADMIN_UNIT)
    own = UnitPengelola.objects.filter(pk__in=rights.values("unit")).select_related("instansi")
    known = {unit.pk for _, unit in found if unit}
    return found + [(unit.instansi, unit) for unit in own if unit.pk not in known]


def anggota_of(instansi: Instansi) -> list[Keanggotaan]:
    """Who acts for an agency and its units now, admins of the agency first."""
    rows = instansi.keanggotaan.berlaku()
    return list(rows.select_related("pengguna", "unit").order_by("peran", "unit__nama", "pk"))


def surat_tugas_of(user: Pengguna, pk: int) -> Berkas | None:
    """The letter of one's own request, or None."""
    row = keanggotaan_of(user).filter(pk=pk).first()
    return row.surat_tugas if row else None


def unit_of(instansi: Instansi) -> list[UnitPengelola]:
    """The units of an agency by name."""
    return list(instansi.unit.all())
