"""Photographs from a visit: what is kept of a picture, and what is thrown away."""

import warnings
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from kompetisi.errors import InvalidInputError

MAX_MB = 15
MAX_PIXELS = 64_000_000  # what telephones of 2019 take: 48 and 64 million
LONG_SIDE = 2000  # pixels; enough to read a notice board, small enough for a phone's line
QUALITY = 82
FORMATS = ("JPEG", "PNG")
LARGE = "Foto ini terlalu besar; perkecil ukurannya."
REFUSAL = "Berkas ini bukan foto JPEG atau PNG yang dapat dibuka. Ambil atau simpan ulang fotonya."


def clean_photo(isi: BinaryIO, ukuran: int) -> bytes:
    """The picture drawn anew as a JPEG: nothing but its pixels is kept, upright, not too large.

    Place, device and time that a camera writes into a file, and anything hidden behind the
    picture, are gone. Raises InvalidInputError for what is no JPEG or PNG or is too large.
    """
    if ukuran > MAX_MB * 1024**2:
        raise InvalidInputError(f"Foto ini lebih besar dari {MAX_MB} MB; perkecil dahulu.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(isi, formats=FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise InvalidInputError(LARGE)
                picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
                return _draw_anew(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise InvalidInputError(LARGE) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise InvalidInputError(REFUSAL) from error


def _draw_anew(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "P"):
        upright = upright.convert("RGBA")
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(upright, mask=upright.getchannel("A"))
        upright = paper
    clean = upright.convert("RGB")
    clean.thumbnail((LONG_SIDE, LONG_SIDE))
    bare = Image.new("RGB", clean.size)
    bare.paste(clean)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
