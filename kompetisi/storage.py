"""Uploaded files on a folder, kept under the SHA-256 of their content.

Django's own storage never calls fsync: a power cut could leave a committed row whose file is
empty. Here a file is written beside its place, fsynced, put in place by rename, and the folder is
fsynced, all before `save` returns; the row is committed afterwards. The same content is stored
once. What a name says about its content can be checked at any time by `sha256sum`.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

DRAFT = ".draf-"
ASIDE = "karantina"
NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")


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
        if not (touch(target) and target.stat().st_size == content.size):
            self._write(target, content)
        return stored

    def save_as(self, name: str, content: bytes) -> None:
        """Store bytes durably under a name of our own, in place of what was there.

        For what is not known by its content: pieces of an upload. Raises OSError.
        """
        self._write(Path(self.path(name)), ContentFile(content))

    def discard(self, folder: str) -> None:
        """Forget all that was stored under a folder of our own names; none is no mistake."""
        shutil.rmtree(self.path(folder), ignore_errors=True)

    def stored(self) -> Iterator[tuple[str, float]]:
        """All contents: name, and when it was last saved (seconds since 1970)."""
        root = Path(self.location)
        for path in root.glob("??/??/*"):
            name = path.relative_to(root).as_posix()
            at = saved_at(path) if NAME.fullmatch(name) else None
            if at is not None:
                yield name, at

    def set_aside(self, name: str, before: datetime) -> bool:
        """Move a content that no row names away; false when it was saved, or went, meanwhile.

        `save` touches what is there already: a file touched between the look and the move is put
        back, one touched after the move is written anew by `save` itself.
        """
        source, target = Path(self.path(name)), Path(self.path(f"{ASIDE}/{sha256_in(name)}"))
        make_folder(target.parent, Path(self.location))
        try:
            source.rename(target)
        except FileNotFoundError:  # another check was quicker
            return False
        if target.stat().st_mtime >= before.timestamp():
            target.rename(source)
            return False
        return True

    def forget(self, name: str) -> None:
        """Remove for good what was moved out of the way; none is no mistake."""
        Path(self.path(f"{ASIDE}/{sha256_in(name)}")).unlink(missing_ok=True)

    def sweep(self, before: datetime, folder: str, folder_before: datetime) -> int:
        """Remove half-written files older than `before`, and what lies in a folder of names of
        our own since before `folder_before`; returns how many."""
        root, count = Path(self.location), 0
        found = [(path, before) for path in root.rglob(f"{DRAFT}*")]
        found += [(path, folder_before) for path in (root / folder).glob("*/*")]
        for path, limit in found:
            if (saved_at(path) or limit.timestamp()) >= limit.timestamp():
                continue
            path.unlink(missing_ok=True)
            count += 1
        for path in (root / folder).glob("*"):
            try:
                path.rmdir()
            except OSError:  # not empty: still in use
                continue
        return count

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


def touch(path: Path) -> bool:
    """Note on a file that it was saved again; false when there is none."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def saved_at(path: Path) -> float | None:
    """When a file was last saved (seconds since 1970), None when it has gone meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


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
