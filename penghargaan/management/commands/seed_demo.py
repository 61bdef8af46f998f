"""`manage.py seed_demo`: people and entries of the demonstration."""

import sys
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand

from kompetisi import clock
from kompetisi.actions.jam import set_jam
from kompetisi.queries.edisi import edisi_by_kode
from penghargaan.actions.peragaan import seed_demo

START = datetime(2019, 10, 28, 9, 0, tzinfo=clock.WIB)
STANDS = datetime(2019, 10, 30, 9, 0, tzinfo=clock.WIB)


class Command(BaseCommand):
    """Exit 0 when the demonstration stands, 1 outside MODE=demo."""

    help = "Mengisi peragaan edisi 2019."

    def add_arguments(self, parser) -> None:
        """How many agencies besides the six known ones, and the seed of the draw."""
        parser.add_argument("--peserta", type=int, default=24)
        parser.add_argument("--benih", type=int, default=2019)

    def handle(self, *args, **options) -> None:
        """Seed once; let the clock stand before the closing day."""
        if not settings.DEMO:
            self.stderr.write("seed_demo hanya untuk MODE=demo.")
            sys.exit(1)
        edisi = edisi_by_kode("2019")
        made = seed_demo(edisi=edisi, at=START, peserta=options["peserta"], benih=options["benih"])
        if made:
            set_jam(to=settings.DEMO_CLOCK or STANDS)
        self.stdout.write(f"{made} pendaftaran dibuat." if made else "Peragaan sudah terisi.")
