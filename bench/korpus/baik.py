"""Good files: every maker, every thing a document may have, every way of writing it down."""

import io
import random
from collections.abc import Iterator

import pikepdf
from pikepdf import ObjectStreamMode
from PIL import Image

from bench.korpus.dasar import NAMES, Contoh, opened, rewritten, saved
from bench.korpus.isi_baik import CHANGES
from bench.korpus.penulis import MAKERS, drawn

PACKED = {"object_stream_mode": ObjectStreamMode.generate}
PLAIN = {"object_stream_mode": ObjectStreamMode.disable}
WAYS: dict[str, dict] = {
    "biasa": PLAIN,
    "objek-terkemas": PACKED,
    "daring": {"linearize": True, **PLAIN},
    "daring-terkemas": {"linearize": True, **PACKED},
    "tak-termampat": {"compress_streams": False, **PLAIN},
    "qdf": {"qdf": True, **PLAIN},
    "mampat-ulang": {"recompress_flate": True, **PACKED},
    "isi-dirapikan": {"normalize_content": True, **PLAIN},
    "pdf-1.2": {"force_version": "1.2", **PLAIN},
    "pdf-1.7": {"min_version": "1.7", **PACKED},
    "pdf-2.0": {"force_version": "2.0", **PACKED},
    "berulang": PLAIN,
    "terbatas-rc4": {"encryption": pikepdf.Encryption(owner="o", R=3, aes=False, metadata=False)},
    "terbatas-aes128": {"encryption": pikepdf.Encryption(owner="o", R=4), **PACKED},
    "terbatas-aes256": {"encryption": pikepdf.Encryption(owner="o", R=6), "linearize": True},
}  # fmt: skip


def good_files(seed: int, number: int) -> Iterator[Contoh]:
    """So many good PDFs; makers, contents and ways of writing take turns, the rest is drawn."""
    makers, changes, ways = list(MAKERS), list(CHANGES), list(WAYS)
    for place in range(number):
        rng = random.Random(f"{seed}/baik/{place}")
        maker, way = makers[place % len(makers)], ways[place % len(ways)]
        first = changes[place % len(changes)]
        having = [first, *rng.sample([c for c in changes if c != first], rng.randint(0, 3))]
        isi = MAKERS[maker](rng)
        if maker != "ceroboh":  # what a library would mend on writing
            isi = written(isi, having, way, rng)
        name = NAMES[place % len(NAMES)]
        yield Contoh(f"{maker} + {', '.join(having)} + {way}", name, isi)


def written(isi: bytes, having: list[str], way: str, rng: random.Random) -> bytes:
    """A file with these things in it, written in this way."""
    with opened(isi) as pdf:
        for name in having:
            CHANGES[name](pdf, rng)
        out = saved(pdf, **WAYS[way])
        number = len(pdf.objects) + 50
    if way == "berulang":
        for turn in range(rng.randint(1, 3)):
            out = rewritten(out, {number + turn: b"<< /Title (Perubahan %d) >>" % turn})
    return out


def good_pictures(seed: int, number: int) -> Iterator[Contoh]:
    """So many JPEG and PNG pictures, as telephones, cameras and programs write them."""
    kinds = list(PICTURES)
    for place in range(number):
        rng = random.Random(f"{seed}/gambar/{place}")
        kind = kinds[place % len(kinds)]
        mode, form, options = PICTURES[kind]
        size = rng.choice([(64, 48), (640, 480), (1200, 1600)])
        picture = drawn(rng, mode if mode != "I;16" else "L", size)
        if mode == "I;16":
            picture = picture.convert("I;16")
        out = io.BytesIO()
        picture.save(out, form, **{k: v(rng) if callable(v) else v for k, v in options.items()})
        behind = rng.randbytes(rng.randint(8, 4000)) if kind == "telepon-ekor" else b""
        yield Contoh(kind, f"IMG_{place:04}.{form.lower()}", out.getvalue() + behind)


def _exif(rng: random.Random) -> bytes:
    """What a telephone writes: how it was held, where it was."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = rng.randint(1, 8), "Telepon", "2019:10:21 10:00:00"
    exif.get_ifd(0x8825)[2] = (7.0, 47.0, 12.5)
    return exif.tobytes()


def _second(rng: random.Random) -> list[Image.Image]:
    return [Image.new("RGB", (40, 30), rng.randint(0, 255))]


PICTURES: dict[str, tuple[str, str, dict]] = {
    "jpeg": ("RGB", "JPEG", {"quality": 80}),
    "jpeg-bertahap": ("RGB", "JPEG", {"progressive": True, "optimize": True}),
    "jpeg-abu": ("L", "JPEG", {"quality": 60}),
    "jpeg-cmyk": ("CMYK", "JPEG", {"quality": 70}),
    "jpeg-halus": ("RGB", "JPEG", {"subsampling": 0, "quality": 97, "dpi": (300, 300)}),
    "telepon": ("RGB", "JPEG", {"exif": _exif, "comment": b"Pengaduan <b>&"}),
    "telepon-ekor": ("RGB", "JPEG", {"exif": _exif}),
    "telepon-ganda": ("RGB", "MPO", {"save_all": True, "append_images": _second}),
    "png": ("RGB", "PNG", {"optimize": True}),
    "png-bening": ("RGBA", "PNG", {}),
    "png-palet": ("P", "PNG", {"bits": 8}),
    "png-fax": ("1", "PNG", {}),
    "png-16": ("I;16", "PNG", {}),
    "png-abu": ("L", "PNG", {"exif": _exif, "dpi": (200, 200)}),
}
