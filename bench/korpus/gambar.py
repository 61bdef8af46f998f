"""Pictures that are none, are broken, or are more than they seem."""

import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from bench.korpus.dasar import Contoh
from bench.korpus.palsu import MAGICS
from evaluasi.rules.foto import LARGE, REFUSAL
from registrasi.tests.corpus import huge_png, picture

SIZE = (400, 300)


def bad_pictures(seed: int) -> Iterator[Contoh]:
    """Each with the reason to refuse it."""
    rng = random.Random(f"{seed}/gambar-buruk")
    for form in ("GIF", "WEBP", "BMP", "TIFF", "ICO", "PPM", "TGA"):
        out = io.BytesIO()
        Image.new("RGB", SIZE, "red").save(out, form)
        yield Contoh(f"gambar {form}", "foto.jpg", out.getvalue(), REFUSAL)
    for kind, magic in MAGICS.items():
        yield Contoh(f"bukan gambar {kind}", "foto.png", magic + rng.randbytes(200), REFUSAL)
    for form in ("JPEG", "PNG"):
        whole = picture(form, SIZE)
        for part in (0.1, 0.5, 0.9):
            yield Contoh(f"{form} terpotong", "foto.jpg", whole[: int(len(whole) * part)], REFUSAL)
    yield Contoh("PNG rusak", "foto.png", _spoilt(picture("PNG", SIZE)), REFUSAL)
    yield Contoh("PNG raksasa", "foto.png", huge_png(), LARGE)
    yield Contoh("PNG besar", "foto.png", _png(9000, 9000, zlib.compress(b"")), LARGE)
    yield Contoh("PNG tanpa isi", "foto.png", _png(40, 40, zlib.compress(b"")), REFUSAL)
    yield Contoh(
        "svg", "foto.jpg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>', REFUSAL
    )
    yield Contoh("kosong", "foto.jpg", b"", REFUSAL)


def _spoilt(isi: bytes) -> bytes:
    """With a byte of its pixels changed, which its own sum tells."""
    at = isi.index(b"IDAT") + 12
    return isi[:at] + bytes([isi[at] ^ 255]) + isi[at + 1 :]


def _png(width: int, height: int, content: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))
        )

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
