"""Linking groups of readers by exchanges that leave every load as it is.

Two entries, one of each group, exchange a reader: each then joins both groups. It helps whenever
one of the two groups holds together without the exchanged reading, so the search begins with the
largest group.
"""

from collections.abc import Iterator

from evaluasi.rules.keterhubungan import groups_of
from evaluasi.rules.pembagian.bahan import mix
from evaluasi.rules.pembagian.soal import Soal

MOST_WORK = 6_000_000  # pairs of readings looked at in all: some seconds


class _Sisa:
    """How much may still be looked at, so that a hopeless search ends in bounded time."""

    def __init__(self) -> None:
        self.work = MOST_WORK

    def spend(self, amount: int) -> bool:
        """Whether there was as much left."""
        self.work -= amount
        return self.work >= 0


def exchange(soal: Soal) -> set[tuple[int, int]]:
    """Exchange readers until no exchange links more; returns the pairs that came by it."""
    made: set[tuple[int, int]] = set()
    sisa = _Sisa()
    groups = groups_of(soal.pada)
    while len(groups) > 1:
        tried = (_join(soal, g, groups, sisa) for g in reversed(groups[1:]))
        pairs = next(filter(None, tried), None)
        if pairs is None:
            break
        made |= pairs
        groups = groups_of(soal.pada)
    return {(e, r) for e, r in made if r in soal.pada[e]}


def _join(
    soal: Soal, group: list[int], groups: list[list[int]], sisa: _Sisa
) -> set[tuple[int, int]] | None:
    """Link one group with another, the largest first; None when no exchange does."""
    places = sum(map(len, soal.pada.values()))
    for other in groups:
        if other is group:
            continue
        for e, r, f, s in _exchanges(soal, set(group), set(other), sisa):
            if not sisa.spend(places):
                return None
            _swap(soal, e, r, f, s)
            if len(groups_of(soal.pada)) < len(groups):
                return {(e, s), (f, r)}
            _swap(soal, e, s, f, r)
    return None


def _swap(soal: Soal, e: int, r: int, f: int, s: int) -> None:
    """Entry e gives reader r to f and takes s for it."""
    soal.take(e, r)
    soal.take(f, s)
    soal.put(e, s)
    soal.put(f, r)


def _exchanges(
    soal: Soal, one: set[int], two: set[int], sisa: _Sisa
) -> Iterator[tuple[int, int, int, int]]:
    """Exchanges that every rule allows, those that leave the earlier plan alone first."""
    ours, theirs = _places(soal, one), _places(soal, two)
    for e, r in ours:
        for f, s in theirs:
            if not sisa.spend(1):
                return
            if s in soal.boleh[e] and r in soal.boleh[f] and _homes_stay(soal, e, r, f, s):
                yield e, r, f, s


def _places(soal: Soal, group: set[int]) -> list[tuple[int, int]]:
    """The readings of a group that may move; entries of one reader link nobody and come last."""
    found = [(e, r) for e in soal.entri for r in soal.movable(e) if r in group]
    return sorted(
        found,
        key=lambda p: (p[1] in soal.lama[p[0]], len(soal.pada[p[0]]) < 2, mix(soal.benih, *p)),
    )


def _homes_stay(soal: Soal, e: int, r: int, f: int, s: int) -> bool:
    """Whether no two readers of one home come together by the exchange."""
    if not soal.aturan.beda_asal:
        return True
    return soal.penilai[s].rumah not in soal.rumah_pada(e, r) and soal.penilai[
        r
    ].rumah not in soal.rumah_pada(f, s)
