"""The same bytes in more than one entry: told to the committee; to an agency only of its own."""

from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from kompetisi.models import Pengguna
from registrasi.models import BuktiDukung, Pendaftaran
from registrasi.queries.pendaftaran import lama_in, pendaftaran_visible_to


def with_kembar(
    bukti: QuerySet[BuktiDukung], others: QuerySet[Pendaftaran]
) -> Sequence[BuktiDukung]:
    """These files, each `berkas` with `kembar`: the codes of other entries with the same bytes.

    In the query of the files itself. `others` is as far as the reader may know: never all entries
    for an agency.
    """
    same = BuktiDukung.objects.filter(
        dilepas_pada=None,
        pendaftaran__in=others.order_by().values("pk"),
        berkas__sha256=OuterRef("berkas__sha256"),
    ).exclude(pendaftaran=OuterRef("pendaftaran"))
    codes = same.order_by("pendaftaran__kode").values("pendaftaran__kode").distinct()
    rows = list(bukti.select_related("berkas").annotate(kembar=ArraySubquery(codes)))
    for row in rows:
        row.berkas.kembar = row.kembar
    return rows


def bukti_told(
    user: Pengguna, pendaftaran: Pendaftaran, **where
) -> tuple[list[BuktiDukung], dict[tuple, list[BuktiDukung]]]:
    """The files of a person's entry: those attached now, and earlier ones as `bukti_lama` gives.

    The former with their doubles in the person's other entries. One query.
    """
    rows = pendaftaran.bukti.filter(**where).select_related("jenis_dokumen")
    found = with_kembar(rows, pendaftaran_visible_to(user, pendaftaran.edisi))
    return [row for row in found if row.dilepas_pada is None], lama_in(found)
