"""Outages as they follow from the heartbeats, and how the service fares now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from kompetisi import clock
from kompetisi.models import Denyut, Gangguan, Perpanjangan

LOOK_BACK = timedelta(days=2)
SHOWN = timedelta(days=30)
STILL = timedelta(minutes=3)  # without a heartbeat for this long, something is out of order

# A good minute has a heartbeat of the site, and refused fewer requests than it answered. What lies
# between two good minutes farther apart than `least` was an outage, unless the clock of a
# demonstration was moved meanwhile. Two minutes later all processes have told what they refused.
FIND = """
WITH good AS (
    SELECT menit, geser, lag(menit) OVER w AS before, lag(geser) OVER w AS geser_before
    FROM kompetisi_denyut
    WHERE sumber = 'web' AND hidup AND (ditolak = 0 OR ditolak < dijawab)
      AND menit > clock_timestamp() - %(back)s
    WINDOW w AS (ORDER BY menit)
), gap AS (
    SELECT before + interval '1 minute' AS dari, menit AS sampai, geser FROM good
    WHERE geser = geser_before AND menit - before - interval '1 minute' > %(least)s
      AND menit < clock_timestamp() - interval '2 minutes'
)
SELECT gap.dari, gap.sampai, gap.geser,
    count(d.id) FILTER (WHERE d.sumber = 'web' AND d.hidup),
    count(d.id) FILTER (WHERE d.sumber = 'beat' AND d.hidup),
    coalesce(sum(d.ditolak), 0), coalesce(sum(d.dijawab), 0)
FROM gap LEFT JOIN kompetisi_denyut d ON d.menit >= gap.dari AND d.menit < gap.sampai
GROUP BY gap.dari, gap.sampai, gap.geser ORDER BY gap.dari
"""


@dataclass(frozen=True)
class Temuan:
    """An outage as measured, in the competition's time (UTC), and what shows it."""

    mulai: datetime
    selesai: datetime
    bukti: dict


def find_gangguan(least: timedelta) -> list[Temuan]:
    """The outages longer than `least` that ended within the last two days; one query."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"back": LOOK_BACK, "least": least})
        return [_temuan(*row) for row in cursor.fetchall()]


def _temuan(dari, sampai, geser, web, beat, refused, answered) -> Temuan:
    minutes = (sampai - dari) // timedelta(minutes=1)
    bukti = {
        "menit": minutes,
        "menit_tanpa_denyut": minutes - web,
        "menit_menolak": web,
        "menit_pekerjaan_latar_hidup": beat,
        "permintaan_ditolak": refused,
        "permintaan_dijawab": answered,
    }
    return Temuan(dari + geser, sampai + geser, bukti)


def gangguan_list(at: datetime) -> QuerySet[Gangguan]:
    """Measured outages of the last thirty days before `at`, newest first."""
    rows = Gangguan.objects.filter(mulai__gte=at - SHOWN, mulai__lte=at)
    return rows.select_related("perpanjangan__tahap")


def denyut_sejak() -> datetime | None:
    """Since when heartbeats are known (UTC, real time); None when there are none."""
    return Denyut.objects.order_by("menit").values_list("menit", flat=True).first()


def keadaan_layanan() -> list[dict]:
    """Each part with whether it lives, and when it last did in the competition's time (UTC)."""
    rows = Denyut.objects.filter(hidup=True).order_by("sumber", "-menit").distinct("sumber")
    last, now = {row.sumber: row for row in rows}, clock.real_now()
    names = {"web": "Situs", "beat": "Pekerjaan latar (surel dan tenggat)"}
    return [
        {
            "nama": name,
            "terakhir": last[part].menit + last[part].geser if part in last else None,
            "hidup": part in last and now - last[part].menit <= STILL,
        }
        for part, name in names.items()
    ]


def perpanjangan_disetujui(edisi) -> QuerySet[Perpanjangan]:
    """Extensions of whole stages that are in force, newest first."""
    rows = Perpanjangan.objects.filter(
        tahap__edisi=edisi, kode_pendaftaran="", disetujui_pada__isnull=False
    )
    return rows.select_related("tahap").order_by("-disetujui_pada")
