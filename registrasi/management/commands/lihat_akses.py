"""`lihat_akses`: who saw what, as CSV, for the duty to tell within 3 x 24 hours."""

import csv
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError

from kompetisi.clock import WIB
from kompetisi.queries.ekspor import begins_formula
from kompetisi.rules.matriks import ADMIN_PANRB
from registrasi.queries.akses import akses_visible_to, unduhan_visible_to

HEAD = ["waktu", "surel", "nama", "tindakan", "objek", "sha256", "dari_halaman"]


class Command(BaseCommand):
    """Print file accesses, and lists and archives taken along, of a person, an entry or a file."""

    help = "Cetak siapa melihat apa sebagai CSV: berkas yang dibuka dan daftar yang dibawa keluar."

    def add_arguments(self, parser):
        """Name the filters."""
        parser.add_argument("--orang", default="", help="alamat surel")
        parser.add_argument("--pendaftaran", default="", help="kode pendaftaran")
        parser.add_argument("--berkas", default="", help="SHA-256 berkas")
        parser.add_argument("--sejak", default="", help="waktu ISO, WIB bila tanpa zona")
        parser.add_argument("--sampai", default="", help="waktu ISO, tidak termasuk")

    def handle(self, **options):
        """Write the rows, newest first."""
        asked = {name: options[name] for name in ("orang", "pendaftaran", "berkas")}
        asked |= {name: instant(options[name]) for name in ("sejak", "sampai")}
        asked = {name: value for name, value in asked.items() if value}
        out = csv.writer(self.stdout)
        out.writerow(HEAD)
        for row in akses_visible_to({ADMIN_PANRB}, **asked).iterator(chunk_size=2000):
            seen = [row.get_cara_display(), row.berkas.nama_asli, row.berkas.sha256, row.halaman]
            out.writerow(safe([row.pada.isoformat(), row.oleh.email, row.oleh, *seen]))
        if asked.pop("berkas", ""):
            return
        for row in unduhan_visible_to({ADMIN_PANRB}, **asked).iterator(chunk_size=2000):
            who = [row.oleh.email, row.oleh] if row.oleh else ["", "Sistem"]
            objek = f"{row.objek_jenis} {row.objek_kunci} {row.rincian}"
            out.writerow(safe([row.pada.isoformat(), *who, row.tindakan, objek, "", ""]))


def instant(text: str) -> datetime | None:
    """An ISO instant, in WIB when it says no zone."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Waktu '{text}' tidak dapat dibaca.") from error
    return at if at.tzinfo else at.replace(tzinfo=WIB)


def safe(row: list) -> list[str]:
    """No cell begins a formula in a spreadsheet."""
    return [f"'{cell}" if begins_formula(str(cell)) else str(cell) for cell in row]
