"""Which agency a person speaks for, for the committee that wants to call them."""

from collections.abc import Collection

from registrasi.models import Keanggotaan


def kontak_of(people: Collection[int]) -> dict[int, list[str]]:
    """Names of the agencies and units by person; one query."""
    rows = Keanggotaan.objects.berlaku().filter(pengguna__in=people)
    rows = rows.select_related("instansi", "unit")
    found: dict[int, list[str]] = {}
    for row in rows.order_by("instansi__nama", "pk"):
        name = f"{row.unit.nama}, {row.instansi.nama}" if row.unit else row.instansi.nama
        found.setdefault(row.pengguna_id, []).append(name)
    return found
