"""The web server's own heartbeat, and how many requests it answered and refused.

Requests only count in memory. A thread of each web process writes a few times a minute; while the
database is away it keeps the counts, so that the refusals of an outage are known afterwards.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection

from kompetisi.actions.denyut import write_denyut

EVERY_SECONDS = 20  # three times a minute, so that no minute in which we live is without a row
SPAN_SECONDS = 10  # counts are kept by ten seconds, to go to the minute they belong to
MOST_SPANS = 24 * 360  # a day; older counts are dropped
logger = logging.getLogger(__name__)


class Tally:
    """Requests answered and refused, by when."""

    def __init__(self) -> None:
        self._counts: dict[int, list[int]] = {}
        self._lock = threading.Lock()

    def count(self, *, refused: bool) -> None:
        """One more request."""
        with self._lock:
            self._counts.setdefault(int(time.monotonic() // SPAN_SECONDS), [0, 0])[refused] += 1

    def take(self) -> dict[int, list[int]]:
        """All counts, leaving none."""
        with self._lock:
            taken, self._counts = self._counts, {}
        return taken

    def give_back(self, taken: dict[int, list[int]]) -> None:
        """Counts that could not be written."""
        with self._lock:
            for span in sorted(taken)[-MOST_SPANS:]:
                mine = self._counts.setdefault(span, [0, 0])
                mine[0] += taken[span][0]
                mine[1] += taken[span][1]


tally = Tally()


def beat() -> bool:
    """Write that the web lives, with the counts so far; False when the database did not take it."""
    taken = tally.take()
    now = time.monotonic()
    counts = [
        (timedelta(seconds=max(0.0, now - span * SPAN_SECONDS - SPAN_SECONDS / 2)), *both)
        for span, both in taken.items()
    ]
    try:
        write_denyut(sumber="web", counts=counts)
    except (DatabaseError, InterfaceError) as error:
        tally.give_back(taken)
        logger.warning("Denyut tidak tercatat: %s", type(error).__name__)
        return False
    finally:
        connection.close()
    return True


def start() -> None:
    """Beat from now on, in a thread of this process; gunicorn.conf.py calls it in each worker."""
    threading.Thread(target=_run, name="denyut", daemon=True).start()


def _run() -> None:
    while True:
        beat()
        time.sleep(EVERY_SECONDS)
