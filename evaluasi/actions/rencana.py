"""Making a plan of assignments: at once where it is small, else in the background."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from evaluasi.actions.penugasan import begin_change
from evaluasi.models import Penugasan, RencanaPenugasan
from evaluasi.queries.bahan import Bahan, aturan_bagi, divide_stage, replan_input
from evaluasi.queries.rencana import REFUSED, SUSUN, entries_ready, rencana_in_work
from evaluasi.rules.pembagian import Pembagian
from kompetisi import clock
from kompetisi.actions.antrean import (
    fail_work,
    finish_work,
    give_up_work,
    queue_pekerjaan,
    queue_pesan,
    take_work,
)
from kompetisi.actions.jejak import record
from kompetisi.errors import NotAllowedError, StaleVersionError
from kompetisi.models import Pekerjaan, Pengguna, Tahap
from kompetisi.rules.verdict import no
from registrasi.models import Pendaftaran

AT_ONCE = 2500  # places up to which a plan is made while one waits: about two seconds
ATTEMPTS = 3  # divisions before giving up because others keep changing the assignments


def start_rencana(
    *, tahap: Tahap, oleh: Pengguna, benih: int | None = None, pertahankan: bool = True
) -> RencanaPenugasan | None:
    """Make a plan now, or queue the work where it is large; then None.

    Raises NotAllowedError while a plan of this stage is being made.
    """
    places = entries_ready(tahap).count() * aturan_bagi(tahap).per_entri
    if places <= AT_ONCE:
        return propose_rencana(tahap=tahap, oleh=oleh, benih=benih, pertahankan=pertahankan)
    queue_rencana(tahap=tahap, oleh=oleh, benih=benih, pertahankan=pertahankan)
    return None


@transaction.atomic
def queue_rencana(
    *, tahap: Tahap, oleh: Pengguna, benih: int | None, pertahankan: bool
) -> Pekerjaan:
    """Write down that a plan is to be made; one at a time for a stage."""
    begin_change(tahap, oleh)
    if rencana_in_work(tahap):
        no("Rencana untuk tahap ini sedang disusun. Tunggu sampai selesai.").require()
    number = Pekerjaan.objects.filter(tugas=SUSUN).count() + 1
    work = queue_pekerjaan(
        kunci=f"rencana:{tahap.pk}:{number}",
        tugas=SUSUN,
        argumen={
            "tahap": tahap.pk,
            "oleh": oleh.pk,
            "benih": secrets.randbelow(1_000_000) if benih is None else benih,
            "pertahankan": pertahankan,
        },
    )
    record(
        tindakan="penugasan.minta_rencana",
        objek=tahap,
        oleh=oleh,
        rincian={"tahap": tahap.kode, "benih": work.argumen["benih"]},
    )
    return work


def carry_out_rencana(*, pk: int) -> bool:
    """Make the plan of a queued row and tell who asked; False when another has it, or it failed.

    What is not allowed any more is given up with the reason; any other fault is tried again.
    """
    work = take_work(Pekerjaan, pk)
    if work is None:
        return False
    asked = work.argumen
    tahap = Tahap.objects.select_related("edisi").get(pk=asked["tahap"])
    oleh = Pengguna.objects.get(pk=asked["oleh"])
    try:
        plan = propose_rencana(
            tahap=tahap, oleh=oleh, benih=asked["benih"], pertahankan=asked["pertahankan"]
        )
    except NotAllowedError as error:
        give_up_work(work, f"{REFUSED}{error.alasan}")
        return False
    except Exception as error:  # noqa: BLE001 - whatever it was, the row says so and waits
        fail_work(work, f"{type(error).__name__}: {error}")
        return False
    queue_pesan(
        kunci=f"rencana_siap:{plan.pk}",
        jenis="rencana_siap",
        kepada=oleh,
        edisi=tahap.edisi,
        isian={"tahap": tahap.nama, "kurang": len(plan.kekurangan)},
        tautan=f"/panitia/penugasan/{tahap.kode}/",
    )
    finish_work(work)
    return True


def propose_rencana(
    *, tahap: Tahap, oleh: Pengguna, benih: int | None = None, pertahankan: bool = True
) -> RencanaPenugasan:
    """Plan readers for every entry that still lacks some; replaces the plan not yet released.

    Released assignments stay, and with `pertahankan` as much of the plan before as the rules
    permit. The same `benih` and the same data give the same plan. Readers that cannot be found
    are listed in `kekurangan` with the rule to blame. Nothing is locked while it is worked out;
    raises StaleVersionError when the assignments kept changing meanwhile.
    """
    benih = secrets.randbelow(1_000_000) if benih is None else benih
    _check(tahap, oleh)
    for _ in range(ATTEMPTS):
        bahan = replan_input(tahap, pertahankan=pertahankan)
        hasil = divide_stage(tahap, bahan, benih)
        plan = _store(tahap, oleh, benih, bahan, hasil, pertahankan=pertahankan)
        if plan is not None:
            return plan
    raise StaleVersionError(
        "Penugasan tahap ini sedang diubah orang lain. Susun rencana sekali lagi."
    )


@transaction.atomic
def _check(tahap: Tahap, oleh: Pengguna) -> None:
    begin_change(tahap, oleh)


@transaction.atomic
def _store(
    tahap: Tahap,
    oleh: Pengguna,
    benih: int,
    bahan: Bahan,
    hasil: Pembagian,
    *,
    pertahankan: bool,
) -> RencanaPenugasan | None:
    """Put a plan in the place of the one before; None when the material has changed since."""
    begin_change(tahap, oleh)
    if replan_input(tahap, pertahankan=pertahankan) != bahan:
        return None
    plan = RencanaPenugasan.objects.create(
        tahap=tahap,
        benih=benih,
        kekurangan=_shortages(hasil),
        ringkasan={
            "peringatan": hasil.peringatan,
            "jangkar": list(hasil.jangkar),
            "kelompok": len(hasil.kelompok),
            "tetap": sum(map(len, bahan.rencana.values())) - hasil.berubah,
            "berubah": hasil.berubah,
            "terbaik": hasil.terbaik,
        },
        dibuat_oleh=oleh,
        dibuat_pada=clock.now(),
    )
    Penugasan.objects.filter(pk__in=bahan.tangan).update(rencana=plan)
    RencanaPenugasan.objects.filter(tahap=tahap, dirilis_pada=None).exclude(pk=plan.pk).delete()
    Penugasan.objects.bulk_create(_planned(plan, bahan, hasil), batch_size=1000)
    record(
        tindakan="penugasan.rencana",
        objek=plan,
        oleh=oleh,
        rincian={
            "tahap": tahap.kode,
            "benih": benih,
            "kurang": len(hasil.kekurangan),
            "berubah": hasil.berubah,
        },
    )
    return plan


def _planned(plan: RencanaPenugasan, bahan: Bahan, hasil: Pembagian) -> Iterable[Penugasan]:
    """The new assignments, each in a place of its entry that is free."""
    rows = Penugasan.objects.filter(tahap=plan.tahap, dicabut_pada=None)
    taken: dict[int, set[int]] = {}
    for entri, place in rows.values_list("pendaftaran_id", "urutan"):
        taken.setdefault(entri, set()).add(place)
    for entri in bahan.entri:
        used = taken.get(entri.pk, set())
        free = (n for n in range(1, len(used) + len(bahan.penilai) + 2) if n not in used)
        for evaluator, place in zip(hasil.tambahan[entri.pk], free, strict=False):
            yield Penugasan(
                rencana=plan,
                tahap=plan.tahap,
                pendaftaran_id=entri.pk,
                evaluator_id=evaluator,
                urutan=place,
                pertimbangan=hasil.pertimbangan.get((entri.pk, evaluator), []),
            )


def _shortages(hasil: Pembagian) -> list[dict]:
    kode = dict(
        Pendaftaran.objects.filter(pk__in=[k.entri for k in hasil.kekurangan]).values_list(
            "pk", "kode"
        )
    )
    return [asdict(k) | {"kode": kode[k.entri]} for k in hasil.kekurangan]


@transaction.atomic
def discard_rencana(*, rencana: RencanaPenugasan, oleh: Pengguna) -> None:
    """Throw a plan away that was not released."""
    begin_change(rencana.tahap, oleh)
    row = RencanaPenugasan.objects.select_for_update().get(pk=rencana.pk)
    if row.dirilis_pada:
        no("Rencana ini sudah dirilis.").require()
    record(tindakan="penugasan.buang_rencana", objek=row, oleh=oleh)
    row.delete()
