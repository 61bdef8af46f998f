"""The same bytes in more than one entry: told to the committee; to an agency only of its own."""

from collections.abc import Iterable

from django.db.models import QuerySet

from kompetisi.models import Pengguna
from registrasi.models import BuktiDukung, Pendaftaran
from registrasi.queries.pendaftaran import pendaftaran_visible_to


def mark_kembar(
    bukti: Iterable[BuktiDukung], pendaftaran: Pendaftaran, others: QuerySet[Pendaftaran]
) -> None:
    """Give each of the entry's files `kembar`, the codes of the others that hold the same bytes.

    One query. `others` is as far as the reader may know: never all entries for an agency.
    """
    found: dict[str, list[str]] = {}
    attached = BuktiDukung.objects.filter(dilepas_pada=None)
    own = attached.filter(pendaftaran=pendaftaran).values("berkas__sha256")
    rows = attached.filter(pendaftaran__in=others.order_by(), berkas__sha256__in=own)
    rows = rows.exclude(pendaftaran=pendaftaran)
    for sha256, kode in rows.values_list("berkas__sha256", "pendaftaran__kode").distinct():
        found.setdefault(sha256, []).append(kode)
    for row in bukti:
        row.berkas.kembar = sorted(found.get(row.berkas.sha256, []))


def others_of(user: Pengguna, pendaftaran: Pendaftaran) -> QuerySet[Pendaftaran]:
    """The person's other entries of the same edition."""
    return pendaftaran_visible_to(user, pendaftaran.edisi).exclude(pk=pendaftaran.pk)
