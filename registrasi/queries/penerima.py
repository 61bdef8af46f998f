"""Who is told about an entry, and where they go from the message."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from kompetisi.models import Pengguna
from registrasi.models import Instansi, Keanggotaan, Pendaftaran
from registrasi.models.keanggotaan import PeranInstansi


def penerima_of(rows: Sequence[Pendaftaran]) -> dict[int, list[Pengguna]]:
    """The people of each entry, by its primary key, in one query.

    These are the admins, in force, of its agency, and of its unit when it has one.
    """
    members = (
        Keanggotaan.objects.berlaku()
        .filter(
            Q(unit=None) | Q(unit__in={row.unit_id for row in rows if row.unit_id}),
            instansi__in={row.instansi_id for row in rows},
            pengguna__is_active=True,
        )
        .select_related("pengguna")
    )
    by_agency: dict[int, list[Keanggotaan]] = defaultdict(list)
    for member in members:
        by_agency[member.instansi_id].append(member)
    return {row.pk: _people(row, by_agency[row.instansi_id]) for row in rows}


def admin_of(rows: Sequence[Instansi]) -> dict[int, list[Pengguna]]:
    """The active admins, in force, of each agency, by its primary key, in one query."""
    members = (
        Keanggotaan.objects.berlaku()
        .filter(
            instansi__in=[row.pk for row in rows],
            peran=PeranInstansi.ADMIN_INSTANSI,
            pengguna__is_active=True,
        )
        .select_related("pengguna")
    )
    found: dict[int, dict[int, Pengguna]] = {row.pk: {} for row in rows}
    for member in members.order_by("pengguna_id"):
        found[member.instansi_id][member.pengguna_id] = member.pengguna
    return {pk: list(people.values()) for pk, people in found.items()}


def _people(row: Pendaftaran, members: list[Keanggotaan]) -> list[Pengguna]:
    found = {
        member.pengguna_id: member.pengguna
        for member in members
        if member.unit_id == row.unit_id
        or (member.unit_id is None and member.peran == PeranInstansi.ADMIN_INSTANSI)
    }
    return [found[pk] for pk in sorted(found)]


def tautan_pendaftaran(kode: str) -> str:
    """Where the agency finds its entry, as a path within the site."""
    return f"/registrasi/{kode}/"
