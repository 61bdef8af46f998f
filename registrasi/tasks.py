"""Registration's work without a person."""

from celery import shared_task

from kompetisi import clock
from registrasi.actions.tenggat import enforce_registrasi


@shared_task(name="registrasi.enforce_tenggat")
def enforce() -> None:
    """Carry out registration's deadlines alone; beat runs them with all others every minute."""
    enforce_registrasi(clock.now())
