"""Files that nobody made: good and bad ones with bits turned, pieces moved, numbers changed."""

import random
import re
from collections.abc import Callable, Iterator

from bench.korpus.baik import good_files
from bench.korpus.buruk import bad_recipes
from bench.korpus.dasar import Contoh

GOOD = 60  # good files that are mutated
LARGEST = 60_000  # bytes of a file that is mutated
NUMBER = re.compile(rb"-?\d+(\.\d+)?")
WORD = re.compile(rb"/[A-Za-z0-9.#]+")
NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"-2147483648", b"4294967296",
           b"99999999999999999999", b"0.0000001", b"1e9")  # fmt: skip
WORDS = (
    b"/JS",
    b"/JavaScript",
    b"/OpenAction",
    b"/AA",
    b"/A",
    b"/S",
    b"/Kids",
    b"/Parent",
    b"/Next",
    b"/Type",
    b"/Length",
    b"/Filter",
    b"/Contents",
    b"/XFA",
    b"/Names",
    b"/EF",
    b"/Prev",
    b"/Launch",
    b"/FlateDecode",
    b"/ObjStm",
    b"/XRef",
    b"/Encrypt",
    b"/URI",
    b"/Annots",
    b"/Root",
)
Change = Callable[[random.Random, bytearray, list[bytes]], bytes]


def mutations(seed: int, number: int) -> Iterator[Contoh]:
    """So many mutated files, each from a seed of its own."""
    bad = [recipe.contoh() for recipe in bad_recipes(seed)[::2] if not recipe.berat]
    pool = [one for one in (*good_files(seed, GOOD), *bad) if 0 < len(one.isi) < LARGEST]
    rest = [one.isi for one in pool]
    for place in range(number):
        rng = random.Random(f"{seed}/mutasi/{place}")
        origin = rng.choice(pool)
        isi = bytes(origin.isi)
        for _ in range(rng.choice([1, 1, 1, 2, 4])):
            isi = CHANGES[rng.randrange(len(CHANGES))](rng, bytearray(isi), rest) or isi
        yield Contoh(f"{place}: {origin.jenis}", "mutasi.pdf", b"%PDF-" + isi[5:])


def turned(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """Some bits."""
    for _ in range(rng.choice([1, 2, 8, 64])):
        isi[rng.randrange(len(isi))] ^= 1 << rng.randrange(8)
    return bytes(isi)


def overwritten(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """A stretch of noise or of one byte."""
    at, size = rng.randrange(len(isi)), rng.choice([1, 4, 30, 300])
    isi[at : at + size] = rng.choice([rng.randbytes(size), bytes([rng.randrange(256)]) * size])
    return bytes(isi)


def removed(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """A piece left out."""
    at = rng.randrange(len(isi))
    del isi[at : at + rng.choice([1, 2, 20, 500])]
    return bytes(isi)


def repeated(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """A piece said again elsewhere."""
    at, to = rng.randrange(len(isi)), rng.randrange(len(isi))
    isi[to:to] = isi[at : at + rng.choice([4, 50, 800])]
    return bytes(isi)


def crossed(rng: random.Random, isi: bytearray, rest: list[bytes]) -> bytes:
    """A piece of another file put in, or the end of another behind the beginning of this."""
    other = rng.choice(rest)
    at, place = rng.randrange(len(isi)), rng.randrange(len(other))
    if rng.random() < 0.5:
        return bytes(isi[:at]) + other[place:]
    return bytes(isi[:at]) + other[place : place + rng.choice([30, 400])] + bytes(isi[at:])


def renumbered(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """A number that is another."""
    found = list(NUMBER.finditer(isi))
    if found:
        one = rng.choice(found)
        isi[one.start() : one.end()] = rng.choice([*NUMBERS, rng.choice(found)[0]])
    return bytes(isi)


def renamed(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """A name that is another; mostly one that means something."""
    found = list(WORD.finditer(isi))
    if found:
        one = rng.choice(found)
        isi[one.start() : one.end()] = rng.choice([*WORDS, rng.choice(found)[0]])
    return bytes(isi)


def told(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """An action written into some dictionary."""
    places = [m.end() for m in re.finditer(rb"<<", isi)]
    if not places:
        return bytes(isi)
    at = rng.choice(places)
    isi[at:at] = rng.choice(
        [
            b"/OpenAction<</S/JavaScript/JS(x)>>",
            b"/AA<</O<</S/Launch/F(x)>>>>",
            b"/A<</S/JavaScript/JS(x)>>",
            b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>",
            b"/Prev 0",
            b"/XRefStm 9",
        ]
    )
    return bytes(isi)


def shortened(rng: random.Random, isi: bytearray, _rest: list[bytes]) -> bytes:
    """Cut off, with the mark of an end."""
    return bytes(
        isi[: rng.randrange(20, len(isi) + 20)]
    ) + b"\nstartxref\n%d\n%%%%EOF\n" % rng.choice([0, 9, 500, len(isi)])


CHANGES: tuple[Change, ...] = (
    turned,
    overwritten,
    removed,
    repeated,
    crossed,
    renumbered,
    renamed,
    renamed,
    told,
    told,
    shortened,
)
