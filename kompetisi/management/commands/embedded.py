"""manage.py embedded start|stop|status: the private servers of a demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kompetisi import embedded


class Command(BaseCommand):
    """Start, stop or show the private PostgreSQL and Valkey under DATA_DIR."""

    help = "Menjalankan, menghentikan, atau menampilkan PostgreSQL dan Valkey milik demo."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        """One word: what to do."""
        parser.add_argument("tindakan", choices=["start", "stop", "status"])

    def handle(self, *args, **options) -> None:
        """Do it; exit 1 when the servers do not run after `start` or at `status`."""
        if not settings.DEMO:
            raise CommandError("Hanya untuk MODE=demo.", returncode=2)
        if options["tindakan"] == "stop":
            stopped = embedded.stop(settings.DATA_DIR)
            self.stdout.write(f"Dihentikan: {', '.join(stopped) or 'tidak ada yang berjalan'}")
            return
        if options["tindakan"] == "start":
            self._start()
        servers = embedded.status(settings.DATA_DIR)
        for name, server in servers.items():
            self.stdout.write(f"{name}: {self._describe(server)}")
        if not all(servers.values()):
            raise SystemExit(1)

    def _start(self) -> None:
        try:
            embedded.ensure(settings.DATA_DIR)
        except embedded.EmbeddedError as error:
            raise CommandError(str(error)) from error

    @staticmethod
    def _describe(server: embedded.Server | None) -> str:
        if server is None:
            return "tidak berjalan"
        return f"berjalan pada 127.0.0.1:{server.port} (proses {server.pid}; {server.version})"
