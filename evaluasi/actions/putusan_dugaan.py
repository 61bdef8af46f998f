"""A person says whether a suggested conflict is one."""

from django.db import transaction

from evaluasi.actions.benturan import record_benturan
from evaluasi.models import DugaanBenturan, Penugasan
from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import no


@transaction.atomic
def confirm_dugaan(*, dugaan: DugaanBenturan, alasan: str, oleh: Pengguna) -> list[Penugasan]:
    """Make a suggestion a conflict, with the reason; returns the assignments that ended by it."""
    row = _decide(dugaan, DugaanBenturan.Putusan.BENAR, alasan, oleh)
    return record_benturan(
        evaluator=row.evaluator, instansi=row.instansi, alasan=row.alasan, oleh=oleh
    )


@transaction.atomic
def ignore_dugaan(*, dugaan: DugaanBenturan, alasan: str, oleh: Pengguna) -> None:
    """Set a suggestion aside, with the reason; it does not come again."""
    _decide(dugaan, DugaanBenturan.Putusan.DIABAIKAN, alasan, oleh)


def _decide(dugaan: DugaanBenturan, putusan: str, alasan: str, oleh: Pengguna) -> DugaanBenturan:
    check_aksi("benturan.catat", peran_of(oleh, dugaan.evaluator.edisi)).require()
    row = DugaanBenturan.objects.select_for_update(of=("self",)).get(pk=dugaan.pk)
    if row.putusan:
        no("Dugaan ini sudah diputus.").require()
    if not alasan.strip():
        no("Tuliskan alasan putusan ini.").require()
    row.putusan, row.alasan = putusan, alasan.strip()
    row.diputus_oleh, row.diputus_pada = oleh, clock.now()
    row.save()
    record(
        tindakan=f"dugaan.{putusan}",
        objek=row,
        oleh=oleh,
        rincian={
            "evaluator": row.evaluator_id,
            "instansi": row.instansi.kode,
            "sumber": row.sumber,
            "teks": row.teks,
            "alasan": row.alasan,
        },
    )
    return row
