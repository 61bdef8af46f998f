"""The shortlist of a track: who is proposed, and when a decision about it holds.

The proposal is the cut of the scores at the track's quota. Entries with the score of the last one
inside are all proposed: neither the alphabet nor the time of registration decides between equals
(domain.md 6.4). Scores are compared exactly, as they come from the locked sheets.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.tahap import Keadaan
from kompetisi.rules.verdict import YES, Verdict, all_of, no

PUTUSKAN = "daftar_pendek.putuskan"


@dataclass(frozen=True)
class Calon:
    """An entry before the decision; `nilai` None means that no sheet of it counts."""

    pk: int
    nilai: Decimal | None
    lembar: int = 0
    perlu: int = 0
    pembaca_lagi: bool = False

    @property
    def kurang(self) -> bool:
        """Whether sheets are missing, or one more reader is due by the edition's rule."""
        return self.lembar < self.perlu or self.pembaca_lagi


@dataclass(frozen=True)
class Usulan:
    """What is proposed for an entry: its rank (equals share it), in or out, tied at the line."""

    pk: int
    peringkat: int
    nilai: Decimal | None
    masuk: bool
    seri_di_garis: bool


def propose(calon: Sequence[Calon], kuota: int) -> list[Usulan]:
    """The proposal for a track, best first; entries without a score come last and stay out."""
    scored = sorted(
        (row for row in calon if row.nilai is not None), key=lambda row: (-row.nilai, row.pk)
    )
    line = scored[kuota - 1].nilai if 0 < kuota <= len(scored) else None
    at_line = sum(row.nilai == line for row in scored)
    above = sum(line is not None and row.nilai > line for row in scored)
    tied = at_line > 1 and above + at_line > kuota
    found, rank = [], 0
    for place, row in enumerate(scored, 1):
        if place == 1 or row.nilai != scored[place - 2].nilai:
            rank = place
        inside = kuota > 0 and (line is None or row.nilai >= line)
        found.append(Usulan(row.pk, rank, row.nilai, inside, tied and row.nilai == line))
    rest = sorted(row.pk for row in calon if row.nilai is None)
    last = len(scored) + 1
    return found + [Usulan(pk, last, None, masuk=False, seri_di_garis=False) for pk in rest]


def fingerprint(usulan: Sequence[Usulan]) -> str:
    """What a proposal looked like, so that a decision is made about the one that was seen."""
    rows = [[row.pk, row.peringkat, str(row.nilai), row.masuk] for row in usulan]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def can_decide(
    peran: Collection[str],
    tahap: Keadaan | None,
    *,
    sudah: bool,
    jumlah: int,
    berbenturan: int = 0,
) -> Verdict:
    """Whether the shortlist of a track may be decided: by the chair, once, after the stage.

    `tahap` is the state of the stage whose scores count; `berbenturan` the entries that the
    deciding person may not judge.
    """
    return all_of(
        check_aksi(PUTUSKAN, peran),
        no("Daftar pendek jalur ini sudah diputuskan.") if sudah else YES,
        YES
        if tahap == "selesai"
        else no("Daftar pendek diputuskan setelah tahap penilaiannya ditutup."),
        YES if jumlah else no("Belum ada pendaftaran yang dapat diputuskan pada jalur ini."),
        no("Anda berbenturan kepentingan dengan peserta jalur ini; putusan dibuat ketua lain.")
        if berbenturan
        else YES,
    )


def problems_of(
    usulan: Sequence[Usulan],
    *,
    masuk: Collection[int],
    alasan: Mapping[int, str],
    catatan: str,
    kurang: Collection[int] = (),
) -> dict[str, str]:
    """What still keeps a decision from being stored, by field name; empty when nothing does.

    Every deviation from the proposal needs a reason, every entry taken in needs a score, and a
    note is needed where sheets are missing. An empty shortlist is refused.
    """
    found = {}
    for row in usulan:
        inside = row.pk in masuk
        if inside and row.nilai is None:
            found[f"masuk-{row.pk}"] = "Peserta tanpa nilai tidak dapat dimasukkan."
        elif inside != row.masuk and not alasan.get(row.pk, "").strip():
            found[f"alasan-{row.pk}"] = "Tuliskan alasan menyimpang dari usulan."
    if not any(row.pk in masuk for row in usulan):
        found["masuk"] = "Pilih sekurangnya satu peserta."
    if any(row.pk in kurang for row in usulan) and not catatan.strip():
        found["catatan"] = "Tuliskan pertimbangan tentang pendaftaran yang lembarnya belum lengkap."
    return found
