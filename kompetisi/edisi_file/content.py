"""An edition as flat rows of plain values: the form in which two editions are compared.

A row is named by its path, such as ("tahap", "dokumen"); its fields are the columns of the
model of that kind. The database's content is brought to the same form
(kompetisi.queries.isi_edisi), so that a file and what is stored differ exactly where a row or
a field differs.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kompetisi.edisi_file.readers import Record

Path = tuple[str, ...]
Row = dict[str, Any]
Content = dict[Path, Row]

EDISI: Path = ("edisi",)
ATURAN: Path = ("aturan",)


def content_of(edisi: Record, sumber_hash: str) -> Content:
    """The rows of a file that has no mistakes."""
    rows: Content = {
        EDISI: {
            **{key: edisi[key] for key in ("tahun", "nama", "dasar_hukum", "jumlah_pemenang")},
            "sumber_hash": sumber_hash,
        },
        ATURAN: aturan_of(edisi),
    }
    for kind in ("jalur", "tahap", "pertanyaan", "dokumen", "administrasi"):
        for urutan, row in enumerate(edisi[kind], start=1):
            rows[kind, row["kode"]] = _fields(row, urutan)
    for key, rubrik in edisi["rubrik"].items():
        rows |= _rubrik_rows(edisi, key, rubrik)
    return rows


def aturan_of(edisi: Record) -> Row:
    """What Edisi.aturan keeps: the section `aturan`, with zona, sumber and kinerja beside it."""
    rules = {**edisi["aturan"], "kinerja": edisi["kinerja"]}
    rules |= {"zona": edisi["zona"], "sumber": edisi["sumber"]}
    return {key: plain(value) for key, value in rules.items()}


def plain(value: Any) -> Any:
    """The value as JSON keeps it: decimals and dates as strings, references without empty keys."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_reference(item) for item in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value


def _reference(item: Any) -> Any:
    """A list's item; a reference keeps only the keys that say something."""
    result = plain(item)
    if isinstance(item, dict) and {"tahap", "kelompok"} <= item.keys():
        return {key: inner for key, inner in result.items() if inner is not None}
    return result


def _fields(row: Record, urutan: int) -> Row:
    fields = {key: value for key, value in row.items() if key != "kode"}
    for key, value in fields.items():
        if isinstance(value, datetime):
            fields[key] = value.astimezone(UTC)
        elif isinstance(value, list):
            fields[key] = list(value)
    if "tampil_bila" in fields:
        fields["tampil_bila"] = condition_of(row)
    return {**fields, "urutan": urutan}


def condition_of(row: Record) -> Row:
    """When the row is asked (kompetisi.rules.tampil); empty means always."""
    said = {key: value for key, value in row["tampil_bila"].items() if value is not None}
    return {key: list(v) if isinstance(v, list) else v for key, v in said.items()}


def _rubrik_rows(edisi: Record, key: str, rubrik: Record) -> Content:
    """The rubric, its groups and its criteria; paths carry the key <tahap> or <tahap>/<jalur>."""
    rows: Content = {}
    for at, group in enumerate(rubrik["kelompok"], start=1):
        path = ("rubrik", key, "kelompok", group["kode"])
        rows[path] = {"nama": group["nama"], "bobot": group["bobot"], "urutan": at}
        for index, item in enumerate(group["kriteria"], start=1):
            rows[*path, "kriteria", item["kode"]] = {
                "nama": item["nama"],
                "petunjuk": item["petunjuk"],
                "bobot": item["bobot"],
                "tingkat": levels_of(edisi, item),
                "butuh_bukti": item["butuh_bukti"],
                "tampil_bila": condition_of(item),
                "urutan": index,
            }
    head = {"nama": rubrik["nama"], "hash": hash_of(rows)}
    return {("rubrik", key): head, **rows}


def levels_of(edisi: Record, item: Record) -> list[dict[str, str]]:
    """The levels of a criterion, best first, each with its own anchor."""
    return [
        {
            "kode": level["kode"],
            "nama": level["nama"],
            "faktor": plain(level["faktor"]),
            "jangkar": item["jangkar"][level["kode"]],
        }
        for level in edisi["skala"][item["skala"]]
    ]


def hash_of(rows: Content) -> str:
    """SHA-256 of a rubric's canonical JSON: anyone can recompute it from the rows."""
    listed = [
        # No condition leaves no trace, so that a rubric without any keeps its hash.
        [list(path), {k: plain(v) for k, v in row.items() if (k, v) != ("tampil_bila", {})}]
        for path, row in rows.items()
    ]
    text = json.dumps(listed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
