"""Telephones: urgent messages to those who gave a number and agreed."""

import re

from django.conf import settings

from kompetisi import clock, gerbang
from kompetisi.actions.antrean import (
    cancel_work,
    due_filter,
    fail_work,
    finish_work,
    give_up_work,
    take_work,
)
from kompetisi.models import PesanGerbang
from kompetisi.queries.pilihan import pilihan_of
from kompetisi.queries.syarat import still_true

BATCH, OUTAGE, MAX_TEKS = 100, 3, 300
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def deliver_due_gerbang(*, batch: int = BATCH) -> int:
    """Hand due messages to the gateway, oldest first; how many it took. Safe to run twice at once.

    Stops as soon as the gateway says that it takes nothing now.
    """
    if not settings.GERBANG_URL:
        return 0
    due = PesanGerbang.objects.filter(due_filter(), jalankan_setelah__lte=clock.real_now())
    sent = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:batch]):
        try:
            sent += _deliver(pk)
        except gerbang.GerbangError:
            break
    return sent


def _deliver(pk: int) -> bool:
    """Hand one message over; raises GerbangError when the others need not be tried."""
    row = take_work(PesanGerbang, pk)
    if row is None:
        return False
    pilihan = pilihan_of(row.pesan.kepada)
    if pilihan is None or not pilihan.dapat_ditelepon:
        cancel_work(row, "Penerima tidak lagi menyetujui pesan telepon.")
        return False
    if row.pesan.jenis in pilihan.ditolak:
        cancel_work(row, "Penerima tidak lagi menerima jenis pesan ini.")
        return False
    if not still_true(row.pesan):
        cancel_work(row, "Tidak dikirim: hal yang diingatkan sudah selesai atau lewat.")
        return False
    try:
        gerbang.send_teks(nomor=pilihan.nomor, teks=teks_of(row), kunci=f"pesan-{row.pesan_id}")
    except gerbang.GerbangError as error:
        if error.tetap:
            give_up_work(row, error.alasan)
        else:
            fail_work(row, error.alasan, tunda=error.tunda)
        if error.semua:
            raise
        return False
    finish_work(row)
    return True


def teks_of(row: PesanGerbang) -> str:
    """Subject and address: the rest is read in the application."""
    pesan = row.pesan
    subjek = CONTROL.sub(" ", pesan.subjek)[:MAX_TEKS]
    return f"{subjek}. Selengkapnya: {settings.SITE_URL}/pesan/{pesan.pk}/"
