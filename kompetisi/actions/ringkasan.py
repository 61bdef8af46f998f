"""The daily summary: one mail a morning for those who asked for it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from kompetisi import clock
from kompetisi.actions.antrean import cancel_work, queue_pesan
from kompetisi.models import Pengguna, Pesan, StatusAntrean
from kompetisi.models.pengguna import ZonaWaktu
from kompetisi.queries.syarat import still_true
from kompetisi.templatetags.waktu import tanggal

HOUR = 7  # in the reader's own zone
NEEDLESS = "Tidak diringkas: hal yang diingatkan sudah selesai atau lewat."


def send_ringkasan(*, at: datetime) -> int:
    """Write the summaries that are due at an instant; how many. Late or twice makes no other.

    Due are the messages written before the last seven o'clock of their reader.
    """
    written = 0
    for zona in ZonaWaktu.values:
        until = last_seven(at, zona)
        due = Pesan.objects.filter(status=StatusAntrean.DITAMPUNG, dibuat_pada__lt=until)
        people = Pengguna.objects.filter(zona_waktu=zona, pk__in=due.values("kepada"))
        written += sum(_summarise(person, until) for person in people.order_by("pk"))
    return written


def last_seven(at: datetime, zona: str) -> datetime:
    """The latest seven in the morning of a zone that is not after the instant."""
    local = at.astimezone(ZoneInfo(zona))
    seven = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return seven if seven <= local else seven - timedelta(days=1)


@transaction.atomic
def _summarise(person: Pengguna, until: datetime) -> bool:
    rows = list(
        Pesan.objects.select_for_update(skip_locked=True)
        .filter(kepada=person, status=StatusAntrean.DITAMPUNG, dibuat_pada__lt=until)
        .order_by("pk")
    )
    needed = []
    for row in rows:
        if still_true(row):
            needed.append(row)
        else:
            cancel_work(row, NEEDLESS)
    if not needed:
        return False
    summary = queue_pesan(
        kunci=f"ringkasan:{person.pk}:{until:%Y%m%d}:{needed[-1].pk}",
        jenis="ringkasan",
        isian={
            "jumlah": len(needed),
            "tanggal": tanggal(until.date()),
            "daftar": "\n".join(
                f"- {row.subjek}\n  {settings.SITE_URL}/pesan/{row.pk}/" for row in needed
            ),
        },
        kepada=person,
        tautan="/pesan/",
    )
    Pesan.objects.filter(pk__in=[row.pk for row in needed]).update(
        status=StatusAntrean.SELESAI, selesai_pada=clock.now(), ringkasan=summary
    )
    return True
