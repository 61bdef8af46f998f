"""What one more reading of an entry can change: whether it is in or out, and how likely that is.

The new total is uncertain: it is spread around the entry's calibrated score by the noise of a
sheet, by what is not known of the entry, and by how much evaluators differ, as Student's t. Put
together with the totals that are there, by the edition's own way of joining three readings, it
moves the score across the line or it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from evaluasi.rules.kecenderungan import Model
from evaluasi.rules.sebaran_t import t_cdf

AMBANG = 0.10  # an extra reader is proposed from this chance on
LOWEST, HIGHEST = 0.0, 100.0  # a total


@dataclass(frozen=True)
class Garis:
    """The line of a track: the score of the last entry inside and of the first one outside.

    Entries with the score of the last one are all inside, so `luar` is below `dalam`.
    """

    dalam: Decimal
    luar: Decimal

    def inside(self, score: float) -> bool:
        """Whether a score that is one of the track's is inside; rounding of floats is harmless."""
        return 2 * score > float(self.dalam) + float(self.luar)


@dataclass(frozen=True)
class Manfaat:
    """What one more reading may do. `peluang` is None where no model could be fitted."""

    masuk: bool
    mungkin: bool
    peluang: float | None

    @property
    def diusulkan(self) -> bool:
        """Whether the chance alone is worth a reader."""
        return self.mungkin and self.peluang is not None and self.peluang >= AMBANG


def join(total: Sequence[float], *, dua_terdekat: bool) -> float:
    """The score made of these totals, as evaluasi.queries.nilai makes it of the sheets."""
    values = sorted(total)
    if len(values) < 3 or not dua_terdekat:
        return sum(values) / len(values)
    gaps = [high - low for low, high in zip(values, values[1:], strict=False)]
    least = min(gaps)
    used = [
        value for place, value in enumerate(values) if least in gaps[max(place - 1, 0) : place + 1]
    ]
    return sum(used) / len(used)


def gain_of(
    total: Sequence[float],
    *,
    masuk: bool,
    garis: Garis | None,
    dua_terdekat: bool,
    pk: int = 0,
    model: Model | None = None,
) -> Manfaat:
    """What one more total would do to an entry that is now in or out; without a line all are in.

    `pk` names the entry in the model. Where a reading can change nothing, the chance is 0 and
    needs no model.
    """
    if garis is None or _out_of_reach(total, garis, masuk=masuk, dua_terdekat=dua_terdekat):
        return Manfaat(masuk, mungkin=False, peluang=0.0)
    pieces = [
        (low, high)
        for low, high in _pieces(total, garis, dua_terdekat=dua_terdekat)
        if _crosses([*total, (low + high) / 2], garis, inside=masuk, dua_terdekat=dua_terdekat)
    ]
    if pieces and (model is None or pk not in model.entri):
        return Manfaat(masuk, mungkin=True, peluang=None)
    return Manfaat(masuk, bool(pieces), _chance(pieces, pk, model) if pieces else 0.0)


def _out_of_reach(total: Sequence[float], garis: Garis, *, masuk: bool, dua_terdekat: bool) -> bool:
    """Whether no new total can carry the score to the line: the quick answer for most entries."""
    values = sorted(total)
    if dua_terdekat and len(values) > 1:
        half = min(high - low for low, high in zip(values, values[1:], strict=False)) / 2
        lowest, highest = values[0] - half, values[-1] + half
    else:
        size = len(values) + 1
        lowest, highest = (sum(values) + LOWEST) / size, (sum(values) + HIGHEST) / size
    return lowest >= float(garis.luar) if masuk else highest < float(garis.dalam)


def _crosses(total: Sequence[float], garis: Garis, *, inside: bool, dua_terdekat: bool) -> bool:
    score = join(total, dua_terdekat=dua_terdekat)
    return score < float(garis.luar) if inside else score >= float(garis.dalam)


def _pieces(
    total: Sequence[float], garis: Garis, *, dua_terdekat: bool
) -> list[tuple[float, float]]:
    """The stretches of a new total within which the outcome is the same."""
    values = sorted(total)
    edges = {LOWEST, HIGHEST}
    for line in (float(garis.dalam), float(garis.luar)):
        edges.add(line * (len(values) + 1) - sum(values))
        edges.update(2 * line - value for value in values)
    if dua_terdekat:
        gaps = [high - low for low, high in zip(values, values[1:], strict=False)]
        edges.update(values)
        edges.update((low + high) / 2 for low, high in zip(values, values[1:], strict=False))
        edges.update(value + way * gap for value in values for gap in gaps for way in (-1, 1))
    kept = sorted(edge for edge in edges if LOWEST <= edge <= HIGHEST)
    return list(zip(kept, kept[1:], strict=False))


def _chance(pieces: Sequence[tuple[float, float]], pk: int, model: Model) -> float:
    """The probability of these stretches; what lies beyond the scale counts to its ends."""
    known = model.entri[pk]
    spread = sqrt(model.ragam + known.galat**2 + model.ragam_penilai)

    def below(edge: float) -> float:
        if edge in (LOWEST, HIGHEST):
            return float(edge == HIGHEST)
        if not spread:
            return float(edge > known.nilai)
        return t_cdf((edge - known.nilai) / spread, model.derajat)

    ends: list[list[float]] = []
    for low, high in pieces:
        if ends and ends[-1][1] == low:
            ends[-1][1] = high  # neighbours are one stretch
        else:
            ends.append([low, high])
    return sum(below(high) - below(low) for low, high in ends)
