"""Dividing entries among readers: fair, free of conflicts, repeatable.

A greedy draw gives each entry its readers, least loaded first. Where someone is full, a chain of
moves (an augmenting path) frees a place; then chains of moves even the loads out. No improving
chain being left means that the loads are as even as the conflicts and capacities permit, and that
a place left empty cannot be filled at all. Last, exchanges that leave every load as it is set
readers of different home agencies beside each other.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MASK = 2**64 - 1


@dataclass(frozen=True)
class Penilai:
    """A reader: at most `kapasitas` sheets in all; `asal` tells the home agency apart."""

    pk: int
    kapasitas: int
    asal: str = ""


@dataclass(frozen=True)
class Entri:
    """An entry and the readers it has already; these are never moved."""

    pk: int
    instansi: int
    sudah: tuple[int, ...] = ()


@dataclass(frozen=True)
class Kekurangan:
    """Readers that could not be found for an entry, and the rule that is to blame.

    `aturan` is "evaluator", "benturan" or "kapasitas"; `sebab` says it in a sentence.
    """

    entri: int
    kurang: int
    aturan: str
    sebab: str


@dataclass
class Pembagian:
    """Outcome: the readers added to each entry, and what is missing."""

    tambahan: dict[int, list[int]] = field(default_factory=dict)
    kekurangan: list[Kekurangan] = field(default_factory=list)


def divide(
    entri: Sequence[Entri],
    penilai: Sequence[Penilai],
    *,
    terlarang: Mapping[int, Iterable[int]],
    per_entri: int,
    beban: Mapping[int, int] | None = None,
    benih: int = 0,
) -> Pembagian:
    """Give each entry `per_entri` readers in all, counting those it has.

    `terlarang` maps a reader to the agencies barred to them, `beban` to the sheets they have
    already. The same input and `benih` give the same outcome, whatever the order of the input.
    """
    papan = _Papan(entri, penilai, terlarang, per_entri, beban or {}, benih)
    papan.draw()
    papan.repair()
    papan.even_out()
    papan.mix_homes()
    return Pembagian(papan.added, papan.shortages())


def mix(*numbers: int) -> int:
    """A fixed scatter of some integers (splitmix64); decides between equals, repeatably."""
    state = 0
    for number in numbers:
        state = (state + number + 0x9E3779B97F4A7C15) & MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
        state ^= state >> 31
    return state


class _Papan:
    """The board: who reads what, and how much each has."""

    def __init__(self, entri, penilai, terlarang, per_entri, beban, benih) -> None:
        self.benih, self.per_entri = benih, per_entri
        self.penilai = {p.pk: p for p in sorted(penilai, key=lambda p: p.pk)}
        self.entri = {e.pk: e for e in sorted(entri, key=lambda e: e.pk)}
        self.load = {pk: beban.get(pk, 0) for pk in self.penilai}
        barred = {pk: frozenset(terlarang.get(pk, ())) for pk in self.penilai}
        by_agency: dict[int, tuple[int, ...]] = {}
        for e in self.entri.values():
            if e.instansi not in by_agency:
                by_agency[e.instansi] = tuple(
                    pk for pk in self.penilai if e.instansi not in barred[pk]
                )
        self.allowed = {pk: by_agency[e.instansi] for pk, e in self.entri.items()}
        self.allowed_set = {pk: frozenset(readers) for pk, readers in self.allowed.items()}
        self.added: dict[int, list[int]] = {pk: [] for pk in self.entri}
        self.on = {pk: set(e.sudah) for pk, e in self.entri.items()}
        self.movable: dict[int, dict[int, None]] = {pk: {} for pk in self.penilai}

    def lacking(self, entri: int) -> int:
        """How many readers an entry still needs."""
        return max(0, self.per_entri - len(self.on[entri]))

    def has_room(self, penilai: int) -> bool:
        """Whether a reader can take one more sheet."""
        return self.load[penilai] < self.penilai[penilai].kapasitas

    def put(self, entri: int, penilai: int) -> None:
        """Let a reader read an entry."""
        self.added[entri].append(penilai)
        self.on[entri].add(penilai)
        self.movable[penilai][entri] = None
        self.load[penilai] += 1

    def take(self, entri: int, penilai: int) -> None:
        """Undo `put`."""
        self.added[entri].remove(penilai)
        self.on[entri].discard(penilai)
        del self.movable[penilai][entri]
        self.load[penilai] -= 1

    # --- steps ---------------------------------------------------------------------------------

    def draw(self) -> None:
        """Round by round, those with the fewest possible readers first, the least loaded reader."""
        order = sorted(self.entri, key=lambda pk: (len(self.allowed[pk]), mix(self.benih, pk)))
        for round_ in range(self.per_entri):
            for entri in order:
                if len(self.on[entri]) <= round_ and self.lacking(entri):
                    self._draw_one(entri)

    def _draw_one(self, entri: int) -> None:
        homes = {self.penilai[pk].asal for pk in self.on[entri] if pk in self.penilai} - {""}
        best = min(
            (pk for pk in self.allowed[entri] if pk not in self.on[entri] and self.has_room(pk)),
            key=lambda pk: (
                self.load[pk],
                self.penilai[pk].asal in homes,
                mix(self.benih, entri, pk),
            ),
            default=None,
        )
        if best is not None:
            self.put(entri, best)

    def repair(self) -> None:
        """Fill what is empty by chains of moves that end at a reader with room."""
        for entri in self.entri:
            while self.lacking(entri):
                starts = [pk for pk in self.allowed[entri] if pk not in self.on[entri]]
                chain = self._find_chain(starts, self.has_room)
                if chain is None:
                    break
                self._shift(chain)
                self.put(entri, chain[0][0])

    def even_out(self) -> None:
        """Move sheets along chains from fuller to emptier readers until no chain helps."""
        while any(self._relieve(pk) for pk in self._by_load()):
            pass

    def _by_load(self) -> list[int]:
        return sorted(self.penilai, key=lambda pk: (-self.load[pk], pk))

    def _relieve(self, full: int) -> bool:
        limit = self.load[full] - 2
        if limit < min(self.load.values(), default=0):
            return False
        chain = self._find_chain(
            [full], lambda pk: pk != full and self.load[pk] <= limit and self.has_room(pk)
        )
        if chain is None:
            return False
        self._shift(chain)
        return True

    def _find_chain(
        self, starts: Iterable[int], is_goal: Callable[[int], bool]
    ) -> list[tuple[int, int | None]] | None:
        """The shortest chain of moves: [(reader, entry it hands to the next), ..., (goal, None)].

        The first reader is one of `starts`, and is a goal itself when it has room.
        """
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(starts)
        queue = deque(came)
        while queue:
            reader = queue.popleft()
            if is_goal(reader):
                return self._unwind(came, reader)
            for entri in self.movable[reader]:
                for other in self.allowed[entri]:
                    if other not in came and other not in self.on[entri]:
                        came[other] = (reader, entri)
                        queue.append(other)
        return None

    @staticmethod
    def _unwind(came: Mapping, goal: int) -> list[tuple[int, int | None]]:
        chain: list[tuple[int, int | None]] = [(goal, None)]
        while (step := came[chain[0][0]]) is not None:
            chain.insert(0, step)
        return chain

    def _shift(self, chain: list[tuple[int, int | None]]) -> None:
        """Carry out a chain from its end, so that nobody is overfull on the way."""
        for (giver, entri), (taker, _) in reversed(list(zip(chain, chain[1:], strict=False))):
            self.take(entri, giver)
            self.put(entri, taker)

    def mix_homes(self) -> None:
        """Exchange readers between entries where that sets different homes beside each other."""
        for entri in self.entri:
            for reader in list(self.added[entri]):
                if self._clashes(entri, reader):
                    self._exchange(entri, reader)

    def _clashes(self, entri: int, reader: int, without: int | None = None) -> int:
        """Readers of the entry, but for `without`, that share this reader's home agency."""
        home = self.penilai[reader].asal
        if not home:
            return 0
        return sum(
            1
            for pk in self.on[entri]
            if pk not in (reader, without) and pk in self.penilai and self.penilai[pk].asal == home
        )

    def _exchange(self, entri: int, reader: int) -> None:
        for other in self.allowed[entri]:
            if other in self.on[entri] or self._clashes(entri, other, reader):
                continue
            for partner in self.movable[other]:
                if (
                    reader in self.allowed_set[partner]
                    and reader not in self.on[partner]
                    and self._clashes(partner, reader, other) <= self._clashes(partner, other)
                ):
                    self.take(entri, reader)
                    self.take(partner, other)
                    self.put(entri, other)
                    self.put(partner, reader)
                    return

    # --- what could not be done ----------------------------------------------------------------

    def shortages(self) -> list[Kekurangan]:
        """The entries with too few readers, each with the rule to blame."""
        return [self._explain(pk) for pk in self.entri if self.lacking(pk)]

    def _explain(self, entri: int) -> Kekurangan:
        kurang, possible = self.lacking(entri), len(self.allowed_set[entri] | self.on[entri])
        if len(self.penilai) < self.per_entri:
            aturan = "evaluator"
            sebab = f"Hanya ada {len(self.penilai)} evaluator aktif; perlu {self.per_entri}."
        elif possible < self.per_entri:
            aturan = "benturan"
            sebab = (
                f"Hanya {possible} evaluator yang tidak berbenturan kepentingan dengan peserta "
                f"ini; perlu {self.per_entri}."
            )
        else:
            aturan = "kapasitas"
            sebab = "Semua evaluator yang boleh menilai peserta ini sudah mencapai kapasitasnya."
        return Kekurangan(entri, kurang, aturan, sebab)
