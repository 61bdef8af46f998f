"""Delivering messages, and waking work that is due."""

from smtplib import SMTPException

from kompetisi import clock, mailer
from kompetisi.actions.antrean import due_filter, fail_work, finish_work, take_work
from kompetisi.models import Pekerjaan, Pesan

BATCH = 200


def deliver_pesan(*, pk: int) -> bool:
    """Send one message if it is due and in nobody else's hands; true when it was sent."""
    pesan = take_work(Pesan, pk)
    if pesan is None:
        return False
    try:
        mailer.send_pesan(pesan)
    except (OSError, SMTPException) as error:
        fail_work(pesan, f"{type(error).__name__}: {error}")
        return False
    finish_work(pesan)
    return True


def deliver_due_pesan(*, batch: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many were sent. Safe to run twice at once."""
    due = Pesan.objects.filter(due_filter(), jalankan_setelah__lte=clock.real_now())
    keys = list(due.order_by("pk").values_list("pk", flat=True)[:batch])
    return sum(deliver_pesan(pk=pk) for pk in keys)


def due_pekerjaan(*, batch: int = BATCH) -> list[tuple[str, int]]:
    """Work that nobody does: (name of the task, id of the row), oldest first."""
    due = Pekerjaan.objects.filter(due_filter(), jalankan_setelah__lte=clock.real_now())
    return list(due.order_by("pk").values_list("tugas", "pk")[:batch])
