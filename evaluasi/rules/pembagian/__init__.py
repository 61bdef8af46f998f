"""Dividing entries among readers: fair, free of conflicts, linked, repeatable.

`bahan` says what goes in and what comes out, `susun` how it is done, `pemecah` is the one door to
OR-Tools, which is imported only while something is solved. Method: docs/decisions/0007.
"""

from evaluasi.rules.pembagian.bahan import (
    Aturan,
    Entri,
    Kekurangan,
    Pembagian,
    Penilai,
    describe_pertimbangan,
)
from evaluasi.rules.pembagian.susun import divide, pick_reader

__all__ = [
    "Aturan",
    "Entri",
    "Kekurangan",
    "Pembagian",
    "Penilai",
    "describe_pertimbangan",
    "divide",
    "pick_reader",
]
