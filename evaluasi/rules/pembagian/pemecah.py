"""The one door to OR-Tools. It is imported while something is solved, never before.

`flow` is a minimum cost flow: exact for everything but the linking of readers. One unit of flow
is one reading; an entry sends what it lacks through one place for each home body to readers, and
a reader's next sheet costs more than the one before, so that loads come out even. What weighs
more outweighs any sum of what weighs less along a cycle of exchanges, so that the order holds:
filled places, different homes, even loads, the earlier plan, fields of expertise, the draw.

`link` is a constraint program (CP-SAT) for the case that readers must be linked and exchanges
alone do not manage it: the same order, with the rule that no group stands alone added as it is
broken.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluasi.rules.keterhubungan import groups_of
from evaluasi.rules.pembagian.bahan import mix
from evaluasi.rules.pembagian.soal import Soal

DRAW, KNOWN, HOME_SOFT = 16, 32, 64  # costs of the draw, of a foreign field, of a shared home
LONGEST = 400  # readers on a cycle that the order of the weights is held for, twice
LINK_WORK = 6.0  # seconds of CP-SAT's own clock (the same on every machine) for each attempt
LINK_SECONDS = 40.0  # of the wall's clock, for all attempts; a guard
LINK_ROUNDS = 25
LINK_PAIRS = 60_000  # possible pairs above which CP-SAT is not tried


@dataclass(frozen=True)
class Bobot:
    """Costs: a pair that is not in the earlier plan, the next sheet of a reader, a shared home."""

    baru: int
    beban: int
    rumah: int

    @classmethod
    def of(cls, soal: Soal) -> "Bobot":
        """Each above all that the lower ones can sum to along one cycle."""
        cycle = min(2 * len(soal.penilai) + 2, LONGEST)
        soft = 0 if soal.aturan.beda_asal else HOME_SOFT
        new = cycle * (DRAW + KNOWN + soft) + 1
        load = cycle * (new + DRAW + KNOWN + soft) + 1
        return cls(new, load, soft or load * (_most_sheets(soal) + 2))


def _most_sheets(soal: Soal) -> int:
    """By how much two loads can differ, in all but the oddest of large divisions."""
    places = sum(soal.kurang(pk) for pk in soal.entri)
    usual = 4 * (places // max(1, len(soal.penilai)) + 16)
    spread = max(soal.beban.values(), default=0) - min(soal.beban.values(), default=0)
    return spread + min(len(soal.entri), usual)


def flow(soal: Soal, calon: Mapping[int, frozenset[int]] | None = None) -> list[tuple[int, int]]:
    """The pairs (entry, reader) to add so that as many places as possible are filled, best first.

    With `calon`, of these readers of each entry alone. Deterministic. The time grows faster than
    the number of possible pairs, about a second for each hundred thousand.
    """
    import numpy as np  # noqa: PLC0415 - only while something is solved
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    net = _Net(soal, calon, np)
    if not net.lacking or not net.readers:
        return []
    solver = SimpleMinCostFlow()
    tails, heads, room, cost = net.arcs()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, room, cost)
    for node, pk in enumerate(net.lacking):
        solver.set_node_supply(node, soal.kurang(pk))
    solver.set_node_supply(net.sink, -sum(soal.kurang(pk) for pk in net.lacking))
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"min cost flow: {status}")
    used = np.flatnonzero((solver.flows(arcs) > 0) & (net.owner_of() >= 0))
    owner, reader = net.owner_of()[used], heads[used] - net.first
    return sorted(
        (net.lacking[e], net.readers[r])
        for e, r in zip(owner.tolist(), reader.tolist(), strict=True)
    )


class _Net:
    """Nodes and arcs of the flow: entries, readers, the sink, then places for shared homes."""

    def __init__(self, soal: Soal, calon: Mapping[int, frozenset[int]] | None, np) -> None:
        self.soal, self.np, self.bobot = soal, np, Bobot.of(soal)
        self.calon = calon or soal.boleh
        self.lacking = [pk for pk in soal.entri if soal.kurang(pk)]
        self.readers = [pk for pk in soal.penilai if soal.sisa(pk)]
        self.first = len(self.lacking)
        self.sink = self.nodes = self.first + len(self.readers)
        self.nodes += 1
        homes = {home: n for n, home in enumerate(sorted({p.rumah for p in soal.penilai.values()}))}
        self.home_number = homes
        self.home = np.array([homes[soal.penilai[pk].rumah] for pk in self.readers], np.int64)
        self.key = np.array(self.readers, np.uint64)
        self.place = {pk: n for n, pk in enumerate(self.readers)}
        self.parts: list[tuple] = []
        self.known: dict[frozenset, object] = {}
        self.rooms: dict[tuple, tuple] = {}
        self._owner = None

    def arcs(self) -> tuple:
        """Tails, heads, capacities and costs of all arcs."""
        np = self.np
        for node, pk in enumerate(self.lacking):
            self._entry(node, pk)
        self._sheets()
        self._owner = np.concatenate([part[4] for part in self.parts])
        tails, heads = (np.concatenate([p[n] for p in self.parts]).astype(np.int32) for n in (0, 1))
        room, cost = (np.concatenate([p[n] for p in self.parts]).astype(np.int64) for n in (2, 3))
        return tails, heads, room, cost

    def owner_of(self):
        """For each arc that ends at a reader, the entry whose reading it is; else -1."""
        return self._owner

    def _add(self, tails, heads, room, cost, owner) -> None:
        np = self.np
        size = max(np.size(tails), np.size(heads))
        self.parts.append(
            tuple(
                np.broadcast_to(np.asarray(x, np.int64), size)
                for x in (tails, heads, room, cost, owner)
            )
        )

    def _entry(self, node: int, pk: int) -> None:
        """From one entry to its possible readers, by way of a place for each shared home."""
        np, soal = self.np, self.soal
        index, alone, shared = self._rooms(pk)
        cost = self._costs(pk, index)
        if len(alone):
            self._add(node, self.first + index[alone], 1, cost[alone], node)
        for members, free in shared:
            gate, self.nodes = self.nodes, self.nodes + 1
            if free:
                self._add(node, np.array([gate]), 1, 0, -1)
            self._add(node, np.array([gate]), soal.kurang(pk), self.bobot.rumah, -1)
            self._add(gate, self.first + index[members], 1, cost[members], node)

    def _rooms(self, pk: int) -> tuple:
        """Possible readers as indexes; those whose home is theirs alone; the others by home."""
        np, soal = self.np, self.soal
        taken = tuple(sorted({self.home_number[home] for home in soal.rumah_pada(pk)}))
        here = frozenset(soal.pada[pk])
        allowed = self.calon[pk]
        key = (allowed, here, taken)
        if key not in self.rooms:
            index = np.array(
                sorted(self.place[r] for r in allowed - here if r in self.place), np.int64
            )
            home = self.home[index]
            _, inverse, count = np.unique(home, return_inverse=True, return_counts=True)
            single = (count[inverse] == 1) & ~np.isin(home, taken)
            shared = [(np.flatnonzero(home == h), h not in taken) for h in np.unique(home[~single])]
            self.rooms[key] = (index, np.flatnonzero(single), shared)
        return self.rooms[key]

    def _costs(self, pk: int, index):
        """What each possible reader of an entry costs: the draw, the field, the earlier plan."""
        np, soal = self.np, self.soal
        cost = _scatter(np, mix(soal.benih, pk), self.key[index]) % DRAW
        bidang = soal.entri[pk].bidang
        if bidang not in self.known:
            self.known[bidang] = np.array(
                [not soal.penilai[r].keahlian.isdisjoint(bidang) for r in self.readers], bool
            )
        cost = cost.astype(np.int64) + KNOWN * ~self.known[bidang][index]
        stays = np.array([self.place[r] for r in soal.lama[pk] if r in self.place], np.int64)
        return cost + self.bobot.baru * ~np.isin(index, stays)

    def _sheets(self) -> None:
        """From each reader to the sink, one arc for each sheet, dearer one after another.

        Far above the usual load the rest is one arc: still allowed, no longer told apart.
        """
        np, soal = self.np, self.soal
        least, most = min(soal.beban[pk] for pk in self.readers), _most_sheets(soal)
        for n, pk in enumerate(self.readers):
            room = min(soal.sisa(pk), len(self.lacking))
            units = max(1, min(room, most - (soal.beban[pk] - least)))
            step = soal.beban[pk] - least + np.arange(units, dtype=np.int64)
            each = np.ones(units, np.int64)
            each[-1] += room - units
            sink = np.full(units, self.sink)
            self._add(self.first + n, sink, each, self.bobot.beban * step, -1)


def _scatter(np, seed: int, keys):
    """A repeatable number for each key (splitmix64)."""
    with np.errstate(over="ignore"):
        state = keys * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return state ^ (state >> np.uint64(31))


def link(soal: Soal) -> tuple[list[tuple[int, int]] | None, bool]:
    """Pairs for the movable places so that all readers are linked, and whether that is the best.

    None when it cannot be done, or was not found within the time (then False). The places filled
    and the shared homes are no worse than those on the board now.
    """
    sizes = sum(len(soal.boleh[pk]) for pk in soal.entri if soal.movable(pk))
    if sizes > LINK_PAIRS:
        return None, False
    model, until = _Program(soal), time.monotonic() + LINK_SECONDS
    best = True
    groups = groups_of(soal.pada)
    for _ in range(LINK_ROUNDS):
        for group in groups[1:]:
            model.forbid_alone(frozenset(group))
        found, optimal = model.solve(until - time.monotonic())
        if found is None:
            return None, optimal  # optimal: it was proved that there is none
        best = best and optimal
        groups = groups_of(model.board(found))
        if len(groups) <= 1:
            return found, best
    return None, False


class _Program:
    """The constraint program of `link`."""

    def __init__(self, soal: Soal) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - only while something is solved

        self.cp, self.soal, self.model = cp_model, soal, cp_model.CpModel()
        self.open = [pk for pk in soal.entri if soal.movable(pk)]
        self.fixed = {
            pk: [r for r in soal.pada[pk] if r not in soal.movable(pk)] for pk in soal.entri
        }
        self.x = {
            (e, r): self.model.new_bool_var(f"x{e}_{r}")
            for e in self.open
            for r in sorted(soal.boleh[e])
            if r not in self.fixed[e]
        }
        self.sheets: list = []  # (sheets the reader has already, variable: takes one more)
        self._places()
        self._loads()
        self._prefer()

    def _places(self) -> None:
        """As many readers as now; shared homes no more than now, over all entries."""
        soal, shared, now = self.soal, [], 0
        for e in self.open:
            mine = [r for r in soal.boleh[e] if (e, r) in self.x]
            self.model.add(sum(self.x[e, r] for r in mine) == len(soal.movable(e)))
            if not soal.aturan.beda_asal:
                continue
            homes = soal.rumah_pada(e)
            kept = [soal.penilai[r].rumah for r in self.fixed[e] if r in soal.penilai]
            for home in {soal.penilai[r].rumah for r in mine}:
                members = [self.x[e, r] for r in mine if soal.penilai[r].rumah == home]
                have = kept.count(home)
                now += max(0, homes.count(home) - 1)
                if len(members) + have > 1:
                    over = self.model.new_int_var(0, len(members) + have, f"h{e}_{home}")
                    self.model.add(sum(members) + have <= 1 + over)
                    shared.append(over)
        if shared:
            self.model.add(sum(shared) <= now)

    def _loads(self) -> None:
        """Convex costs of loads: one variable for each sheet that a reader may take."""
        soal = self.soal
        moving = dict.fromkeys(soal.penilai, 0)
        for e in self.open:
            for r in soal.movable(e):
                moving[r] += 1
        for r in soal.penilai:
            mine = [x for (_, reader), x in self.x.items() if reader == r]
            base = soal.beban[r] - moving[r]
            room = min(max(0, soal.penilai[r].kapasitas - base), len(mine))
            sheets = [self.model.new_bool_var(f"u{r}_{k}") for k in range(room)]
            self.model.add(sum(mine) == sum(sheets))
            self.sheets += [(base + k, u) for k, u in enumerate(sheets)]

    def _prefer(self) -> None:
        """Even loads first, then the pairs of the board (they follow the earlier plan), fields."""
        soal, places = self.soal, sum(len(self.soal.movable(e)) for e in self.open) + 1
        terms = []
        for (e, r), x in self.x.items():
            here = r in soal.pada[e]
            stays = r in soal.lama[e]
            terms.append((4 * (not stays) + 2 * (not here) + (not soal.cocok(e, r))) * x)
            self.model.add_hint(x, here)
        load = 8 * places
        self.model.minimize(sum(terms) + sum(load * k * u for k, u in self.sheets))

    def forbid_alone(self, group: frozenset[int]) -> None:
        """Some entry is read from within the group and from without."""
        across = []
        for e in self.open:
            inside = [x for r, x in self._readers(e) if r in group]
            outside = [x for r, x in self._readers(e) if r not in group]
            inside_now = any(r in group for r in self.fixed[e])
            outside_now = any(r not in group for r in self.fixed[e])
            if (not inside and not inside_now) or (not outside and not outside_now):
                continue
            both = self.model.new_bool_var("")
            if not inside_now:
                self.model.add(sum(inside) >= 1).only_enforce_if(both)
            if not outside_now:
                self.model.add(sum(outside) >= 1).only_enforce_if(both)
            across.append(both)
        self.model.add_bool_or(across) if across else self.model.add_bool_or([])

    def _readers(self, e: int) -> list[tuple[int, object]]:
        return [(r, self.x[e, r]) for r in self.soal.boleh[e] if (e, r) in self.x]

    def solve(self, seconds: float) -> tuple[list[tuple[int, int]] | None, bool]:
        """The chosen pairs, and whether they are (or that there are none is) proved."""
        if seconds <= 0:
            return None, False
        cp = self.cp
        solver = cp.CpSolver()
        solver.parameters.num_workers = 1  # with more, the outcome depends on chance
        solver.parameters.random_seed = self.soal.benih % 2**31
        solver.parameters.max_deterministic_time = LINK_WORK
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status not in (cp.OPTIMAL, cp.FEASIBLE):
            return None, status == cp.INFEASIBLE
        chosen = [pair for pair, x in self.x.items() if solver.boolean_value(x)]
        return sorted(chosen), status == cp.OPTIMAL

    def board(self, chosen: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
        """The readers of every entry with these pairs."""
        board = {pk: list(readers) for pk, readers in self.fixed.items()}
        for e, r in chosen:
            board[e].append(r)
        return board
