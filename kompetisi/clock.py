"""The one clock. Instants are aware and in UTC; people read them in WIB.

`now()` is for display and for rules outside a write; `db_now()` is the database's own
`clock_timestamp()`, asked inside the transaction of any decision about a deadline, so that a web
server with a wrong clock cannot accept or refuse wrongly. Where settings.CLOCK_MOVABLE is true
(demonstration and tests, never production) both can be moved: for all processes by the row `Jam`,
for this process by `travel()` or by the environment variable DEMO_CLOCK.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

WIB = ZoneInfo("Asia/Jakarta")
CACHE_SECONDS = 1.0

_travel: ContextVar[timedelta | None] = ContextVar("clock_travel", default=None)
_shared: tuple[float, timedelta] | None = None
_started = datetime.now(UTC)


def now() -> datetime:
    """The present instant in UTC, shifted where the clock is movable."""
    return datetime.now(UTC) + shift()


def db_now() -> datetime:
    """The instant by the database's clock, also within a long transaction; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].astimezone(UTC) + shift()


def real_now() -> datetime:
    """The server's own instant, never moved: for leases and retries, not for the competition."""
    return datetime.now(UTC)


def shift() -> timedelta:
    """How far the clock has been moved; always zero in production."""
    if not settings.CLOCK_MOVABLE:
        return timedelta(0)
    own = _travel.get()
    if own is not None:
        return own
    if settings.DEMO_CLOCK is not None:
        return settings.DEMO_CLOCK - _started
    return _read_shared()


def _read_shared() -> timedelta:
    global _shared
    if _shared is None or time.monotonic() - _shared[0] > CACHE_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT geser FROM kompetisi_jam WHERE id = 1")
            row = cursor.fetchone()
        _shared = (time.monotonic(), row[0] if row else timedelta(0))
    return _shared[1]


def forget_shared() -> None:
    """Read the row `Jam` anew at the next question; called after it was changed."""
    global _shared
    _shared = None


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Let the clock of this context run on from `to`; for simulation and tests.

    Raises RuntimeError where the clock may not be moved.
    """
    if not settings.CLOCK_MOVABLE:
        raise RuntimeError("Jam hanya dapat digeser dalam mode demo atau pengujian.")
    token = _travel.set(to.astimezone(UTC) - datetime.now(UTC))
    try:
        yield
    finally:
        _travel.reset(token)
