"""Looking into an uploaded PDF, in a process of its own with limits on time and memory.

Run as `python -m registrasi.rules.berkas_pdf FILE`; prints one JSON object with `halaman`, or with
`alasan`, the sentence why the file is refused. Active content is found by walking the objects, not
by searching the bytes: objects hidden in compressed streams are seen too (OWASP file upload cheat
sheet; ISO 32000-1 12.6).
"""

import json
import resource
import sys
import zlib
from pathlib import Path

import pikepdf

MEMORY = 768 * 1024**2  # bytes of address space
CPU = 20  # seconds
MAX_PAGES = 2000
MAX_OBJECTS = 200_000
MAX_STREAM = 256 * 1024**2  # bytes of one stream, unpacked
MAX_UNPACKED = 1024**3  # bytes of all streams, unpacked
STEP = 1024**2

ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/EmbeddedFiles"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMedia"}
ACTIVE_TYPES = {"/EmbeddedFile", "/Filespec"}

HEADER = "Berkas ini bukan PDF. Simpan atau pindai dokumen sebagai PDF, lalu unggah kembali."
LOCKED = "PDF ini terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah kembali."
DAMAGED = "PDF ini rusak dan tidak dapat dibuka. Simpan atau pindai ulang, lalu unggah kembali."
EMPTY = "PDF ini tidak berisi halaman. Periksa berkasnya, lalu unggah kembali."
ACTIVE = (
    "PDF ini berisi program, lampiran, atau formulir aktif. Cetak ke PDF agar hanya halamannya "
    "yang tersimpan, lalu unggah kembali."
)
LARGE = "PDF ini terlalu rumit untuk diperiksa. Cetak ke PDF, lalu unggah kembali."


def inspect(path: Path) -> dict:
    """`{"halaman": n}` for a file that may be taken, else `{"alasan": why}`."""
    with path.open("rb") as file:
        if file.read(5) != b"%PDF-":
            return {"alasan": HEADER}
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return {"alasan": LOCKED}
            return _look(pdf)
    except pikepdf.PasswordError:
        return {"alasan": LOCKED}
    except MemoryError:
        return {"alasan": LARGE}
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return {"alasan": DAMAGED}


def _look(pdf: pikepdf.Pdf) -> dict:
    pages = len(pdf.pages)
    if pages == 0:
        return {"alasan": EMPTY}
    if pages > MAX_PAGES or len(pdf.objects) > MAX_OBJECTS:
        return {"alasan": LARGE}
    if any(_is_active(item) for item in pdf.objects) or _is_active(pdf.trailer):
        return {"alasan": ACTIVE}
    if _is_bomb(pdf):
        return {"alasan": LARGE}
    for page in pdf.pages:  # a page whose content cannot be read is a damaged page
        if "/Contents" in page:
            page.contents_coalesce()
    return {"halaman": pages}


def _is_bomb(pdf: pikepdf.Pdf) -> bool:
    """Whether a small file unpacks to more than any document needs; never unpacks further."""
    total = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            size = _unpacked_size(item)
            total += size
            if size > MAX_STREAM or total > MAX_UNPACKED:
                return True
    return False


def _unpacked_size(stream: pikepdf.Stream) -> int:
    """Bytes of a stream after its first filter, counted up to a little over MAX_STREAM."""
    filters = stream.get("/Filter", pikepdf.Array())
    first = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    raw = stream.read_raw_bytes()
    if str(first) not in ("/FlateDecode", "/Fl"):
        return len(raw)
    engine, size = zlib.decompressobj(), 0
    try:
        while raw and size <= MAX_STREAM and not engine.eof:
            size += len(engine.decompress(raw, STEP))
            raw = engine.unconsumed_tail
    except zlib.error:  # a reader makes do with what came before the fault
        return size
    return size


def _is_active(item: pikepdf.Object, depth: int = 0) -> bool:
    if depth > 8:
        return False
    if isinstance(item, pikepdf.Array):
        return any(_is_active(child, depth + 1) for child in item if _direct(child))
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return _marks(item) or any(
        _is_active(item[key], depth + 1) for key in item.keys() if _direct(item[key])  # noqa: SIM118
    )


def _marks(item: pikepdf.Object) -> bool:
    """Whether this dictionary itself asks for something to be done."""
    if any(key in item for key in ACTIVE_KEYS):
        return True
    return str(item.get("/S", "")) in ACTIVE_ACTIONS or str(item.get("/Type", "")) in ACTIVE_TYPES


def _direct(child: object) -> bool:
    """Children that are objects of their own are looked at in their own turn."""
    return isinstance(child, pikepdf.Object) and not child.is_indirect


def main() -> None:
    """Set the limits, look, print."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    sys.stdout.write(json.dumps(inspect(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
