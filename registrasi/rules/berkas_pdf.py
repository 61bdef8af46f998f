"""Looking into an uploaded PDF, in a process of its own with limits on time and memory.

Run as `python -m registrasi.rules.berkas_pdf FILE`. The first line it prints is one JSON object
with `halaman`, or with `alasan`, the sentence why the file is refused (OWASP file upload cheat
sheet). The second, which may be missing when drawing takes too much, says how the pages look
(registrasi.rules.berkas_rupa).
"""

import json
import resource
import sys
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2

from registrasi.rules.berkas_aktif import is_active
from registrasi.rules.berkas_rupa import look
from registrasi.rules.berkas_ukuran import is_bomb

MEMORY = 768 * 1024**2  # bytes of address space
CPU = 20  # seconds
MAX_PAGES = 2000
MAX_OBJECTS = 200_000
HEAD = 1024  # bytes in which other programs look for the mark of a kind of file
TAIL = 64  # bytes after the last mark of the end that may be more than blank
MARKUP = (b"<html", b"<script", b"<svg", b"<!doctype", b"<?php")

HEADER = "Berkas ini bukan PDF. Simpan atau pindai dokumen sebagai PDF, lalu unggah kembali."
LOCKED = "PDF ini terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah kembali."
DAMAGED = "PDF ini rusak dan tidak dapat dibuka. Simpan atau pindai ulang, lalu unggah kembali."
EMPTY = "PDF ini tidak berisi halaman. Periksa berkasnya, lalu unggah kembali."
BLANK = "Semua halaman PDF ini kosong. Periksa pemindaiannya, lalu unggah kembali."
ACTIVE = (
    "PDF ini berisi program, lampiran, atau formulir aktif. Cetak ke PDF agar hanya halamannya "
    "yang tersimpan, lalu unggah kembali."
)
GLUED = (
    "PDF ini bercampur dengan berkas jenis lain. Cetak ke PDF agar hanya halamannya yang "
    "tersimpan, lalu unggah kembali."
)
LARGE = "PDF ini terlalu rumit untuk diperiksa. Cetak ke PDF, lalu unggah kembali."


def inspect(path: Path) -> dict:
    """`{"halaman": n}` for a file that may be taken, else `{"alasan": why}`."""
    with path.open("rb") as file:
        if file.read(5) != b"%PDF-":
            return {"alasan": HEADER}
    if is_glued(path):
        return {"alasan": GLUED}
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return {"alasan": LOCKED}
            found = _look(pdf)
        if "alasan" not in found:
            _open_as_readers_do(path)
        return found
    except pikepdf.PasswordError:
        return {"alasan": LOCKED}
    except MemoryError:
        return {"alasan": LARGE}
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, RuntimeError):
        return {"alasan": DAMAGED}


def is_glued(path: Path) -> bool:
    """Whether the file is of another kind too: a web page before the objects, an archive behind.

    Blank and zero bytes behind the end are left by scanners and transfers, and do no harm.
    """
    with path.open("rb") as file:
        head = file.read(HEAD).partition(b" obj")[0].lower()
        if any(mark in head for mark in MARKUP):
            return True
        file.seek(max(path.stat().st_size - 2 * HEAD, 0))
        _, end, behind = file.read().rpartition(b"%%EOF")
    if end and len(behind.strip(b"\0\r\n\t ")) > TAIL:
        return True
    return zipfile.is_zipfile(path)


def _look(pdf: pikepdf.Pdf) -> dict:
    pages = len(pdf.pages)
    if pages == 0:
        return {"alasan": EMPTY}
    if pages > MAX_PAGES or len(pdf.objects) > MAX_OBJECTS:
        return {"alasan": LARGE}
    if any(is_active(item) for item in pdf.objects) or is_active(pdf.trailer):
        return {"alasan": ACTIVE}
    if is_bomb(pdf):
        return {"alasan": LARGE}
    for page in pdf.pages:  # a page whose content cannot be read is a damaged page
        if "/Contents" in page:
            page.contents_coalesce()
    return {"halaman": pages}


def _open_as_readers_do(path: Path) -> None:
    """Open the file once more; qpdf rebuilds without a word what browsers cannot show at all."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        pdf[0].close()
    finally:
        pdf.close()


def main() -> None:
    """Set the limits, look, print."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = inspect(Path(sys.argv[1]))
    print(json.dumps(found), flush=True)  # noqa: T201 - read by the parent
    if "alasan" in found:
        return
    try:
        print(json.dumps(look(sys.argv[1])), flush=True)  # noqa: T201
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError):
        return


if __name__ == "__main__":
    main()
