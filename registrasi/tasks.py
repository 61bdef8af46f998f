"""Registration's work without a person."""

from celery import shared_task

from kompetisi import clock
from registrasi.actions.arsip import carry_out_arsip, sweep_arsip
from registrasi.actions.pemindaian import scan_waiting
from registrasi.actions.tenggat import enforce_registrasi
from registrasi.actions.unggahan import sweep_unggahan


@shared_task(name="registrasi.enforce_tenggat")
def enforce() -> None:
    """Carry out registration's deadlines alone; beat runs them with all others every minute."""
    enforce_registrasi(clock.now())


@shared_task(name="registrasi.pindai_berkas")
def scan() -> None:
    """Ask the virus scanner about the files that wait for it; beat calls it every minute."""
    scan_waiting()


@shared_task(name="registrasi.bersihkan_unggahan")
def sweep() -> None:
    """Forget abandoned uploads, and archives whose day is over; beat calls it every hour."""
    sweep_unggahan()
    sweep_arsip()


@shared_task(name="registrasi.susun_dosir")
def make_arsip(pk: int) -> None:
    """Make the archive of an entry that somebody waits for."""
    carry_out_arsip(pk=pk)
