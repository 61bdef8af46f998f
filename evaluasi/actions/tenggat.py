"""What follows from the calendar in the evaluation; idempotent, right when run late or twice."""

from datetime import datetime, timedelta

from django.db import transaction

from evaluasi.actions.benturan import end_conflicts
from evaluasi.actions.lapangan import enforce_lapangan
from evaluasi.actions.samaran import ensure_salinan
from evaluasi.actions.wawancara import enforce_wawancara
from evaluasi.models import Evaluator
from evaluasi.queries.kemajuan import (
    entries_judged,
    penugasan_unlocked,
    unlocked_by_evaluator,
)
from evaluasi.rules.penugasan import DINILAI
from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.errors import NotAllowedError
from kompetisi.models import Pesan, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.queries.peran import pemegang_peran
from kompetisi.rules.matriks import KETUA
from kompetisi.rules.tangga import ladder_of, rung_due
from kompetisi.templatetags.waktu import batas
from registrasi.actions.status import change_status
from registrasi.models import Pendaftaran, StatusPendaftaran

LOOK_BACK = timedelta(days=60)  # a stage that closed longer ago has no consequences left


def enforce_evaluasi(at: datetime) -> dict[str, int]:
    """Carry out what is due at an instant (UTC) in every scored stage; returns counts by name.

    Before a stage opens and in it: copies of files are asked for where readers see no names.
    Before the closing: assignments that came into conflict end, and reminders go to evaluators who
    owe sheets. After it: the entries with all required sheets are marked as judged (document
    stage) and the chair is told what is missing. A sheet that was not locked does not count;
    nothing has to be done to it. A host whose clock runs ahead does nothing early.
    """
    at = min(at, clock.db_now())
    counts = {
        "samaran": 0,
        "benturan": 0,
        "pengingat_evaluator": 0,
        "dinilai_dokumen": 0,
        "lembar_kurang": 0,
    }
    stages = Tahap.objects.filter(jenis__in=DINILAI, selesai__gt=at - LOOK_BACK).select_related(
        "edisi"
    )
    for tahap in stages.order_by("mulai", "pk"):
        if at < tahap.selesai:  # readers find the copies when the stage opens
            counts["samaran"] += ensure_salinan(tahap)
        if at < tahap.mulai:
            continue
        closing = closing_instant(tahap)
        if at < closing:
            counts["benturan"] += end_conflicts(tahap)
            counts["pengingat_evaluator"] += remind_evaluators(tahap, closing, at)
            continue
        if tahap.jenis == "dokumen":
            counts["dinilai_dokumen"] += mark_judged(tahap)
        counts["lembar_kurang"] += tell_missing(tahap, closing)
    return counts | enforce_wawancara(at) | enforce_lapangan(at)


@transaction.atomic
def remind_evaluators(tahap: Tahap, closing: datetime, at: datetime) -> int:
    """Remind evaluators with unlocked sheets, once for each day count that has been reached."""
    rung = rung_due(closing, ladder_of(tahap.edisi.aturan, "evaluator"), at, tahap.mulai)
    if rung is None:
        return 0
    occasion = f"{tahap.pk}:{closing:%Y%m%d%H%M}:{rung.hari}"
    owing = dict(unlocked_by_evaluator(tahap))
    keys = {pk: f"ingat_lembar:{occasion}:{pk}" for pk in owing}
    told = set(Pesan.objects.filter(kunci__in=keys.values()).values_list("kunci", flat=True))
    due = [pk for pk in owing if keys[pk] not in told]
    people = Evaluator.objects.filter(pk__in=due).select_related("pengguna").order_by("pk")
    for evaluator in people:
        queue_pesan(
            kunci=keys[evaluator.pk],
            jenis="pengingat_lembar",
            kepada=evaluator.pengguna,
            edisi=tahap.edisi,
            isian={
                "jumlah": owing[evaluator.pk],
                "tahap": tahap.nama,
                "tenggat": batas(closing),
            },
            segera=rung.segera,
            syarat=f"lembar:{tahap.pk}/{evaluator.pk}",
            tautan="/evaluasi/",
        )
    return len(due)


def mark_judged(tahap: Tahap) -> int:
    """Move entries with all required sheets on; each in its own transaction."""
    moved = 0
    ready = (StatusPendaftaran.LOLOS_ADMINISTRASI,)
    for entry in entries_judged(tahap, ready).order_by("pk"):
        moved += _move(entry)
    return moved


def _move(entry: Pendaftaran) -> int:
    try:
        change_status(
            pendaftaran=entry,
            ke=StatusPendaftaran.DINILAI_DOKUMEN,
            oleh=None,
            dari=[StatusPendaftaran.LOLOS_ADMINISTRASI],
        )
    except NotAllowedError:  # somebody else moved it meanwhile
        return 0
    return 1


@transaction.atomic
def tell_missing(tahap: Tahap, closing: datetime) -> int:
    """Tell the chair, once per closing, how many sheets are missing; returns messages made."""
    occasion = f"lembar_kurang:{tahap.pk}:{closing:%Y%m%d%H%M}"
    if Pesan.objects.filter(kunci__startswith=f"{occasion}:").exists():
        return 0
    missing = penugasan_unlocked(tahap).count()
    if not missing:
        return 0
    chairs = pemegang_peran(tahap.edisi, KETUA)
    for ketua in chairs:
        queue_pesan(
            kunci=f"{occasion}:{ketua.pk}",
            jenis="lembar_kurang",
            kepada=ketua,
            edisi=tahap.edisi,
            isian={"jumlah": missing, "tahap": tahap.nama},
            tautan=f"/panitia/nilai/{tahap.kode}/?saring=kurang",
        )
    return len(chairs)
