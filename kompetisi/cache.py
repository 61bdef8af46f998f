"""A cache that goes on when Redis is dead or frozen: then a table of the database serves.

The limiter of logins counts in the cache. Without this, a dead Redis would make every login fail
and a frozen one would make it wait. Counters start anew when the side changes; that is accepted.
"""

import logging
import time

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

RESTED_SECONDS = 5.0
logger = logging.getLogger(__name__)


class SteadyCache(BaseCache):
    """Redis first; after a fault the fallback alone for RESTED_SECONDS, then Redis again."""

    _failed_at: float | None = None  # of this process, shared by its threads

    def __init__(self, server: str, params: dict) -> None:
        super().__init__(params)
        self.redis = RedisCache(server, params)
        self.fallback_alias = params.get("OPTIONS", {}).pop("fallback", "cadangan")

    def _call(self, method: str, *args, **kwargs):
        if not self._resting():
            try:
                return getattr(self.redis, method)(*args, **kwargs)
            except (RedisError, OSError) as error:
                type(self)._failed_at = time.monotonic()
                logger.warning("Redis tidak menjawab (%s); memakai cadangan", type(error).__name__)
        return getattr(caches[self.fallback_alias], method)(*args, **kwargs)

    def _resting(self) -> bool:
        failed_at = type(self)._failed_at
        return failed_at is not None and time.monotonic() - failed_at < RESTED_SECONDS

    def get(self, key, default=None, version=None):
        """As Django's cache."""
        return self._call("get", key, default, version=version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """As Django's cache."""
        return self._call("set", key, value, timeout, version=version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """As Django's cache."""
        return self._call("add", key, value, timeout, version=version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        """As Django's cache."""
        return self._call("touch", key, timeout, version=version)

    def delete(self, key, version=None):
        """As Django's cache."""
        return self._call("delete", key, version=version)

    def incr(self, key, delta=1, version=None):
        """As Django's cache."""
        return self._call("incr", key, delta, version=version)

    def has_key(self, key, version=None):
        """As Django's cache."""
        return self._call("has_key", key, version=version)

    def clear(self):
        """Remove our own keys; the broker's, in the same Redis, stay."""
        try:
            client = self.redis._cache.get_client(write=True)
            pattern = f"{self.key_prefix}:*"
            for key in client.scan_iter(match=pattern, count=1000):
                client.delete(key)
        except (RedisError, OSError):
            type(self)._failed_at = time.monotonic()
        caches[self.fallback_alias].clear()
