"""Looking into what somebody sends in: of which kind it is, whether it may be taken, how it looks.

A PDF is opened in a process of its own with limits (registrasi.rules.berkas_pdf).
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from PIL import Image

from kompetisi.errors import InvalidInputError
from registrasi.rules import berkas_pdf

SECONDS = 30
MAX_PIXELS = 40_000_000
PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}  # MPO: two in one


@dataclass(frozen=True)
class IsiBerkas:
    """What was seen: type, pages, blank pages, text layer (None: not looked at), small picture."""

    tipe: str
    halaman: int = 0
    kosong: list[int] = field(default_factory=list)
    berteks: bool | None = None
    gambar_kecil: bytes = b""


def inspect_isi(isi: File, *, gambar: bool) -> IsiBerkas:
    """Look into a file: a PDF, or with `gambar` also a JPEG or PNG picture.

    The file is left at its start. Raises InvalidInputError with the reason and what to do.
    """
    isi.seek(0)
    head = isi.read(16)
    isi.seek(0)
    if gambar and not head.startswith(b"%PDF-"):
        return IsiBerkas(tipe=_inspect_picture(isi))
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        for chunk in isi.chunks():
            copy.write(chunk)
        copy.flush()
        isi.seek(0)
        found = _in_child(Path(copy.name))
    if "alasan" in found:
        raise InvalidInputError(found["alasan"])
    return IsiBerkas(
        tipe="application/pdf",
        halaman=found["halaman"],
        kosong=found.get("kosong", []),
        berteks=found.get("teks"),
        gambar_kecil=_webp(found.get("gambar", "")),
    )


def _in_child(path: Path) -> dict:
    """Ask the looker in its own process."""
    command = [sys.executable, "-m", "registrasi.rules.berkas_pdf", str(path)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", "")},
        )
        output = done.stdout
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
    return read_output(output)


def read_output(output: bytes) -> dict:
    """What the looker's lines say: `alasan`, or `halaman` with how they look where that came too.

    What makes it die before it has judged is too complex.
    """
    found: dict = {}
    for line in output.splitlines():
        try:
            found |= json.loads(line)
        except ValueError:  # it died while writing
            break
    if found.get("dilihat") and len(found["kosong"]) == found["dilihat"]:
        return {"alasan": berkas_pdf.BLANK}
    return found or {"alasan": berkas_pdf.LARGE}


def _webp(text: str) -> bytes:
    """The small picture, if that is what the process gave."""
    content = base64.b64decode(text)
    return content if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else b""


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
