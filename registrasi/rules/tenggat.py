"""Deadlines of registration: which reminder is due, and what has run out."""

from collections.abc import Collection
from datetime import datetime, timedelta


def due_reminder(closing: datetime, hari: Collection[int], at: datetime) -> int | None:
    """The reminder due at an instant: days before `closing`, or None.

    Of several whose day has come only the latest is due: a run that comes late never sends H-7
    on the day of H-3. Nothing is due from the closing on.
    """
    if at >= closing:
        return None
    come = [day for day in hari if closing - timedelta(days=day) <= at]
    return min(come, default=None)


def reminder_instant(closing: datetime, hari: int) -> datetime:
    """When the reminder of that many days before closing becomes due."""
    return closing - timedelta(days=hari)
