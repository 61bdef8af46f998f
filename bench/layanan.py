"""Real processes for a run: private PostgreSQL and Redis, gunicorn as in production.

Everything listens on 127.0.0.1 alone and ends with the run. Only processes started here are ever
signalled, by their own id.
"""

import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2

from kompetisi import embedded

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE = 120  # seconds until something must have started


class Layanan:
    """A site in a folder of its own, durable so that a crash may come; a context manager."""

    def __init__(self, entries: int, *, workers: int = 2, benih: str = "pendaftaran") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kompetisi-beban-"))
        self.folder.chmod(0o755)  # the database server runs as another user
        self.port, self.workers, self.web = free_port(), workers, None
        self.wanted, self.benih, self.entries = entries, benih, []

    def __enter__(self) -> "Layanan":
        try:
            embedded.ensure(self.folder, durable=True)
            self._name_static()
            self.entries = self._seed()
            self.start_web()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """Stop all that was started and remove the folder."""
        self.stop_web()
        for server in filter(None, embedded.status(self.folder).values()):
            signal_process(server.pid, signal.SIGCONT)  # a frozen one could not be stopped
        embedded.stop(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def servers(self) -> dict:
        """The private servers that run, by name."""
        return embedded.status(self.folder)

    def environ(self, **more: str) -> dict[str, str]:
        """What every process of this run is told."""
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "HOME", "TMPDIR")}
        return kept | {
            "DATABASE_URL": self.servers["postgres"].url,
            "REDIS_URL": self.servers["valkey"].url,
            "DATA_DIR": str(self.folder / "data"),
            "SECRET_KEY": hashlib.sha256(str(self.folder).encode()).hexdigest(),
            "ALLOWED_HOSTS": HOST,
            "EMAIL_URL": "dummymail://",
            "LOG_LEVEL": "ERROR",
            **more,
        }

    def _seed(self) -> list[dict]:
        command = [sys.executable, "-W", "ignore", "-m", "bench.benih", self.benih]
        command.append(str(self.wanted))
        told = self.environ(MODE="demo")
        return json.loads(subprocess.check_output(command, cwd=ROOT, env=told))

    def _name_static(self) -> None:
        """The list of static files that pages look names up in; their bytes are not asked for."""
        static = ROOT / "static"
        names = [path.relative_to(static).as_posix() for path in static.rglob("*")]
        manifest = {"version": "1.1", "hash": "", "paths": {name: name for name in names}}
        folder = self.folder / "data" / "static"
        folder.mkdir(parents=True)
        (folder / "staticfiles.json").write_text(json.dumps(manifest))

    def start_web(self) -> None:
        """gunicorn with gunicorn.conf.py and MODE=production; returns once it answers."""
        command = [sys.executable, "-m", "gunicorn", f"--bind={HOST}:{self.port}"]
        told = self.environ(MODE="production", SSL_REDIRECT="false", WEB_WORKERS=str(self.workers))
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                [*command, "--log-level=warning"],
                cwd=ROOT, env=told, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_until(self.answers, "gunicorn")

    def stop_web(self) -> None:
        """End gunicorn and its workers."""
        if self.web and self.web.poll() is None:
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()

    def answers(self) -> bool:
        """Whether the site lives."""
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/sehat/", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def kill_worker(self) -> bool:
        """Kill -9 one of gunicorn's workers; its master starts another."""
        listed = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
        return bool(listed) and signal_process(int(secrets.choice(listed)), signal.SIGKILL)

    def sql(self, statement: str, *values: object) -> list[tuple]:
        """Ask the database directly, beside the application."""
        connection = psycopg2.connect(self.servers["postgres"].url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def close_in(self, seconds: float) -> None:
        """Registration closes this many seconds from now, by the database's clock."""
        self.sql(
            "UPDATE kompetisi_tahap SET selesai = clock_timestamp() + make_interval(secs => %s)"
            " WHERE jenis = 'pendaftaran'",
            seconds,
        )

    def receipts(self) -> list[dict]:
        """Every stored receipt: number, key, entry, on time or not, and the files it names."""
        rows = self.sql(
            "SELECT p.nomor, p.kunci, d.kode, p.pada < t.selesai, p.isi"
            " FROM registrasi_pengiriman p JOIN registrasi_pendaftaran d ON d.id = p.pendaftaran_id"
            " JOIN kompetisi_tahap t ON t.edisi_id = d.edisi_id AND t.jenis = 'pendaftaran'"
        )
        names = ("nomor", "kunci", "kode", "tepat", "isi")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def stored_hashes(self) -> set[str]:
        """SHA-256 of every stored file, computed anew from its bytes."""
        files = (path for path in (self.folder / "data" / "berkas").rglob("*") if path.is_file())
        return {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def signal_process(pid: int, number: int) -> bool:
    """Send a signal; False when the process is gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_until(holds, what: str, seconds: float = PATIENCE) -> None:
    """Wait until a condition holds. Raises TimeoutError naming what did not come."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} tidak siap dalam {seconds:.0f} detik.")
        time.sleep(0.05)
