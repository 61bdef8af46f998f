"""Dividing entries: no conflict, even loads, repeatable, the rule to blame named."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluasi.rules.pembagian import Entri, Penilai, divide

pytestmark = pytest.mark.fast


def loads(hasil, penilai, beban=None):
    count = Counter(pk for readers in hasil.tambahan.values() for pk in readers)
    return {p.pk: count[p.pk] + (beban or {}).get(p.pk, 0) for p in penilai}


@st.composite
def problems(draw):
    m = draw(st.integers(1, 7))
    e = draw(st.integers(0, 14))
    per = draw(st.integers(1, 3))
    penilai = [
        Penilai(100 + i, draw(st.integers(0, 12)), draw(st.sampled_from(["", "x", "y"])))
        for i in range(m)
    ]
    entri = [Entri(i, draw(st.integers(0, 5))) for i in range(e)]
    barred = {p.pk: draw(st.sets(st.integers(0, 5), max_size=3)) for p in penilai}
    return entri, penilai, barred, per, draw(st.integers(0, 9))


def best_fill(entri, penilai, barred, per):
    """How many places can be filled at all: a plain augmenting-path matching as the oracle."""
    held = {p.pk: [] for p in penilai}
    room = {p.pk: p.kapasitas for p in penilai}
    on = {e.pk: set() for e in entri}
    agency = {e.pk: e.instansi for e in entri}

    def place(e, seen):
        for p in held:
            if p in seen or p in on[e] or agency[e] in barred[p]:
                continue
            seen.add(p)
            if len(held[p]) < room[p]:
                held[p].append(e)
                on[e].add(p)
                return True
            for other in list(held[p]):
                held[p].remove(other)
                on[other].discard(p)
                if place(other, seen):
                    held[p].append(e)
                    on[e].add(p)
                    return True
                held[p].append(other)
                on[other].add(p)
        return False

    return sum(place(e.pk, set()) for e in entri for _ in range(per))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_division_keeps_every_rule(problem):
    entri, penilai, barred, per, benih = problem
    hasil = divide(entri, penilai, terlarang=barred, per_entri=per, benih=benih)
    by_pk = {p.pk: p for p in penilai}
    for e in entri:
        readers = hasil.tambahan[e.pk]
        assert len(readers) == len(set(readers)) <= per
        assert all(e.instansi not in barred[pk] for pk in readers)
    assert all(n <= by_pk[pk].kapasitas for pk, n in loads(hasil, penilai).items())
    missing = {k.entri: k.kurang for k in hasil.kekurangan}
    assert all(missing.get(e.pk, 0) == per - len(hasil.tambahan[e.pk]) for e in entri)
    again = divide(
        list(reversed(entri)), list(reversed(penilai)), terlarang=barred, per_entri=per, benih=benih
    )
    assert again.tambahan == hasil.tambahan


@settings(max_examples=80, deadline=None)
@given(problems())
def test_division_fills_as_many_places_as_can_be_filled(problem):
    entri, penilai, barred, per, benih = problem
    hasil = divide(entri, penilai, terlarang=barred, per_entri=per, benih=benih)
    filled = sum(len(readers) for readers in hasil.tambahan.values())
    assert filled >= best_fill(entri, penilai, barred, per)


@pytest.mark.parametrize("jumlah", [1, 7, 40, 61])
def test_loads_are_within_one_without_conflicts(jumlah):
    penilai = [Penilai(i, 999) for i in range(6)]
    entri = [Entri(i, i) for i in range(jumlah)]
    hasil = divide(entri, penilai, terlarang={}, per_entri=2, benih=3)
    spread = loads(hasil, penilai).values()
    assert max(spread) - min(spread) <= 1


def test_earlier_loads_count_and_given_readers_stay():
    penilai = [Penilai(1, 99), Penilai(2, 99), Penilai(3, 99)]
    entri = [Entri(10, 10, (1,)), Entri(11, 11), Entri(12, 12)]
    hasil = divide(entri, penilai, terlarang={}, per_entri=2, beban={1: 5}, benih=1)
    assert 1 not in hasil.tambahan[10]
    assert len(hasil.tambahan[10]) == 1
    assert sorted(hasil.tambahan[11]) == [2, 3]


def test_readers_of_different_homes_stand_beside_each_other():
    penilai = [Penilai(i, 99, "a" if i < 3 else "b") for i in range(6)]
    entri = [Entri(i, i) for i in range(30)]
    hasil = divide(entri, penilai, terlarang={}, per_entri=2, benih=9)
    homes = {p.pk: p.asal for p in penilai}
    assert all(len({homes[pk] for pk in readers}) == 2 for readers in hasil.tambahan.values())


@pytest.mark.parametrize(
    ("penilai", "terlarang", "aturan"),
    [
        ([Penilai(1, 9)], {}, "evaluator"),
        ([Penilai(1, 9), Penilai(2, 9), Penilai(3, 9)], {1: {5}, 2: {5}}, "benturan"),
        ([Penilai(1, 9), Penilai(2, 0)], {}, "kapasitas"),
    ],
)
def test_an_impossible_plan_names_the_rule_to_blame(penilai, terlarang, aturan):
    hasil = divide([Entri(1, 5)], penilai, terlarang=terlarang, per_entri=2)
    assert [k.aturan for k in hasil.kekurangan] == [aturan]
    assert hasil.kekurangan[0].sebab.endswith(".")


def test_a_full_reader_makes_room_by_a_chain_of_moves():
    # Entry 2 can only be read by reader 1, who is full with entry 1; entry 1 can go to reader 2.
    penilai = [Penilai(1, 1), Penilai(2, 1)]
    entri = [Entri(1, 1), Entri(2, 2)]
    hasil = divide(entri, penilai, terlarang={2: {2}}, per_entri=1)
    assert hasil.tambahan == {1: [2], 2: [1]}
