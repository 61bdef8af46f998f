"""Outages found, written down, and turned into a draft of an extension that two people decide."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from kompetisi import clock
from kompetisi.actions.antrean import queue_pesan
from kompetisi.actions.jejak import record
from kompetisi.models import Gangguan, Perpanjangan, Tahap
from kompetisi.queries.edisi import closing_instant
from kompetisi.queries.gangguan import Temuan, find_gangguan
from kompetisi.queries.peran import pemegang_peran
from kompetisi.rules.gangguan import (
    LEAST_MINUTES,
    MINUTE,
    closing_after,
    least_of,
    lost_time,
    multiple_of,
)
from kompetisi.templatetags.waktu import batas, durasi

GANGGUAN_LOCK = 310_2024  # one advisory lock: two hosts find the same outage once
STAGE = "pendaftaran"


def enforce_gangguan(at: datetime) -> dict[str, int]:
    """Write down the outages that ended, and draft the extensions they ask for; safe twice."""
    found = [
        temuan for temuan in find_gangguan(LEAST_MINUTES * MINUTE) if note_gangguan(temuan, at)
    ]
    return {"gangguan": len(found)}


@transaction.atomic
def note_gangguan(temuan: Temuan, at: datetime) -> bool:
    """One outage with what it leads to; False when it, or part of it, is known already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GANGGUAN_LOCK])
    if Gangguan.objects.filter(mulai__lt=temuan.selesai, selesai__gt=temuan.mulai).exists():
        return False
    row = Gangguan.objects.create(
        mulai=temuan.mulai, selesai=temuan.selesai, bukti=temuan.bukti, dicatat_pada=at
    )
    record(
        tindakan="gangguan.catat",
        objek=row,
        oleh=None,
        rincian={"mulai": row.mulai, "selesai": row.selesai, **row.bukti},
    )
    for tahap in Tahap.objects.filter(jenis=STAGE).select_related("edisi"):
        draft_perpanjangan(gangguan=row, tahap=tahap)
    return True


def draft_perpanjangan(*, gangguan: Gangguan, tahap: Tahap) -> Perpanjangan | None:
    """Draft the extension that an outage of the open stage asks for, or None when it asks none.

    Several outages share one draft as long as nobody has proposed it: what was lost adds up.
    """
    aturan, closing = tahap.edisi.aturan, closing_instant(tahap)
    lost = lost_time(gangguan.mulai, gangguan.selesai, tahap.mulai, closing)
    if gangguan.lama <= least_of(aturan) or not lost:
        return None
    row = _open_draft(tahap) or Perpanjangan(tahap=tahap)
    earlier = list(row.gangguan.all()) if row.pk else []
    lost += sum(
        (lost_time(g.mulai, g.selesai, tahap.mulai, closing) for g in earlier), timedelta(0)
    )
    row.selesai_baru = closing_after(closing, lost, multiple_of(aturan), gangguan.selesai)
    row.alasan = reason_of([*earlier, gangguan], lost)
    row.diajukan_pada = gangguan.dicatat_pada
    row.save()
    gangguan.perpanjangan = row
    gangguan.save(update_fields=["perpanjangan"])
    record(
        tindakan="perpanjangan.rancang",
        objek=row,
        oleh=None,
        rincian={"tahap": tahap.kode, "selesai_baru": row.selesai_baru, "gangguan": gangguan.pk},
    )
    _tell(row)
    return row


def _open_draft(tahap: Tahap) -> Perpanjangan | None:
    rows = tahap.perpanjangan.select_for_update().filter(
        diajukan_oleh=None, disetujui_pada=None, ditolak_pada=None
    )
    return rows.first()


def reason_of(rows: list[Gangguan], lost: timedelta) -> str:
    """Why, in a sentence for the announcement: when it was and how long."""
    spans = "; ".join(
        f"{g.mulai.astimezone(clock.WIB):%d-%m-%Y pukul %H.%M} sampai "
        f"{g.selesai.astimezone(clock.WIB):%H.%M} WIB"
        for g in rows
    )
    return (
        f"Layanan terukur terganggu {spans}, sehingga {durasi(lost)} dari waktu pendaftaran tidak "
        "dapat digunakan."
    )


def _tell(row: Perpanjangan) -> None:
    for person in pemegang_peran(row.tahap.edisi, "sekretariat", "admin_panrb"):
        queue_pesan(
            kunci=f"gangguan:{row.gangguan.order_by('-mulai').first().pk}:{person.pk}",
            jenis="gangguan",
            edisi=row.tahap.edisi,
            isian={
                "tahap": row.tahap.nama,
                "alasan": row.alasan,
                "tenggat": batas(row.selesai_baru),
            },
            kepada=person,
            tautan="/panitia/perpanjangan/",
        )
