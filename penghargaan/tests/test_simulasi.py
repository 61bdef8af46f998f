"""A simulated competition runs through every stage, in any edition, and its result checks out."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from kompetisi import clock
from kompetisi.actions.edisi import load_edisi
from kompetisi.queries.jejak import verify_jejak
from kompetisi.tests.factories import wib
from penghargaan.models import Peringkat, Piagam
from registrasi.actions.instansi import load_instansi
from registrasi.models import Pendaftaran

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]  # a whole competition
ROOT = Path(settings.BASE_DIR)
EDISI = {2019: ROOT / "kompetisi/edisi/2019.yaml", 2031: ROOT / "tests/data/edisi-lain.yaml"}


def simulate(tahun: int, *, peserta: int, sampai: str) -> str:
    """Load agencies and the edition, and play it; what was told."""
    at = wib("2019-10-01 08:00")
    load_instansi(path=ROOT / "registrasi/data/instansi.csv", at=at)
    load_edisi(berkas=EDISI[tahun], at=at)
    out = StringIO()
    call_command(
        "simulate_edisi", f"--peserta={peserta}", "--evaluator=20", "--benih=5",
        f"--sampai={sampai}", f"--edisi={tahun}", stdout=out,
    )  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize("tahun", [2019, 2031])
def test_a_whole_edition_ends_in_certificates_and_a_result_that_can_be_recomputed(tahun, tmp_path):
    told = simulate(tahun, peserta=24, sampai="terbit")
    assert "piagam" in told
    winners = Peringkat.objects.filter(menang=True).count()
    assert 0 < winners <= 17
    assert Piagam.objects.exclude(sha256="").count() == Piagam.objects.count() >= winners
    assert verify_jejak().rusak is None
    target = tmp_path / "hasil.json"
    call_command("export_hasil", str(tahun), str(target), stdout=StringIO())
    script = ROOT / "penghargaan" / "verify_hasil.py"
    done = subprocess.run([sys.executable, script, target], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(target.read_text(encoding="utf-8"))


def test_it_stops_where_it_is_told_and_the_clock_stands_there():
    simulate(2019, peserta=6, sampai="administrasi")
    statuses = set(Pendaftaran.objects.values_list("status", flat=True))
    assert statuses <= {"draf", "lolos_administrasi", "tidak_lolos_administrasi"}
    assert wib("2019-11-07 00:00") < clock.now() < wib("2019-11-07 01:00")


def test_it_does_not_touch_an_edition_that_has_entries():
    simulate(2019, peserta=3, sampai="pendaftaran")
    before = Pendaftaran.objects.count()
    with pytest.raises(SystemExit) as caught:
        call_command("simulate_edisi", "--peserta=3", stdout=StringIO(), stderr=StringIO())
    assert caught.value.code == 1
    assert Pendaftaran.objects.count() == before
