"""Taking a dossier along leaves a trace: who took it, and in what form."""

from django.db import transaction

from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna
from registrasi.models import Pendaftaran


@transaction.atomic
def record_unduhan_dosir(*, pendaftaran: Pendaftaran, bentuk: str, oleh: Pengguna) -> None:
    """Record that the dossier of an entry is being taken as `zip` or `pdf`."""
    record(
        tindakan="unduh.dosir",
        objek=pendaftaran,
        oleh=oleh,
        rincian={"pendaftaran": pendaftaran.kode, "bentuk": bentuk},
    )
