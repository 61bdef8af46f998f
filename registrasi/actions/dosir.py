"""An entry's dossier as one ZIP: its current files, its answers as PDF, a list of hashes."""

import hashlib
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from django.core.files.storage import default_storage

from kompetisi.clock import WIB
from registrasi.models import BuktiDukung, Pendaftaran
from registrasi.pdf import render_isian
from registrasi.queries.arsip import dosir_files
from registrasi.rules.berkas import can_read

CHUNK = 256 * 1024  # bytes read at a time, so that a dossier of any size needs little memory
SUMS = "SHA256SUMS"
LOST = "TIDAK-TERSEDIA.txt"


def write_dosir(
    *, pendaftaran: Pendaftaran, file: BinaryIO, progress: Callable[[int], None] | None = None
) -> list[str]:
    """Write the ZIP to an open file; returns the names of files that could not be put in.

    `progress` is told after each file how many bytes of files are done.

    Everything lies in one folder named after the entry's code; there `sha256sum -c SHA256SUMS`
    checks it. A file that is lost or held back by the virus scanner is named in
    TIDAK-TERSEDIA.txt and never left out silently.
    """
    sums, lost, root, done = [], [], pendaftaran.kode, 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, bukti in dosir_files(pendaftaran):
            digest = _copy(archive, f"{root}/{name}", bukti)
            if digest:
                sums.append((digest, name))
            else:
                lost.append(name)
            done += bukti.berkas.ukuran
            if progress:
                progress(done)
        made = {"isian.pdf": render_isian(pendaftaran)}
        if lost:
            made[LOST] = "".join(f"{name}\n" for name in lost).encode()
        for name, content in made.items():
            archive.writestr(_entry(f"{root}/{name}", pendaftaran.diubah_pada), content)
            sums.append((hashlib.sha256(content).hexdigest(), name))
        listed = "".join(f"{digest}  {name}\n" for digest, name in sums)
        archive.writestr(_entry(f"{root}/{SUMS}", pendaftaran.diubah_pada), listed)
    return lost


def _copy(archive: zipfile.ZipFile, name: str, bukti: BuktiDukung) -> str:
    """Copy one stored file into the archive; its SHA-256 as copied, or "" when it cannot be."""
    if not can_read(bukti.berkas).ok:
        return ""
    try:
        stored = default_storage.open(bukti.berkas.kunci)
    except FileNotFoundError:
        return ""
    digest = hashlib.sha256()
    with stored, archive.open(_entry(name, bukti.dilampirkan_pada), "w") as target:
        while chunk := stored.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, at.astimezone(WIB).timetuple()[:6])
    info.external_attr = 0o644 << 16
    return info
