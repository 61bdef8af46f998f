"""How large a PDF becomes when it is opened: small files that unpack to gigabytes."""

import zlib

import pikepdf

MAX_STREAM = 256 * 1024**2  # bytes of one stream, unpacked
MAX_UNPACKED = 1024**3  # bytes of all streams, unpacked
MAX_PIXELS = 400_000_000  # of one picture; A0 at 400 dpi has 250 million
STEP = 1024**2
FLATE = {"/FlateDecode", "/Fl"}
PICTURE = {"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}


def is_bomb(pdf: pikepdf.Pdf) -> bool:
    """Whether a small file unpacks to more than any document needs; never unpacks further."""
    total = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            size = unpacked_size(item)
            total += size
            if size > MAX_STREAM or total > MAX_UNPACKED or _is_vast(item):
                return True
    return False


def _is_vast(stream: pikepdf.Stream) -> bool:
    """A picture with more pixels than any scanner gives."""
    if str(stream.get("/Subtype", "")) != "/Image":
        return False
    sides = (stream.get("/Width", 0), stream.get("/Height", 0))
    return all(isinstance(n, int) for n in sides) and sides[0] * sides[1] > MAX_PIXELS


def unpacked_size(stream: pikepdf.Stream) -> int:
    """Bytes of a stream when unpacked, counted up to a little over MAX_STREAM.

    Pictures count as they are stored: their own size in pixels is looked at. Several filters one
    behind another, which no document needs, are unpacked whole; the process's limit of memory ends
    that (MemoryError).
    """
    filters = _filters(stream)
    if any(name in PICTURE for name in filters):
        return len(stream.read_raw_bytes())
    if len(filters) > 1 or (filters and filters[0] not in FLATE):
        try:
            return len(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
        except pikepdf.PdfError:  # a filter that nobody knows, or a damaged stream
            return len(stream.read_raw_bytes())
    raw = stream.read_raw_bytes()
    return _inflated_size(raw) if filters else len(raw)


def _filters(stream: pikepdf.Stream) -> list[str]:
    named = stream.get("/Filter", pikepdf.Array())
    return [str(name) for name in (named if isinstance(named, pikepdf.Array) else [named])]


def _inflated_size(raw: bytes) -> int:
    engine, size = zlib.decompressobj(), 0
    try:
        while raw and size <= MAX_STREAM and not engine.eof:
            size += len(engine.decompress(raw, STEP))
            raw = engine.unconsumed_tail
    except zlib.error:  # a reader makes do with what came before the fault
        return size
    return size
