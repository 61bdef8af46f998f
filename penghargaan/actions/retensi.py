"""Carrying out what the edition promises about how long it keeps what."""

from datetime import datetime

from django.db import transaction

from evaluasi.actions.samaran import forget_samaran
from kompetisi.actions.berkas import purge_berkas
from kompetisi.actions.jejak import record
from kompetisi.models import Edisi
from penghargaan.queries.retensi import (
    ROWS,
    berkas_bukan_pemenang,
    draf_berisi,
    kontak_tersimpan,
    published_editions,
    retensi_of,
)
from registrasi.actions.pemusnahan import clear_draf, clear_kontak, destroy_berkas
from registrasi.queries.berkas import kunci_dimusnahkan

WORK = {
    "draf_tidak_dikirim_bulan": lambda edisi, at: clear_draf(draf_berisi(edisi), at),
    "berkas_bukan_pemenang_bulan": lambda edisi, at: destroy_berkas(
        berkas_bukan_pemenang(edisi), at
    ),
    "kontak_pribadi_bulan": lambda edisi, _: clear_kontak(kontak_tersimpan(edisi)),
}


def carry_out_retensi(*, at: datetime) -> dict[str, int]:
    """Erase what is due at an instant; counts by kind. Never before its date, nothing twice.

    The bytes of files go last; a run that died before is made up for by the next.
    """
    counts = dict.fromkeys(ROWS, 0)
    for edisi in published_editions(at):
        for jenis, number in erase_due(edisi=edisi, at=at).items():
            counts[jenis] += number
    forget_samaran(at)
    purge_berkas(kunci_dimusnahkan())
    return counts


@transaction.atomic
def erase_due(*, edisi: Edisi, at: datetime) -> dict[str, int]:
    """What is due of one edition, with one record for each kind that had anything left."""
    row = Edisi.objects.select_for_update().get(pk=edisi.pk)
    counts = {}
    for item in retensi_of(row, at):
        if item.jatuh_tempo is None or at < item.jatuh_tempo or not item.jumlah:
            continue
        counts[item.jenis] = WORK[item.jenis](row, at)
        record(
            tindakan="retensi.laksanakan",
            objek=row,
            oleh=None,
            rincian={
                "jenis": item.jenis,
                "jumlah": counts[item.jenis],
                "jatuh_tempo": item.jatuh_tempo,
            },
        )
    return counts
