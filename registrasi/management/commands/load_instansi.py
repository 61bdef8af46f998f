"""Load the directory of public bodies; without a file, the one that comes with the project."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kompetisi import clock
from kompetisi.errors import InvalidInputError
from registrasi.actions.instansi import load_instansi

DEFAULT_FILE = Path(__file__).resolve().parents[2] / "data" / "instansi.csv"


class Command(BaseCommand):
    help = "Memuat direktori instansi dari berkas CSV; aman diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default=str(DEFAULT_FILE), help="berkas CSV")

    def handle(self, *args, **options) -> None:
        path = Path(options["file"])
        try:
            hasil = load_instansi(path=path, at=clock.now())
        except OSError as error:
            raise CommandError(f"Berkas {path} tidak dapat dibaca.", returncode=2) from error
        except InvalidInputError as error:
            raise CommandError(error.alasan) from error
        self.stdout.write(
            f"{hasil.jumlah} instansi: {hasil.baru} baru, "
            f"{hasil.berubah} berubah, {hasil.tetap} tetap."
        )
        for jenis, jumlah in hasil.per_jenis.items():
            self.stdout.write(f"  {jenis}: {jumlah}")
