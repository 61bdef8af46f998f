"""Files without a row go to quarantine, rows without their file raise the alarm."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from kompetisi import clock
from kompetisi.actions import berkas as actions
from kompetisi.actions.berkas import periksa_berkas
from kompetisi.models import JejakAudit, Lambang, PeriksaBerkas
from kompetisi.storage import FileStorage
from kompetisi.tests.factories import make_pengguna

pytestmark = pytest.mark.django_db
ISI = b"lambang"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """A storage of this test's own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "kompetisi.storage.FileStorage", "OPTIONS": {"location": tmp_path / "b"},
        }
    }  # fmt: skip
    return tmp_path / "b"


def keep(isi: bytes = ISI) -> Lambang:
    kunci = default_storage.save("x", ContentFile(isi))
    return Lambang.objects.create(
        berkas=kunci, sha256=kunci[-64:], nama_asli="garuda.png", tipe="image/png",
        diunggah_oleh=make_pengguna(), diunggah_pada=clock.now(),
    )  # fmt: skip


def age(name: str, **ago) -> Path:
    path = Path(default_storage.path(name))
    at = (clock.real_now() - timedelta(**ago)).timestamp()
    os.utime(path, (at, at))
    return path


def test_all_is_well(capsys):
    age(keep().berkas, hours=2)
    call_command("periksa_berkas", "--semua")
    assert "1 berkas diperiksa, 1 dibaca seluruhnya, 0 hilang" in capsys.readouterr().out
    assert not JejakAudit.objects.exists()


def test_a_lost_file_and_a_changed_one_are_an_alarm(capsys):
    Path(default_storage.path(keep().berkas)).unlink()
    Path(default_storage.path(keep(b"lain").berkas)).write_bytes(b"lAin")
    with pytest.raises(SystemExit) as ended:
        call_command("periksa_berkas")
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "hilang: " in told
    assert "berubah: " in told
    found = PeriksaBerkas.objects.get().temuan
    assert sorted(item["masalah"] for item in found) == ["berubah", "hilang"]
    assert JejakAudit.objects.get().tindakan == "berkas.alarm"


def test_a_sample_reads_some_and_looks_up_all(monkeypatch):
    monkeypatch.setattr(actions, "SAMPLE", 1)
    for number in range(3):
        keep(b"isi %d" % number)
    row = periksa_berkas(semua=False)
    assert (row.diperiksa, row.disidik) == (3, 1)


def test_an_old_file_without_a_row_goes_to_quarantine_and_a_young_one_stays(folder):
    old = default_storage.save("x", ContentFile(b"yatim"))
    young = default_storage.save("x", ContentFile(b"baru"))
    age(old, hours=2)
    assert periksa_berkas(semua=False).dikarantina == 1
    assert not default_storage.exists(old)
    assert default_storage.exists(young)
    assert (folder / "karantina" / old[-64:]).read_bytes() == b"yatim"


def test_a_file_saved_again_at_the_moment_of_the_move_stays():
    name = default_storage.save("x", ContentFile(ISI))
    age(name, hours=2)
    before = clock.real_now() - timedelta(hours=1)
    default_storage.save("x", ContentFile(ISI))  # after the look, before the move
    assert default_storage.set_aside(name, before) is False
    assert default_storage.open(name).read() == ISI


def test_leftovers_are_swept_when_they_are_old(folder):
    default_storage.save_as("unggahan/aaa/000000000000", b"potongan")
    default_storage.save_as("unggahan/bbb/000000000000", b"potongan")
    age("unggahan/aaa/000000000000", days=5)
    draft = folder / "ab" / ".draf-1"
    draft.parent.mkdir()
    draft.write_bytes(b"separuh")
    age("ab/.draf-1", hours=2)
    assert periksa_berkas(semua=False).disapu == 2
    assert not draft.exists()
    assert sorted(p.name for p in (folder / "unggahan").iterdir()) == ["bbb"]


def test_a_storage_that_is_not_there_yet_is_no_fault(folder):
    assert periksa_berkas(semua=False).diperiksa == 0
    assert isinstance(default_storage._wrapped, FileStorage)
