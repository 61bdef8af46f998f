"""Where an evaluator stands among the others, told to that evaluator alone.

Nothing that is shown lets another's score of an entry be worked out: it takes many own sheets and
several others, rests on no entry that the evaluator has yet to judge, and is rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from evaluasi.rules.kecenderungan import Baca, fit, obstacles

MIN_SENDIRI = 8  # own locked sheets of the stage and track
MIN_LAIN = 4  # other evaluators to be anonymous among
PLACES = 1  # decimals shown

KURANG, BELUM, ADA = "kurang", "belum", "ada"


@dataclass(frozen=True)
class Kedudukan:
    """What an evaluator is told. `keadaan`: `kurang` own sheets, `belum` computable, or `ada`.

    `geser` is the own severity in points with its interval, `tengah` the range that holds the
    middle half of the others.
    """

    keadaan: str
    lembar: int
    geser: float = 0.0
    bawah: float = 0.0
    atas: float = 0.0
    tengah: tuple[float, float] = (0.0, 0.0)
    lain: int = 0

    @property
    def arti(self) -> str:
        """`longgar`, `ketat`, or `sama` when the interval holds the average evaluator."""
        return "longgar" if self.bawah > 0 else "ketat" if self.atas < 0 else "sama"


def position(penilai: int, lembar: Sequence[Baca]) -> Kedudukan:
    """The place of an evaluator among those of these sheets."""
    own = sum(person == penilai for _, person, _ in lembar)
    if own < MIN_SENDIRI:
        return Kedudukan(KURANG, own)
    if len({person for _, person, _ in lembar}) <= MIN_LAIN or obstacles(lembar):
        return Kedudukan(BELUM, own)
    found = fit(lembar).penilai
    mine = found.pop(penilai)
    low, _, high = quantiles([row.nilai for row in found.values()], n=4, method="inclusive")
    return Kedudukan(
        ADA,
        own,
        round(mine.nilai, PLACES),
        round(mine.bawah, PLACES),
        round(mine.atas, PLACES),
        (round(low, PLACES), round(high, PLACES)),
        len(found),
    )
