"""Private PostgreSQL and Valkey for the demonstration and the tests.

`ensure(folder)` starts both under one folder, or joins those that run there already, and returns
their addresses. Starting is guarded by a file lock, so any number of commands may call it at once.
Every process that called it is counted as a user (a shared lock that the system drops when the
process ends, however it ends), so that `stop_unused()` never takes the servers away from another.
Production does not come here: it uses what DATABASE_URL and REDIS_URL name.
"""

from __future__ import annotations

from pathlib import Path

from kompetisi.embedded import postgres, valkey
from kompetisi.embedded.errors import EmbeddedError
from kompetisi.embedded.record import Record, Server
from kompetisi.embedded.users import UserCount

__all__ = ["EmbeddedError", "Record", "Server", "ensure", "status", "stop", "stop_unused"]

ENGINES = {"postgres": postgres, "valkey": valkey}
_users: dict[Path, UserCount] = {}


def ensure(
    folder: Path, *, durable: bool = True, names: tuple[str, ...] = tuple(ENGINES)
) -> Record:
    """Start or join the named servers in `folder` and return the record with their addresses.

    `durable=False` switches fsync off: for tests, whose data is thrown away.
    Raises EmbeddedError, with a sentence for people, when a server cannot be started.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    users = _users.setdefault(folder, UserCount(folder))
    users.join()
    record = Record.read(folder)
    if all(record.runs(name) for name in names):
        return record
    with Record.locked(folder) as record:
        for name in names:
            if not record.runs(name):
                record.set(ENGINES[name].start(folder, record.get(name), durable=durable))
    return record


def status(folder: Path) -> dict[str, Server | None]:
    """The servers that run in `folder`, by name; None for one that does not run."""
    record = Record.read(folder.resolve())
    return {name: record.get(name) if record.runs(name) else None for name in ENGINES}


def stop(folder: Path) -> list[str]:
    """Stop the servers of `folder`, whoever uses them; return the names of those stopped."""
    folder = folder.resolve()
    if not folder.is_dir():
        return []
    with Record.locked(folder) as record:
        running = [name for name in ENGINES if record.runs(name)]
        for name in reversed(running):
            ENGINES[name].stop(record.get(name))
    return running


def stop_unused(folder: Path) -> list[str]:
    """Stop the servers of `folder` unless another process uses them; leave our own use of them."""
    folder = folder.resolve()
    users = _users.pop(folder, None) or UserCount(folder)
    with users.alone() as alone:
        return stop(folder) if alone else []
