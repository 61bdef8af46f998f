"""Looking into an uploaded PDF, in a process of its own with limits on time and memory.

Run as `python -m registrasi.rules.berkas_pdf FILE`. The first line it prints is one JSON object
with `halaman`, or with `alasan`, the sentence why the file is refused (OWASP file upload cheat
sheet). The second, which may be missing when drawing takes too much, says how the pages look
(registrasi.rules.berkas_rupa).
"""

import json
import re
import resource
import sys
import zipfile
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pikepdf
import pypdfium2

from registrasi.rules.berkas_aktif import TooDeepError, is_active
from registrasi.rules.berkas_gema import is_echo
from registrasi.rules.berkas_rupa import look
from registrasi.rules.berkas_ukuran import is_bomb

MEMORY = 768 * 1024**2  # bytes of address space
CPU = 20  # seconds
MAX_PAGES = 2000
MAX_OBJECTS = 200_000
HEAD = 1024  # bytes in which other programs look for the mark of a kind of file
FAR = 1024**2  # bytes in which an unpacker looks for its archive
TAIL = 64  # bytes after the last mark of the end that may be more than blank
BLANKS = b"\0\r\n\t "
END, START = b"%%EOF", b"startxref"
PARTS = re.compile(rb"(\d+ \d+ obj|xref|trailer|%)")  # what an update of a PDF begins with
MARKUP = (b"<html", b"<script", b"<svg", b"<!doctype", b"<?php")
RAR = b"Rar!\x1a\x07"

HEADER = "Berkas ini bukan PDF. Simpan atau pindai dokumen sebagai PDF, lalu unggah kembali."
CUT = "PDF ini terpotong: bagian akhirnya hilang. Unduh atau pindai ulang, lalu unggah kembali."
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
    if alasan := fault_around(path):
        return {"alasan": alasan}
    try:
        with pikepdf.open(path) as pdf:  # also one that only forbids printing or copying
            found = _look(pdf)
        if "alasan" not in found:
            _open_as_readers_do(path)
        return found
    except pikepdf.PasswordError:
        return {"alasan": LOCKED}
    except (MemoryError, TooDeepError):
        return {"alasan": LARGE}
    except pikepdf.PdfError as error:
        return {"alasan": LOCKED if "encrypt" in str(error) else DAMAGED}
    except (pypdfium2.PdfiumError, ValueError, RuntimeError):
        return {"alasan": DAMAGED}


def fault_around(path: Path) -> str:
    """What is wrong before the first object and behind the last: of another kind too, or cut off.

    A web page before, a program or an archive behind. Blank and zero bytes behind the end are left
    by scanners and transfers, and do no harm.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as whole:
        head = whole[:HEAD].partition(b" obj")[0].lower()
        if any(mark in head for mark in MARKUP) or whole.find(RAR, 0, FAR) >= 0:
            return GLUED
        end = whole.rfind(END)
        behind = whole[end + len(END) if end >= 0 else 0 :].strip(BLANKS)
    if zipfile.is_zipfile(path):
        return GLUED
    if end < 0:
        return "" if START in behind[-HEAD:] else CUT
    if len(behind) <= TAIL:
        return ""
    return CUT if PARTS.match(behind) else GLUED


def _look(pdf: pikepdf.Pdf) -> dict:
    pages = len(pdf.pages)
    if pages == 0:
        return {"alasan": EMPTY}
    if pages > MAX_PAGES or len(pdf.objects) > MAX_OBJECTS:
        return {"alasan": LARGE}
    if any(is_active(item) for item in pdf.objects) or is_active(pdf.trailer):
        return {"alasan": ACTIVE}
    if is_bomb(pdf) or is_echo(pdf):
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
