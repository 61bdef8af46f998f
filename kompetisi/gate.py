"""The door in front of the work: a bounded number comes in, a bounded number waits, by urgency.

It lives in one process and asks neither Redis nor the database, because it has to work best when
these do not. Threads beyond `slots` + `waiting` stay free for static files, liveness and for
telling people to come back, so that nobody waits without an answer.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence

FIRST, NEXT, LAST = range(3)  # sending and saving an entry; other writing and forms; reading


class Waiter:
    """One request at the door."""

    __slots__ = ("admitted", "called")

    def __init__(self) -> None:
        self.admitted = False
        self.called = threading.Event()


class Gate:
    """`slots` requests in work at once, `waiting` more at the door, each class `seconds` at most.

    The last class leaves one slot to the others, and gives its place at the door up to them.
    """

    def __init__(self, *, slots: int, waiting: int, seconds: Sequence[float]) -> None:
        self.slots, self.waiting, self.seconds = slots, waiting, tuple(seconds)
        self.busy = 0
        self._queues: tuple[deque[Waiter], ...] = tuple(deque() for _ in self.seconds)
        self._lock = threading.Lock()

    def enter(self, urgency: int) -> bool:
        """Come in, waiting at the door if need be; False when there was no place or no turn.

        Whoever came in calls `leave()`.
        """
        with self._lock:
            if self._free(urgency) and not any(self._queues[: urgency + 1]):
                self.busy += 1
                return True
            waiter = self._place(urgency)
        if waiter is None:
            return False
        waiter.called.wait(self.seconds[urgency])
        with self._lock:
            if not waiter.admitted and waiter in self._queues[urgency]:
                self._queues[urgency].remove(waiter)
            return waiter.admitted

    def leave(self) -> None:
        """Give the slot to whoever is next."""
        with self._lock:
            self.busy -= 1
            for urgency, queue in enumerate(self._queues):
                while queue and self._free(urgency):
                    self.busy += 1
                    waiter = queue.popleft()
                    waiter.admitted = True
                    waiter.called.set()

    def waiting_now(self) -> int:
        """How many are at the door."""
        return sum(map(len, self._queues))

    def _free(self, urgency: int) -> bool:
        kept = 1 if urgency == LAST and self.slots > 1 else 0
        return self.busy < self.slots - kept

    def _place(self, urgency: int) -> Waiter | None:
        """A place at the door; a full one is taken from the newest of the least urgent."""
        if self.waiting_now() >= self.waiting:
            lower = [queue for queue in reversed(self._queues[urgency + 1 :]) if queue]
            if not lower:
                return None
            lower[0].pop().called.set()
        waiter = Waiter()
        self._queues[urgency].append(waiter)
        return waiter
