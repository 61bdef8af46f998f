"""Ranks with ranges: where an entry may stand, given the noise of its calibrated score.

Two entries are told apart when their comparison intervals do not touch. These reach quantile / √2
standard errors to each side, so that entries with equal errors are told apart exactly where a test
of their difference at 95% would (Goldstein and Healy 1995, "The graphical presentation of a
collection of means"). Each pair is judged for itself: over a whole list some ranges will miss.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from evaluasi.rules.kecenderungan import Taksiran

SAME = 9  # decimals in which two estimates are the same


@dataclass(frozen=True)
class Rentang:
    """The rank by the calibrated score, the best and the worst rank that noise allows."""

    peringkat: int
    terbaik: int
    terburuk: int

    def near(self, kuota: int | None) -> bool:
        """Whether it may stand on either side of the last place inside."""
        return kuota is not None and self.terbaik <= kuota < self.terburuk


def rank_ranges(entri: Mapping[int, Taksiran], kuantil: float) -> dict[int, Rentang]:
    """Entry -> its rank and range; equal scores share the rank of the first."""
    reach = kuantil / sqrt(2)
    edges = {pk: (t.nilai - reach * t.galat, t.nilai + reach * t.galat) for pk, t in entri.items()}
    lows = sorted(low for low, _ in edges.values())
    highs = sorted(high for _, high in edges.values())
    values = sorted(round(t.nilai, SAME) for t in entri.values())
    total = len(entri)
    return {
        pk: Rentang(
            peringkat=total - bisect_right(values, round(entri[pk].nilai, SAME)) + 1,
            terbaik=total - bisect_right(lows, high) + 1,
            terburuk=total - bisect_left(highs, low),
        )
        for pk, (low, high) in edges.items()
    }
