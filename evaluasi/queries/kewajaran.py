"""How fair the scores of a stage are: severity of evaluators, calibrated ranks, agreement.

Everything rests on `sheets_visible_to`. The official score stays what it is
(evaluasi.queries.nilai); the calibrated one stands beside it and decides nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db import connection

from evaluasi.queries.lembar_sah import kuota_of, reader_names, sheets_visible_to
from evaluasi.queries.nilai import skor_tahap
from evaluasi.rules.kecenderungan import Baca, Model, Taksiran, describe, fit, obstacles
from evaluasi.rules.kesepakatan import Unsur, components_of
from evaluasi.rules.rentang import Rentang, rank_ranges
from kompetisi.models import Jalur, Pengguna, Tahap
from registrasi.models import Pendaftaran

KRITERIA_SQL = """
WITH isi AS (
    SELECT n.kriteria_id, p.pendaftaran_id, count(*) AS m, sum(n.faktor) AS j,
           sum(n.faktor * n.faktor) AS k
      FROM evaluasi_nilai n
      JOIN evaluasi_lembarpenilaian l ON l.id = n.lembar_id
      JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
     WHERE n.lembar_id = ANY(%s)
     GROUP BY 1, 2 HAVING count(*) > 1
)
SELECT g.nama, b.kode, b.nama, count(*), sum(i.m), sum((i.m * i.k - i.j * i.j) / (i.m - 1)),
       sum(i.k) - sum(i.j) * sum(i.j) / sum(i.m)
  FROM isi i
  JOIN kompetisi_kriteria b ON b.id = i.kriteria_id
  JOIN kompetisi_kelompok g ON g.id = b.kelompok_id
 GROUP BY g.id, b.id ORDER BY g.urutan, g.id, b.urutan, b.id
"""


@dataclass(frozen=True)
class Banding:
    """An entry's official and calibrated score side by side, with the ranks by both."""

    pk: int
    nilai: Decimal
    peringkat: int
    masuk: bool
    kalibrasi: Taksiran | None = None
    rentang: Rentang | None = None
    dekat: bool = False

    @property
    def geser(self) -> float | None:
        """Calibrated less official score."""
        return None if self.kalibrasi is None else self.kalibrasi.nilai - float(self.nilai)


@dataclass(frozen=True)
class KriteriaSepakat:
    """A criterion with what its agreement is made of."""

    kelompok: str
    kode: str
    nama: str
    unsur: Unsur


@dataclass(frozen=True)
class Kewajaran:
    """The sheets of a stage and track that a reader may see, and what follows from them."""

    tahap: Tahap
    jalur: Jalur
    lembar: Sequence[Baca]
    kunci: Sequence[int]
    nama: Mapping[int, str]

    @cached_property
    def kendala(self) -> list[tuple[str, str]]:
        """Why there is no model: what is wrong and what would help; empty when there is one."""
        return [describe(row, self.nama) for row in obstacles(self.lembar)]

    @cached_property
    def model(self) -> Model | None:
        """The additive model; None where it is refused."""
        return None if self.kendala else fit(self.lembar)

    @cached_property
    def sepakat(self) -> Unsur:
        """What the agreement on totals is made of."""
        values = defaultdict(list)
        for entry, _, total in self.lembar:
            values[entry].append(total)
        return components_of(values.values())

    @property
    def penilai(self) -> list[dict]:
        """The evaluators with their severity, the most lenient first."""
        rows = self.model.penilai.items() if self.model else ()
        found = [{"pk": pk, "nama": self.nama[pk], "t": row} for pk, row in rows]
        return sorted(found, key=lambda row: (-row["t"].nilai, row["nama"], row["pk"]))

    @cached_property
    def kuota(self) -> int | None:
        """How many this stage lets through; None where it decides nothing or all fit."""
        kuota = kuota_of(self.tahap, self.jalur)
        entries = len({entry for entry, _, _ in self.lembar})
        return kuota if kuota and entries > kuota else None

    @cached_property
    def banding(self) -> list[Banding]:
        """Every entry with both scores, best official score first; one query."""
        entries = sorted({entry for entry, _, _ in self.lembar})
        scores = skor_tahap(self.tahap, entries) if entries else {}
        return compare(scores, self.model, self.kuota)


def kewajaran_of(tahap: Tahap, jalur: Jalur, user: Pengguna) -> Kewajaran:
    """The material of a stage and track for one reader; three queries, more when asked for more."""
    rows = sheets_visible_to(user, tahap, jalur)
    return Kewajaran(
        tahap=tahap,
        jalur=jalur,
        lembar=[(entry, person, float(total)) for entry, person, total, _ in rows],
        kunci=[row[3] for row in rows],
        nama=reader_names({row[1] for row in rows}),
    )


def compare(scores: Mapping[int, Decimal], model: Model | None, kuota: int | None) -> list[Banding]:
    """Entries with both scores and ranks; equal official scores share the first one's rank."""
    order = sorted(scores, key=lambda pk: (-scores[pk], pk))
    line = scores[order[kuota - 1]] if kuota else None
    ranges = rank_ranges(model.entri, model.kuantil) if model else {}
    found: list[Banding] = []
    for place, pk in enumerate(order, 1):
        above = found[-1] if found else None
        found.append(
            Banding(
                pk=pk,
                nilai=scores[pk],
                peringkat=above.peringkat if above and above.nilai == scores[pk] else place,
                masuk=line is None or scores[pk] >= line,
                kalibrasi=model.entri[pk] if model else None,
                rentang=ranges.get(pk),
                dekat=pk in ranges and ranges[pk].near(kuota),
            )
        )
    return found


def sepakat_kriteria(kewajaran: Kewajaran) -> list[KriteriaSepakat]:
    """The agreement on each criterion, by its factors; one query."""
    with connection.cursor() as cursor:
        cursor.execute(KRITERIA_SQL, [list(kewajaran.kunci)])
        return [
            KriteriaSepakat(*row[:3], Unsur(row[3], int(row[4]), float(row[5]), float(row[6])))
            for row in cursor.fetchall()
        ]


def entries_named(keys: Sequence[int]) -> dict[int, Pendaftaran]:
    """Entries by key, with what a list shows of them; one query."""
    rows = Pendaftaran.objects.filter(pk__in=keys).select_related("instansi", "unit", "jalur")
    return {row.pk: row for row in rows}
