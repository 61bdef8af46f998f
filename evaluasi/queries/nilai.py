"""The official score of an entry in a stage: the only place that knows the formula.

A sheet's total is the sum of weight times factor over its criteria. A stage's score is the mean of
the totals that count (view `evaluasi_lembar_sah`: locked, assignment in force, no conflict).
Where the edition asks for a third reader with `gabung: dua_terdekat`, and an entry has three or
more sheets of the document stage, it is the mean of the two nearest totals; when two gaps are
equally small, of the totals of both pairs. Group and criterion means are taken over the same
sheets, so that they add up to the score. All in one SQL statement and in exact numeric arithmetic;
nothing is rounded here.
"""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from evaluasi.models import LembarSah
from kompetisi.models import Edisi, Tahap

DIPAKAI = """
WITH sah AS MATERIALIZED (
    SELECT s.lembar_id, s.pendaftaran_id, s.tahap_id, s.total, t.kode, t.jenis,
           count(*) OVER entri AS jumlah,
           s.total - lag(s.total) OVER urut AS sela_bawah,
           lead(s.total) OVER urut - s.total AS sela_atas
      FROM evaluasi_lembar_sah s
      JOIN kompetisi_tahap t ON t.id = s.tahap_id
     WHERE t.edisi_id = %(edisi)s AND (%(tahap)s IS NULL OR t.id = %(tahap)s)
       AND (%(entri)s::bigint[] IS NULL OR s.pendaftaran_id = ANY(%(entri)s::bigint[]))
    WINDOW entri AS (PARTITION BY s.tahap_id, s.pendaftaran_id),
           urut AS (PARTITION BY s.tahap_id, s.pendaftaran_id ORDER BY s.total, s.lembar_id)
), terdekat AS (
    SELECT *, min(sela_atas) OVER (PARTITION BY tahap_id, pendaftaran_id) AS sela_terkecil
      FROM sah
), dipakai AS MATERIALIZED (
    SELECT * FROM terdekat
     WHERE jumlah < 3 OR jenis <> 'dokumen' OR NOT %(dua_terdekat)s
        OR sela_atas = sela_terkecil OR sela_bawah = sela_terkecil
)
"""
SKOR_SQL = f"""{DIPAKAI}
SELECT pendaftaran_id, sum(total) / count(*) FROM dipakai GROUP BY pendaftaran_id
"""  # noqa: S608 - no value goes into the text
NILAI_SQL = f"""{DIPAKAI}
, butir AS (
    SELECT u.tahap_id, u.pendaftaran_id, g.kode AS kelompok, k.kode AS kriteria,
           sum(k.bobot * n.faktor) / count(*) AS poin
      FROM dipakai u
      JOIN evaluasi_nilai n ON n.lembar_id = u.lembar_id
      JOIN kompetisi_kriteria k ON k.id = n.kriteria_id
      JOIN kompetisi_kelompok g ON g.id = k.kelompok_id
     GROUP BY 1, 2, 3, 4
), kelompok AS (
    SELECT tahap_id, pendaftaran_id, kelompok, sum(poin) AS poin,
           jsonb_object_agg(kriteria, poin) AS kriteria
      FROM butir GROUP BY 1, 2, 3
), rinci AS (
    SELECT tahap_id, pendaftaran_id,
           jsonb_object_agg(kelompok, poin)::text AS kelompok,
           jsonb_object_agg(kelompok, kriteria)::text AS kriteria
      FROM kelompok GROUP BY 1, 2
), ringkas AS (
    SELECT tahap_id, pendaftaran_id, min(total) AS terendah, max(total) AS tertinggi
      FROM sah GROUP BY 1, 2
)
SELECT u.pendaftaran_id, u.tahap_id, min(u.kode), min(u.jenis),
       sum(u.total) / count(*), min(u.jumlah), count(*), min(r.terendah), min(r.tertinggi),
       min(x.kelompok), min(x.kriteria)
  FROM dipakai u
  JOIN ringkas r USING (tahap_id, pendaftaran_id)
  JOIN rinci x USING (tahap_id, pendaftaran_id)
 GROUP BY u.pendaftaran_id, u.tahap_id
 ORDER BY u.tahap_id, u.pendaftaran_id
"""  # noqa: S608 - no value goes into the text


@dataclass(frozen=True)
class NilaiTahap:
    """The score of one entry in one stage, exact, 0 to 100.

    `jumlah` sheets count, `dipakai` of them make the score; `terendah` and `tertinggi` are over
    all that count. `kelompok` maps a group's code to its mean points, `kriteria` a group's code
    to its criteria's mean points.
    """

    pendaftaran_id: int
    tahap_id: int
    tahap: str
    jenis: str
    nilai: Decimal
    jumlah: int
    dipakai: int
    terendah: Decimal
    tertinggi: Decimal
    kelompok: dict[str, Decimal]
    kriteria: dict[str, dict[str, Decimal]]

    @property
    def selisih(self) -> Decimal:
        """The highest total less the lowest."""
        return self.tertinggi - self.terendah


def nilai_tahap(
    edisi: Edisi, tahap: Tahap | None = None, pendaftaran: list[int] | None = None
) -> list[NilaiTahap]:
    """Every entry with a sheet that counts, in every scored stage or in one; one statement.

    With `pendaftaran` (primary keys) only these entries, for a page of a list.
    """
    with connection.cursor() as cursor:
        cursor.execute(NILAI_SQL, _given(edisi, tahap, pendaftaran))
        return [
            NilaiTahap(*row[:9], kelompok=_numbers(row[9]), kriteria=_numbers(row[10]))
            for row in cursor.fetchall()
        ]


def skor_tahap(tahap: Tahap, pendaftaran: list[int] | None = None) -> dict[int, Decimal]:
    """Entry -> its score in a stage, without groups and criteria; the same formula, one query."""
    with connection.cursor() as cursor:
        cursor.execute(SKOR_SQL, _given(tahap.edisi, tahap, pendaftaran))
        return dict(cursor.fetchall())


def _given(edisi: Edisi, tahap: Tahap | None, pendaftaran: list[int] | None) -> dict:
    return {
        "edisi": edisi.pk,
        "tahap": tahap.pk if tahap else None,
        "entri": pendaftaran,
        "dua_terdekat": nearest_two(edisi),
    }


def nilai_by_pendaftaran(edisi: Edisi) -> dict[int, dict[str, NilaiTahap]]:
    """Entry -> code of the stage -> score, for the ranking of a whole edition; one statement."""
    found: dict[int, dict[str, NilaiTahap]] = {}
    for row in nilai_tahap(edisi):
        found.setdefault(row.pendaftaran_id, {})[row.tahap] = row
    return found


def nearest_two(edisi: Edisi) -> bool:
    """Whether three readings are joined as the mean of the two nearest (else of all)."""
    rule = edisi.aturan.get("penilai_ketiga") or {}
    return rule.get("gabung") == "dua_terdekat"


def total_lembar(tahap: Tahap, pendaftaran: list[int] | None = None) -> dict[int, Decimal]:
    """Sheet -> its exact total, for the sheets that count; one query."""
    rows = LembarSah.objects.filter(tahap=tahap)
    if pendaftaran is not None:
        rows = rows.filter(pendaftaran__in=pendaftaran)
    return dict(rows.values_list("lembar_id", "total"))


def _numbers(text: str) -> dict:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)
