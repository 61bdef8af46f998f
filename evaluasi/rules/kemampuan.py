"""What an evaluator can take on: sheets in a stage, and fields of expertise.

A field is a kind of agency or a track of the edition; an entry lies in one of each. Nothing has to
be typed twice: the codes are those of the agency and of the track.
"""

from collections.abc import Collection, Iterable, Mapping

from registrasi.models import JenisInstansi

MOST_SHEETS = 1000  # a stage; more is a slip of the finger


def kapasitas_at(kapasitas: int, kapasitas_tahap: Mapping[str, int] | None, tahap: str) -> int:
    """The most sheets in the stage of this code."""
    own = (kapasitas_tahap or {}).get(tahap)
    return kapasitas if own is None else int(own)


def bidang_of(jenis_instansi: str, jalur: str) -> frozenset[str]:
    """The fields in which an entry lies, by the kind of its agency and the code of its track."""
    return frozenset({f"jenis:{jenis_instansi}", f"jalur:{jalur}"})


def bidang_choices(jalur: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """All fields of an edition with their labels; `jalur` are (code, name)."""
    kinds = [(f"jenis:{kode}", label) for kode, label in JenisInstansi.choices]
    return kinds + [(f"jalur:{kode}", f"Jalur {nama}") for kode, nama in jalur]


def describe_bidang(keahlian: Collection[str], choices: Iterable[tuple[str, str]]) -> str:
    """Fields in words, in the order of the choices; those no longer known are left out."""
    return "; ".join(label for kode, label in choices if kode in keahlian)
