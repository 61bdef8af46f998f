"""Figures of SP4N-LAPOR! as measures of a criterion: derived, and the level they suggest."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# Columns of the edition file whose name in the model differs.
ALIAS = {
    "unit_terhubung": "perangkat_terhubung",
    "unit_seluruhnya": "perangkat_total",
    "jumlah_penilai": "kepuasan_jumlah",
}


def measure(baris: Any, kinerja: Mapping, kode: str) -> Decimal | None:
    """A figure of one period, or a percentage derived from its figures, exact; None if unknown.

    `baris` is the row of figures, `kinerja` the section of the edition file.
    """
    derived = next((t for t in kinerja.get("turunan", []) if t["kode"] == kode), None)
    if derived is None:
        return _figure(baris, kode)
    above = [_figure(baris, name) for name in derived["pembilang"]]
    below = [_figure(baris, name) for name in derived["penyebut"]]
    if None in above or None in below or not sum(below):
        return None
    return sum(above) * Decimal(100) / sum(below)


def suggest_tingkat(ambang: Mapping, nilai: Decimal | None, tingkat: list[str]) -> str:
    """The level a measure suggests by the edition's thresholds; empty without a measure.

    `tingkat` are the codes of the criterion's levels from best to worst; where no threshold is
    reached the last level holds.
    """
    if nilai is None or not tingkat:
        return ""
    for kode in tingkat:
        limit = ambang["batas"].get(kode)
        if limit is None:
            continue
        limit = Decimal(str(limit))
        reached = nilai >= limit if ambang["arah"] == "makin_besar" else nilai <= limit
        if reached:
            return kode
    return tingkat[-1]


def _figure(baris: Any, kode: str) -> Decimal | None:
    extra = getattr(baris, "angka", None)
    value = extra.get(kode) if isinstance(extra, Mapping) else None
    if value is None:
        value = getattr(baris, ALIAS.get(kode, kode), None)
    return (
        Decimal(str(value))
        if isinstance(value, int | float | Decimal | str) and str(value).strip()
        else None
    )
