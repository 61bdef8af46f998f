"""`manage.py simulate_edisi`: a whole competition with real agencies, repeatable by seed."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kompetisi.actions.jam import set_jam
from kompetisi.errors import KompetisiError
from kompetisi.queries.edisi import edisi_by_tahun
from penghargaan.actions.simulasi import SAMPAI, play
from registrasi.queries.pendaftaran import has_pendaftaran


class Command(BaseCommand):
    """Exit 0 when it was played, 1 when it cannot be (no edition, entries already there)."""

    help = "Memainkan seluruh kompetisi dengan instansi nyata, berulang sama untuk satu benih."

    def add_arguments(self, parser) -> None:
        """How many entries and evaluators, the seed, how far, and which edition."""
        parser.add_argument("--peserta", type=int, default=60)
        parser.add_argument("--evaluator", type=int, default=12)
        parser.add_argument("--benih", type=int, default=2019)
        parser.add_argument("--sampai", choices=SAMPAI, default="terbit")
        parser.add_argument("--jam-tetap", action="store_true", help="jam aplikasi tidak digeser")
        parser.add_argument("--edisi", type=int, help="tahun edisi; tanpa ini edisi yang berjalan")

    def handle(self, *args, **options) -> None:
        """Play, tell each stage, and let the clock stand after the last."""
        if not settings.DEMO:
            raise CommandError("simulate_edisi hanya untuk MODE=demo.", returncode=2)
        edisi = edisi_by_tahun(options["edisi"])
        if edisi is None or has_pendaftaran(edisi):
            reason = "belum dimuat" if edisi is None else "sudah berisi pendaftaran"
            self.stderr.write(f"Edisi {reason}; simulasi tidak dijalankan.")
            sys.exit(1)
        try:
            stands = play(
                edisi=edisi,
                peserta=options["peserta"],
                evaluator=options["evaluator"],
                benih=options["benih"],
                sampai=options["sampai"],
                tell=self.stdout.write,
            )
        except KompetisiError as error:
            self.stderr.write(f"Simulasi berhenti: {error.alasan}")
            sys.exit(1)
        if options["jam_tetap"]:
            return
        set_jam(to=stands)
        self.stdout.write(f"Jam aplikasi kini {stands:%d-%m-%Y %H.%M} UTC.")
