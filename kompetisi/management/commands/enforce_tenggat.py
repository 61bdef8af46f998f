"""`manage.py enforce_tenggat`: what beat runs every minute, for a person or a cron job."""

from django.core.management.base import BaseCommand

from kompetisi import clock
from kompetisi.actions.tenggat import enforce_tenggat


class Command(BaseCommand):
    """Idempotent; safe to run late, twice, or from two hosts at once."""

    help = "Menjalankan akibat tenggat yang sudah jatuh tempo."

    def handle(self, *args, **options) -> None:
        """Print what was done, or that there was nothing to do."""
        counts = enforce_tenggat(at=clock.now())
        lines = [f"{name}: {count}" for name, count in counts.items() if count]
        self.stdout.write("\n".join(lines) if lines else "Tidak ada tenggat yang jatuh tempo.")
