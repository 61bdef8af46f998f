"""Load or update an edition from its file."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from kompetisi import clock
from kompetisi.actions.edisi import HasilMuat, load_edisi
from kompetisi.edisi_file import EdisiFileError
from kompetisi.errors import NotAllowedError


class Command(BaseCommand):
    help = "Memuat atau memperbarui edisi dari berkas YAML; aman diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="berkas edisi, misalnya kompetisi/edisi/2019.yaml")

    def handle(self, *args, **options) -> None:
        path = options["file"]
        try:
            hasil = load_edisi(berkas=path, at=clock.now())
        except OSError as error:
            why = "tidak ada" if isinstance(error, FileNotFoundError) else "tidak dapat dibaca"
            raise CommandError(f"Berkas {path} {why}.", returncode=2) from error
        except EdisiFileError as error:
            count = len(error.problems)
            raise CommandError(f"{path} tidak dimuat, {count} kesalahan:\n{error}") from error
        except NotAllowedError as error:
            raise CommandError(f"{path} tidak dimuat. {error.alasan}") from error
        self.report(hasil)

    def report(self, hasil: HasilMuat) -> None:
        if not hasil.perubahan:
            self.stdout.write("Tidak ada perubahan.")
            return
        for line in hasil.perubahan:
            self.stdout.write(line)
        word = "dibuat" if hasil.baru else "diperbarui"
        self.stdout.write(f"{hasil.edisi.nama} {word}: {len(hasil.perubahan)} perubahan.")
