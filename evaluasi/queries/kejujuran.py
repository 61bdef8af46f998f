"""What an evaluator opened and how alike the sheets are; the signs follow in rules/kejujuran.py."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from evaluasi.models import LembarPenilaian, Penguncian, Penugasan
from evaluasi.queries.benturan import own_conflict
from evaluasi.queries.kemajuan import penugasan_live
from evaluasi.queries.lembar import lembar_own
from evaluasi.queries.penugasan import edisi_where
from evaluasi.rules.kejujuran import MIN_HURUF, Tanda
from kompetisi import clock
from kompetisi.models import Pengguna, Tahap

# A file counts as opened when it was given out (other than as the small picture of its first
# page) or was in view beside the sheet, before the lock in force.
TANDA_SQL = """
SELECT l.id, p.evaluator_id, d.id, d.kode,
       (SELECT count(DISTINCT b.berkas_id) FROM registrasi_buktidukung b
         WHERE b.pendaftaran_id = d.id AND b.dilepas_pada IS NULL),
       (SELECT count(DISTINCT b.berkas_id) FROM registrasi_buktidukung b
         WHERE b.pendaftaran_id = d.id AND b.dilepas_pada IS NULL
           AND (EXISTS (SELECT 1 FROM registrasi_aksesberkas a
                         WHERE a.berkas_id = b.berkas_id AND a.oleh_id = e.pengguna_id
                           AND a.cara <> 'kecil' AND (c.pada IS NULL OR a.pada <= c.pada))
             OR EXISTS (SELECT 1 FROM evaluasi_bacaan r
                         WHERE r.lembar_id = l.id AND r.berkas_id = b.berkas_id
                           AND (c.pada IS NULL OR r.pertama_pada <= c.pada)))),
       (SELECT coalesce(sum(r.detik), 0) FROM evaluasi_bacaan r WHERE r.lembar_id = l.id),
       (SELECT CASE WHEN count(n.id) = count(*)
                    THEN l.rubrik_id || ':'
                         || string_agg(k.id || '=' || n.tingkat, ' ' ORDER BY k.id) END
          FROM kompetisi_kelompok g JOIN kompetisi_kriteria k ON k.kelompok_id = g.id
          LEFT JOIN evaluasi_nilai n ON n.kriteria_id = k.id AND n.lembar_id = l.id
         WHERE g.rubrik_id = l.rubrik_id),
       (SELECT json_agg(json_build_array(k.kode, n.catatan) ORDER BY k.id)
          FROM evaluasi_nilai n JOIN kompetisi_kriteria k ON k.id = n.kriteria_id
         WHERE n.lembar_id = l.id AND length(n.catatan) >= %(huruf)s)::text
  FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN evaluasi_evaluator e ON e.id = p.evaluator_id
  JOIN registrasi_pendaftaran d ON d.id = p.pendaftaran_id
  LEFT JOIN evaluasi_penguncian c ON c.lembar_id = l.id AND NOT c.dibuka
 WHERE l.id = ANY(%(lembar)s)
 ORDER BY d.kode, l.id
"""
BACAAN_SQL = """
SELECT b.berkas_id, coalesce(j.nama, 'Bukti ' || k.kode), f.nama_asli, f.halaman,
       coalesce(r.detik, 0), coalesce(json_array_length(r.halaman::json), 0),
       r.id IS NOT NULL OR EXISTS (
           SELECT 1 FROM registrasi_aksesberkas a
            WHERE a.berkas_id = b.berkas_id AND a.oleh_id = e.pengguna_id AND a.cara <> 'kecil')
  FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN evaluasi_evaluator e ON e.id = p.evaluator_id
  JOIN registrasi_buktidukung b ON b.pendaftaran_id = p.pendaftaran_id AND b.dilepas_pada IS NULL
  JOIN registrasi_berkas f ON f.id = b.berkas_id
  LEFT JOIN kompetisi_jenisdokumen j ON j.id = b.jenis_dokumen_id
  LEFT JOIN kompetisi_kriteria k ON k.id = b.kriteria_id
  LEFT JOIN evaluasi_bacaan r ON r.lembar_id = l.id AND r.berkas_id = b.berkas_id
 WHERE l.id = %s
 ORDER BY j.urutan NULLS LAST, b.id
"""


def tanda_of(lembar: Iterable[int]) -> list[Tanda]:
    """What is known about these sheets (primary keys), by code of the entry; one query."""
    with connection.cursor() as cursor:
        cursor.execute(TANDA_SQL, {"lembar": list(lembar), "huruf": MIN_HURUF})
        return [
            Tanda(*row[:7], row[7] or "", tuple(map(tuple, json.loads(row[8] or "[]"))))
            for row in cursor.fetchall()
        ]


def tanda_own(lembar: LembarPenilaian, user: Pengguna) -> list[Tanda]:
    """One's own locked sheets of the same stage, and this one; two queries."""
    rows = lembar_own(user).filter(penugasan__tahap=lembar.penugasan.tahap_id, terkunci=True)
    return tanda_of({lembar.pk, *rows.values_list("pk", flat=True)})


def tanda_visible_to(user: Pengguna, tahap: Tahap, evaluator: Sequence[int]) -> list[Tanda]:
    """The sheets of these evaluators that count and that this reader may see; two queries."""
    rows = _visible(tahap, user).filter(evaluator__in=evaluator, terkunci=True)
    return tanda_of(rows.values_list("lembar__pk", flat=True))


def _visible(tahap: Tahap, user: Pengguna) -> QuerySet[Penugasan]:
    """The assignments of a stage that hold and whose scores this reader may see.

    Asked of the assignments and their locks, never of the view of sums: that would be summed up
    for the whole stage to learn which sheets of a few evaluators count.
    """
    return penugasan_live(tahap).filter(
        ~own_conflict(user, "pendaftaran__instansi"),
        tahap__edisi__in=edisi_where(user, "nilai.lihat"),
    )


def bacaan_list(lembar_id: int) -> list[dict]:
    """Each document of a sheet's entry: time and pages in view, whether opened; one query."""
    names = ("pk", "untuk", "nama", "halaman", "detik", "dilihat", "dibuka")
    with connection.cursor() as cursor:
        cursor.execute(BACAAN_SQL, [lembar_id])
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def locks_by_day(
    tahap: Tahap, user: Pengguna
) -> tuple[dict[int, dict[date, int]], dict[int, int], datetime | None]:
    """Evaluator -> day (WIB) -> sheets locked then; evaluator -> assignments; the first release.

    Only what counts, without what is in conflict with the reader; one query.
    """
    return count_locks(_visible(tahap, user))


def count_locks(
    penugasan: QuerySet[Penugasan],
) -> tuple[dict[int, dict[date, int]], dict[int, int], datetime | None]:
    """The same for these assignments; one query."""
    pada = Penguncian.objects.filter(lembar=OuterRef("lembar__pk"), dibuka=False).values("pada")
    rows = (
        penugasan.annotate(hari=TruncDate(Subquery(pada[:1]), tzinfo=clock.WIB))
        .order_by()
        .values("evaluator", "hari")
        .annotate(n=Count("pk"), dirilis=Min("dirilis_pada"))
    )
    locks: dict[int, dict[date, int]] = defaultdict(dict)
    totals: dict[int, int] = defaultdict(int)
    first = None
    for row in rows:
        totals[row["evaluator"]] += row["n"]
        first = min(filter(None, (first, row["dirilis"])), default=None)
        if row["hari"]:
            locks[row["evaluator"]][row["hari"]] = row["n"]
    return locks, totals, first
