"""For whom a person may act."""

from django.db.models import Q, QuerySet

from kompetisi.models import Pengguna
from registrasi.models import Berkas, Instansi, Keanggotaan, StatusKeanggotaan, UnitPengelola
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


def instansi_of(user: Pengguna) -> list[Instansi]:
    """The agencies this person is the approved admin of, by name; one query."""
    return list(
        Instansi.objects.filter(
            keanggotaan__pengguna=user,
            keanggotaan__peran=PeranInstansi.ADMIN_INSTANSI,
            keanggotaan__status=StatusKeanggotaan.DISETUJUI,
        ).distinct()
    )


def instansi_managed_by(user: Pengguna, kode: str) -> Instansi | None:
    """The agency with this code if the person is its approved admin, else None."""
    return next((row for row in instansi_of(user) if row.kode == kode), None)


def instansi_by_kode(kode: str) -> Instansi | None:
    """The agency with this code, or None."""
    return Instansi.objects.filter(kode=kode).select_related("provinsi").first()


def peserta_of(user: Pengguna) -> list[tuple[Instansi, UnitPengelola | None]]:
    """Whom this person may enter: their agencies, the units of these, units of their own."""
    found: list[tuple[Instansi, UnitPengelola | None]] = []
    for instansi in Instansi.objects.filter(pk__in=[i.pk for i in instansi_of(user)]).order_by(
        "nama"
    ).prefetch_related("unit"):
        found.append((instansi, None))
        found += [(instansi, unit) for unit in instansi.unit.all()]
    own = UnitPengelola.objects.filter(
        keanggotaan__pengguna=user,
        keanggotaan__peran=PeranInstansi.ADMIN_UNIT,
        keanggotaan__status=StatusKeanggotaan.DISETUJUI,
    ).select_related("instansi")
    known = {unit.pk for _, unit in found if unit}
    return found + [(unit.instansi, unit) for unit in own if unit.pk not in known]


def anggota_of(instansi: Instansi) -> list[Keanggotaan]:
    """Who acts for an agency and its units now, admins of the agency first."""
    rows = instansi.keanggotaan.filter(status=StatusKeanggotaan.DISETUJUI)
    return list(rows.select_related("pengguna", "unit").order_by("peran", "unit__nama", "pk"))


def surat_tugas_of(user: Pengguna, pk: int) -> Berkas | None:
    """The letter of one's own request, or None."""
    row = keanggotaan_of(user).filter(pk=pk).first()
    return row.surat_tugas if row else None


def unit_of(instansi: Instansi) -> list[UnitPengelola]:
    """The units of an agency by name."""
    return list(instansi.unit.all())
