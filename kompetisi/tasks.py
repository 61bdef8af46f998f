"""The core's work without a person: deadlines, the sweeper, mail, stored files, old sessions."""

from celery import current_app, shared_task
from django.conf import settings

from kompetisi import clock
from kompetisi.actions.berkas import periksa_berkas
from kompetisi.actions.denyut import prune_denyut, write_denyut
from kompetisi.actions.gerbang import deliver_due_gerbang
from kompetisi.actions.pantulan import read_maildir
from kompetisi.actions.pesan import deliver_due_pesan, due_pekerjaan
from kompetisi.actions.ringkasan import send_ringkasan
from kompetisi.actions.sesi import clear_sesi
from kompetisi.actions.tenggat import enforce_tenggat


@shared_task(name="kompetisi.enforce_tenggat")
def enforce() -> None:
    """Say that background work lives, carry out what the calendar asks for; every minute."""
    write_denyut(sumber="beat")
    enforce_tenggat(at=clock.now())


@shared_task(name="kompetisi.sweep_antrean")
def sweep() -> None:
    """Send due messages and ring for due work; the rows are the record, Redis only the bell."""
    for tugas, pk in due_pekerjaan():
        current_app.send_task(tugas, args=[pk])
    send_ringkasan(at=clock.now())
    deliver_due_pesan()
    deliver_due_gerbang()


@shared_task(name="kompetisi.baca_pantulan")
def read_bounces() -> None:
    """Take in returned mails where a Maildir is set; beat calls it every minute."""
    read_maildir(settings.PANTULAN_MAILDIR)


@shared_task(name="kompetisi.periksa_berkas")
def compare_files() -> None:
    """Compare the stored files with the rows that name them; beat calls it daily."""
    periksa_berkas(semua=False)


@shared_task(name="kompetisi.bersihkan_sesi")
def clear_sessions() -> None:
    """Forget sessions that ran out and old heartbeats; beat calls it daily."""
    clear_sesi()
    prune_denyut()
