"""`manage.py demo`: everything that runs in a demonstration, from one command."""

import hashlib
import json
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kompetisi import embedded
from kompetisi.actions.denyut import forget_denyut
from kompetisi.actions.jam import set_jam
from kompetisi.environment import integer
from kompetisi.management.children import Children, log_of

WAIT = 90  # seconds until the site must answer
EMPTIED = "KOMPETISI_DEMO_EMPTIED"
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
        """Run until interrupted; what dies is started again. Exit 2 for wrong use."""
        if not settings.DEMO:
            raise CommandError("make demo memakai MODE=demo.", returncode=2)
        port = integer("PORT", 8000, low=1)
        refuse_taken(port)
        if options["reset"] and EMPTIED not in os.environ:
            start_over()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(0))
        children = Children(port)
        try:
            self._prepare()
            children.start()
            self._wait_ready(children, port)
            self._greet(port)
            children.start_once("latihan", [sys.executable, "manage.py", "seed_latihan"])
            self._watch(children)
        finally:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it
            children.stop()
            connection.close()
            embedded.stop_unused(settings.DATA_DIR)
            self.stdout.write("Berhenti.")

    def _prepare(self) -> None:
        self.stdout.write("Menyiapkan data peragaan …")
        self.stdout.flush()
        refuse_foreign_schema()
        call_command("migrate", verbosity=0, interactive=False)
        collect_static()
        call_command("load_edisi", "kompetisi/edisi/2019.yaml", stdout=StringIO())
        call_command("load_instansi", stdout=StringIO())
        call_command("seed_demo", stdout=self.stdout)
        forget_denyut()
        if settings.DEMO_CLOCK:
            set_jam(to=settings.DEMO_CLOCK)
        connection.close()

    def _wait_ready(self, children: Children, port: int) -> None:
        deadline = time.monotonic() + WAIT
        while not answers(f"http://127.0.0.1:{port}/siap/"):
            if time.monotonic() > deadline:
                raise CommandError(f"Situs tidak siap; lihat {log_of('web')}.")
            children.revive()
            time.sleep(0.2)

    def _greet(self, port: int) -> None:
        width = max(len(name) for name, _ in ACCOUNTS)
        table = "\n".join(f"  {name:<{width}}  {what}" for name, what in ACCOUNTS)
        self.stdout.write(
            f"\nSiap: http://127.0.0.1:{port}/\n\n"
            f"Akun peragaan (kata sandi: {settings.DEMO_PASSWORD})\n"
            f"{table}\n\nEdisi latihan yang sudah selesai disiapkan di latar belakang; buka "
            f"http://127.0.0.1:{port}/edisi/ beberapa menit lagi.\n\n"
            f"Catatan: {log_of('web').parent}\nTekan Ctrl-C untuk berhenti.\n"
        )
        self.stdout.flush()

    def _watch(self, children: Children) -> None:
        """Keep everything running, the private servers too, at the same addresses as before."""
        private = [
            name
            for name, variable in (("postgres", "DATABASE_URL"), ("valkey", "REDIS_URL"))
            if variable not in os.environ
        ]
        while True:
            for name in children.revive():
                self.stderr.write(f"Dimulai kembali: {name}")
            try:
                embedded.ensure(settings.DATA_DIR, names=tuple(private))
            except embedded.EmbeddedError as error:
                self.stderr.write(str(error))
            time.sleep(1)


def collect_static() -> None:
    """Hash and compress the static files, which takes seconds, only when one has changed."""
    stamp = settings.STATIC_ROOT / ".stamp"
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(digest.hexdigest())


def refuse_taken(port: int) -> None:
    """Raise CommandError when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} sedang dipakai program lain. Pilih yang lain, "
                "misalnya: make demo PORT=8001"
            ) from error


def refuse_foreign_schema() -> None:
    """Raise CommandError when the data folder was made by a version with other migrations."""
    loader = MigrationLoader(connection)
    if any(key not in loader.disk_migrations for key in loader.applied_migrations):
        raise CommandError(
            f"Data peragaan di {settings.DATA_DIR} dibuat oleh versi lain. Mulai dari data kosong "
            "dengan: make demo-reset"
        )


def start_over() -> None:
    """Empty DATA_DIR and begin again in a new process, which starts new servers."""
    embedded.stop(settings.DATA_DIR)
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
    command = [sys.executable, "manage.py", "demo", "--reset"]
    os.execve(sys.executable, command, os.environ | {EMPTIED: "1"})  # noqa: S606 - our own command


def answers(url: str) -> bool:
    """Whether the readiness page says that everything serves."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return json.load(answer).get("status") == "siap"
    except (urllib.error.URLError, OSError, ValueError):
        return False
