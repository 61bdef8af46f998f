"""The block of performance figures: columns, derived figures, cross-checks, thresholds."""

from datetime import date

from kompetisi.edisi_file.checks.common import (
    codes_in,
    rows_in,
    scored_codes,
    scored_rubrik,
    unique,
    unknown,
)
from kompetisi.edisi_file.problems import Problems
from kompetisi.edisi_file.readers import Record

RESERVED = "csrfmiddlewaretoken"  # a field of every form beside those of the columns


def check_kinerja(edisi: Record, problems: Problems) -> None:
    """Columns, derived figures and cross-checks name columns that exist and can be added."""
    block = edisi.get("kinerja")
    if block is None:
        return
    columns, derived = rows_in(block, "kolom"), rows_in(block, "turunan")
    unique([*columns, *derived], "kode", problems)
    unique(rows_in(block, "periode"), "kode", problems)
    _check_names(columns, problems)
    known = [row["kode"] for row in columns if row.get("kode") and row.get("jenis") != "tanggal"]
    for row in derived:
        _check_columns(row, ("pembilang", "penyebut"), known, problems)
    for row in rows_in(block, "pemeriksaan"):
        _check_columns(row, ("kiri", "kanan"), known, problems)
    periods = codes_in(block, "periode")
    if block.get("periode_acuan") and block["periode_acuan"] not in periods:
        text = unknown("periode", block["periode_acuan"], periods)
        problems.add(block.at("periode_acuan"), text)
    for row in rows_in(block, "periode"):
        if row.get("mulai", date.min) > row.get("sampai", date.max):
            problems.add(row.at("sampai"), "harus sesudah mulai")


def _check_names(columns: list[Record], problems: Problems) -> None:
    for row in columns:
        if row.get("kode") == RESERVED:
            problems.add(row.at("kode"), f"kode '{RESERVED}' sudah dipakai formulir")


def _check_columns(
    row: Record, keys: tuple[str, str], known: list[str], problems: Problems
) -> None:
    for key in keys:
        names = row.get(key)
        for name, place in zip(names or [], getattr(names, "places", []), strict=False):
            if name not in known:
                problems.add(place, unknown("kolom angka", name, known))


def check_ambang(edisi: Record, problems: Problems) -> None:
    """A threshold table names a criterion, a figure, and levels from best to worst."""
    block = edisi.get("kinerja")
    figures = [*codes_in(block, "kolom"), *codes_in(block, "turunan")]
    scored = scored_codes(edisi)
    for row in rows_in(block, "ambang"):
        if row.get("ukuran") and row["ukuran"] not in figures:
            problems.add(row.at("ukuran"), unknown("ukuran", row["ukuran"], figures))
        if row.get("tahap") and row["tahap"] not in scored:
            problems.add(row.at("tahap"), unknown("tahap penilaian", row["tahap"], scored))
        limits = row.get("batas") or {}
        values = list(limits.values())
        if values != sorted(values, reverse=row.get("arah") == "makin_besar"):
            problems.add(row.at("batas"), f"batas harus urut dari tingkat terbaik ({row['arah']})")
        for rubrik in scored_rubrik(edisi, row.get("tahap")):
            _check_limits(edisi, rubrik, row, problems)


def _check_limits(edisi: Record, rubrik: Record, row: Record, problems: Problems) -> None:
    criteria = {
        item.get("kode"): item
        for group in rows_in(rubrik, "kelompok")
        for item in rows_in(group, "kriteria")
    }
    item = criteria.get(row.get("kriteria"))
    if item is None and row.get("kriteria"):
        text = unknown("kriteria", row["kriteria"], [kode for kode in criteria if kode])
        problems.add(row.at("kriteria"), text)
    scale = (edisi.get("skala") or {}).get(item.get("skala")) if item else None
    if scale is None or "batas" not in row:
        return
    levels = [level.get("kode") for level in scale]
    for kode in row["batas"].key_lines:
        if kode not in levels:
            problems.add(row["batas"].at(kode), unknown("tingkat", kode, levels))
    if list(row["batas"]) != levels[: len(row["batas"])] or len(row["batas"]) != len(levels) - 1:
        text = f"isi batas semua tingkat kecuali yang terakhir: {', '.join(levels[:-1])}"
        problems.add(row.at("batas"), text)
