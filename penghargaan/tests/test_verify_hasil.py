"""The stand-alone verifier: it agrees with the application, and finds a single altered value."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from penghargaan import verify_hasil
from penghargaan.tests.factories import Panggung

pytestmark = pytest.mark.django_db
SCRIPT = Path(verify_hasil.__file__)


@pytest.fixture
def exported(tmp_path):
    stage = Panggung()
    stage.kuota(2, 1)
    stage.masuk("Kota A")
    stage.masuk("Kota B", dokumen=["1", "0.5", "0.67"])
    stage.masuk("Kota C", lapangan=["0", "0.5"])
    stage.masuk("Kota D", wawancara=["1", "0.5", "0.75"], jalur="unit")
    pleno = stage.bekukan()
    path = tmp_path / "hasil.json"
    call_command("export_hasil", "2019", str(path))
    return pleno, path


def run(path, *arguments):
    """The script on its own: isolated Python, no Django, another folder."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(path), *arguments],
        capture_output=True, text=True, check=False, cwd="/", env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip


def test_prints_the_hash_of_the_page(exported):
    pleno, path = exported
    answer = run(path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines()[0] == pleno.hash
    assert run(path, "--hash", pleno.hash.upper()).returncode == 0
    assert run(path, "--hash", "0" * 64).returncode == 1


def change(path, edit):
    document = json.loads(path.read_text())
    edit(document["isi"])
    path.write_text(json.dumps(document))


def lower_one_value(isi):
    sheet = isi["peserta"][0]["lembar"][0]
    code = sorted(sheet["nilai"])[0]
    levels = next(
        k["faktor"]
        for r in isi["rubrik"]
        if r["tahap"] == sheet["tahap"]
        for g in r["kelompok"]
        for k in g["kriteria"]
        if k["kode"] == code
    )
    sheet["nilai"][code] = next(f for f in levels if f != sheet["nilai"][code])


def swap_winner(isi):
    winner = next(r for r in isi["hasil"] if r["menang"])
    loser = next(r for r in isi["hasil"] if not r["menang"])
    winner["menang"], loser["menang"] = False, True


def raise_weight(isi):
    isi["aturan"]["bobot_tahap"]["dokumen"] = "41"


def drop_entry(isi):
    isi["peserta"].pop()


def rename_winner(isi):
    next(iter(isi["pemenang"].values()))["nama"] = "Kota Lain"


@pytest.mark.parametrize(
    "edit", [lower_one_value, swap_winner, raise_weight, drop_entry, rename_winner]
)
def test_tampering_is_found(exported, edit):
    pleno, path = exported
    change(path, edit)
    answer = run(path)
    assert answer.returncode == 1
    assert "TIDAK COCOK" in answer.stderr
    hashes_equal = answer.stdout.splitlines()[0] == pleno.hash
    assert hashes_equal == (edit is swap_winner)  # the recomputed result puts it right


def test_a_forged_hash_does_not_help(exported):
    """Who changes a value and writes a fitting hash is found out by the hash on the page."""
    pleno, path = exported
    change(path, lower_one_value)
    document = json.loads(path.read_text())
    document["isi"], _ = verify_hasil.recompute(document["isi"])
    document["hash"] = verify_hasil.canonical_hash(document["isi"])
    path.write_text(json.dumps(document))
    answer = run(path)
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] != pleno.hash
    assert run(path, "--hash", pleno.hash).returncode == 1


def test_unusable_file_ends_with_two(tmp_path):
    path = tmp_path / "rusak.json"
    for text in ("{", "[]", "{}", '{"isi": {"format": "lain"}, "hash": ""}'):
        path.write_text(text)
        assert run(path).returncode == 2
    assert run(tmp_path / "tidak-ada.json").returncode == 2
    assert subprocess.run([sys.executable, str(SCRIPT)], capture_output=True).returncode == 2


def test_export_says_when_there_is_nothing_frozen(tmp_path):
    with pytest.raises(SystemExit) as stopped:
        call_command("export_hasil", "2019", str(tmp_path / "x.json"))
    assert stopped.value.code == 1


def test_export_into_a_missing_folder_is_wrong_use(exported, tmp_path):
    with pytest.raises(SystemExit) as stopped:
        call_command("export_hasil", "2019", str(tmp_path / "tidak" / "ada.json"))
    assert stopped.value.code == 2
