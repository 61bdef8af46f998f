"""The private servers of one run of the tests, thrown away at its end."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from kompetisi import embedded

PREFIX = "kompetisi-uji-"
SETTLE = 60  # seconds within which a new run has surely begun


def begin_servers() -> None:
    """Give this run of pytest a folder for its servers; workers of xdist inherit it.

    Called by the settings of the tests and not by conftest.py, because pytest-django reads the
    settings, which start the servers, before any conftest is read.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread
    if "KOMPETISI_TEST_DIR" in os.environ:
        return
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if time.time() - left.stat().st_mtime > SETTLE:  # younger ones may be about to begin
            discard(left)  # of a run that was killed
    folder = tempfile.mkdtemp(prefix=PREFIX)
    Path(folder).chmod(0o755)  # the user of the database must reach it
    users = (Path(folder) / "embedded.users").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)  # from the first moment, so that no other run discards it
    os.environ["KOMPETISI_TEST_DIR"] = folder
    owner = os.getpid()
    atexit.register(lambda: end_servers(folder, users) if os.getpid() == owner else None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that atexit is reached


def end_servers(folder: str, users) -> None:
    """Leave the folder and remove it with its servers."""
    users.close()
    discard(Path(folder))


def discard(folder: Path) -> None:
    """Stop the servers of a folder and remove it, unless a run is using it."""
    try:
        embedded.stop_unused(folder)
        with (folder / "embedded.users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return
