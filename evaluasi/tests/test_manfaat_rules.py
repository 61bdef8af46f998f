"""What one more reading can change, beside trying every total that a reader could give."""

from decimal import Decimal
from random import Random
from types import SimpleNamespace

import pytest

from evaluasi.rules.kecenderungan import Taksiran
from evaluasi.rules.manfaat import Garis, gain_of, join
from evaluasi.rules.sebaran_t import t_cdf
from evaluasi.tests import hitung_ulang

pytestmark = pytest.mark.fast
STEP = 0.01


def garis(dalam, luar):
    return Garis(Decimal(str(dalam)), Decimal(str(luar)))


def model(nilai, galat=2.0, ragam=16.0, antar=9.0, derajat=30):
    known = Taksiran(nilai, galat, 0, 0, 2)
    return SimpleNamespace(entri={1: known}, ragam=ragam, ragam_penilai=antar, derajat=derajat)


def by_trying(total, line, inside, fit, nearest):
    """Walk over the scale in small steps and add up the chance of those that change the outcome."""
    known = fit.entri[1]
    spread = (fit.ragam + known.galat**2 + fit.ragam_penilai) ** 0.5
    chance, possible = 0.0, False
    for number in range(round(100 / STEP)):
        low, high = number * STEP, (number + 1) * STEP
        score = hitung_ulang.joined([*total, (low + high) / 2], nearest)
        if (score < line.luar) if inside else (score >= line.dalam):
            possible = True
            top = 1.0 if high > 99.99 else t_cdf((high - known.nilai) / spread, fit.derajat)
            bottom = 0.0 if low == 0 else t_cdf((low - known.nilai) / spread, fit.derajat)
            chance += top - bottom
    return possible, chance


@pytest.mark.parametrize("nearest", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_the_chance_is_that_of_all_totals_that_change_the_outcome(seed, nearest):
    dice = Random(seed)
    total = [round(dice.uniform(55, 85), 2) for _ in range(2)]
    line = garis(70, 69)
    inside = line.inside(join(total, dua_terdekat=nearest))
    fit = model(sum(total) / 2 + dice.uniform(-4, 4))
    found = gain_of(total, masuk=inside, garis=line, dua_terdekat=nearest, pk=1, model=fit)
    possible, chance = by_trying(total, line, inside, fit, nearest)
    assert found.mungkin == possible
    assert found.peluang == pytest.approx(chance, abs=2e-3)


def test_far_from_the_line_nothing_can_change_and_needs_no_model():
    found = gain_of([95.0, 91.0], masuk=True, garis=garis(70, 69), dua_terdekat=True)
    assert (found.mungkin, found.peluang, found.diusulkan) == (False, 0.0, False)


def test_without_a_line_everybody_is_in():
    found = gain_of([10.0, 90.0], masuk=True, garis=None, dua_terdekat=True)
    assert (found.mungkin, found.peluang) == (False, 0.0)


def test_without_a_model_it_is_said_only_that_it_may_change():
    found = gain_of([74.0, 66.5], masuk=True, garis=garis(70, 69), dua_terdekat=True)
    assert (found.mungkin, found.peluang, found.diusulkan) == (True, None, False)


def test_two_equal_totals_are_never_moved_where_the_nearest_two_count():
    found = gain_of([70.0, 70.0], masuk=True, garis=garis(70, 69.9), dua_terdekat=True)
    assert not found.mungkin
    moved = gain_of([70.0, 70.0], masuk=True, garis=garis(70, 69.9), dua_terdekat=False)
    assert moved.mungkin


def test_a_reader_is_proposed_from_one_chance_in_ten_on():
    line = garis(70, 69)
    near = gain_of([72.0, 66.0], masuk=False, garis=line, dua_terdekat=True, pk=1, model=model(69))
    far = gain_of([66.0, 62.0], masuk=False, garis=line, dua_terdekat=True, pk=1, model=model(64))
    assert near.diusulkan
    assert not far.diusulkan


@pytest.mark.parametrize(
    ("total", "score"),
    [([80, 90], 85), ([80, 84, 95], 82), ([80, 90, 100], 90), ([70, 70, 90], 70)],
)
def test_joining_is_that_of_the_official_score(total, score):
    assert join(total, dua_terdekat=True) == pytest.approx(score)
