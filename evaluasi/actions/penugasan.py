"""Assigning evaluators: a plan released as a whole, changes by hand, ended with a reason."""

from collections import Counter

from django.db import connection, transaction

from evaluasi.actions.lembar import ensure_lembar
from evaluasi.models import Evaluator, LembarPenilaian, Penugasan, RencanaPenugasan, SebabCabut
from evaluasi.queries.bahan import plan_input
from evaluasi.queries.benturan import in_conflict, sebab_between
from evaluasi.queries.dugaan import assigned_in_doubt
from evaluasi.queries.jadwal import can_attend, teams_too_alike
from evaluasi.queries.pengganti import pick_pembaca
from evaluasi.queries.penugasan import is_locked
from evaluasi.queries.rencana import entries_ready
from evaluasi.rules.penugasan import can_assign, can_manage, can_release, can_withdraw
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Pengguna, Tahap
from kompetisi.queries.edisi import keadaan_of
from kompetisi.queries.peran import peran_of
from kompetisi.rules.verdict import no
from registrasi.models import Pendaftaran

PLAN_LOCK = 310  # first key of the advisory lock; the second is the stage


@transaction.atomic
def release_rencana(
    *, rencana: RencanaPenugasan, oleh: Pengguna, dugaan_diketahui: bool = False
) -> int:
    """Let the evaluators see a plan, all of it at once; each is told. Returns how many it holds.

    `dugaan_diketahui`: the person knows of the pairs whose suggested conflict nobody decided yet;
    without it such a plan is refused. Raises NotAllowedError, as for conflicts in the plan.
    """
    tahap = rencana.tahap
    begin_change(tahap, oleh)
    row = RencanaPenugasan.objects.select_for_update().get(pk=rencana.pk)
    planned = list(
        Penugasan.objects.filter(rencana=row, dicabut_pada=None)
        .annotate(berbenturan=in_conflict("evaluator", "pendaftaran__instansi"))
        .select_related("tahap__edisi", "pendaftaran", "evaluator__pengguna")
        .order_by("pk")
    )
    doubt = assigned_in_doubt(tahap, row)
    can_release(
        jumlah=len(planned),
        diragukan=[] if dugaan_diketahui else doubt,
        berbenturan=[p.pendaftaran.kode for p in planned if p.berbenturan],
        sudah=row.dirilis_pada is not None,
        asal_sama=teams_too_alike(tahap, [p.pendaftaran_id for p in planned]),
    ).require()
    now = clock.now()
    row.dirilis_pada, row.dirilis_oleh = now, oleh
    row.save(update_fields=["dirilis_pada", "dirilis_oleh"])
    Penugasan.objects.filter(rencana=row, dicabut_pada=None).update(dirilis_pada=now)
    ensure_lembar(planned)
    record(
        tindakan="penugasan.rilis",
        objek=row,
        oleh=oleh,
        rincian={"tahap": tahap.kode, "jumlah": len(planned)}
        | ({"dugaan_terbuka": doubt} if doubt else {}),
    )
    _tell(planned, f"rencana:{row.pk}")
    return len(planned)


@transaction.atomic
def add_penugasan(
    *,
    tahap: Tahap,
    pendaftaran: Pendaftaran,
    evaluator: Evaluator,
    oleh: Pengguna,
    rencana: RencanaPenugasan | None = None,
    sebab: str = "tangan",
) -> Penugasan:
    """Give one entry one more reader: within an open plan, or (without) released at once.

    `sebab` is the code of the reason that is shown beside the pair.
    Raises NotAllowedError for a conflict, with its cause, and when the entry has this reader.
    """
    begin_change(tahap, oleh)
    _check_pair(tahap, pendaftaran, evaluator)
    if rencana is not None and rencana.dirilis_pada:
        no("Rencana ini sudah dirilis.").require()
    row = Penugasan.objects.create(
        rencana=rencana,
        tahap=tahap,
        pendaftaran=pendaftaran,
        evaluator=evaluator,
        urutan=_next_urutan(tahap, pendaftaran),
        pertimbangan=[sebab],
        dirilis_pada=None if rencana else clock.now(),
    )
    record(
        tindakan="penugasan.tambah",
        objek=row,
        oleh=oleh,
        rincian={
            "tahap": tahap.kode,
            "pendaftaran": pendaftaran.kode,
            "evaluator": evaluator.pk,
            "rencana": rencana.pk if rencana else None,
        },
    )
    if rencana is None:
        ensure_lembar([row])
        _tell([row], f"penugasan:{row.pk}")
    return row


@transaction.atomic
def replace_penugasan(
    *, penugasan: Penugasan, evaluator: Evaluator, oleh: Pengguna, alasan: str = ""
) -> Penugasan:
    """Give the place of one reader to another; the earlier sheet is kept and does not count."""
    begin_change(penugasan.tahap, oleh)
    _check_pair(penugasan.tahap, penugasan.pendaftaran, evaluator)
    end_penugasan(penugasan, SebabCabut.DIGANTI, alasan, oleh)
    rencana = penugasan.rencana if penugasan.dirilis_pada is None else None
    return add_penugasan(
        tahap=penugasan.tahap,
        pendaftaran=penugasan.pendaftaran,
        evaluator=evaluator,
        oleh=oleh,
        rencana=rencana,
    )


@transaction.atomic
def withdraw_penugasan(*, penugasan: Penugasan, oleh: Pengguna, alasan: str = "") -> None:
    """End an assignment. Planned: taken out of the plan. Released: kept, ended with the reason."""
    begin_change(penugasan.tahap, oleh)
    end_penugasan(penugasan, SebabCabut.DIBATALKAN, alasan, oleh)


@transaction.atomic
def assign_pembaca_ketiga(
    *,
    tahap: Tahap,
    pendaftaran: Pendaftaran,
    oleh: Pengguna,
    evaluator: Evaluator | None = None,
) -> Penugasan:
    """Give an entry one more reader, released at once; without `evaluator` the least loaded.

    Raises NotAllowedError when nobody may read it, with the rule to blame.
    """
    begin_change(tahap, oleh)
    if evaluator is None:
        evaluator = suggest_reader(tahap, pendaftaran)
    return add_penugasan(
        tahap=tahap, pendaftaran=pendaftaran, evaluator=evaluator, oleh=oleh, sebab="ketiga"
    )


def suggest_reader(tahap: Tahap, pendaftaran: Pendaftaran) -> Evaluator:
    """The least loaded evaluator who may read an entry; the choice is repeatable.

    Of those who have agreed to the pact and declared their conflicts, if any of them may; only
    then of the others, whom the page names as not ready.
    """
    bahan = plan_input(tahap, pendaftaran.pk)
    if not bahan.entri:
        no("Pendaftaran ini tidak sedang menunggu penilaian pada tahap ini.").require()
    found, refusal = pick_pembaca(tahap, bahan)
    if found is None:
        no(refusal).require()
    return Evaluator.objects.get(pk=found)


def begin_change(tahap: Tahap, oleh: Pengguna) -> None:
    """One change of a stage's assignments at a time; the stage must not have closed."""
    lock_stage(tahap)
    keadaan = keadaan_of(tahap.edisi, tahap.jenis, clock.db_now())
    can_manage(peran_of(oleh, tahap.edisi), keadaan).require()


def lock_stage(tahap: Tahap) -> None:
    """Wait for other changes of a stage's assignments; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PLAN_LOCK, tahap.pk])


def _check_pair(tahap: Tahap, pendaftaran: Pendaftaran, evaluator: Evaluator) -> None:
    live = Penugasan.objects.filter(tahap=tahap, pendaftaran=pendaftaran, dicabut_pada=None)
    can_assign(
        sebab_benturan=sebab_between(evaluator, pendaftaran.instansi),
        sudah=live.filter(evaluator=evaluator).exists(),
        aktif=evaluator.aktif and evaluator.edisi_id == tahap.edisi_id,
        siap=entries_ready(tahap).filter(pk=pendaftaran.pk).exists(),
    ).require()
    can_attend(tahap, pendaftaran, evaluator).require()


def _next_urutan(tahap: Tahap, pendaftaran: Pendaftaran) -> int:
    live = Penugasan.objects.filter(tahap=tahap, pendaftaran=pendaftaran, dicabut_pada=None)
    taken = set(live.values_list("urutan", flat=True))
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


def end_penugasan(penugasan: Penugasan, sebab: SebabCabut, alasan: str, oleh: Pengguna) -> None:
    """End one that is in force; for the caller's transaction, the stage being locked."""
    # The sheet's row first, as the engine of sheets does: a lock under way is waited for.
    list(LembarPenilaian.objects.select_for_update().filter(penugasan=penugasan.pk))
    row = Penugasan.objects.select_for_update(of=("self",)).get(pk=penugasan.pk)
    locked = LembarPenilaian.objects.filter(is_locked(), penugasan=row).exists()
    can_withdraw(
        dirilis=row.dirilis_pada is not None,
        terkunci=locked,
        dicabut=row.dicabut_pada is not None,
        alasan=alasan,
    ).require()
    record(
        tindakan="penugasan.cabut",
        objek=row,
        oleh=oleh,
        rincian={"pendaftaran": penugasan.pendaftaran.kode, "sebab": sebab, "alasan": alasan},
    )
    if row.dirilis_pada is None:
        row.delete()
        return
    row.dicabut_pada, row.dicabut_oleh = clock.now(), oleh
    row.sebab_cabut, row.alasan_cabut = sebab, alasan.strip()
    row.save()


def _tell(released: list[Penugasan], occasion: str) -> None:
    """Tell each evaluator once how many sheets they were given."""
    count = Counter(row.evaluator_id for row in released)
    people = {row.evaluator_id: row.evaluator.pengguna for row in released}
    tahap = released[0].tahap
    for evaluator, jumlah in sorted(count.items()):
        queue_pesan(
            kunci=f"penugasan_dirilis:{occasion}:{evaluator}",
            jenis="penugasan_dirilis",
            kepada=people[evaluator],
            edisi=tahap.edisi,
            isian={"jumlah": jumlah, "tahap": tahap.nama},
            tautan="/evaluasi/",
        )
