"""The access log of files, and the declaration that goes before evidence."""

from collections.abc import Iterable

from django.db import transaction

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna
from registrasi.actions.pendaftaran import lock_for_edit
from registrasi.models import AksesBerkas, Berkas, Pendaftaran

LONGEST = 200


def note_akses(*, berkas: Iterable[Berkas], oleh: Pengguna, cara: str, halaman: str) -> None:
    """Note that these files are about to be given out; without the note none is."""
    now = clock.now()
    AksesBerkas.objects.bulk_create(
        AksesBerkas(berkas=b, oleh=oleh, pada=now, cara=cara, halaman=halaman[:LONGEST])
        for b in berkas
    )


@transaction.atomic
def confirm_perlindungan(*, pendaftaran: Pendaftaran, oleh: Pengguna) -> None:
    """Declare, once per entry, that those who complained are covered in all evidence."""
    row = lock_for_edit(pendaftaran, oleh)
    if row.perlindungan_pada is None:
        row.perlindungan_pada = clock.now()
        row.save(update_fields=["perlindungan_pada"])
        record(
            tindakan="perlindungan.nyatakan",
            objek=row,
            oleh=oleh,
            rincian={"pendaftaran": row.kode},
        )
    pendaftaran.perlindungan_pada = row.perlindungan_pada
