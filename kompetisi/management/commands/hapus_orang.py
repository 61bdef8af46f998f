"""`hapus_orang`: erase a person's data; acts, receipts and the audit log stay."""

from django.core.management.base import BaseCommand, CommandError

from kompetisi.actions.pribadi import erase_pengguna
from kompetisi.errors import NotAllowedError
from kompetisi.queries.pribadi import find_orang


class Command(BaseCommand):
    """Make the account with an address unrecognisable, when nothing holds it."""

    help = "Hapus data pribadi seseorang; perbuatan, tanda terima, dan jejak audit tetap ada."

    def add_arguments(self, parser):
        """The address, and the word that it is meant."""
        parser.add_argument("surel")
        parser.add_argument("--ya", action="store_true", help="laksanakan, jangan hanya memeriksa")

    def handle(self, **options):
        """Erase, or say what holds it."""
        orang = find_orang(options["surel"])
        if orang is None:
            raise CommandError("Tidak ada akun dengan alamat itu.", returncode=2)
        if not options["ya"]:
            self.stdout.write(f"Akun {orang.pk} ditemukan. Ulangi dengan --ya untuk menghapus.")
            return
        try:
            erase_pengguna(orang=orang, edisi=None, oleh=None)
        except NotAllowedError as error:
            raise CommandError(error.alasan) from error
        self.stdout.write(f"Data pribadi akun {orang.pk} dihapus.")
