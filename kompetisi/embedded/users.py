"""How many processes use the servers of a folder: a shared lock each, dropped with the process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class UserCount:
    """Our own place among the users of one folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "embedded.users"
        self.file = None

    def join(self) -> None:
        """Count this process in; a second call does nothing."""
        if self.file is None:
            self.file = self.path.open("a")
            fcntl.flock(self.file, fcntl.LOCK_SH)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Leave, and say whether nobody else uses the folder; nobody can join meanwhile."""
        if self.file is not None:
            self.file.close()
            self.file = None
        with self.path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
            else:
                yield True
