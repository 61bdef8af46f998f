"""What a returned entry is to correct, and what differs between two snapshots of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The parts of the form that answer for a check of the gate (`otomatis`); an item with a document
# is answered by that document.
BAGIAN = {
    "lama_pemakaian": ("identitas",),
    "terhubung_lapor": ("identitas",),
    "isian_lengkap": ("kinerja", "mandiri", "narasi", "dokumen"),
    "bukan_ganda": ("dokumen",),
}
OWN = {
    "judul": "Nama program atau inovasi",
    "mulai_pemakaian": "SP4N-LAPOR! dipakai sejak",
    "terhubung_lapor": "Terhubung dengan SP4N-LAPOR!",
    "narahubung": "Narahubung",
}
EMPTY = "kosong"


@dataclass(frozen=True)
class Perubahan:
    """One thing that differs: its part of the form, its name, what it was and what it is."""

    bagian: str
    nama: str
    dulu: str
    kini: str


def bagian_of(otomatis: str, dokumen: str) -> tuple[str, ...]:
    """The parts of the form where an item of the gate is put right; none for one of the account."""
    return ("dokumen",) if dokumen else BAGIAN.get(otomatis, ())


def compare_cuplikan(
    lama: Mapping, baru: Mapping, nama: Mapping[str, str] | None = None
) -> list[Perubahan]:
    """What differs between two snapshots, in the order of the form.

    `nama` gives questions and columns by code their names; those not in it go by their code.
    """
    before, after = _flat(lama), _flat(baru)
    return [
        Perubahan(place[0], _label(place, nama or {}), _words(before, place), _words(after, place))
        for place in dict.fromkeys([*after, *before])
        if before.get(place) != after.get(place)
    ]


def _flat(isi: Mapping) -> dict[tuple[str, ...], object]:
    """Each answer of a snapshot by its place: part, then code and field."""
    found: dict[tuple[str, ...], object] = {("identitas", name): isi.get(name) for name in OWN}
    for row in isi.get("kinerja", []):
        period = " sampai ".join(row["periode"])
        figures = {k: v for k, v in row.items() if k != "periode"}
        found |= {("kinerja", kode, period): value for kode, value in figures.items()}
    for kode, row in isi.get("penilaian_mandiri", {}).items():
        found |= {("mandiri", kode, field): value for field, value in row.items()}
    found |= {("narasi", kode): value for kode, value in isi.get("narasi", {}).items()}
    for row in isi.get("berkas", []):
        part = "mandiri" if row["tempat"].startswith("Bukti ") else "dokumen"
        found[part, row["tempat"]] = (row["nama"], row["sha256"])
    return found


def _label(place: Sequence[str], nama: Mapping[str, str]) -> str:
    part, kode, *more = place
    if part == "identitas":
        return OWN[kode]
    return ", ".join([nama.get(kode, kode), *more])


def _words(values: Mapping, place: tuple[str, ...]) -> str:
    value = values.get(place)
    if isinstance(value, tuple):
        return f"{value[0]} (sidik {value[1][:8]})"
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value if item)
    return str(value) if value not in (None, "") else EMPTY
