"""What an evaluator answers to an assignment, and who takes a place that became empty."""

from django.db import transaction

from evaluasi.actions.benturan import Pernyataan, declare_benturan
from evaluasi.actions.penugasan import (
    add_penugasan,
    begin_change,
    end_penugasan,
    lock_stage,
    suggest_reader,
)
from evaluasi.models import Evaluator, Penugasan, SebabCabut
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.rules.penugasan import can_answer
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna, Tahap
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import pemegang_peran, peran_of
from kompetisi.rules.matriks import KETUA
from kompetisi.rules.verdict import no


@transaction.atomic
def accept_penugasan(*, tahap: Tahap, oleh: Pengguna) -> int:
    """Accept all own assignments of a stage that are not answered; returns how many."""
    _check(tahap, oleh, milik=True)
    # The rows are locked by key: what is one's own is asked of several tables.
    keys = list(penugasan_own(oleh).filter(tahap=tahap).values_list("pk", flat=True))
    rows = Penugasan.objects.select_for_update().filter(
        pk__in=keys, diterima_pada=None, dicabut_pada=None
    )
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    if not found:
        return 0
    Penugasan.objects.filter(pk__in=found).update(diterima_pada=clock.now())
    record(
        tindakan="penugasan.terima",
        objek=tahap,
        oleh=oleh,
        rincian={"tahap": tahap.kode, "penugasan": found},
    )
    return len(found)


@transaction.atomic
def decline_penugasan(*, penugasan: Penugasan, alasan: str, oleh: Pengguna) -> None:
    """Give an assignment back with the reason: it ends, and the chair is told to fill the place.

    A locked sheet stays; raises NotAllowedError then, and without a reason.
    """
    tahap = penugasan.tahap
    lock_stage(tahap)
    _check(tahap, oleh, milik=_is_own(penugasan, oleh))
    end_penugasan(penugasan, SebabCabut.DITOLAK, alasan, oleh)
    for ketua in pemegang_peran(tahap.edisi, KETUA):
        queue_pesan(
            kunci=f"penugasan_ditolak:{penugasan.pk}:{ketua.pk}",
            jenis="penugasan_ditolak",
            kepada=ketua,
            edisi=tahap.edisi,
            isian={
                "evaluator": penugasan.evaluator.pengguna,
                "kode": penugasan.pendaftaran.kode,
                "alasan": alasan.strip(),
                "tahap": tahap.nama,
            },
            tautan=f"/panitia/penugasan/{tahap.kode}/pengganti/",
        )


@transaction.atomic
def recuse_self(*, penugasan: Penugasan, alasan: str, oleh: Pengguna) -> list[Penugasan]:
    """Step back from an entry because of a conflict discovered while reading.

    The conflict is recorded with its reason and the time; every assignment about the agency ends
    at once, also where the sheet was locked, which stops counting. Returns what ended. Possible
    at any time: a conflict is a conflict after the closing too.
    """
    if not _is_own(penugasan, oleh):
        no("Penugasan ini bukan milik Anda.").require()
    instansi = penugasan.pendaftaran.instansi
    ended = declare_benturan(
        evaluator=penugasan.evaluator, pernyataan=[Pernyataan(instansi, alasan)], oleh=oleh
    )
    record(
        tindakan="benturan.saat_membaca",
        objek=penugasan,
        oleh=oleh,
        rincian={"pendaftaran": penugasan.pendaftaran.kode, "alasan": alasan.strip()},
    )
    return ended


@transaction.atomic
def assign_pengganti(
    *, penugasan: Penugasan, oleh: Pengguna, evaluator: Evaluator | None = None
) -> Penugasan:
    """Fill the place that an ended assignment left; without `evaluator` by the solver's proposal.

    Released at once. Raises NotAllowedError when the assignment is in force, or nobody may read.
    """
    tahap, entry = penugasan.tahap, penugasan.pendaftaran
    begin_change(tahap, oleh)
    row = Penugasan.objects.get(pk=penugasan.pk)
    if row.dicabut_pada is None:
        no("Penugasan ini masih berlaku; ganti pembacanya dari halaman pendaftaran.").require()
    chosen = evaluator or suggest_reader(tahap, entry)
    return add_penugasan(
        tahap=tahap, pendaftaran=entry, evaluator=chosen, oleh=oleh, sebab="pengganti"
    )


def _is_own(penugasan: Penugasan, oleh: Pengguna) -> bool:
    return penugasan_own(oleh).filter(pk=penugasan.pk).exists()


def _check(tahap: Tahap, oleh: Pengguna, *, milik: bool) -> None:
    keadaan = keadaan_of(tahap.edisi, tahap.jenis, clock.db_now())
    can_answer(peran_of(oleh, tahap.edisi), milik=milik, keadaan=keadaan).require()
