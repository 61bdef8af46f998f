"""When reminders are due, and when the night holds a message back."""

from datetime import timedelta

import pytest

from kompetisi.rules.tangga import ladder_of, rung_due
from kompetisi.rules.waktu_tenang import after_quiet
from kompetisi.tests.factories import wib

pytestmark = pytest.mark.fast
CLOSING = wib("2019-11-02 00:00")
NIGHT = {"mulai": 21, "selesai": 6}


def test_a_rung_before_the_matter_began_is_passed_over():
    at = CLOSING - timedelta(days=1)
    assert rung_due(CLOSING, [7, 3, 1], at, sejak=at) is not None
    assert rung_due(CLOSING, [7, 3, 1], at, sejak=at + timedelta(seconds=1)) is None


@pytest.mark.parametrize(("days", "urgent"), [(7, False), (3, False), (1, True)])
def test_only_the_last_day_does_not_wait(days, urgent):
    assert rung_due(CLOSING, [days], CLOSING - timedelta(hours=1)).segera is urgent


@pytest.mark.parametrize(
    ("aturan", "days"),
    [
        ({}, []),
        ({"pengingat_hari": [7, 1]}, [7, 1]),
        ({"pengingat_hari": [7, 1], "pengingat": {"evaluator": [2], "perbaikan": None}}, [2]),
        ({"pengingat_hari": [7, 1], "pengingat": {"evaluator": []}}, []),
    ],
)
def test_a_matter_has_its_own_days_or_those_of_all(aturan, days):
    assert ladder_of(aturan, "evaluator") == days


@pytest.mark.parametrize(
    ("zona", "at", "leaves"),
    [
        ("Asia/Jakarta", "2019-10-25 20:59:59", "2019-10-25 20:59:59"),
        ("Asia/Jakarta", "2019-10-25 21:00", "2019-10-26 06:00"),
        ("Asia/Jakarta", "2019-10-26 05:59:59", "2019-10-26 06:00"),
        ("Asia/Jakarta", "2019-10-26 06:00", "2019-10-26 06:00"),
        # 19.30 WIB is 21.30 in Jayapura, whose morning comes two hours earlier.
        ("Asia/Jayapura", "2019-10-25 19:30", "2019-10-26 04:00"),
        ("Asia/Makassar", "2019-10-25 19:30", "2019-10-25 19:30"),
    ],
)
def test_the_night_is_that_of_the_reader(zona, at, leaves):
    assert after_quiet(wib(at), zona, NIGHT) == wib(leaves)


@pytest.mark.parametrize("tenang", [None, {}, {"mulai": 6, "selesai": 6}])
def test_without_quiet_hours_nothing_waits(tenang):
    assert after_quiet(wib("2019-10-25 23:00"), "Asia/Jakarta", tenang) == wib("2019-10-25 23:00")


def test_quiet_hours_may_lie_within_a_day():
    noon = {"mulai": 12, "selesai": 13}
    assert after_quiet(wib("2019-10-25 12:30"), "Asia/Jakarta", noon) == wib("2019-10-25 13:00")
    assert after_quiet(wib("2019-10-25 23:30"), "Asia/Jakarta", noon) == wib("2019-10-25 23:30")
