"""`manage.py verify_jejak`: is the audit log whole?"""

import sys

from django.core.management.base import BaseCommand

from kompetisi.queries.jejak import verify_jejak


class Command(BaseCommand):
    """Exit 0 when every record fits, 1 with the first broken one named."""

    help = "Memeriksa rantai jejak audit."

    def handle(self, *args, **options) -> None:
        """Check and print the number of records and the head of the chain."""
        hasil = verify_jejak()
        if hasil.rusak is not None:
            self.stderr.write(f"Jejak audit rusak pada catatan {hasil.rusak}: {hasil.alasan}.")
            sys.exit(1)
        self.stdout.write(f"Jejak audit utuh: {hasil.jumlah} catatan, kepala {hasil.kepala}.")
