"""`manage.py seed_latihan`: a finished practice edition, so that every page has life in it."""

import re
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from kompetisi.queries.edisi import edisi_by_tahun
from registrasi.queries.pendaftaran import has_pendaftaran

SOURCE, TAHUN = 2019, 2018
NAMA = "Edisi latihan 2018 (data simulasi)"


class Command(BaseCommand):
    """The edition of 2019 a year earlier, played to the certificates; does nothing twice."""

    help = "Menyiapkan edisi latihan yang sudah selesai."

    def add_arguments(self, parser) -> None:
        """How many entries and evaluators."""
        parser.add_argument("--peserta", type=int, default=60)
        parser.add_argument("--evaluator", type=int, default=24)

    def handle(self, *args, **options) -> None:
        """Load and play it; exit 1 outside MODE=demo."""
        if not settings.DEMO:
            self.stderr.write("seed_latihan hanya untuk MODE=demo.")
            sys.exit(1)
        edisi = edisi_by_tahun(TAHUN)
        if edisi is not None and has_pendaftaran(edisi):
            return
        target = settings.DATA_DIR / "edisi-latihan.yaml"
        target.write_text(self._earlier(), encoding="utf-8")
        call_command("load_edisi", str(target), verbosity=0)
        call_command(
            "simulate_edisi",
            f"--edisi={TAHUN}",
            f"--peserta={options['peserta']}",
            f"--evaluator={options['evaluator']}",
            "--jam-tetap",
        )

    @staticmethod
    def _earlier() -> str:
        """The edition file of 2019 with every year one less, under a name that says what it is."""
        path = settings.BASE_DIR / "kompetisi" / "edisi" / f"{SOURCE}.yaml"
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\b20(1\d)\b", lambda m: f"20{int(m[1]) - 1}", text)
        text = re.sub(r"^kode: .*$", f'kode: "latihan-{TAHUN}"', text, count=1, flags=re.M)
        text = re.sub(r"^nama: .*$", f"nama: {NAMA}", text, count=1, flags=re.M)
        return re.sub(
            r"^dasar_hukum: .*$", "dasar_hukum: Edisi latihan, tanpa dasar hukum", text,
            count=1, flags=re.M,
        )  # fmt: skip
