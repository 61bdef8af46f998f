"""`manage.py export_hasil TAHUN FILE`: the replayable result."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from penghargaan.queries.hasil import dokumen_hasil, frozen_of
from penghargaan.rules.kanonik import canonical


class Command(BaseCommand):
    """Exit 0 when written, 1 when there is no frozen result, 2 for wrong use.

    The file is the same that the public result page offers. Check it with
    `python3 penghargaan/verify_hasil.py FILE`.
    """

    help = "Menulis berkas hasil yang dapat dihitung ulang."

    def add_arguments(self, parser) -> None:
        """Which year, and where to."""
        parser.add_argument("tahun", type=int)
        parser.add_argument("berkas", type=Path)

    def handle(self, *args, **options) -> None:
        """Write the file and print the hash."""
        pleno = frozen_of(options["tahun"])
        if pleno is None:
            self.stderr.write(f"Hasil tahun {options['tahun']} belum dibekukan.")
            sys.exit(1)
        try:
            options["berkas"].write_text(canonical(dokumen_hasil(pleno)), encoding="utf-8")
        except OSError as error:
            self.stderr.write(f"Berkas tidak dapat ditulis: {error.strerror}.")
            sys.exit(2)
        self.stdout.write(pleno.hash)
