"""Which criteria, questions and documents an entry is asked: the one rule for `tampil_bila`.

A condition names one thing answered earlier in the form and the values that it must have
(`bernilai`) or must not have (`bukan`). Nothing answered fulfils no condition, and neither does
an answer to what is itself not asked. What is not asked is never lacking and goes on no receipt;
what was once typed there stays stored, so that switching back loses nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

KINDS = ("isian", "kriteria", "pertanyaan")  # what a condition may name, in the order of the form
OWN_NAMES = {"terhubung_lapor": "Terhubung dengan SP4N-LAPOR!"}  # "isian", as the form calls it
Nilai = Mapping[str, Mapping[str, str]]  # kind -> code -> what is answered


class Butir(Protocol):
    """Anything of the form that may have a condition."""

    kode: str
    tampil_bila: dict


@dataclass(frozen=True)
class Diminta:
    """What is asked of one entry, each list in the order of the form."""

    kriteria: list = field(default_factory=list)
    pertanyaan: list = field(default_factory=list)
    dokumen: list = field(default_factory=list)


def is_asked(tampil_bila: Mapping, nilai: Nilai) -> bool:
    """Whether a condition holds; an empty one always does."""
    if not tampil_bila:
        return True
    kind, kode = reference_of(tampil_bila)
    given = nilai.get(kind, {}).get(kode, "")
    if not given:
        return False
    if "bernilai" in tampil_bila:
        return given in tampil_bila["bernilai"]
    return given not in tampil_bila["bukan"]


def reference_of(tampil_bila: Mapping) -> tuple[str, str]:
    """What a condition looks at: its kind and its code."""
    return next((kind, tampil_bila[kind]) for kind in KINDS if kind in tampil_bila)


def find_diminta(
    *,
    kriteria: Iterable[Butir],
    pertanyaan: Iterable[Butir],
    dokumen: Iterable[Butir],
    nilai: Nilai,
) -> Diminta:
    """What is asked, given the answers; the lists in the order of the form.

    A condition only looks back (the edition file is held to it), so that one pass decides.
    """
    left = {kind: dict(values) for kind, values in nilai.items()}
    found: dict[str, list] = {}
    lists = {"kriteria": kriteria, "pertanyaan": pertanyaan, "dokumen": dokumen}
    for kind, rows in lists.items():
        found[kind] = []
        for row in rows:
            if is_asked(row.tampil_bila, left):
                found[kind].append(row)
            else:
                left.get(kind, {}).pop(row.kode, None)
    return Diminta(**found)


def describe_syarat(tampil_bila: Mapping, nama: Mapping[tuple[str, str], str]) -> str:
    """The condition in words; empty without one.

    `nama` gives the name of each criterion and question by kind and code.
    """
    if not tampil_bila:
        return ""
    kind, kode = reference_of(tampil_bila)
    nama = OWN_NAMES[kode] if kind == "isian" else nama[kind, kode]
    if "bernilai" in tampil_bila:
        return f"Hanya diisi bila “{nama}” dijawab {_or(tampil_bila['bernilai'])}."
    return f"Hanya diisi bila “{nama}” dijawab selain {_or(tampil_bila['bukan'])}."


def _or(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} atau {values[-1]}"
