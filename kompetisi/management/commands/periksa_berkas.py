"""`manage.py periksa_berkas [--semua]`: is every file there, with the bytes it had?"""

import sys

from django.core.management.base import BaseCommand, CommandParser

from kompetisi.actions.berkas import periksa_berkas


class Command(BaseCommand):
    """Exit 0 when every file that is named is there, 1 with those that are not."""

    help = "Membandingkan berkas tersimpan dengan catatannya."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--semua` reads every file whole instead of a sample."""
        parser.add_argument("--semua", action="store_true")

    def handle(self, *args, **options) -> None:
        """Check and print what was found."""
        row = periksa_berkas(semua=options["semua"])
        for item in row.temuan:
            self.stderr.write(f"{item['masalah']}: {item['kunci']} ({item['apa']})")
        self.stdout.write(
            f"{row.diperiksa} berkas diperiksa, {row.disidik} dibaca seluruhnya, "
            f"{len(row.temuan)} hilang atau berubah; {row.dikarantina} tanpa catatan dipindahkan "
            f"ke karantina, {row.disapu} sisa unggahan dihapus."
        )
        if row.temuan:
            sys.exit(1)
