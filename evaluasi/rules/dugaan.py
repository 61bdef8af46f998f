"""Which agencies a free text or an e-mail domain seems to mean; the one door to RapidFuzz.

A text is compared with the phrases an agency is known by (`Instansi.nama_cari`), run of words by
run of words. What is found is a suggestion to a person, never a conflict by itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

CUTOFF = 92  # of 100: a letter or two of a long name
LONGEST = 8  # words of a phrase that are compared
MIN_COMPACT = 3  # letters of a domain's name that mean something
_SUFFIX = re.compile(r"\.(go|ac|co|sch|or|desa)\.id$")
_KIND = re.compile(r"^(?P<nama>.+?)(?P<jenis>kota|kab|prov)$")
KINDS = {"kota": "kota", "kab": "kabupaten", "prov": "provinsi"}


@dataclass(frozen=True)
class Nama:
    """An agency with its phrases; `wilayah` when its bare name is also that of a place."""

    instansi: int
    frasa: tuple[str, ...]
    wilayah: bool = False


@dataclass(frozen=True)
class Kecocokan:
    """An agency that is meant, by which phrase, how nearly (0 to 100)."""

    instansi: int
    frasa: str
    kemiripan: int


def match_text(teks: str, nama: Sequence[Nama]) -> list[Kecocokan]:
    """The agencies that a text of plain lower-case words names, the nearest first.

    A bare place name alone ("semarang") says nothing: a university there is no city government.
    Where a name stands there letter by letter, mere likenesses are dropped.
    """
    owners: dict[str, list[int]] = {}
    for row in nama:
        for phrase in row.frasa:
            if " " in phrase or not row.wilayah:
                owners.setdefault(phrase, []).append(row.instansi)
    words = teks.split()
    found: dict[int, Kecocokan] = {}
    for run in _runs(words):
        for phrase, score, _ in process.extract(
            run, owners.keys(), scorer=fuzz.ratio, score_cutoff=_cutoff(run), limit=5
        ):
            for instansi in owners[phrase]:
                _keep(found, Kecocokan(instansi, phrase, int(score)))
    return _nearest(found)


def match_domain(surel: str, nama: Sequence[Nama]) -> list[Kecocokan]:
    """The agencies whose name an address's Indonesian domain bears, the nearest first.

    semarangkota.go.id is the city of Semarang, demakkab.go.id the regency of Demak.
    """
    domain = surel.rpartition("@")[2].lower()
    if not _SUFFIX.search(domain):
        return []
    label = re.sub(r"[^a-z0-9]", "", _SUFFIX.sub("", domain).rpartition(".")[2])
    if len(label) < MIN_COMPACT:
        return []
    kind = _KIND.match(label)
    wanted = {label} | ({KINDS[kind["jenis"]] + kind["nama"]} if kind else set())
    found: dict[int, Kecocokan] = {}
    for row in nama:
        for phrase in row.frasa:
            if phrase.replace(" ", "") in wanted:
                _keep(found, Kecocokan(row.instansi, phrase, 100))
    return _nearest(found)


def _runs(words: Sequence[str]) -> list[str]:
    sizes = range(1, min(len(words), LONGEST) + 1)
    return [
        " ".join(words[start : start + size])
        for size in sizes
        for start in range(len(words) - size + 1)
    ]


def _cutoff(run: str) -> int:
    """One word must be the very name, as short names are near to too many words."""
    return CUTOFF if " " in run else 100


def _keep(found: dict[int, Kecocokan], new: Kecocokan) -> None:
    old = found.get(new.instansi)
    if old is None or (new.kemiripan, len(new.frasa)) > (old.kemiripan, len(old.frasa)):
        found[new.instansi] = new


def _nearest(found: Mapping[int, Kecocokan]) -> list[Kecocokan]:
    exact = [row for row in found.values() if row.kemiripan == 100]
    rows = exact or list(found.values())
    return sorted(rows, key=lambda row: (-row.kemiripan, -len(row.frasa), row.instansi))
