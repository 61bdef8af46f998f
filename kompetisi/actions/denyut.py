"""The heartbeat: a row a minute from each part of the service, by the database's clock."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from kompetisi import clock
from kompetisi.models import Denyut, Gangguan

KEPT = timedelta(days=90)
BEAT = """
INSERT INTO kompetisi_denyut (menit, sumber, hidup, dijawab, ditolak, geser)
VALUES (date_trunc('minute', clock_timestamp() - %s), %s, %s, %s, %s, %s)
ON CONFLICT (sumber, menit) DO UPDATE SET
    hidup = kompetisi_denyut.hidup OR excluded.hidup,
    dijawab = kompetisi_denyut.dijawab + excluded.dijawab,
    ditolak = kompetisi_denyut.ditolak + excluded.ditolak
"""


@transaction.atomic
def write_denyut(*, sumber: str, counts: Iterable[tuple[timedelta, int, int]] = ()) -> None:
    """Note that this part lives now, and (age, answered, refused) of requests since the last time.

    Counts of minutes gone by, in which the database may have been away, are added to those
    minutes without calling them alive.
    """
    geser = clock.shift()
    rows = [(timedelta(0), sumber, True, 0, 0, geser)]
    rows += [(age, sumber, False, answered, refused, geser) for age, answered, refused in counts]
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(BEAT, row)


def prune_denyut() -> int:
    """Forget heartbeats older than KEPT; what was found in them is kept as outages."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kompetisi_denyut WHERE menit < clock_timestamp() - %s", [KEPT])
        return cursor.rowcount


@transaction.atomic
def forget_denyut() -> None:
    """Begin to measure anew: a demonstration that was switched off was not out of order."""
    Denyut.objects.all().delete()
    Gangguan.objects.filter(perpanjangan=None).delete()
