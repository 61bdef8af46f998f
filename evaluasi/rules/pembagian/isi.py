"""Filling places by the flow; where there are very many possible pairs, by a part of them.

For each entry the readers of the earlier plan, some at random and some who know its field are
enough in nearly every large division. Whether they were is proved by bounds that no division can
beat; where not, the possible pairs are widened by those that are needed, at most twice.
"""

import random

from evaluasi.rules.pembagian import pemecah
from evaluasi.rules.pembagian.bahan import mix
from evaluasi.rules.pembagian.soal import Soal

EXACT_PAIRS = 120_000  # possible pairs up to which all of them are looked at
SAMPLE = 16  # readers at random for each entry, and as many who know its field
ROUNDS = 3


def fill(soal: Soal) -> bool:
    """Put readers where they are lacking; False when it is not proved to be the best."""
    open_ = [pk for pk in soal.entri if soal.kurang(pk)]
    if sum(len(soal.boleh[pk]) for pk in open_) <= EXACT_PAIRS:
        return _put(soal, pemecah.flow(soal))
    most = _most_places(soal, open_)
    calon = _sample(soal, open_)
    for turn in range(ROUNDS):
        pairs = pemecah.flow(soal, calon)
        _put(soal, pairs)
        proved = _is_perfect(soal, open_, len(pairs), most)
        if proved or turn == ROUNDS - 1:
            return proved
        _widen(soal, open_, calon)
        for e, r in pairs:
            soal.take(e, r)
    return False


def _put(soal: Soal, pairs: list[tuple[int, int]]) -> bool:
    for e, r in pairs:
        soal.put(e, r)
    return True


def _sample(soal: Soal, open_: list[int]) -> dict[int, frozenset[int]]:
    """Possible readers to begin with, the same for the same seed."""
    ordered: dict[frozenset[int], list[int]] = {}
    knowing: dict[tuple, list[int]] = {}
    found = {}
    for pk in open_:
        allowed, bidang = soal.boleh[pk], soal.entri[pk].bidang
        if allowed not in ordered:
            ordered[allowed] = sorted(allowed)
        if (allowed, bidang) not in knowing:
            knowing[allowed, bidang] = [r for r in ordered[allowed] if soal.cocok(pk, r)]
        draw = random.Random(mix(soal.benih, pk))  # noqa: S311 - a repeatable draw, no secret
        chosen = {r for r in soal.lama[pk] if r in allowed}
        for pool in (ordered[allowed], knowing[allowed, bidang]):
            chosen.update(draw.sample(pool, min(SAMPLE, len(pool))))
        found[pk] = frozenset(chosen)
    return found


def _widen(soal: Soal, open_: list[int], calon: dict[int, frozenset[int]]) -> None:
    """Add readers who carry less than others, and everybody to entries that are badly off."""
    high = max(soal.beban.values())
    light = {r for r in soal.penilai if soal.sisa(r) and soal.beban[r] < high}
    for pk in open_:
        badly = soal.kurang(pk) or _shares_home(soal, pk)
        calon[pk] |= soal.boleh[pk] if badly else soal.boleh[pk] & light


def _shares_home(soal: Soal, pk: int) -> bool:
    homes = soal.rumah_pada(pk)
    return len(set(homes)) < len(homes)


def _most_places(soal: Soal, open_: list[int]) -> int:
    """How many places no division can exceed: what is lacking, allowed, and can be carried."""
    able = (min(soal.kurang(pk), len(soal.boleh[pk] - set(soal.pada[pk]))) for pk in open_)
    return min(sum(able), sum(soal.sisa(r) for r in soal.penilai))


def _is_perfect(soal: Soal, open_: list[int], filled: int, most: int) -> bool:
    """Whether no division could fill more, mix homes better or be more even."""
    if filled < most or (soal.aturan.beda_asal and any(_shares_home(soal, pk) for pk in open_)):
        return False
    high = max(soal.beban.values(), default=0)
    return all(soal.beban[r] >= high - 1 or not soal.sisa(r) for r in soal.penilai)
