"""Dividing entries: no conflict, even loads, linked, repeatable, the rule to blame named."""

import subprocess
import sys
from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluasi.rules.keterhubungan import can_link, groups_of, name_groups
from evaluasi.rules.pembagian import Aturan, Entri, Penilai, divide, isi, pemecah

pytestmark = pytest.mark.fast


def loads(hasil, penilai, beban=None):
    count = Counter(pk for readers in hasil.tambahan.values() for pk in readers)
    return {p.pk: count[p.pk] + (beban or {}).get(p.pk, 0) for p in penilai}


def plan(entri, penilai, per_entri=2, *, terlarang=None, hubungkan=False, **more):
    aturan = Aturan(per_entri, hubungkan=hubungkan, jangkar=more.pop("sebanyak", 0))
    return divide(entri, penilai, terlarang=terlarang or {}, aturan=aturan, **more)


@st.composite
def problems(draw, readers=7, entries=14, most=3):
    m = draw(st.integers(1, readers))
    e = draw(st.integers(0, entries))
    per = draw(st.integers(1, most))
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


@settings(max_examples=120, deadline=None)
@given(problems())
def test_division_keeps_every_rule(problem):
    entri, penilai, barred, per, benih = problem
    hasil = plan(entri, penilai, per, terlarang=barred, benih=benih, hubungkan=True)
    by_pk = {p.pk: p for p in penilai}
    for e in entri:
        readers = hasil.tambahan[e.pk]
        assert len(readers) == len(set(readers)) <= per
        assert all(e.instansi not in barred[pk] for pk in readers)
        assert all(hasil.pertimbangan[e.pk, pk] is not None for pk in readers)
    assert all(n <= by_pk[pk].kapasitas for pk, n in loads(hasil, penilai).items())
    missing = {k.entri: k.kurang for k in hasil.kekurangan}
    assert all(missing.get(e.pk, 0) == per - len(hasil.tambahan[e.pk]) for e in entri)
    again = plan(
        list(reversed(entri)),
        list(reversed(penilai)),
        per,
        terlarang=barred,
        benih=benih,
        hubungkan=True,
    )
    assert again.tambahan == hasil.tambahan


@settings(max_examples=60, deadline=None)
@given(problems())
def test_division_fills_as_many_places_as_can_be_filled(problem):
    entri, penilai, barred, per, benih = problem
    hasil = plan(entri, penilai, per, terlarang=barred, benih=benih)
    filled = sum(len(readers) for readers in hasil.tambahan.values())
    assert filled >= best_fill(entri, penilai, barred, per)


# Brute force: every full plan of a small problem, by its own plain words for the rules.


def full_plans(entri, penilai, barred, per):
    """Every way to give all entries their readers within capacity, of different homes."""
    home = {p.pk: p.asal or f"sendiri {p.pk}" for p in penilai}
    room = {p.pk: p.kapasitas for p in penilai}
    choices = [
        [
            team
            for team in combinations(sorted(home), per)
            if not any(e.instansi in barred[pk] for pk in team)
            and len({home[pk] for pk in team}) == per
        ]
        for e in entri
    ]
    for teams in product(*choices):
        count = Counter(pk for team in teams for pk in team)
        if all(count[pk] <= room[pk] for pk in count):
            yield teams, count


def is_linked(teams):
    """Whether one can walk from any reader to any other along shared entries."""
    left = {pk for team in teams for pk in team}
    reached = {next(iter(left))}
    while grown := {pk for team in teams if reached & set(team) for pk in team} - reached:
        reached |= grown
    return reached == left


@settings(max_examples=80, deadline=None)
@given(problems(readers=5, entries=4, most=2))
def test_whatever_brute_force_finds_the_division_finds_too(problem):
    entri, penilai, barred, per, benih = problem
    hasil = plan(entri, penilai, per, terlarang=barred, benih=benih, hubungkan=True)
    found = list(full_plans(entri, penilai, barred, per)) if entri else []
    home = {p.pk: p.asal or f"sendiri {p.pk}" for p in penilai}
    kept = not hasil.kekurangan and all(
        len({home[pk] for pk in team}) == len(team) for team in hasil.tambahan.values()
    )
    assert kept == bool(found or not entri)
    if not found:
        return
    squares = {sum(n * n for n in count.values()) for _, count in found}
    mine = sum(n * n for n in loads(hasil, penilai).values())
    even = [teams for teams, count in found if sum(n * n for n in count.values()) == min(squares)]
    if any(is_linked(teams) for teams in even):
        assert is_linked(list(hasil.tambahan.values()))
        assert mine == min(squares)
    else:
        assert mine >= min(squares)


def test_exchanges_and_the_constraint_program_link_what_only_a_rare_plan_links():
    # Two clusters that share only one agency which all four may read.
    penilai = [Penilai(i, 9) for i in range(1, 5)]
    barred = {1: {2}, 2: {2}, 3: {1}, 4: {1}}
    entri = [Entri(1, 1), Entri(2, 1), Entri(3, 2), Entri(4, 2), Entri(5, 3)]
    for benih in range(6):
        hasil = plan(entri, penilai, terlarang=barred, hubungkan=True, benih=benih)
        assert hasil.kelompok == [[1, 2, 3, 4]]
        assert not hasil.kekurangan


def test_the_constraint_program_alone_links_too():
    entri = [Entri(i, i) for i in range(6)]
    penilai = [Penilai(i, 99) for i in range(6)]
    soal = isi_board(entri, penilai, [(0, 1), (0, 1), (2, 3), (2, 3), (4, 5), (4, 5)])
    assert len(groups_of(soal.pada)) == 3
    found, best = pemecah.link(soal)
    board = {}
    for e, r in found:
        board.setdefault(e, []).append(r)
    assert best
    assert len(groups_of(board)) == 1
    assert Counter(r for _, r in found) == dict.fromkeys(range(6), 2)


def isi_board(entri, penilai, teams):
    soal = pemecah.Soal.of(
        entri,
        penilai,
        terlarang={},
        aturan=Aturan(2, hubungkan=True),
        beban={},
        rencana={},
        benih=1,
    )
    for e, team in zip(entri, teams, strict=True):
        for r in team:
            soal.put(e.pk, r)
    return soal


def test_what_cannot_be_linked_is_said_with_what_would_help():
    apart = plan(
        [Entri(1, 1), Entri(2, 2)],
        [Penilai(i, 9, nama=f"Evaluator {i}") for i in range(1, 5)],
        terlarang={1: {2}, 2: {2}, 3: {1}, 4: {1}},
        hubungkan=True,
    )
    assert len(apart.kelompok) == 2
    (text,) = apart.peringatan
    assert "2 kelompok" in text
    assert "Evaluator 3, Evaluator 4" in text
    assert "entri jangkar" in text


@pytest.mark.parametrize("jumlah", [1, 7, 40, 61])
def test_loads_are_within_one_without_conflicts(jumlah):
    penilai = [Penilai(i, 999) for i in range(6)]
    entri = [Entri(i, i) for i in range(jumlah)]
    spread = loads(plan(entri, penilai, benih=3, hubungkan=True), penilai).values()
    assert max(spread) - min(spread) <= 1


def test_earlier_loads_count_and_given_readers_stay():
    penilai = [Penilai(1, 99), Penilai(2, 99), Penilai(3, 99)]
    entri = [Entri(10, 10, (1,)), Entri(11, 11), Entri(12, 12)]
    hasil = plan(entri, penilai, beban={1: 5}, benih=1)
    assert 1 not in hasil.tambahan[10]
    assert len(hasil.tambahan[10]) == 1
    assert sorted(hasil.tambahan[11]) == [2, 3]


def test_readers_of_different_homes_stand_beside_each_other():
    penilai = [Penilai(i, 99, "a" if i < 3 else "b") for i in range(6)]
    entri = [Entri(i, i) for i in range(30)]
    hasil = plan(entri, penilai, benih=9)
    homes = {p.pk: p.asal for p in penilai}
    assert all(len({homes[pk] for pk in readers}) == 2 for readers in hasil.tambahan.values())
    assert all("asal" in codes for codes in hasil.pertimbangan.values())


def test_the_same_home_twice_only_where_nobody_else_is_left_and_it_is_said():
    penilai = [Penilai(1, 99, "a"), Penilai(2, 99, "a")]
    hasil = plan([Entri(1, 1, nama="Kota Semarang")], penilai)
    assert sorted(hasil.tambahan[1]) == [1, 2]
    assert "instansi yang sama" in hasil.peringatan[0]
    assert "Kota Semarang" in hasil.peringatan[0]


def test_who_knows_the_field_is_preferred_while_loads_stay_even():
    penilai = [Penilai(i, 99, keahlian=frozenset({"kota" if i % 2 else "bumn"})) for i in range(4)]
    entri = [Entri(i, i, bidang=frozenset({"kota" if i < 8 else "bumn"})) for i in range(16)]
    hasil = plan(entri, penilai, benih=2)
    assert set(loads(hasil, penilai).values()) == {8}
    assert all("keahlian" in codes for codes in hasil.pertimbangan.values())


def test_a_new_plan_moves_no_pair_that_can_stay():
    penilai = [Penilai(i, 99) for i in range(8)]
    entri = [Entri(i, i % 11) for i in range(40)]
    barred = {i: {i} for i in range(8)}
    first = plan(entri, penilai, 3, terlarang=barred, benih=1, hubungkan=True)
    more = [*entri, Entri(40, 3), Entri(41, 4)]
    second = plan(
        more,
        penilai,
        3,
        terlarang=barred,
        benih=77,
        rencana=first.tambahan,
        hubungkan=True,
    )
    assert second.berubah == 0
    assert all(set(first.tambahan[e.pk]) == set(second.tambahan[e.pk]) for e in entri)
    assert "tetap" in second.pertimbangan[0, first.tambahan[0][0]]
    spread = loads(second, penilai).values()
    assert max(spread) - min(spread) <= 1
    without = plan(entri, penilai[1:], 3, terlarang=barred, rencana=first.tambahan, hubungkan=True)
    left = sum(0 in readers for readers in first.tambahan.values())
    assert without.berubah == left  # nobody else's reading moved


def test_anchor_entries_go_to_everybody_who_may_read_them():
    penilai = [Penilai(i, 99, "sama") for i in range(6)]
    entri = [Entri(i, i) for i in range(10)]
    barred = {0: {4}}
    hasil = plan(entri, penilai, terlarang=barred, sebanyak=2, benih=3)
    assert len(hasil.jangkar) == 2
    assert 4 not in hasil.jangkar  # the entry with a conflict is the poorer anchor
    assert all(len(hasil.tambahan[pk]) == 6 for pk in hasil.jangkar)
    assert all(hasil.pertimbangan[pk, 1] == ["jangkar"] for pk in hasil.jangkar)
    again = plan(entri, penilai, terlarang=barred, sebanyak=2, benih=8, jangkar=hasil.jangkar)
    assert again.jangkar == hasil.jangkar


def test_a_full_reader_does_not_read_the_anchor_and_it_is_said():
    penilai = [Penilai(1, 9), Penilai(2, 9), Penilai(3, 0, nama="Ani")]
    hasil = plan([Entri(1, 1)], penilai, sebanyak=1)
    assert sorted(hasil.tambahan[1]) == [1, 2]
    assert "Ani" in hasil.peringatan[0]


@pytest.mark.parametrize(
    ("penilai", "terlarang", "aturan", "kata"),
    [
        ([Penilai(1, 9)], {}, "evaluator", "Hanya ada 1 evaluator aktif; tambah paling sedikit 1"),
        (
            [Penilai(1, 9), Penilai(2, 9), Penilai(3, 9)],
            {1: {5: "provinsi"}, 2: {5: "provinsi"}},
            "benturan",
            "1 dari 2 pembaca; 2 evaluator terbentur provinsi. Tambah evaluator",
        ),
        (
            [Penilai(1, 9), Penilai(2, 0, nama="Budi")],
            {},
            "kapasitas",
            "1 dari 2 pembaca; 1 evaluator penuh. Naikkan kapasitas 1 dari: Budi",
        ),
        (
            [Penilai(1, 9), Penilai(2, 0, nama="Budi"), Penilai(3, 9)],
            {3: {5}},
            "kapasitas",
            "1 dari 2 pembaca; 1 evaluator terbentur kepentingan, 1 penuh. Naikkan",
        ),
    ],
)
def test_an_impossible_plan_names_the_rule_to_blame(penilai, terlarang, aturan, kata):
    hasil = plan([Entri(1, 5)], penilai, terlarang=terlarang)
    assert [k.aturan for k in hasil.kekurangan] == [aturan]
    assert hasil.kekurangan[0].sebab.startswith(kata) or kata in hasil.kekurangan[0].sebab


def test_a_full_reader_makes_room_by_a_chain_of_moves():
    # Entry 2 can only be read by reader 1, who is full with entry 1; entry 1 can go to reader 2.
    penilai = [Penilai(1, 1), Penilai(2, 1)]
    entri = [Entri(1, 1), Entri(2, 2)]
    hasil = plan(entri, penilai, 1, terlarang={2: {2}})
    assert hasil.tambahan == {1: [2], 2: [1]}
    assert "satu_satunya" in hasil.pertimbangan[2, 1]


def test_a_part_of_the_pairs_gives_as_good_a_plan(monkeypatch):
    penilai = [Penilai(i, 99, f"h{i % 9}") for i in range(40)]
    entri = [Entri(i, i % 50) for i in range(120)]
    barred = {i: {i, i + 1} for i in range(40)}
    monkeypatch.setattr(isi, "EXACT_PAIRS", 0)
    monkeypatch.setattr(isi, "SAMPLE", 5)
    hasil = plan(entri, penilai, 3, terlarang=barred, benih=4, hubungkan=True)
    assert hasil.terbaik
    assert not hasil.kekurangan
    assert not hasil.peringatan
    assert set(loads(hasil, penilai).values()) == {9}


def test_a_part_of_the_pairs_is_widened_where_it_is_too_small(monkeypatch):
    # Only reader 0 may read the last entries, and is full unless others take what came before.
    penilai = [Penilai(0, 5), *(Penilai(i, 30) for i in range(1, 20))]
    entri = [Entri(i, 1 if i < 55 else 2) for i in range(60)]
    barred = {i: {2} for i in range(1, 20)}
    monkeypatch.setattr(isi, "EXACT_PAIRS", 0)
    monkeypatch.setattr(isi, "SAMPLE", 2)
    hasil = plan(entri, penilai, 1, terlarang=barred)
    assert not hasil.kekurangan
    assert all(hasil.tambahan[pk] == [0] for pk in range(55, 60))


def test_groups_are_told_apart_and_named():
    groups = groups_of({1: [1, 2], 2: [2, 3], 3: [4, 5], 4: [9]})
    assert groups == [[1, 2, 3], [4, 5], [9]]
    assert name_groups(groups, {4: "Ani", 5: "Budi"}) == "3 evaluator | Ani, Budi | evaluator 9"
    assert can_link({1: [1, 2], 2: [1, 3]})
    assert not can_link({1: [1, 2], 2: [3, 4]})
    assert groups_of({}) == []


def test_nothing_of_the_solver_is_loaded_until_something_is_solved():
    code = (
        "import os, sys, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'kompetisi.settings'\n"
        "os.environ |= {'MODE': 'demo', 'EMBEDDED': 'off'}\n"
        "django.setup()\n"
        "import kompetisi.urls\n"
        "print([m for m in ('ortools', 'pandas') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
