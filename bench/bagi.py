"""Dividing entries among evaluators, small and large: `python -m bench bagi`.

Public bodies of 38 provinces and of the centre enter; two of five evaluators come from twelve
central bodies, the others from provinces whose agencies they may not read; some have little time,
some declared conflicts. Counts depend on the code alone; seconds are for information.
"""

import time
from collections import Counter
from random import Random

from bench.report import number, table
from evaluasi.rules.keterhubungan import groups_of
from evaluasi.rules.pembagian import Aturan, Entri, Pembagian, Penilai, divide

SIZES = ((600, 40, 3), (60, 40, 2), (6000, 200, 3))  # entries, evaluators, readers of each entry
PROVINCES, CENTRAL, KINDS = 38, 12, ("kota", "kabupaten", "provinsi", "kementerian", "bumn")
NEW = 20  # one entry in so many is added before the plan is made again
HEADS = (
    "pendaftaran × evaluator × pembaca", "penugasan", "kurang", "beban", "tak merata", "asal sama",
    "benturan", "kelompok", "sesuai bidang", "berubah", "terbukti", "detik",
)  # fmt: skip


class Dunia:
    """A competition of a size, the same every time."""

    def __init__(self, entri: int, penilai: int, per_entri: int) -> None:
        draw = Random(f"{entri}x{penilai}x{per_entri}")
        self.aturan = Aturan(per_entri, hubungkan=True)
        self.agencies = [draw.randrange(-8, PROVINCES) for _ in range(772)]  # below 0: the centre
        self.draw = draw
        self.entri = [self.entry(pk) for pk in range(entri)]
        usual = entri * per_entri // penilai
        self.penilai, self.terlarang = [], {}
        for pk in range(penilai):
            regional = draw.random() < 0.6
            home = draw.randrange(PROVINCES) if regional else 1000 + draw.randrange(CENTRAL)
            few = draw.random() < 0.1
            self.penilai.append(
                Penilai(
                    pk,
                    max(1, usual // 2) if few else 2 * usual + 2,
                    f"{home}-{draw.randrange(4)}" if regional else str(home),
                    frozenset(draw.sample(KINDS, 2)),
                )
            )
            barred = {n for n, province in enumerate(self.agencies) if province == home}
            self.terlarang[pk] = barred | {draw.randrange(772) for _ in range(draw.randrange(3))}

    def entry(self, pk: int) -> Entri:
        """An entry of one of the agencies."""
        agency = self.draw.randrange(len(self.agencies))
        return Entri(pk, agency, bidang=frozenset({KINDS[agency % len(KINDS)]}))

    def divide(self, **more) -> Pembagian:
        """One division by the rules of the project."""
        return divide(
            self.entri, self.penilai, terlarang=self.terlarang, aturan=self.aturan, benih=1, **more
        )


def run_bagi() -> int:
    """Divide every size, then once more with new entries; the number of broken promises."""
    rows, broken = [], 0
    for size in SIZES:
        world, name = Dunia(*size), " × ".join(map(number, size))
        first, before = None, {}
        for what in ("", f", lalu {100 // NEW} % baru"):
            if first:
                last = len(world.entri)
                world.entri += [world.entry(last + n) for n in range(last // NEW)]
                before = first.tambahan
            start = time.perf_counter()
            first = world.divide(rencana=before)
            line, wrong = counted(world, first, time.perf_counter() - start)
            rows.append([name + what, *line])
            broken += wrong
    table("Pembagian pendaftaran kepada evaluator", list(HEADS), rows)
    print(f"\nJanji yang tidak dipenuhi: {broken}.")
    return broken


def counted(world: Dunia, hasil: Pembagian, seconds: float) -> tuple[list[object], int]:
    """The counts of one division, recounted from its pairs, and how many promises it broke."""
    by_pk = {p.pk: p for p in world.penilai}
    load = Counter(pk for readers in hasil.tambahan.values() for pk in readers)
    high = max(load.values())
    low = sum(load[pk] < min(high - 1, p.kapasitas) for pk, p in by_pk.items())
    alike = sum(
        len({by_pk[pk].asal for pk in readers}) < len(readers)
        for readers in hasil.tambahan.values()
    )
    barred = sum(
        e.instansi in world.terlarang[pk] for e in world.entri for pk in hasil.tambahan[e.pk]
    )
    short = sum(k.kurang for k in hasil.kekurangan)
    groups = len(groups_of(hasil.tambahan))
    known = sum("keahlian" in codes for codes in hasil.pertimbangan.values())
    over = sum(load[pk] > p.kapasitas for pk, p in by_pk.items())
    line = [
        load.total(), short, f"{min(load.values())}–{high}", low, alike, barred, groups, known,
        hasil.berubah, "ya" if hasil.terbaik else "tidak", f"{seconds:.1f}".replace(".", ","),
    ]  # fmt: skip
    return line, short + low + alike + barred + over + (groups > 1)
