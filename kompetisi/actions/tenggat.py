"""What follows from the calendar, carried out late if it must, never twice."""

from datetime import datetime

from django.db import connection

from kompetisi.hooks import functions_of

ENFORCER_LOCK = 310_2020  # one advisory lock: of several hosts one works, the others pass by


def enforce_tenggat(*, at: datetime) -> dict[str, int]:
    """Ask every app for the consequences that are due at an instant; returns counts by name.

    Idempotent. When another process is at it already, does nothing and returns {}.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ENFORCER_LOCK])
        if not cursor.fetchone()[0]:
            return {}
        try:
            counts: dict[str, int] = {}
            for enforce in functions_of("PENEGAK_TENGGAT"):
                for name, count in (enforce(at) or {}).items():
                    counts[name] = counts.get(name, 0) + count
            return counts
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ENFORCER_LOCK])
