"""What runs in a folder: embedded.json, written under a lock, believed only after a look."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """One server: its address and the process that answers there."""

    name: str
    url: str
    port: int
    pid: int
    started: str  # the kernel's start tick of the process: a pid alone may have been given anew
    password: str
    binary: str
    version: str
    admin_password: str = ""

    def runs(self) -> bool:
        """Whether this very process is still there."""
        return start_tick(self.pid) == self.started


def start_tick(pid: int) -> str | None:
    """The kernel's start tick of a process; None when there is no such process, or a dead one."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]


@dataclass
class Record:
    """The content of embedded.json of one folder."""

    folder: Path
    servers: dict[str, Server] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Record:
        """The record as written; empty when there is none or it cannot be read."""
        try:
            data = json.loads((folder / "embedded.json").read_text())
            return cls(folder, {name: Server(**row) for name, row in data.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(folder)

    @classmethod
    @contextmanager
    def locked(cls, folder: Path) -> Iterator[Record]:
        """The record while nobody else starts or stops servers in this folder."""
        with (folder / "embedded.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield cls.read(folder)

    def get(self, name: str) -> Server | None:
        """The last known server of this name, running or not."""
        return self.servers.get(name)

    def runs(self, name: str) -> bool:
        """Whether the server of this name runs."""
        server = self.servers.get(name)
        return server is not None and server.runs()

    def set(self, server: Server) -> None:
        """Keep one server and write the file, readable by its owner alone."""
        self.servers[server.name] = server
        target = self.folder / "embedded.json"
        draft = target.with_suffix(".json.tmp")
        rows = {name: asdict(row) for name, row in self.servers.items()}
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(rows, file, indent=1)
        draft.replace(target)
