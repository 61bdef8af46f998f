"""Taking a list along leaves a trace: who took which one, in what form, with which filter."""

from collections.abc import Mapping

from django.db import transaction

from kompetisi.actions.jejak import record
from kompetisi.models import Edisi, Pengguna


@transaction.atomic
def record_unduhan_daftar(
    *, edisi: Edisi, daftar: str, bentuk: str, saring: Mapping[str, str], oleh: Pengguna
) -> None:
    """Record that a list is being taken; only the filters that were set are kept."""
    used = {name: value for name, value in saring.items() if value}
    record(
        tindakan="unduh.daftar",
        objek=edisi,
        oleh=oleh,
        rincian={"daftar": daftar, "bentuk": bentuk, "saring": used},
    )
