"""The evaluation's work without a person."""

from celery import shared_task

from evaluasi.actions.tenggat import enforce_evaluasi
from kompetisi import clock


@shared_task(name="evaluasi.enforce_tenggat")
def enforce() -> None:
    """Carry out the evaluation's deadlines alone; beat runs them with all others every minute."""
    enforce_evaluasi(clock.now())
