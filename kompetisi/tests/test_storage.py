"""Uploaded files lie under the hash of their content, durable before anyone is told."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from kompetisi import storage
from kompetisi.storage import FileStorage, sha256_in

pytestmark = pytest.mark.fast
CONTENT = b"%PDF-1.7 surat tugas"


@pytest.fixture
def folder(tmp_path):
    """A storage in a folder of its own."""
    return FileStorage(location=tmp_path / "berkas")


def files_in(store: FileStorage) -> list[Path]:
    """All files below the storage's folder."""
    return [path for path in Path(store.location).rglob("*") if path.is_file()]


def test_the_name_is_the_hash_and_nothing_of_the_uploaders_name(folder):
    name = folder.save("../../etc/passwd\x00.pdf", ContentFile(CONTENT))
    assert sha256_in(name) == hashlib.sha256(CONTENT).hexdigest()
    assert "passwd" not in name
    assert folder.open(name).read() == CONTENT


def test_the_same_content_is_stored_once(folder):
    assert folder.save("a", ContentFile(CONTENT)) == folder.save("b", ContentFile(CONTENT))
    assert len(files_in(folder)) == 1


def test_a_damaged_copy_is_replaced(folder):
    name = folder.save("a", ContentFile(CONTENT))
    Path(folder.path(name)).write_bytes(b"terpotong")
    folder.save("a", ContentFile(CONTENT))
    assert folder.open(name).read() == CONTENT


def test_file_and_folder_are_fsynced_around_the_rename(folder, monkeypatch):
    steps = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor):
        target = Path(f"/proc/self/fd/{descriptor}").readlink()
        steps.append("folder" if target.is_dir() else "file")
        fsync(descriptor)

    def noted_replace(self, target):
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(storage.os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    folder.save("a", ContentFile(CONTENT))
    assert steps[-3:] == ["file", "rename", "folder"]


def test_a_full_disk_leaves_no_half_file(folder, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="penuh"):
        folder.save("a", ContentFile(CONTENT))
    assert files_in(folder) == []


def test_files_have_no_public_address(folder):
    with pytest.raises(ValueError, match="izin"):
        folder.url("ab/cd/abcd")
