"""Taking files in: looked into, stored by content, attached to an entry; nothing is overwritten."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import unicodedata
import warnings
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from kompetisi import clock
from kompetisi.actions.jejak import record
from kompetisi.errors import InvalidInputError
from kompetisi.models import JenisDokumen, Kriteria, Pengguna
from kompetisi.storage import hash_of
from registrasi.actions.pendaftaran import lock_for_edit
from registrasi.models import Berkas, BuktiDukung, Pendaftaran
from registrasi.rules import berkas_pdf

logger = logging.getLogger(__name__)
SECONDS = 30
MAX_PIXELS = 40_000_000
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}


def store_berkas(*, isi: File, oleh: Pengguna, maks_mb: int, gambar: bool = False) -> Berkas:
    """Look into a file and store it durably, before any row names it.

    A PDF, or with `gambar` also a JPEG or PNG picture; at most `maks_mb` megabytes. Raises
    InvalidInputError with the reason and what to do.
    """
    if isi.size == 0:
        raise InvalidInputError("Berkas ini kosong. Pilih berkas yang berisi.")
    if isi.size > maks_mb * 1024**2:
        raise InvalidInputError(
            f"Berkas ini lebih besar dari {maks_mb} MB. Perkecil atau pindai dengan mutu lebih "
            "rendah, lalu unggah kembali."
        )
    tipe, halaman = _inspect(isi, gambar=gambar)
    sha256 = hash_of(isi)
    kunci = _save(isi)
    with transaction.atomic():
        berkas = Berkas.objects.create(
            sha256=sha256,
            kunci=kunci,
            nama_asli=shown_name(isi.name or "berkas"),
            tipe=tipe,
            ukuran=isi.size,
            halaman=halaman,
            diunggah_oleh=oleh,
            diunggah_pada=clock.now(),
        )
        record(tindakan="berkas.unggah", objek=berkas, oleh=oleh, rincian={"sha256": sha256})
    return berkas


def _save(isi: File) -> str:
    try:
        return default_storage.save(isi.name or "berkas", isi)
    except OSError as error:
        logger.error("Penyimpanan menolak berkas: %s", error.strerror)
        raise InvalidInputError(
            "Berkas belum dapat disimpan karena gangguan penyimpanan. Isian Anda tidak berubah; "
            "coba lagi beberapa saat lagi."
        ) from error


def shown_name(nama: str) -> str:
    """The name to show: without path, control and direction characters, at most 150 long."""
    nama = nama.replace("\\", "/").rpartition("/")[2]
    nama = "".join(c for c in nama if unicodedata.category(c)[0] != "C").strip()
    return nama[-150:] or "berkas"


def _inspect(isi: File, *, gambar: bool) -> tuple[str, int]:
    isi.seek(0)
    head = isi.read(16)
    isi.seek(0)
    if gambar and not head.startswith(b"%PDF-"):
        return _inspect_picture(isi), 0
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        for chunk in isi.chunks():
            copy.write(chunk)
        copy.flush()
        isi.seek(0)
        found = _in_child(Path(copy.name))
    if "alasan" in found:
        raise InvalidInputError(found["alasan"])
    return "application/pdf", found["halaman"]


def _in_child(path: Path) -> dict:
    """Ask the looker in its own process; what makes it die or hang is refused as too complex."""
    command = [sys.executable, "-m", "registrasi.rules.berkas_pdf", str(path)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", "")},
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"alasan": berkas_pdf.LARGE}


def _inspect_picture(isi: File) -> str:
    refusal = InvalidInputError("Berkas ini bukan PDF, JPEG, atau PNG yang dapat dibuka.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(isi) as picture:
                kind, pixels = picture.format, picture.width * picture.height
                picture.verify()
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise refusal from error
    finally:
        isi.seek(0)
    if kind not in PICTURES:
        raise refusal
    if pixels > MAX_PIXELS:
        raise InvalidInputError("Gambar ini terlalu besar; perkecil ukurannya.")
    return PICTURES[kind]


@transaction.atomic
def attach_bukti(
    *,
    pendaftaran: Pendaftaran,
    berkas: Berkas,
    oleh: Pengguna,
    jenis_dokumen: JenisDokumen | None = None,
    kriteria: Kriteria | None = None,
) -> BuktiDukung:
    """Attach a stored file as a document or as evidence; an earlier one is kept as a version."""
    row = lock_for_edit(pendaftaran, oleh)
    now = clock.now()
    BuktiDukung.objects.filter(
        pendaftaran=row, jenis_dokumen=jenis_dokumen, kriteria=kriteria, dilepas_pada=None
    ).update(dilepas_pada=now)
    bukti = BuktiDukung.objects.create(
        pendaftaran=row,
        berkas=berkas,
        jenis_dokumen=jenis_dokumen,
        kriteria=kriteria,
        dilampirkan_oleh=oleh,
        dilampirkan_pada=now,
    )
    record(
        tindakan="bukti.lampirkan",
        objek=bukti,
        oleh=oleh,
        rincian={"pendaftaran": row.kode, "sha256": berkas.sha256},
    )
    return bukti


@transaction.atomic
def detach_bukti(*, bukti: BuktiDukung, oleh: Pengguna) -> None:
    """Take a file off the draft; the file itself stays."""
    lock_for_edit(bukti.pendaftaran, oleh)
    now = clock.now()
    if BuktiDukung.objects.filter(pk=bukti.pk, dilepas_pada=None).update(dilepas_pada=now):
        record(tindakan="bukti.lepaskan", objek=bukti, oleh=oleh)
