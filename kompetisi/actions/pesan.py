"""Delivering messages, and waking work that is due."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction

from kompetisi import clock, mailer
from kompetisi.actions.antrean import (
    cancel_work,
    due_filter,
    fail_work,
    finish_work,
    retry_work,
    take_work,
)
from kompetisi.actions.jejak import record
from kompetisi.actions.pantulan import mark_bounced
from kompetisi.models import Edisi, Pekerjaan, Pengguna, Pesan
from kompetisi.queries.peran import peran_of
from kompetisi.queries.syarat import still_true
from kompetisi.rules.katalog import find_jenis
from kompetisi.rules.pantulan import refusal_of
from kompetisi.rules.pesan import can_retry

BATCH = 200
OUTAGE = 3  # this many messages in a row without an answer: the server is away
SENT, KEPT, AWAY = "terkirim", "disimpan", "tidak menjawab"
NEEDLESS = "Tidak dikirim: hal yang diingatkan sudah selesai atau lewat."


def deliver_pesan(*, pk: int) -> bool:
    """Send one message if it is due and in nobody else's hands; true when it was sent."""
    return _deliver(pk) == SENT


def _deliver(pk: int) -> str:
    """Send one message; what came of it: SENT, KEPT, or AWAY when the server does not answer."""
    pesan = take_work(Pesan, pk)
    if pesan is None:
        return KEPT
    if not still_true(pesan):
        cancel_work(pesan, NEEDLESS)
        return KEPT
    try:
        mailer.send_pesan(pesan)
    except SMTPRecipientsRefused as error:
        refusal = refusal_of(error.recipients)
        if not (refusal and mark_bounced(pesan=pesan, sebab=refusal)):
            fail_work(pesan, f"{type(error).__name__}: {error}")
        return KEPT
    except SMTPDataError as error:  # it answers, but will not have this message
        fail_work(pesan, f"{type(error).__name__}: {error}")
        return KEPT
    except (OSError, SMTPException) as error:
        fail_work(pesan, f"{type(error).__name__}: {error}")
        return AWAY
    finish_work(pesan)
    jenis = find_jenis(pesan.jenis)
    if jenis and jenis.sekali and not settings.DEMO:
        Pesan.objects.filter(pk=pesan.pk).update(tautan="")
    return SENT


def deliver_due_pesan(*, batch: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many were sent. Safe to run twice at once.

    When the server does not answer several times in a row the rest waits for the next run, so
    that a dead server neither uses up the tries of all messages nor keeps the worker busy.
    """
    due = Pesan.objects.filter(due_filter(), jalankan_setelah__lte=clock.real_now())
    sent, away = 0, 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:batch]):
        outcome = _deliver(pk)
        sent += outcome == SENT
        away = away + 1 if outcome == AWAY else 0
        if away >= OUTAGE:
            break
    return sent


@transaction.atomic
def retry_pesan(*, pesan: Pesan, oleh: Pengguna, edisi: Edisi) -> None:
    """Let a given-up or returned message go again, to the address its person has now.

    Raises NotAllowedError without the role, and for a message whose secret link is gone.
    """
    can_retry(peran_of(oleh, edisi), pesan.jenis, pesan.tautan).require()
    retry_work(pesan)
    if pesan.kepada:
        Pesan.objects.filter(pk=pesan.pk).update(alamat=pesan.kepada.email)
    record(tindakan="pesan.kirim_ulang", objek=pesan, oleh=oleh)


def due_pekerjaan(*, batch: int = BATCH) -> list[tuple[str, int]]:
    """Work that nobody does: (name of the task, id of the row), oldest first."""
    due = Pekerjaan.objects.filter(due_filter(), jalankan_setelah__lte=clock.real_now())
    return list(due.order_by("pk").values_list("tugas", "pk")[:batch])
