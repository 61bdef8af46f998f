"""The door in front of the work: how many come in, who waits, who is told to come back."""

import json
import threading
import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kompetisi.gate import FIRST, LAST, NEXT, Gate
from kompetisi.middleware import admission

pytestmark = pytest.mark.fast
AT_ONCE = (0.0, 0.0, 0.0)
LONG = (30.0, 30.0, 30.0)


def queue_up(gate: Gate, urgency: int, name: str, came_in: list[str]) -> threading.Thread:
    """Somebody at the door; returns once they stand there."""
    before = gate.waiting_now()

    def come():
        if gate.enter(urgency):
            came_in.append(name)

    thread = threading.Thread(target=come, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while gate.waiting_now() == before:
        assert time.monotonic() < deadline
        time.sleep(0.001)
    return thread


def test_reading_leaves_one_slot_to_writing():
    gate = Gate(slots=2, waiting=4, seconds=AT_ONCE)
    assert gate.enter(LAST)
    assert not gate.enter(LAST)
    assert gate.enter(FIRST)
    assert not gate.enter(FIRST)
    gate.leave()
    assert gate.enter(NEXT)


def test_sending_goes_before_whoever_came_earlier_to_read():
    gate, came_in = Gate(slots=2, waiting=4, seconds=LONG), []
    gate.enter(FIRST), gate.enter(FIRST)
    threads = [
        queue_up(gate, LAST, "baca", came_in),
        queue_up(gate, NEXT, "masuk", came_in),
        queue_up(gate, FIRST, "kirim", came_in),
    ]
    gate.leave()
    threads[2].join(20)
    assert came_in == ["kirim"]
    gate.leave()
    threads[1].join(20)
    assert came_in == ["kirim", "masuk"]
    gate.leave()
    assert gate.waiting_now() == 1  # one slot is kept for writing
    gate.leave()
    threads[0].join(20)
    assert came_in == ["kirim", "masuk", "baca"]


def test_a_full_door_sends_the_newest_reader_away_for_a_sender_and_no_sender_for_a_reader():
    gate, came_in = Gate(slots=1, waiting=2, seconds=LONG), []
    gate.enter(FIRST)
    early = queue_up(gate, LAST, "baca 1", came_in)
    late = queue_up(gate, LAST, "baca 2", came_in)
    sender = threading.Thread(target=lambda: gate.enter(FIRST) and came_in.append("kirim"))
    sender.start()
    late.join(20)
    assert not late.is_alive() and early.is_alive()
    assert not gate.enter(LAST)  # no place and nobody to take one from
    gate.leave()
    sender.join(20)
    gate.leave()
    early.join(20)
    assert came_in == ["kirim", "baca 1"]


def test_whoever_waited_in_vain_leaves_no_trace():
    gate = Gate(slots=1, waiting=2, seconds=AT_ONCE)
    gate.enter(FIRST)
    assert not gate.enter(LAST)
    assert (gate.waiting_now(), gate.busy) == (0, 1)
    gate.leave()
    assert gate.busy == 0


@pytest.fixture
def crowded(settings):
    """Ask while another request is in work: the only slot is taken and nobody waits."""
    settings.ADMISSION = {"slots": 1, "waiting": 1, "seconds": AT_ONCE}

    def ask(request):
        answers = []

        def work(_):
            if not answers:
                answers.append(None)
                answers[0] = door(request)
            return HttpResponse("dikerjakan")

        door = admission(work)
        assert door(RequestFactory().get("/jadwal/")).content == b"dikerjakan"
        return answers[0]

    return ask


def test_a_reader_is_told_to_come_back_and_the_page_does_so_without_script(crowded):
    answer = crowded(RequestFactory().get("/peserta/?q=solo"))
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) >= 1
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert "Anda dalam antrean" in text
    assert 'href="/peserta/?q=solo"' in text
    assert '<noscript><meta http-equiv="refresh"' in text


def test_what_was_posted_comes_back_whole_to_be_sent_again(crowded):
    typed = {"kunci": "abc", "isi": 'Baris "satu" & dua\nbaris <tiga>', "csrfmiddlewaretoken": "t"}
    answer = crowded(RequestFactory().post("/registrasi/P19-A/narasi/", typed))
    text = answer.content.decode()
    assert answer.status_code == 503
    assert 'action="/registrasi/P19-A/narasi/"' in text
    assert 'name="kunci" value="abc"' in text
    assert "Baris &quot;satu&quot; &amp; dua\nbaris &lt;tiga&gt;" in text
    assert "http-equiv" not in text  # a refresh would drop the post


@pytest.mark.parametrize(
    ("path", "data", "headers"),
    [
        ("/akun/login/", {"login": "dewi", "password": "rahasia-sekali"}, {}),
        ("/profil/", {"password1": "rahasia-sekali"}, {}),
        ("/profil/", {"nama": "rahasia-sekali"}, {"origin": "https://lain.example"}),
    ],
)
def test_secrets_and_forms_of_other_sites_are_not_handed_back(crowded, path, data, headers):
    answer = crowded(RequestFactory().post(path, data, headers=headers))
    assert answer.status_code == 503
    assert "rahasia-sekali" not in answer.content.decode()


def test_a_script_reads_why_and_when(crowded):
    request = RequestFactory().post("/registrasi/P/isian/", headers={"accept": "application/json"})
    answer = crowded(request)
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    assert told["status"] == answer.status_code == 503
    assert told["coba_lagi_detik"] == int(answer["Retry-After"])


def test_liveness_passes_a_full_door(crowded):
    assert crowded(RequestFactory().get("/sehat/")).content == b"dikerjakan"
