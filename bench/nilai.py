"""The chair's pages about scores in an edition of nothing but locked sheets.

Rows are written in bulk: 9,600 entries that really go through every form would take hours.
"""

import time

from django.db import connection, transaction
from django.urls import reverse

from bench.measure import Cost, ask, counting
from bench.pages import at
from bench.report import number, refresh_statistics, table
from evaluasi.models import LembarPenilaian, Penugasan
from evaluasi.queries.kewajaran import kewajaran_of
from evaluasi.queries.pembaca_ketiga import weigh_readings
from evaluasi.rules.kecenderungan import fit, obstacles
from evaluasi.rules.rentang import rank_ranges
from evaluasi.tests.factories import make_evaluator
from kompetisi.models import Rubrik
from penghargaan.tests.factories import at_stage
from registrasi.models import Instansi, Pendaftaran
from registrasi.tests.factories_panitia import BEFORE, make_anggota, make_edisi, make_pengguna

SHEETS_EACH = 48  # entries for each evaluator: 9,600 make 200 of them
PAGES = (
    ("evaluasi_panitia:nilai-tahap", ["dokumen"]),
    ("evaluasi_panitia:kecenderungan", ["dokumen"]),
    ("evaluasi_panitia:kesepakatan", ["dokumen"]),
    ("evaluasi_panitia:pembaca-ketiga", ["dokumen"]),
    ("evaluasi_panitia:nilai-unduhan", ["dokumen"]),
    ("registrasi_panitia:beranda", []),
    ("publik:beranda", []),
    ("evaluasi_panitia:laju", ["dokumen"]),
    ("evaluasi_panitia:daftar-pendek-jalur", ["instansi"]),
)
READER_PAGES = ("evaluasi:dasbor", "evaluasi:lembar", "evaluasi:kedudukan", "evaluasi:penguncian")
OF_SHEET = {"evaluasi:lembar", "evaluasi:penguncian"}
SCORES_SQL = """
INSERT INTO evaluasi_nilai (lembar_id, kriteria_id, tingkat, faktor, catatan, versi, disimpan_pada)
SELECT l.id, k.id, t.tingkat ->> 'kode', (t.tingkat ->> 'faktor')::numeric, '', 1, l.dibuat_pada
  FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN kompetisi_kelompok g ON g.rubrik_id = l.rubrik_id
  JOIN kompetisi_kriteria k ON k.kelompok_id = g.id
 CROSS JOIN LATERAL (
    SELECT k.tingkat -> (greatest(0, least(jsonb_array_length(k.tingkat) - 1,
           (p.pendaftaran_id * 7 + k.id * 3) %% 4 + (p.evaluator_id * 5 + l.id + k.id) %% 3 - 1
           ))::int) AS tingkat) t
 WHERE l.id > %s
"""
LOCKS_SQL = """
INSERT INTO evaluasi_penguncian (lembar_id, pada, oleh_id, isi, hash, dibuka)
SELECT l.id, l.dibuat_pada, e.pengguna_id, '{}'::jsonb, '', false
  FROM evaluasi_lembarpenilaian l
  JOIN evaluasi_penugasan p ON p.id = l.penugasan_id
  JOIN evaluasi_evaluator e ON e.id = p.evaluator_id
 WHERE l.id > %s
"""


class ScoredWorld:
    """One edition in its document stage; every entry has two locked sheets."""

    def __init__(self) -> None:
        self.edisi = make_edisi()
        self.tahap = self.edisi.tahap.select_related("edisi").get(jenis="dokumen")
        self.jalur = self.edisi.jalur.get(kode="instansi")
        self.rubrik = Rubrik.objects.filter(tahap=self.tahap, jalur__in=[self.jalur.pk]).first()
        self.rubrik = self.rubrik or Rubrik.objects.get(tahap=self.tahap, jalur=None)
        self.ketua = make_pengguna("Ketua Tim Evaluasi", "ketua", edisi=self.edisi)
        self.maker = make_anggota(
            Instansi.objects.create(kode="ukur", nama="Instansi Ukur", jenis="kota")
        ).pengguna
        self.readers, self.size = [], 0

    def grow(self, size: int) -> None:
        """Add until there are so many entries, two readers each, in a web that hangs together."""
        while len(self.readers) < max(12, size // SHEETS_EACH):
            self.readers.append(make_evaluator(self.edisi))
        added = range(self.size, size)
        entries = self.add_entries(added)
        last = LembarPenilaian.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        count = len(self.readers)
        tasks = Penugasan.objects.bulk_create(
            (
                Penugasan(
                    tahap=self.tahap, pendaftaran=entry, urutan=place + 1, dirilis_pada=BEFORE,
                    evaluator=self.readers[(n + place * (1 + n // count % (count - 1))) % count],
                )
                for n, entry in zip(added, entries, strict=True)
                for place in (0, 1)
            ),
            batch_size=2000,
        )  # fmt: skip
        LembarPenilaian.objects.bulk_create(
            (
                LembarPenilaian(
                    penugasan=task, rubrik=self.rubrik, dibuat_pada=BEFORE, diubah_pada=BEFORE
                )
                for task in tasks
            ),
            batch_size=2000,
        )
        with connection.cursor() as cursor:
            cursor.execute(SCORES_SQL, [last])
            cursor.execute(LOCKS_SQL, [last])
        self.size = size

    def add_entries(self, numbers) -> list[Pendaftaran]:
        """Entries that passed the gate, each of an agency of its own."""
        agencies = Instansi.objects.bulk_create(
            (
                Instansi(kode=f"ukur-{n}", nama=f"Pemerintah Kota Ukur {n:05}", jenis="kota")
                for n in numbers
            ),
            batch_size=2000,
        )
        return Pendaftaran.objects.bulk_create(
            (
                Pendaftaran(
                    kode=f"UKUR-{n:05}", edisi=self.edisi, jalur=self.jalur, instansi=agency,
                    status="lolos_administrasi", dibuat_oleh=self.maker, dibuat_pada=BEFORE,
                    diubah_pada=BEFORE,
                )
                for n, agency in zip(numbers, agencies, strict=True)
            ),
            batch_size=2000,
        )  # fmt: skip


def report_nilai(small: int, large: int) -> int:
    """Build both sizes and print everything; how many pages ask more of a larger edition."""
    with transaction.atomic():
        world = ScoredWorld()
        found = []
        for size in (small, large):
            world.grow(size)
            refresh_statistics()
            with at(at_stage(world.edisi, "dokumen")):
                found.append((pages_of(world), model_of(world)))
        transaction.set_rollback(True)
    (few, first), (many, second) = found
    rows = [
        [name, cost.status, few[name][0].kueri, cost.kueri, few[name][1], seconds]
        for name, (cost, seconds) in many.items()
    ]
    heads = ["halaman", "status", f"kueri {small}", f"kueri {large}",
             f"detik {small}", f"detik {large}"]  # fmt: skip
    table("Halaman nilai ketua dan penilai (detik sebagai keterangan)", heads, rows)
    table(
        "Model kecenderungan (detik sebagai keterangan)",
        ["langkah", number(small), number(large)],
        [[name, value, second[name]] for name, value in first.items()],
    )
    grown = [name for name, (cost, _) in many.items() if cost.kueri > few[name][0].kueri]
    print(f"\nHalaman yang kuerinya bertambah: {', '.join(grown) or 'tidak ada'}.")
    return len(grown)


def pages_of(world: ScoredWorld) -> dict[str, tuple[Cost, str]]:
    """What each page asks of the database, and how long one answer takes."""
    found = {}
    reader = world.readers[0].pengguna
    sheet = LembarPenilaian.objects.filter(penugasan__evaluator=world.readers[0]).first()
    pages = [(name, arguments, world.ketua) for name, arguments in PAGES]
    pages += [(n, [sheet.pk] if n in OF_SHEET else [], reader) for n in READER_PAGES]
    for name, arguments, person in pages:
        address = reverse(name, args=arguments)
        begun = time.perf_counter()
        cost = ask(person, address)
        found[name] = (cost, seconds((time.perf_counter() - begun) / 2))  # it asks twice
    return found


def model_of(world: ScoredWorld) -> dict[str, object]:
    """How large the model is, and how long its parts take."""
    begun = time.perf_counter()
    with counting() as cost:
        fair = kewajaran_of(world.tahap, world.jalur, world.ketua)
    read = time.perf_counter()
    why = obstacles(fair.lembar)
    checked = time.perf_counter()
    model = fit(fair.lembar)
    fitted = time.perf_counter()
    rank_ranges(model.entri, model.kuantil)
    ranked = time.perf_counter()
    weighed = weigh_readings(world.tahap, world.ketua)
    return {
        "evaluator": len(model.penilai),
        "lembar": len(fair.lembar),
        "kueri bahan": cost.kueri,
        "ditolak": "ya" if why else "tidak",
        "membaca lembar": seconds(read - begun),
        "memeriksa keterhubungan": seconds(checked - read),
        "menaksir": seconds(fitted - checked),
        "rentang peringkat": seconds(ranked - fitted),
        "menimbang pembaca ketiga": seconds(time.perf_counter() - ranked),
        "usulan pembaca ketiga": len(weighed.usul),
    }


def seconds(value: float) -> str:
    """With two decimals."""
    return f"{value:.2f}".replace(".", ",")
