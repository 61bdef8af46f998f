"""Doubtful addresses: whose they are, and how else to reach them."""

from kompetisi.hooks import functions_of
from kompetisi.models import AlamatDiragukan, Pengguna


def alamat_doubtful():
    """Addresses in doubt now, the latest first."""
    return AlamatDiragukan.objects.filter(pulih_pada=None).select_related("pesan")


def doubt_about(user: Pengguna) -> AlamatDiragukan | None:
    """The doubt about this person's own address, if there is one."""
    return alamat_doubtful().filter(alamat=user.email.lower()).first()


def with_people(rows: list[AlamatDiragukan]) -> list[dict]:
    """Each address with its person and what the upper apps know of them; no query per row."""
    people = {
        person.email.lower(): person
        for person in Pengguna.objects.filter(email__in=[row.alamat for row in rows])
    }
    keys = [person.pk for person in people.values()]
    known: dict[int, list[str]] = {}
    for offer in functions_of("KONTAK"):
        for pk, names in offer(keys).items():
            known.setdefault(pk, []).extend(names)
    found = []
    for row in rows:
        person = people.get(row.alamat)
        found.append(
            {
                "alamat": row,
                "pengguna": person,
                "instansi": known.get(person.pk, []) if person else [],
                "telepon": person.telepon if person else "",
            }
        )
    return found
