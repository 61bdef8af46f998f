"""Faults on real processes: what was acknowledged is stored, whoever retries gets the answer.

The longer runs are `python -m bench kacau` and `python -m bench tenggat`.
"""

import signal

import pytest

from bench.kacau import (
    FaultMissedError,
    killing_workers,
    lose_answers,
    need_hits,
    stopping_database,
    with_fault,
    without_redis,
)
from bench.layanan import Layanan
from bench.pengirim import Kiriman, compare

pytestmark = pytest.mark.timeout(600)  # the first test waits for a whole site
GOOD = ("diakui", "tersimpan", "terganggu")


@pytest.fixture(scope="module")
def site():
    with Layanan(26) as running:
        running.left = list(running.entries)
        yield running


def take(site, number: int) -> list[dict]:
    taken, site.left = site.left[:number], site.left[number:]
    return taken


def holds(counts: dict[str, int], people: int) -> None:
    assert {k: v for k, v in counts.items() if k not in GOOD and v} == {}
    assert counts["diakui"] == people


def test_an_answer_lost_with_its_worker_is_given_again_before_and_after_closing(site):
    holds(lose_answers(site, take(site, 6)), 6)


def test_workers_killed_while_people_send_lose_nothing(site):
    holds(with_fault(site, take(site, 8), killing_workers(site, 3), floor=3), 8)


def test_a_database_stopped_at_once_loses_nothing_for_those_who_go_on(site):
    holds(with_fault(site, take(site, 8), stopping_database(site, 1), floor=8), 8)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
def test_without_redis_people_save_sign_in_and_send(site, number):
    done = without_redis(site, take(site, 2), number)
    assert [name for name, *_ in done] == ["simpan", "masuk", "kirim"] * 2
    assert [(name, status) for name, status, _ in done if status not in (200, 302)] == []


def test_a_fault_that_hits_too_little_fails():
    with pytest.raises(FaultMissedError):
        need_hits(2, 3)


def test_the_comparison_finds_what_it_is_for():
    receipt = {"nomor": "TT-1", "kunci": "a", "kode": "P1", "tepat": False}
    receipt["isi"] = {"berkas": [{"sha256": "x"}]}
    sent = [
        Kiriman("P1", "a", ditolak=True),
        Kiriman("P2", "b", nomor="TT-2"),
    ]
    counts = compare(sent, [receipt, receipt], {"y"})
    assert counts["hilang"] == 1
    assert counts["terlambat diterima"] == counts["tanpa berkas yang sama"] == 2
    assert counts["ditolak padahal tersimpan"] == counts["tercatat dua kali"] == 1
