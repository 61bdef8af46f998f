"""`manage.py demo`: everything that runs in a demonstration, from one command."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kompetisi import embedded

WAIT = 90  # seconds until the site must answer
ACCOUNTS = (
    ("admin@demo.test", "Admin PANRB: peran, lambang, penerbitan, jam peragaan"),
    ("sekretariat@demo.test", "Sekretariat: akun, seleksi administrasi, perpanjangan"),
    ("ketua@demo.test", "Ketua tim evaluasi"),
    ("evaluator1@demo.test … evaluator12@demo.test", "Evaluator"),
    ("instansi1@demo.test … instansi6@demo.test", "Admin instansi; instansi6 belum mendaftar"),
    ("pengamat@demo.test", "Pengamat: melihat semua, tidak mengubah apa pun"),
)


class Command(BaseCommand):
    """Prepare the data, start the web server, a Celery worker and beat, stop all on Ctrl-C."""

    help = "Menyiapkan dan menjalankan peragaan."

    def add_arguments(self, parser) -> None:
        """--reset starts from an empty data folder."""
        parser.add_argument("--reset", action="store_true")

    def handle(self, *args, **options) -> None:
        """Run until interrupted; a child that dies is started again."""
        if not settings.DEMO:
            raise CommandError("make demo memakai MODE=demo.", returncode=2)
        if options["reset"] and "KOMPETISI_DEMO_EMPTIED" not in os.environ:
            self._start_over()
        self._prepare()
        children = Children()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: sys.exit(0))
        try:
            children.start()
            self._wait_ready(children)
            self._greet()
            while True:
                children.revive()
                time.sleep(1)
        finally:
            children.stop()
            embedded.stop(settings.DATA_DIR)
            self.stdout.write("Berhenti.")

    def _start_over(self) -> None:
        """Empty DATA_DIR and begin again in a new process, which starts new servers."""
        embedded.stop(settings.DATA_DIR)
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
        environ = os.environ | {"KOMPETISI_DEMO_EMPTIED": "1"}
        command = [sys.executable, "manage.py", "demo", "--reset"]
        os.execve(sys.executable, command, environ)  # noqa: S606 - our own command

    def _prepare(self) -> None:
        self.stdout.write("Menyiapkan data peragaan …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("load_edisi", "kompetisi/edisi/2019.yaml", stdout=StringIO())
        call_command("load_instansi", stdout=StringIO())
        call_command("seed_demo")

    def _wait_ready(self, children: "Children") -> None:
        deadline = time.monotonic() + WAIT
        while not _answers(f"{settings.SITE_URL}/siap/"):
            if time.monotonic() > deadline:
                raise CommandError("Situs tidak siap; lihat catatan di atas.")
            children.revive()
            time.sleep(0.3)

    def _greet(self) -> None:
        width = max(len(name) for name, _ in ACCOUNTS)
        table = "\n".join(f"  {name:<{width}}  {what}" for name, what in ACCOUNTS)
        self.stdout.write(
            f"\nSiap: {settings.SITE_URL}/\n\n"
            f"Akun peragaan (kata sandi: {settings.DEMO_PASSWORD})\n"
            f"{table}\n\nTekan Ctrl-C untuk berhenti.\n"
        )
        self.stdout.flush()


class Children:
    """The processes of a demonstration."""

    def __init__(self) -> None:
        port = settings.SITE_URL.rpartition(":")[2]
        celery = [sys.executable, "-m", "celery", "-A", "kompetisi"]
        self.commands = {
            "web": [
                sys.executable, "-m", "gunicorn", "kompetisi.wsgi", f"--bind=127.0.0.1:{port}",
                "--workers=2", "--threads=4", "--timeout=60", "--log-level=warning",
            ],
            "worker": [*celery, "worker", "--concurrency=1", "--loglevel=WARNING",
                       "--without-gossip", "--without-mingle"],
            "beat": [*celery, "beat", "--loglevel=WARNING"],
        }  # fmt: skip
        self.running: dict[str, subprocess.Popen] = {}

    def start(self) -> None:
        """Start all; the clock is the row's, so that an admin can move it for all of them."""
        for name in self.commands:
            self._start(name)

    def revive(self) -> None:
        """Start again what has died."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                time.sleep(1)
                self._start(name)

    def stop(self) -> None:
        """Ask all to end, then make them."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()

    def _start(self, name: str) -> None:
        environ = {k: v for k, v in os.environ.items() if k != "DEMO_CLOCK"}
        self.running[name] = subprocess.Popen(
            self.commands[name], cwd=settings.BASE_DIR, env=environ, start_new_session=True
        )


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
