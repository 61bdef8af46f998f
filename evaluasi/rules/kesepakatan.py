"""Agreement among evaluators: Krippendorff's alpha with the interval metric.

Any number of evaluators, each reading other entries; what is missing is left out (Krippendorff
2011, "Computing Krippendorff's Alpha-Reliability"; Hayes and Krippendorff 2007). The metric is
that of intervals also for a criterion: its levels have declared factors, and it is their distance
that the score counts. 1 is full agreement, 0 what chance would give. As Krippendorff (2004)
advises, 0.800 and above is reliable, from 0.667 on good for tentative conclusions only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

ANDAL, SEMENTARA = 0.8, 0.667
MIN_ENTRI = 5  # entries with two sheets, below which no alpha is shown


@dataclass(frozen=True)
class Unsur:
    """What alpha is made of: entries with two values or more, their values, and two sums.

    `dalam` is the sum over entries of m / (m - 1) times the squared deviations from the entry's
    mean, m being its values; `seluruh` the squared deviations from the mean of all values.
    """

    entri: int
    nilai: int
    dalam: float
    seluruh: float

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha; None when all values are the same and nothing can be told."""
        if self.nilai < 2 or self.seluruh <= 0:
            return None
        return 1 - (self.nilai - 1) * self.dalam / (self.nilai * self.seluruh)

    @property
    def cukup(self) -> bool:
        """Whether there are enough entries to show it."""
        return self.entri >= MIN_ENTRI

    @property
    def tafsir(self) -> str:
        """What it says, in a word: `andal`, `sementara`, `rendah`, or `` when it says nothing."""
        value = self.alpha
        if value is None or not self.cukup:
            return ""
        return "andal" if value >= ANDAL else "sementara" if value >= SEMENTARA else "rendah"


def components_of(units: Iterable[Sequence[float]]) -> Unsur:
    """The sums over entries, each given by its values; an entry with one value says nothing."""
    pairable = [values for values in units if len(values) > 1]
    count = sum(map(len, pairable))
    middle = fsum(value for values in pairable for value in values) / count if count else 0.0
    return Unsur(
        entri=len(pairable),
        nilai=count,
        dalam=fsum(len(v) / (len(v) - 1) * _squares(v, fsum(v) / len(v)) for v in pairable),
        seluruh=fsum(_squares(values, middle) for values in pairable),
    )


def _squares(values: Sequence[float], middle: float) -> float:
    return fsum((value - middle) ** 2 for value in values)
