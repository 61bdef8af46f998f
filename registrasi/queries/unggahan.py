"""A person's own uploads in pieces."""

from django.db.models import QuerySet

from kompetisi.models import Pengguna
from registrasi.models import KeadaanUnggahan, Pendaftaran, Unggahan
from registrasi.queries.pendaftaran import pendaftaran_of


def unggahan_of(user: Pengguna) -> QuerySet[Unggahan]:
    """Those this person began, in entries the person may still see."""
    rows = Unggahan.objects.filter(pendaftaran__in=pendaftaran_of(user), oleh=user)
    return rows.select_related("pendaftaran__edisi", "jenis_dokumen", "kriteria")


def unfinished_of(user: Pengguna, pendaftaran: Pendaftaran) -> dict[tuple, Unggahan]:
    """The person's unfinished ones in an entry, by (document kind, criterion); one query."""
    rows = Unggahan.objects.filter(
        pendaftaran=pendaftaran, oleh=user, keadaan=KeadaanUnggahan.BERJALAN, diterima__gt=0
    )
    return {(row.jenis_dokumen_id, row.kriteria_id): row for row in rows}
