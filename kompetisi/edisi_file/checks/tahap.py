"""The calendar: windows, the stages that must be there, and a road that runs forward."""

from datetime import datetime
from itertools import pairwise

from kompetisi.edisi_file.checks.common import rows_in, unique
from kompetisi.edisi_file.problems import Problems
from kompetisi.edisi_file.readers import Record
from kompetisi.edisi_file.schema import SCORED, STAGES


def check_tahap(edisi: Record, problems: Problems) -> None:
    """Windows are not empty, needed stages exist once, and the road runs forward."""
    rows = rows_in(edisi, "tahap")
    unique(rows, "jenis", problems)
    for row in rows:
        _check_window(row, problems)
    kinds = {row["jenis"]: row for row in rows if "jenis" in row}
    _check_needed(edisi, kinds, problems)
    road = [kinds[kind] for kind in STAGES if kind in kinds and kind != "administrasi"]
    for before, after in pairwise(road):
        _check_follows(before, after, problems)
    if "administrasi" in kinds and "pendaftaran" in kinds:
        _check_administrasi(kinds, problems)
    _check_listed([row for row in rows if row.get("mulai")], problems)


def _check_needed(edisi: Record, kinds: dict[str, Record], problems: Problems) -> None:
    if "tahap" not in edisi:
        return
    for needed in ("pendaftaran", "pleno", "pengumuman"):
        if needed not in kinds:
            problems.add(edisi.at("tahap"), f"tahap berjenis '{needed}' belum ada")
    if not any(kind in kinds for kind in SCORED):
        problems.add(edisi.at("tahap"), f"perlu satu tahap penilaian: {', '.join(SCORED)}")


def _check_listed(rows: list[Record], problems: Problems) -> None:
    for before, after in pairwise(rows):
        if after["mulai"] < before["mulai"]:
            text = f"mulai sebelum tahap '{before.get('kode')}' yang ditulis lebih dahulu"
            problems.add(after.at("mulai"), f"{text}; urutkan tahap menurut waktu")


def _check_window(row: Record, problems: Problems) -> None:
    begin, end = row.get("mulai"), row.get("selesai")
    if begin and end and begin >= end:
        text = f"selesai ({show(end)}) harus sesudah mulai ({show(begin)})"
        problems.add(row.at("selesai"), text)
    if end and (end.minute, end.second) == (59, 59):
        problems.add(
            row.at("selesai"),
            "selesai tidak termasuk dalam jendela; tulis pukul 00:00:00 hari berikutnya",
        )


def _check_follows(before: Record, after: Record, problems: Problems) -> None:
    end, begin = before.get("selesai"), after.get("mulai")
    if end and begin and begin < end:
        problems.add(
            after.at("mulai"),
            f"{show(begin)}, padahal tahap '{before.get('kode')}' baru selesai {show(end)}",
        )


def _check_administrasi(kinds: dict[str, Record], problems: Problems) -> None:
    row, entry = kinds["administrasi"], kinds["pendaftaran"]
    begin, end = row.get("mulai"), row.get("selesai")
    if begin and entry.get("mulai") and begin < entry["mulai"]:
        problems.add(row.at("mulai"), f"{show(begin)}, sebelum pendaftaran dibuka")
    first = kinds.get("wawancara") or kinds.get("lapangan") or kinds.get("pleno")
    if first and end and first.get("mulai") and end > first["mulai"]:
        problems.add(row.at("selesai"), f"{show(end)}, sesudah tahap '{first.get('kode')}' mulai")


def show(at: datetime) -> str:
    """An instant as people here write it, in the zone it was given in."""
    return f"{at:%d-%m-%Y pukul %H.%M}"
