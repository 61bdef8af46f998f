"""Taking data along leaves a trace: who took which list or dossier, and in what form."""

from collections.abc import Mapping

from django.db import transaction

from kompetisi.actions.jejak import record
from kompetisi.models import Edisi, Pengguna
from registrasi.models import Pendaftaran


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


@transaction.atomic
def record_unduhan_dosir(*, pendaftaran: Pendaftaran, bentuk: str, oleh: Pengguna) -> None:
    """Record that the dossier of an entry is being taken as `zip` or `pdf`."""
    record(
        tindakan="unduh.dosir",
        objek=pendaftaran,
        oleh=oleh,
        rincian={"pendaftaran": pendaftaran.kode, "bentuk": bentuk},
    )
