"""Uploaded files on a folder, kept under the SHA-256 of their content.

Django's own storage never calls fsync: a power cut could leave a committed row whose file is
empty. Here a file is written beside its place, fsynced, put in place by rename, and the folder is
fsynced, all before `save` returns; the row is committed afterwards. The same content is stored
once. What a name says about its content can be checked at any time by `sha256sum`.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

DRAFT = ".draf-"


def hash_of(content: File) -> str:
    """The SHA-256 of a file, in hexadecimal digits; the file is left at its start."""
    digest = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def name_for(sha256: str) -> str:
    """Where a content lies: two levels of folders, so that none grows too full."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def sha256_in(name: str) -> str:
    """The SHA-256 that a stored name states."""
    return name.rpartition("/")[2]


class FileStorage(FileSystemStorage):
    """A content-addressed, durable folder. The name given by the uploader is not used."""

    def save(self, name, content, max_length=None) -> str:
        """Store the content durably and return its name. Raises OSError when it cannot."""
        if not hasattr(content, "chunks"):
            content = File(content, name)
        stored = name_for(hash_of(content))
        target = Path(self.path(stored))
        if not (target.exists() and target.stat().st_size == content.size):
            self._write(target, content)
        return stored

    def _write(self, target: Path, content: File) -> None:
        make_folder(target.parent, Path(self.location))
        draft = target.with_name(f"{DRAFT}{secrets.token_hex(8)}")
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)  # a full disk must not keep half a file as well
            raise
        fsync_folder(target.parent)
        content.seek(0)

    def check_ready(self) -> None:
        """Write and remove a small file. Raises OSError when the folder does not serve."""
        folder = Path(self.location)
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f"{DRAFT}{secrets.token_hex(8)}"
        probe.write_bytes(b"siap")
        probe.unlink()

    def url(self, name) -> str:
        """Uploaded files have no public address: views serve them by permission."""
        raise ValueError("Berkas unggahan hanya disajikan melalui halaman yang memeriksa izin.")


def make_folder(folder: Path, root: Path) -> None:
    """Create a folder and fsync each level above it that is new."""
    if folder.exists():
        return
    if folder != root:
        make_folder(folder.parent, root)
        folder.mkdir(mode=0o750, exist_ok=True)
        fsync_folder(folder.parent)
    else:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)


def fsync_folder(folder: Path) -> None:
    """Make the entries of a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
