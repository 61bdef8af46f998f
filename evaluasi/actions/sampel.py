"""The sample of reports that a visiting team checks."""

from django.db import transaction

from evaluasi.actions.temuan import take_kunjungan
from evaluasi.models import KunjunganLapangan
from evaluasi.queries.sampel import claim_of
from evaluasi.rules.lapangan import can_draw, draw_sample, jumlah_sampel
from kompetisi.actions.jejak import record
from kompetisi.clock import WIB
from kompetisi.models import Pengguna
from kompetisi.rules.verdict import YES


@transaction.atomic
def draw_sampel(*, kunjungan: KunjunganLapangan, oleh: Pengguna) -> KunjunganLapangan:
    """Draw the reports to be checked, from the visit's recorded seed and the number claimed.

    Once and for good: from then on the agency sees them too, and they stand in the minutes. Raises
    NotAllowedError for whoever is not of the team, before the day, or when it was done.
    """
    row, now = take_kunjungan(kunjungan, oleh)
    claim = claim_of(row.pendaftaran)
    wanted = jumlah_sampel(row.tahap.edisi.aturan)
    can_draw(
        mencatat=YES,
        banyak=wanted,
        jumlah=claim.jumlah if claim else 0,
        tanggal=row.tanggal,
        hari_ini=now.astimezone(WIB).date(),
        sudah=row.sampel is not None,
    ).require()
    row.sampel = {
        "mulai": claim.mulai.isoformat(),
        "selesai": claim.selesai.isoformat(),
        "jumlah": claim.jumlah,
        "nomor": draw_sample(row.benih_sampel, claim.jumlah, wanted),
    }
    row.sampel_pada = now
    row.save(update_fields=["sampel", "sampel_pada"])
    record(
        tindakan="lapangan.sampel",
        objek=row,
        oleh=oleh,
        rincian={"pendaftaran": row.pendaftaran.kode, "benih": row.benih_sampel, **row.sampel},
    )
    return row
