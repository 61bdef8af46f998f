"""What the calendar asks of rights: a word before they end, and one when they have.

The right itself needs no help to end (`Keanggotaan.objects.berlaku`); these are messages only, each
sent once to a right and its end: an end that was moved is announced anew.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Pesan
from kompetisi.rules.tangga import rung_due
from kompetisi.templatetags.waktu import batas
from registrasi.models import Keanggotaan
from registrasi.queries.syarat import ends_of

TOLD_WITHIN = timedelta(days=30)  # a right that ended longer ago is old news


def enforce_hak(at: datetime) -> dict[str, int]:
    """Send what is due at `at` (UTC) about rights that end; returns counts by name."""
    at = min(at, clock.db_now())
    return {"pengingat hak": remind_berakhir(at=at), "hak berakhir": tell_berakhir(at=at)}


@transaction.atomic
def remind_berakhir(*, at: datetime) -> int:
    """Remind people of rights that end in so many days (setting RIGHT_REMINDER_DAYS)."""
    days = settings.RIGHT_REMINDER_DAYS
    soon = Keanggotaan.objects.berlaku(at).filter(
        berlaku_sampai__lte=at + timedelta(days=max(days, default=0)), pengguna__is_active=True
    )
    due = {
        f"hak_berakhir:{row.pk}:{row.berlaku_sampai:%Y%m%d%H}:{rung.hari}": row
        for row in _with_names(soon)
        if (rung := rung_due(row.berlaku_sampai, days, at)) is not None
    }
    return _send(due, jenis="pengingat_hak", syarat="hak:{row.pk}/{ends}")


@transaction.atomic
def tell_berakhir(*, at: datetime) -> int:
    """Tell people that their right has ended, and what they can do."""
    ended = Keanggotaan.objects.lewat(at).filter(
        berlaku_sampai__gt=at - TOLD_WITHIN, pengguna__is_active=True
    )
    due = {
        f"hak_berakhir:{row.pk}:{row.berlaku_sampai:%Y%m%d%H}:lewat": row
        for row in _with_names(ended)
    }
    return _send(due, jenis="hak_berakhir")


def _with_names(rows: Iterable[Keanggotaan]) -> Iterable[Keanggotaan]:
    return rows.select_related("pengguna", "instansi", "unit").order_by("pk")


def _send(due: dict[str, Keanggotaan], *, jenis: str, syarat: str = "") -> int:
    """One message for each key that has none yet; returns how many."""
    known = set(Pesan.objects.filter(kunci__in=due).values_list("kunci", flat=True))
    new = {kunci: row for kunci, row in due.items() if kunci not in known}
    for kunci, row in new.items():
        queue_pesan(
            kunci=kunci,
            jenis=jenis,
            isian={
                "instansi": row.instansi.nama,
                "diwakili": row.unit or row.instansi,
                "tenggat": batas(row.berlaku_sampai),
            },
            kepada=row.pengguna,
            syarat=syarat.format(row=row, ends=ends_of(row)),
            tautan="/registrasi/keanggotaan/",
        )
        record(tindakan=f"akun.{jenis}", objek=row, oleh=None, rincian={"kunci": kunci})
    return len(new)
