"""The days of a stage, and how one evaluator keeps up with them."""

from datetime import date, datetime, timedelta

from django.db import connection

from evaluasi.queries.kejujuran import count_locks
from evaluasi.queries.penugasan import is_locked, penugasan_own
from evaluasi.rules.bacaan import DETIK_PER_HALAMAN
from evaluasi.rules.laju import chart, pace
from kompetisi import clock
from kompetisi.models import Pengguna, Tahap
from kompetisi.queries.edisi import closing_instant

# Pages of the documents of these sheets, and how many of them were in view; a file once a sheet.
PAGES_SQL = """
SELECT coalesce(sum(f.halaman), 0), coalesce(sum(least(f.dilihat, f.halaman)), 0)
  FROM (SELECT DISTINCT l.id, k.id, greatest(k.halaman, 1) AS halaman,
               coalesce(json_array_length(r.halaman::json), 0) AS dilihat
          FROM evaluasi_lembarpenilaian l
          JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
          JOIN registrasi_buktidukung b
            ON b.pendaftaran_id = p.pendaftaran_id AND b.dilepas_pada IS NULL
          JOIN registrasi_berkas k ON k.id = b.berkas_id
          LEFT JOIN evaluasi_bacaan r ON r.lembar_id = l.id AND r.berkas_id = k.id
         WHERE p.id = ANY(%s)) AS f(lembar, berkas, halaman, dilihat)
"""


def days_of(tahap: Tahap, dirilis: datetime | None) -> dict[str, date]:
    """First day (of the release, not before the stage), last day and today, in WIB."""
    begin = max(dirilis or tahap.mulai, tahap.mulai)
    last = closing_instant(tahap) - timedelta(microseconds=1)
    days = {"mulai": begin, "akhir": last, "kini": clock.now()}
    return {name: at.astimezone(clock.WIB).date() for name, at in days.items()}


def own_laju(user: Pengguna, tahap: Tahap) -> dict | None:
    """How an evaluator stands against the plan of a stage; None without assignments there.

    As `chart` tells, with `per_hari` (sheets a day from today), `halaman` (pages of open sheets
    that were not in view) and `lama`, the seconds they take to read. Three queries, however many
    assignments.
    """
    rows = penugasan_own(user).filter(tahap=tahap)
    locks, totals, first = count_locks(rows)
    if not totals:
        return None
    (evaluator,) = totals
    days = days_of(tahap, first)
    drawn = chart(totals[evaluator], locks.get(evaluator, {}), days)
    pages = pages_left(list(rows.filter(~is_locked("lembar__pk")).values_list("pk", flat=True)))
    return drawn | {
        "per_hari": pace(drawn["jumlah"] - drawn["terkunci"], days["akhir"], days["kini"]),
        "halaman": pages,
        "lama": pages * DETIK_PER_HALAMAN,
    }


def pages_left(penugasan: list[int]) -> int:
    """Pages of the documents of these assignments that were not in view yet; one query."""
    with connection.cursor() as cursor:
        cursor.execute(PAGES_SQL, [penugasan])
        total, seen = cursor.fetchone()
    return total - seen
