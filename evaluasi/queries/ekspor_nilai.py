"""The scores of a stage and track as a workbook and as PDF, from the sheets a reader may see.

The workbook carries all that its own numbers rest on: `evaluasi/tests/hitung_ulang.py` recomputes
scores, severities, ranks and agreement from the file alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from evaluasi.models import LembarPenilaian, Nilai, Penguncian
from evaluasi.queries.kewajaran import Kewajaran, entries_named, kewajaran_of, sepakat_kriteria
from evaluasi.queries.lembar_sah import hidden_entries
from evaluasi.queries.nilai import nearest_two
from evaluasi.rules.kesepakatan import MIN_ENTRI
from kompetisi.models import Jalur, Kriteria, Pengguna, Tahap
from kompetisi.queries.ekspor import Kolom, Tabel
from registrasi.models import Pendaftaran

PART_MATRIKS = 150  # entries in one PDF of the matrix
PART_LEMBAR = 20  # entries in one PDF of their sheets
CHUNK = 200  # entries whose sheets are read at a time


@dataclass(frozen=True)
class LembarEkspor:
    """A sheet that counts: its entry, evaluator, total, note and the seal of its lock."""

    pk: int
    pendaftaran: Pendaftaran
    penilai: int
    nama: str
    total: float
    catatan: str
    hash: str
    pada: datetime
    nilai: Sequence[Mapping]

    @property
    def sandi(self) -> str:
        """The evaluator's sign in the file: names may be the same."""
        return f"E{self.penilai}"

    @cached_property
    def poin(self) -> dict[str, object]:
        """Criterion -> points."""
        return {row["kriteria"]: row["poin"] for row in self.nilai}


@dataclass(frozen=True)
class Bahan:
    """What is taken along of a stage and track, and by whom."""

    tahap: Tahap
    jalur: Jalur
    wajar: Kewajaran
    entri: Mapping[int, Pendaftaran]
    kriteria: Sequence[Mapping]
    tersembunyi: int

    @property
    def urut(self) -> list[int]:
        """The entries, best official score first."""
        return [row.pk for row in self.wajar.banding]

    def sheets(self, entries: Sequence[int]) -> list[LembarEkspor]:
        """The sheets of these entries in their order, with all scores; two queries."""
        chosen = set(entries)
        rows = [
            (entry, person, total, key)
            for (entry, person, total), key in zip(self.wajar.lembar, self.wajar.kunci, strict=True)
            if entry in chosen
        ]
        keys = [row[3] for row in rows]
        locks = {
            row["lembar"]: row
            for row in Penguncian.objects.filter(lembar__in=keys, dibuka=False).values(
                "lembar", "hash", "pada", "lembar__catatan_umum"
            )
        }
        scores = _scores_of(keys)
        place = {pk: number for number, pk in enumerate(entries)}
        rows.sort(key=lambda row: (place[row[0]], row[3]))
        return [
            LembarEkspor(
                key,
                self.entri[entry],
                person,
                self.wajar.nama[person],
                total,
                locks[key]["lembar__catatan_umum"],
                locks[key]["hash"],
                locks[key]["pada"],
                scores[key],
            )
            for entry, person, total, key in rows
        ]


def bahan_of(tahap: Tahap, jalur: Jalur, user: Pengguna) -> Bahan:
    """The material of a stage and track for one reader; a fixed number of queries."""
    wajar = kewajaran_of(tahap, jalur, user)
    rubric = Kriteria.objects.filter(
        kelompok__rubrik__in=LembarPenilaian.objects.filter(pk__in=wajar.kunci).values("rubrik")
    ).order_by("kelompok__urutan", "kelompok", "urutan", "pk")
    return Bahan(
        tahap=tahap,
        jalur=jalur,
        wajar=wajar,
        entri=entries_named([row.pk for row in wajar.banding]),
        kriteria=list(rubric.values("kode", "nama", "bobot")),
        tersembunyi=hidden_entries(user, tahap, jalur),
    )


def _scores_of(keys: Sequence[int]) -> dict[int, list[dict]]:
    rows = (
        Nilai.objects.filter(lembar__in=keys)
        .order_by("lembar", "kriteria__kelompok__urutan", "kriteria__urutan", "kriteria")
        .values_list(
            "lembar",
            "kriteria__kelompok__kode",
            "kriteria__kode",
            "kriteria__nama",
            "kriteria__bobot",
            "tingkat",
            "faktor",
            "catatan",
        )
    )
    found: dict[int, list[dict]] = defaultdict(list)
    for lembar, kelompok, kode, nama, bobot, tingkat, faktor, catatan in rows:
        found[lembar].append(
            {
                "kelompok": kelompok,
                "kriteria": kode,
                "nama": nama,
                "bobot": bobot,
                "tingkat": tingkat,
                "faktor": faktor,
                "poin": bobot * faktor,
                "catatan": catatan,
            }
        )
    return found


# --- The workbook ---------------------------------------------------------------------------------


def tables_of(bahan: Bahan, oleh: Pengguna, at: datetime) -> Iterator[Tabel]:
    """The sheets of the workbook, each made when it is written."""
    yield Tabel("Keterangan", PAIR, list(_told(bahan, oleh, at)))
    yield _matrix(bahan)
    yield Tabel("Nilai tahap", SCORES, [(bahan.entri[row.pk], row) for row in bahan.wajar.banding])
    yield Tabel("Lembar", SHEETS, _sheets(bahan))
    yield Tabel("Poin kriteria", _points(bahan), _sheets(bahan))
    yield Tabel("Nilai kriteria", ITEMS, ((s, row) for s in _sheets(bahan) for row in s.nilai))
    yield Tabel("Kecenderungan", SEVERITY, bahan.wajar.penilai)
    yield Tabel("Kesepakatan", AGREEMENT, list(_agreement(bahan)))


def _sheets(bahan: Bahan) -> Iterator[LembarEkspor]:
    """All sheets, those of some hundred entries in memory at once."""
    for part in parts_of(bahan, CHUNK):
        yield from bahan.sheets(part)


PAIR = (Kolom("Isian", lambda row: row[0], 40), Kolom("Nilai", lambda row: row[1], 60))
ENTRY = (
    Kolom("Kode", lambda e: e.kode, 16),
    Kolom("Peserta", lambda e: e.peserta, 48),
)


def _of(columns: Iterable[Kolom], entry) -> tuple[Kolom, ...]:
    """Columns of an entry for rows that keep it elsewhere."""
    return tuple(Kolom(c.nama, lambda row, c=c: c.nilai(entry(row)), c.lebar) for c in columns)


def _estimate(name: str):
    return lambda row: getattr(row[1].kalibrasi, name) if row[1].kalibrasi else None


def _range(name: str):
    return lambda row: getattr(row[1].rentang, name) if row[1].rentang else None


SCORES = (
    *_of(ENTRY, lambda row: row[0]),
    Kolom("Nilai resmi", lambda row: row[1].nilai, 12),
    Kolom("Peringkat", lambda row: row[1].peringkat, 10),
    Kolom("Di dalam", lambda row: row[1].masuk, 10),
    Kolom("Terkalibrasi", _estimate("nilai"), 14),
    Kolom("Galat baku", _estimate("galat"), 12),
    Kolom("Bawah", _estimate("bawah"), 12),
    Kolom("Atas", _estimate("atas"), 12),
    Kolom("Peringkat terkalibrasi", _range("peringkat"), 12),
    Kolom("Terbaik", _range("terbaik"), 10),
    Kolom("Terburuk", _range("terburuk"), 10),
    Kolom("Sekitar garis batas", lambda row: row[1].dekat, 10),
)
SHEETS = (
    *_of(ENTRY, lambda s: s.pendaftaran),
    Kolom("Evaluator", lambda s: s.sandi, 12),
    Kolom("Nama evaluator", lambda s: s.nama, 32),
    Kolom("Total", lambda s: s.total, 12),
    Kolom("Catatan umum", lambda s: s.catatan, 60),
    Kolom("Dikunci (WIB)", lambda s: s.pada),
    Kolom("Sidik penguncian", lambda s: s.hash, 68),
)
ITEMS = (
    Kolom("Kode", lambda row: row[0].pendaftaran.kode, 16),
    Kolom("Evaluator", lambda row: row[0].sandi, 12),
    Kolom("Kelompok", lambda row: row[1]["kelompok"], 10),
    Kolom("Kriteria", lambda row: row[1]["kriteria"], 10),
    Kolom("Nama kriteria", lambda row: row[1]["nama"], 48),
    Kolom("Bobot", lambda row: row[1]["bobot"], 10),
    Kolom("Tingkat", lambda row: row[1]["tingkat"], 10),
    Kolom("Faktor", lambda row: row[1]["faktor"], 10),
    Kolom("Poin", lambda row: row[1]["poin"], 10),
    Kolom("Catatan", lambda row: row[1]["catatan"], 60),
)
SEVERITY = (
    Kolom("Evaluator", lambda row: f"E{row['pk']}", 12),
    Kolom("Nama evaluator", lambda row: row["nama"], 32),
    Kolom("Lembar", lambda row: row["t"].lembar, 10),
    Kolom("Bersama", lambda row: row["t"].bersama, 10),
    Kolom("Kecenderungan", lambda row: row["t"].nilai, 14),
    Kolom("Galat baku", lambda row: row["t"].galat, 12),
    Kolom("Bawah", lambda row: row["t"].bawah, 12),
    Kolom("Atas", lambda row: row["t"].atas, 12),
)
AGREEMENT = (
    Kolom("Ukuran", lambda row: row[0], 16),
    Kolom("Nama", lambda row: row[1], 48),
    Kolom("Pendaftaran", lambda row: row[2].entri, 12),
    Kolom("Jumlah nilai", lambda row: row[2].nilai, 12),
    Kolom("Alfa", lambda row: row[2].alpha if row[2].cukup else None, 12),
)


def _told(bahan: Bahan, oleh: Pengguna, at: datetime) -> Iterator[tuple]:
    """What the numbers are, and what somebody who recomputes them must know."""
    model, tahap = bahan.wajar.model, bahan.tahap
    nearest = tahap.jenis == "dokumen" and nearest_two(tahap.edisi)
    yield from (
        ("Edisi", tahap.edisi.nama),
        ("Tahap", tahap.nama),
        ("Jalur", bahan.jalur.nama),
        ("Diambil (WIB)", at),
        ("Diambil oleh", str(oleh)),
        ("Pendaftaran", len(bahan.entri)),
        ("Lembar", len(bahan.wajar.kunci)),
        ("Tidak diikutkan karena benturan kepentingan", bahan.tersembunyi),
        ("Tiga lembar digabung", "dua_terdekat" if nearest else "rata_rata"),
        ("Tempat yang lolos", bahan.wajar.kuota),
        ("Pendaftaran paling sedikit untuk alfa", MIN_ENTRI),
        ("Model kecenderungan", "dihitung" if model else "ditolak"),
    )
    if model:
        yield "Ragam derau", model.ragam
        yield "Derajat bebas", model.derajat
        return
    for why, what in bahan.wajar.kendala:
        yield "Sebab ditolak", f"{why} {what}"


def _matrix(bahan: Bahan) -> Tabel:
    """Entries by evaluators, a total in each cell that has a sheet."""
    totals = {(entry, person): total for entry, person, total in bahan.wajar.lembar}
    people = sorted(bahan.wajar.nama.items(), key=lambda row: (row[1], row[0]))

    def cell(pk: int):
        return lambda row: totals.get((row.pk, pk))

    return Tabel(
        "Matriks",
        (
            *_of(ENTRY, lambda row: bahan.entri[row.pk]),
            Kolom("Nilai resmi", lambda row: row.nilai, 12),
            *(Kolom(f"E{pk} {nama}", cell(pk), 14) for pk, nama in people),
        ),
        bahan.wajar.banding,
    )


def _points(bahan: Bahan) -> tuple[Kolom, ...]:
    """One row for each sheet, the points of each criterion in a column."""

    def cell(kode: str):
        return lambda s: s.poin.get(kode)

    return (
        *_of(ENTRY, lambda s: s.pendaftaran),
        Kolom("Evaluator", lambda s: s.sandi, 12),
        *(Kolom(row["kode"], cell(row["kode"]), 10) for row in bahan.kriteria),
        Kolom("Total", lambda s: s.total, 12),
    )


def _agreement(bahan: Bahan) -> Iterator[tuple]:
    yield "Nilai lembar", "Nilai lembar", bahan.wajar.sepakat
    for row in sepakat_kriteria(bahan.wajar):
        yield row.kode, row.nama, row.unsur


# --- PDF, in parts --------------------------------------------------------------------------------


def parts_of(bahan: Bahan, size: int) -> list[list[int]]:
    """The entries in order, as many as one PDF holds at a time."""
    order = bahan.urut
    return [order[start : start + size] for start in range(0, len(order), size)]


def rows_of(bahan: Bahan, entries: Sequence[int]) -> list[dict]:
    """For the PDF of these entries: each with its scores and its sheets in order."""
    banding = {row.pk: row for row in bahan.wajar.banding}
    sheets: dict[int, list[LembarEkspor]] = defaultdict(list)
    for sheet in bahan.sheets(entries):
        sheets[sheet.pendaftaran.pk].append(sheet)
    return [
        {
            "pendaftaran": bahan.entri[pk],
            "banding": banding[pk],
            "lembar": [
                (s, [s.poin.get(row["kode"]) for row in bahan.kriteria]) for s in sheets[pk]
            ],
        }
        for pk in entries
    ]
