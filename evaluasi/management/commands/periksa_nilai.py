"""`manage.py periksa_nilai [TAHUN]`: is every locked sheet as it was locked?"""

import sys

from django.core.management.base import BaseCommand

from evaluasi.queries.periksa_nilai import check_nilai
from kompetisi.queries.edisi import edisi_list


class Command(BaseCommand):
    """Exit 0 when every sheet agrees with its seal and the audit log, 1 with those that do not."""

    help = "Membandingkan nilai setiap lembar terkunci dengan segelnya dan jejak audit."

    def add_arguments(self, parser) -> None:
        """One edition, or without a year all of them."""
        parser.add_argument("tahun", type=int, nargs="?")

    def handle(self, *args, **options) -> None:
        """Check, and name each sheet that differs with everything in which it does."""
        wrong = 0
        for edisi in edisi_list():
            if options["tahun"] not in (None, edisi.tahun):
                continue
            hasil = check_nilai(edisi)
            self.stdout.write(f"{edisi.nama}: {hasil.terkunci} lembar terkunci diperiksa.")
            for beda in hasil.beda:
                wrong += 1
                self.stderr.write(f"{beda.kalimat} {'; '.join(beda.rincian)}.")
        if wrong:
            sys.exit(1)
        self.stdout.write("Semua nilai sama dengan saat dikunci. Rantainya: verify_jejak.")
