"""Holding an entry, and the one way in which it moves along its road."""

from collections.abc import Collection

from django.db import transaction

from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import Pengguna
from kompetisi.rules.verdict import no
from registrasi.models import Pendaftaran, RiwayatStatus, StatusPendaftaran


def lock_pendaftaran(pendaftaran: Pendaftaran) -> Pendaftaran:
    """The entry as it is now, held until the caller's transaction ends.

    Raises NotAllowedError when its draft was deleted meanwhile.
    """
    rows = Pendaftaran.objects.select_for_update(of=("self",))
    rows = rows.select_related("edisi", "jalur", "instansi", "unit")
    found = rows.filter(pk=pendaftaran.pk).first()
    if found is None:
        raise NotAllowedError(
            f"Draf {pendaftaran.kode} sudah dihapus oleh admin instansi, sehingga tidak ada lagi "
            "yang dapat disimpan."
        )
    return found


@transaction.atomic
def change_status(
    *,
    pendaftaran: Pendaftaran,
    ke: str,
    oleh: Pengguna | None,
    alasan: str = "",
    dari: Collection[str] | None = None,
) -> Pendaftaran:
    """Set the status and leave a step in the timeline; part of the caller's act.

    `dari` names the statuses it may come from (default: the one the caller saw). The update is
    conditional, so that of two people only one wins; raises NotAllowedError for the other.
    `oleh` None means the system itself. `alasan` is shown to the agency.
    """
    expected = list(dari) if dari is not None else [pendaftaran.status]
    now = clock.now()
    row = Pendaftaran.objects.select_for_update().get(pk=pendaftaran.pk)
    if row.status not in expected:
        label = StatusPendaftaran(row.status).label
        no(f"Pendaftaran {row.kode} kini berstatus “{label}”; muat ulang halaman ini.").require()
    RiwayatStatus.objects.create(
        pendaftaran=row, dari=row.status, ke=ke, pada=now, oleh=oleh, alasan=alasan
    )
    Pendaftaran.objects.filter(pk=row.pk).update(status=ke, diubah_pada=now)
    pendaftaran.status, pendaftaran.diubah_pada = ke, now
    return pendaftaran
