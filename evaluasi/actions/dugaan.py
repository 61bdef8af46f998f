"""Looking for agencies that a profile seems to mean; part of the acts that change a profile."""

from django.db import transaction

from evaluasi.models import BenturanEfektif, DugaanBenturan, Evaluator
from evaluasi.queries.dugaan import directory, seek_matches
from evaluasi.rules.dugaan import Nama
from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.models import Edisi, Pengguna
from kompetisi.queries.peran import peran_of
from kompetisi.rules.matriks import check_aksi


@transaction.atomic
def seek_dugaan(evaluator: Evaluator, nama: list[Nama] | None = None) -> int:
    """Note what a profile seems to mean; what was decided stays. Returns how many are new.

    Agencies barred already are no suggestion; what is no longer found and undecided goes.
    """
    found = seek_matches(evaluator, directory() if nama is None else nama)
    barred = set(
        BenturanEfektif.objects.filter(evaluator=evaluator).values_list("instansi_id", flat=True)
    )
    wanted = {pk: hit for pk, hit in found.items() if pk not in barred}
    rows = DugaanBenturan.objects.filter(evaluator=evaluator)
    rows.filter(putusan="").exclude(instansi__in=wanted).delete()
    known = set(rows.values_list("instansi_id", flat=True))
    new = [
        DugaanBenturan(
            evaluator=evaluator,
            instansi_id=pk,
            sumber=source,
            teks=text,
            frasa=hit.frasa[:254],
            kemiripan=hit.kemiripan,
            ditemukan_pada=clock.now(),
        )
        for pk, (source, text, hit) in wanted.items()
        if pk not in known
    ]
    DugaanBenturan.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def seek_all(*, edisi: Edisi, oleh: Pengguna) -> int:
    """Look again at all active evaluators, as after the directory was loaded anew."""
    check_aksi("benturan.catat", peran_of(oleh, edisi)).require()
    nama = directory()
    rows = Evaluator.objects.filter(edisi=edisi, aktif=True).select_related("pengguna")
    new = sum(seek_dugaan(row, nama) for row in rows.order_by("pk"))
    record(tindakan="dugaan.cari", objek=edisi, oleh=oleh, rincian={"baru": new})
    return new
