"""The additive model, its intervals and refusals, ranks with ranges, agreement: pure numbers."""

from random import Random

import pytest

from evaluasi.rules.kecenderungan import describe, fit, obstacles
from evaluasi.rules.kesepakatan import components_of
from evaluasi.rules.rentang import rank_ranges
from evaluasi.rules.sebaran_t import t_cdf, t_quantile
from evaluasi.tests import hitung_ulang

pytestmark = pytest.mark.fast


def draw(entries, people, per_entry, *, noise=3.0, seed=1):
    """Sheets of a made-up stage with known severities."""
    dice = Random(seed)
    strict = {person: dice.gauss(0, 4) for person in range(people)}
    rows = []
    for entry in range(entries):
        worth = dice.uniform(40, 90)
        for person in dice.sample(range(people), per_entry):
            rows.append((entry, person, worth + strict[person] + dice.gauss(0, noise)))
    return rows, strict


def near(values, others):
    return values == pytest.approx(others, abs=1e-9)


@pytest.mark.parametrize(
    ("degrees", "reach"), [(1, 12.706204736), (10, 2.228138852), (30, 2.042272456)]
)
def test_quantiles_of_t_are_those_of_the_tables(degrees, reach):
    assert t_quantile(degrees) == pytest.approx(reach, abs=1e-9)


@pytest.mark.parametrize("degrees", [1, 2, 3, 8, 41, 1000])
def test_t_agrees_with_its_finite_series(degrees):
    assert near(t_quantile(degrees), hitung_ulang.t_reach(degrees))
    for x in (-3.0, -0.4, 0.0, 1.7):
        central = hitung_ulang.t_central(abs(x), degrees)
        assert near(t_cdf(x, degrees), (1 + (central if x >= 0 else -central)) / 2)


@pytest.mark.parametrize(("entries", "people", "per_entry"), [(30, 6, 2), (20, 5, 5), (24, 4, 3)])
def test_the_model_agrees_with_one_that_is_solved_in_another_way(entries, people, per_entry):
    rows, _ = draw(entries, people, per_entry)
    assert obstacles(rows) == []
    model, other = fit(rows), hitung_ulang.severity(rows)
    assert (model.derajat, near(model.ragam, other["ragam"])) == (other["derajat"], True)
    for mine, theirs in ((model.penilai, other["penilai"]), (model.entri, other["entri"])):
        assert mine.keys() == theirs.keys()
        for key, t in mine.items():
            assert near((t.nilai, t.galat, t.bawah, t.atas), theirs[key])


def test_severities_add_up_to_zero_and_come_near_the_truth():
    rows, strict = draw(400, 8, 2, seed=5)
    model = fit(rows)
    mean = sum(strict.values()) / len(strict)
    assert sum(t.nilai for t in model.penilai.values()) == pytest.approx(0, abs=1e-9)
    inside = sum(t.bawah <= strict[pk] - mean <= t.atas for pk, t in model.penilai.items())
    assert inside >= 7
    assert model.derau == pytest.approx(3.0, abs=0.4)


def test_intervals_hold_as_often_as_they_say():
    kept = total = 0
    for seed in range(60):
        rows, strict = draw(25, 5, 2, seed=seed)
        if obstacles(rows):
            continue
        mean = sum(strict.values()) / len(strict)
        for pk, t in fit(rows).penilai.items():
            kept += t.bawah <= strict[pk] - mean <= t.atas
            total += 1
    assert total > 200
    assert 0.91 <= kept / total <= 0.99


def test_an_entry_read_by_strict_people_is_lifted():
    rows = [(e, p, 70.0 + (-5 if p == 0 else 5) + e % 3) for e in range(9) for p in (0, 1, 2)]
    rows += [(99, 0, 60.0)]
    model = fit(rows)
    assert model.penilai[0].nilai == pytest.approx(-20 / 3)
    assert model.entri[99].nilai == pytest.approx(60 + 20 / 3)


def reasons(rows, names=None):
    return [describe(row, names or {}) for row in obstacles(rows)]


def test_without_any_shared_entry_there_is_no_model():
    ((why, what),) = reasons([(e, e % 2, 70.0) for e in range(20)])
    assert "dua lembar" in why
    assert "pembaca kedua" in what


def test_groups_that_share_nothing_are_named_with_what_would_help():
    rows = [(e, p, 70.0 + e) for e in range(8) for p in (0, 1)]
    rows += [(100 + e, p, 60.0 + e) for e in range(8) for p in (2, 3)]
    ((why, what),) = reasons(rows, {0: "Ani", 1: "Budi", 2: "Citra", 3: "Dewi"})
    assert "kelompok 1: Ani, Budi; kelompok 2: Citra, Dewi" in why
    assert "kelompok lain" in what


def test_evaluators_with_too_few_sheets_or_too_few_shared_ones_are_named():
    rows = [(e, p, 70.0 + e + p) for e in range(8) for p in (0, 1)]
    rows += [(e, 2, 71.0) for e in range(4)]  # four sheets, all shared
    rows += [(200 + e, 3, 71.0) for e in range(6)] + [(0, 3, 70.0), (1, 3, 70.0)]  # two shared
    (few, _), (alone, help_) = reasons(rows, {0: "Ani", 1: "Budi", 2: "Citra", 3: "Dewi"})
    assert few == "Lembar terkunci kurang dari 5: Citra (4)."
    assert "kurang dari 3: Dewi (2)." in alone
    assert "sudah dibaca evaluator lain" in help_


def test_without_degrees_of_freedom_there_is_no_noise_to_measure():
    ring = [(e, p % 4, 70.0) for e in range(4) for p in (e, e + 1)]
    assert "derajat bebas" in reasons(ring[:-2])[-1][0]
    with pytest.raises(ValueError, match="degrees"):
        fit(ring[:-2])


def test_many_names_are_cut_short():
    rows = [(e, p, 70.0 + e + p) for e in range(8) for p in (0, 1)]
    rows += [(0, p, 70.0) for p in range(2, 13)]
    assert "dan 3 lainnya" in reasons(rows)[0][0]


def test_ranks_and_ranges_agree_with_counting_one_by_one():
    rows, _ = draw(40, 6, 2, noise=6.0, seed=3)
    model = fit(rows)
    found = rank_ranges(model.entri, model.kuantil)
    other = hitung_ulang.rank_ranges(
        hitung_ulang.severity(rows)["entri"], hitung_ulang.t_reach(model.derajat)
    )
    assert {pk: (r.peringkat, r.terbaik, r.terburuk) for pk, r in found.items()} == other
    near_line = {pk for pk, r in found.items() if r.near(10)}
    assert near_line == {pk for pk, (_, best, worst) in other.items() if best <= 10 < worst}
    assert 0 < len(near_line) < 40
    assert not any(r.near(None) for r in found.values())


def test_alpha_is_that_of_the_published_example():
    # Krippendorff 2011, section C with the interval metric of section D: three of four observers'
    # values, missing ones left out; alpha = 0.849 (interval).
    table = [
        [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1],
        [None, None, 3, None],
    ]  # fmt: skip
    units = [[value for value in row if value is not None] for row in table]
    unsur = components_of(units)
    assert unsur.alpha == pytest.approx(0.849, abs=5e-4)
    assert (unsur.entri, unsur.nilai, unsur.tafsir) == (11, 40, "andal")
    assert near(unsur.alpha, hitung_ulang.alpha(units))


def test_alpha_says_nothing_without_differences_or_with_few_entries():
    assert components_of([[3, 3]] * 6).alpha is None
    assert components_of([[1, 2], [5, 6]]).tafsir == ""
    assert components_of([[1], [2]]).alpha is None
    assert components_of([[1, 9], [9, 1], [2, 8], [7, 1], [1, 9]]).tafsir == "rendah"
