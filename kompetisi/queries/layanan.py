"""Whether the services this process depends on answer."""

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

READY, AWAY = "siap", "tidak menjawab"
logger = logging.getLogger(__name__)


def layanan_state() -> dict[str, str]:
    """Each service with 'siap' or 'tidak menjawab'; each is asked for a second or so at most."""
    checks = {
        "basis_data": database_answers,
        "antrean": broker_answers,
        "penyimpanan": default_storage.check_ready,
    }
    return {name: READY if holds(name, check) else AWAY for name, check in checks.items()}


def holds(name: str, check: Callable[[], None]) -> bool:
    """Whether the check passes; why it does not goes to the log, not to the reader."""
    try:
        check()
    except Exception as error:  # whatever the driver raises means the same here
        logger.warning("Layanan %s tidak menjawab: %s", name, type(error).__name__)
        return False
    return True


def database_answers() -> None:
    """Ask the database, within a second, for the one table that migrations write last to."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '1s'")
        try:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
        finally:
            cursor.execute("SET statement_timeout = %s", [f"{settings.STATEMENT_TIMEOUT}s"])


def broker_answers() -> None:
    """Ask Redis for a sign of life."""
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=settings.REDIS_TIMEOUT,
        socket_connect_timeout=settings.REDIS_TIMEOUT,
    )
    try:
        client.ping()
    finally:
        client.close()
