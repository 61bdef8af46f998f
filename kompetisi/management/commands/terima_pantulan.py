"""`manage.py terima_pantulan`: the mail server hands a returned mail over on standard input."""

import sys

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from kompetisi.actions.pantulan import receive_report
from kompetisi.rules.pantulan import MAX_BYTES

TRY_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps the report and comes back


class Command(BaseCommand):
    """Never answers a mail with an error of its own, or two mail servers would play with it."""

    help = "Menerima laporan surel terpantul (RFC 3464) dari masukan standar."

    def handle(self, *args, **options) -> None:
        """Say how many messages the report marked."""
        raw = sys.stdin.buffer.read(MAX_BYTES)
        while sys.stdin.buffer.read(MAX_BYTES):  # the rest of a long mail: its sender may finish
            continue
        try:
            marked = receive_report(raw)
        except DatabaseError:
            self.stderr.write("Basis data tidak menjawab; laporan diminta lagi.")
            sys.exit(TRY_AGAIN)
        self.stdout.write(f"Pesan terpantul: {marked}")
