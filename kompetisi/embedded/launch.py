"""Starting and stopping one server process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from kompetisi.embedded.errors import EmbeddedError
from kompetisi.embedded.identity import hand_over
from kompetisi.embedded.record import Server, start_tick

START_SECONDS = 60.0
LOG_LINES = 15


def free_port(preferred: int | None = None) -> int:
    """A free port on the loopback: the preferred one if it is free (addresses stay the same)."""
    for wanted in (preferred or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise EmbeddedError("Tidak ada port kosong pada 127.0.0.1.")


def spawn(command: list, *, home: Path, log: Path) -> subprocess.Popen:
    """Start a server of its own session as the owner of `home`, writing to `log`."""
    prefix, options = hand_over(home)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [*prefix, *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=home,
            env=clean_environment(),
            start_new_session=True,  # Ctrl-C in the terminal is not for the servers
            **options,
        )


def run(command: list, *, home: Path, log: Path) -> None:
    """Run a command to its end as the owner of `home`. Raises EmbeddedError when it fails."""
    if spawn(command, home=home, log=log).wait() != 0:
        raise EmbeddedError(f"{Path(command[0]).name} tidak berhasil.\n{tail(log)}")


def clean_environment() -> dict[str, str]:
    """The environment without what would redirect PostgreSQL's programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen, log: Path, seconds: float = START_SECONDS
) -> None:
    """Wait until the server answers. Raises EmbeddedError when it ends or stays silent."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise EmbeddedError(f"Server berhenti saat dimulai.\n{tail(log)}")
        if time.monotonic() > deadline:
            process.kill()
            raise EmbeddedError(f"Server tidak menjawab dalam {seconds:.0f} detik.\n{tail(log)}")
        time.sleep(0.05)


def end(server: Server, *signals: signal.Signals, seconds: float = 20.0) -> None:
    """Ask the server to end by each signal in turn until it has gone."""
    for number in (*signals, signal.SIGKILL):
        if not server.runs():
            return
        try:
            os.kill(server.pid, number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while server.runs() and time.monotonic() < deadline:
            reap(server.pid)
            time.sleep(0.02)


def reap(pid: int) -> None:
    """Take note of the end of our own child, so that it does not stay as a zombie."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def tick_of(process: subprocess.Popen) -> str:
    """The start tick of a process just started."""
    return start_tick(process.pid) or ""


def tail(log: Path) -> str:
    """The last lines of a log, for an error message."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-LOG_LINES:])
    except OSError:
        return ""
