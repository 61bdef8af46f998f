"""Conditions (`tampil_bila`): each looks back at something with known values, on every track."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kompetisi.edisi_file.checks.common import codes_in, rows_in, unique_texts, unknown
from kompetisi.edisi_file.problems import Problems
from kompetisi.edisi_file.readers import Record
from kompetisi.edisi_file.schema import OWN_ANSWERS

REFERENCES = ("isian", "kriteria", "pertanyaan")


@dataclass
class Known:
    """What a condition may look at: kind -> code -> its values; and what comes only later."""

    values: dict[str, dict[str, list[str]]]
    later: dict[str, set[str]] = field(default_factory=dict)

    def pass_by(self, kind: str, kode: str | None, values: list[str]) -> None:
        """From here on this may be looked at."""
        if kode:
            self.later.get(kind, set()).discard(kode)
            self.values[kind][kode] = values


def check_pertanyaan(edisi: Record, problems: Problems) -> None:
    """A question is a narrative with a limit of words, or a choice of different answers."""
    for row in rows_in(edisi, "pertanyaan"):
        choices, limit = row.get("pilihan"), row.get("batas_kata")
        if choices:
            unique_texts(choices, problems)
            if limit:
                problems.add(row.at("batas_kata"), "pertanyaan dengan pilihan tidak dibatasi kata")
        elif limit == 0 and "pilihan" not in row.key_lines:
            problems.add(row.place, "isian 'batas_kata' belum ada")


def check_tampil(edisi: Record, problems: Problems) -> None:
    """Every condition of the form refers to something earlier and to values it can have."""
    for key, rubrik in (edisi.get("rubrik") or {}).items():
        known = _known(edisi)
        _walk_rubrik(edisi, rubrik, known, problems, form=_is_form(edisi, key))
    tracks = codes_in(edisi, "jalur")
    for track in tracks:
        known = _known(edisi)
        rubrik = _rubrik_of(edisi, track)
        if rubrik is not None:
            _walk_rubrik(edisi, rubrik, known, Problems(), form=True)
        for section in ("pertanyaan", "dokumen"):
            for row in rows_in(edisi, section):
                if row.get("jalur") in (None, track):
                    _check(row, known, problems)
                    if row.get("pilihan"):
                        known.pass_by(section, row.get("kode"), list(row["pilihan"]))


def _known(edisi: Record) -> Known:
    values = {"isian": {k: list(v) for k, v in OWN_ANSWERS.items()}}
    later = {"pertanyaan": set(codes_in(edisi, "pertanyaan"))}
    return Known({**values, "kriteria": {}, "pertanyaan": {}}, later)


def _is_form(edisi: Record, key: str) -> bool:
    """Whether entrants assess themselves on this rubric."""
    stages = {row.get("kode"): row.get("jenis") for row in rows_in(edisi, "tahap")}
    return stages.get(key.partition("/")[0]) == "dokumen"


def _rubrik_of(edisi: Record, track: str) -> Record | None:
    """The rubric that entrants of this track assess themselves on."""
    rubrics: Mapping = edisi.get("rubrik") or {}
    of_form = {key: rubrik for key, rubrik in rubrics.items() if _is_form(edisi, key)}
    own = (rubrik for key, rubrik in of_form.items() if key.partition("/")[2] == track)
    common = (rubrik for key, rubrik in of_form.items() if "/" not in key)
    return next(own, None) or next(common, None)


def _walk_rubrik(
    edisi: Record, rubrik: Record, known: Known, problems: Problems, *, form: bool
) -> None:
    items = [item for group in rows_in(rubrik, "kelompok") for item in rows_in(group, "kriteria")]
    known.later["kriteria"] = {item["kode"] for item in items if item.get("kode")}
    scales = edisi.get("skala") or {}
    for item in items:
        if item.get("tampil_bila") and not form:
            text = "hanya untuk rubrik tahap dokumen, yang diisi peserta"
            problems.add(item.at("tampil_bila"), text)
        else:
            _check(item, known, problems)
        levels = [level["kode"] for level in scales.get(item.get("skala")) or [] if "kode" in level]
        known.pass_by("kriteria", item.get("kode"), levels)


def _check(row: Record, known: Known, problems: Problems) -> None:
    """One condition: one reference, one list of values, all of them known by now."""
    condition = row.get("tampil_bila")
    if not condition:
        return
    named = [kind for kind in REFERENCES if condition.get(kind)]
    lists = [key for key in ("bernilai", "bukan") if condition.get(key)]
    if len(named) != 1 or len(lists) != 1:
        text = "isi satu dari 'isian', 'kriteria', 'pertanyaan' dan satu dari 'bernilai', 'bukan'"
        problems.add(row.at("tampil_bila"), text)
        return
    kind, kode = named[0], condition[named[0]]
    values = known.values[kind].get(kode)
    if values is None:
        problems.add(condition.at(kind), _why_not(kind, kode, known))
        return
    listed = condition[lists[0]]
    for value, place in zip(listed, listed.places, strict=True):
        if value not in values:
            problems.add(place, unknown(f"jawaban {kind} '{kode}'", value, values))


def _why_not(kind: str, kode: str, known: Known) -> str:
    if kode not in known.later.get(kind, set()):
        return unknown(kind, kode, list(known.values[kind]))
    return (
        f"{kind} '{kode}' harus berupa pilihan, ditanyakan lebih dahulu, dan pada jalur yang sama"
    )
