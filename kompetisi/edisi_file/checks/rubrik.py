"""What must hold inside the rubrics: weights, scales, anchors, and one rubric per entry."""

from decimal import Decimal

from kompetisi.edisi_file.checks.common import unique, unknown
from kompetisi.edisi_file.problems import Problems
from kompetisi.edisi_file.readers import Record
from kompetisi.edisi_file.schema import SCORED


def check_rubrik(edisi: Record, problems: Problems) -> None:
    """Every scored stage has a rubric for every track; weights sum; anchors fit their scale."""
    rubrics = edisi.get("rubrik")
    if rubrics is None:
        return
    stages = [row for row in edisi.get("tahap") or [] if row.get("jenis") in SCORED]
    tracks = [row["kode"] for row in edisi.get("jalur") or [] if row.get("kode")]
    _check_keys(rubrics, [row.get("kode", "") for row in stages], tracks, problems)
    for stage in stages:
        _check_covered(rubrics, stage, tracks, problems)
    for rubrik in rubrics.values():
        _check_groups(edisi, rubrik, problems)


def _check_keys(rubrics: Record, stages: list[str], tracks: list[str], problems: Problems) -> None:
    for key in rubrics.key_lines:
        stage, _, track = key.partition("/")
        if stage not in stages:
            problems.add(rubrics.at(key), unknown("tahap penilaian", stage, stages))
        if track and track not in tracks:
            problems.add(rubrics.at(key), unknown("jalur", track, tracks))


def _check_covered(rubrics: Record, stage: Record, tracks: list[str], problems: Problems) -> None:
    kode = stage.get("kode")
    if not kode or kode in rubrics.key_lines:
        return
    missing = [track for track in tracks if f"{kode}/{track}" not in rubrics.key_lines]
    if len(missing) == len(tracks):
        problems.add(rubrics.place, f"rubrik tahap '{kode}' belum ada")
    elif missing:
        text = f"rubrik tahap '{kode}' untuk jalur {', '.join(missing)} belum ada"
        problems.add(rubrics.place, text)


def _check_groups(edisi: Record, rubrik: Record, problems: Problems) -> None:
    groups = rubrik.get("kelompok")
    if groups is None:
        return
    unique(groups, "kode", problems)
    unique([item for group in groups for item in group.get("kriteria") or []], "kode", problems)
    _check_sum(groups, Decimal(100), "kelompok", problems)
    for group in groups:
        items = group.get("kriteria") or []
        if group.get("bobot") is not None:
            _check_sum(items, group["bobot"], "kriteria", problems)
        for item in items:
            _check_anchors(edisi, item, problems)


def _check_sum(rows: list[Record], wanted: Decimal, noun: str, problems: Problems) -> None:
    """The weights sum exactly; told at the last weight, where it is most often mended."""
    weights = [row.get("bobot") for row in rows]
    if not rows or None in weights or sum(weights) == wanted:
        return
    problems.add(rows[-1].at("bobot"), f"jumlah bobot {noun} {sum(weights)}, harus {wanted}")


def _check_anchors(edisi: Record, item: Record, problems: Problems) -> None:
    scales = edisi.get("skala")
    name = item.get("skala")
    if scales is None or name is None:
        return
    if name not in scales:
        if name not in scales.key_lines:
            problems.add(item.at("skala"), unknown("skala", name, list(scales)))
        return
    levels = [level["kode"] for level in scales[name] if level.get("kode")]
    anchors = item.get("jangkar")
    if anchors is None:
        return
    for kode in anchors.key_lines:
        if kode not in levels:
            problems.add(anchors.at(kode), unknown(f"tingkat skala '{name}'", kode, levels))
    missing = [kode for kode in levels if kode not in anchors.key_lines]
    if missing:
        problems.add(anchors.place, f"jangkar tingkat {', '.join(missing)} belum ada")
