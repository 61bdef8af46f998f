"""An entry's dossier as one ZIP: its current files, its answers as PDF, a list of hashes."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.utils.text import slugify

from kompetisi.clock import WIB
from registrasi.models import BuktiDukung, Pendaftaran
from registrasi.pdf import render_isian
from registrasi.rules.berkas import can_read

CHUNK = 256 * 1024  # bytes read at a time, so that a dossier of any size needs little memory
SUMS = "SHA256SUMS"
LOST = "TIDAK-TERSEDIA.txt"


def write_dosir(*, pendaftaran: Pendaftaran, file: BinaryIO) -> list[str]:
    """Write the ZIP to an open file; returns the names of files that could not be put in.

    Everything lies in one folder named after the entry's code; there `sha256sum -c SHA256SUMS`
    checks it. A file that is lost or held back by the virus scanner is named in
    TIDAK-TERSEDIA.txt and never left out silently.
    """
    sums, lost, root = [], [], pendaftaran.kode
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, bukti in dosir_files(pendaftaran):
            digest = _copy(archive, f"{root}/{name}", bukti)
            if digest:
                sums.append((digest, name))
            else:
                lost.append(name)
        made = {"isian.pdf": render_isian(pendaftaran)}
        if lost:
            made[LOST] = "".join(f"{name}\n" for name in lost).encode()
        for name, content in made.items():
            archive.writestr(_entry(f"{root}/{name}", pendaftaran.diubah_pada), content)
            sums.append((hashlib.sha256(content).hexdigest(), name))
        listed = "".join(f"{digest}  {name}\n" for digest, name in sums)
        archive.writestr(_entry(f"{root}/{SUMS}", pendaftaran.diubah_pada), listed)
    return lost


def dosir_files(pendaftaran: Pendaftaran) -> Iterator[tuple[str, BuktiDukung]]:
    """The current files with a name that says what each is; plain letters only, each once."""
    rows = pendaftaran.bukti.filter(dilepas_pada=None).select_related(
        "berkas", "jenis_dokumen", "kriteria"
    )
    for row in rows.order_by("jenis_dokumen__urutan", "kriteria__kode", "pk"):
        kind, place = (
            ("dokumen", row.jenis_dokumen.kode)
            if row.jenis_dokumen
            else ("bukti", row.kriteria.kode)
        )
        yield f"{kind}/{place}-{row.pk}-{_plain_name(row.berkas.nama_asli)}", row


def _plain_name(nama: str) -> str:
    path = PurePosixPath(nama.replace("\\", "/"))
    stem = slugify(path.stem)[:80] or "berkas"
    ending = re.sub(r"[^a-z0-9]", "", path.suffix.lower())[:5]
    return f"{stem}.{ending}" if ending else stem


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
