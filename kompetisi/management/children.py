"""The processes of a demonstration: started, started again when they die, ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

CALM_SECONDS = 2.0  # between two starts of the same process
END_SECONDS = 15.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def commands(port: int) -> dict[str, list[str]]:
    """What runs, by name."""
    celery = [sys.executable, "-m", "celery", "-A", "kompetisi"]
    return {
        "web": [
            sys.executable,
            "-m",
            "gunicorn",  # with gunicorn.conf.py
            f"--bind=127.0.0.1:{port}",
            "--workers=2",
            "--graceful-timeout=10",
            "--log-level=warning",
        ],
        "worker": [
            *celery,
            "worker",
            "--concurrency=1",
            "--loglevel=WARNING",
            "--without-gossip",
            "--without-mingle",
        ],
        "beat": [*celery, "beat", "--loglevel=WARNING", "--pidfile="],
    }


class Children:
    """The running processes and when each was last started."""

    def __init__(self, port: int) -> None:
        self.commands = commands(port)
        self.running: dict[str, subprocess.Popen] = {}
        self.started: dict[str, float] = {}
        self.once: set[str] = set()

    def start_once(self, name: str, command: list[str]) -> None:
        """Start something that ends by itself; it is not started again."""
        self.commands[name] = command
        self.once.add(name)
        self._start(name)

    def start(self) -> None:
        """Start all."""
        for name in self.commands:
            self._start(name)

    def revive(self) -> list[str]:
        """Start again what has died and return the names; not twice within CALM_SECONDS."""
        dead = [
            name
            for name, process in self.running.items()
            if name not in self.once
            and process.poll() is not None
            and time.monotonic() - self.started[name] > CALM_SECONDS
        ]
        for name in dead:
            self._start(name)
        return dead

    def stop(self) -> None:
        """Ask all to end, then make them, with whatever they started themselves."""
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + END_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                kill_group(process)
        self.running.clear()

    def _start(self, name: str) -> None:
        # The clock is the row's, so that an admin can move it for all of them.
        environ = {key: value for key, value in os.environ.items() if key != "DEMO_CLOCK"}
        self.started[name] = time.monotonic()
        log = log_of(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self.running[name] = subprocess.Popen(
                self.commands[name],
                cwd=settings.BASE_DIR,
                env=environ,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for the demonstration, which ends them in order
                preexec_fn=end_with_parent,
            )


def log_of(name: str) -> Path:
    """Where a process writes what happens."""
    return settings.DATA_DIR / "log" / f"{name}.log"


def end_with_parent() -> None:
    """In the child: be told to end when the demonstration is killed without a chance to say so."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def kill_group(process: subprocess.Popen) -> None:
    """End a process that does not listen, and its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
