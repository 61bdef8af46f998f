"""The evaluation's work without a person."""

from celery import shared_task

from evaluasi.actions.rencana import carry_out_rencana
from evaluasi.actions.samaran import carry_out_samaran
from evaluasi.actions.tenggat import enforce_evaluasi
from kompetisi import clock


@shared_task(name="evaluasi.enforce_tenggat")
def enforce() -> None:
    """Carry out the evaluation's deadlines alone; beat runs them with all others every minute."""
    enforce_evaluasi(clock.now())


@shared_task(name="evaluasi.susun_rencana")
def susun_rencana(pk: int) -> None:
    """Make a plan of assignments; `pk` is the row of the work. Safe to run twice."""
    carry_out_rencana(pk=pk)


@shared_task(name="evaluasi.samarkan_berkas")
def samarkan_berkas(pk: int) -> None:
    """Make a copy of a file without names; `pk` is the row of the work. Safe to run twice."""
    carry_out_samaran(pk=pk)
