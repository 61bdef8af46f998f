"""A division as a problem for a solver: who may read what, what is missing, what each carries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from evaluasi.rules.pembagian.bahan import Aturan, Entri, Penilai


@dataclass
class Soal:
    """Readers and entries by key, in order of their keys, and the state of the board.

    `boleh` are the readers an entry may have, those it has included; `pada` the readers it has;
    `tetap` those of them that never move; `lama` those of the earlier plan.
    """

    aturan: Aturan
    benih: int
    penilai: dict[int, Penilai]
    entri: dict[int, Entri]
    boleh: dict[int, frozenset[int]]
    terlarang: Mapping[int, Collection[int]]
    lama: dict[int, frozenset[int]]
    beban: dict[int, int]
    pada: dict[int, list[int]] = field(default_factory=dict)
    tetap: dict[int, frozenset[int]] = field(default_factory=dict)
    terikat: set[int] = field(default_factory=set)  # entries that are done: no reader moves

    @classmethod
    def of(
        cls,
        entri: Collection[Entri],
        penilai: Collection[Penilai],
        *,
        terlarang: Mapping[int, Collection[int]],
        aturan: Aturan,
        beban: Mapping[int, int],
        rencana: Mapping[int, Collection[int]],
        benih: int,
    ) -> "Soal":
        """The problem, the same whatever the order of the input."""
        readers = {p.pk: p for p in sorted(penilai, key=lambda p: p.pk)}
        entries = {e.pk: e for e in sorted(entri, key=lambda e: e.pk)}
        barred = {pk: frozenset(terlarang.get(pk, ())) for pk in readers}
        by_agency: dict[int, frozenset[int]] = {}
        for e in entries.values():
            if e.instansi not in by_agency:
                by_agency[e.instansi] = frozenset(
                    pk for pk in readers if e.instansi not in barred[pk]
                )
        return cls(
            aturan=aturan,
            benih=benih,
            penilai=readers,
            entri=entries,
            boleh={pk: by_agency[e.instansi] for pk, e in entries.items()},
            terlarang=terlarang,
            lama={pk: frozenset(rencana.get(pk, ())) for pk in entries},
            beban={pk: beban.get(pk, 0) for pk in readers},
            pada={pk: list(e.sudah) for pk, e in entries.items()},
            tetap={pk: frozenset(e.sudah) for pk, e in entries.items()},
        )

    def sebab_larangan(self, penilai: int, entri: int) -> str:
        """Why a reader may not have an entry, in a word."""
        barred = self.terlarang.get(penilai, ())
        found = barred.get(self.entri[entri].instansi) if isinstance(barred, Mapping) else ""
        return found or "kepentingan"

    def kurang(self, entri: int) -> int:
        """How many readers an entry still needs."""
        if entri in self.terikat:
            return 0
        return max(0, self.aturan.per_entri - len(self.pada[entri]))

    def sisa(self, penilai: int) -> int:
        """How many more sheets a reader can take."""
        return max(0, self.penilai[penilai].kapasitas - self.beban[penilai])

    def put(self, entri: int, penilai: int) -> None:
        """Let a reader read an entry."""
        self.pada[entri].append(penilai)
        self.beban[penilai] += 1

    def take(self, entri: int, penilai: int) -> None:
        """Undo `put`."""
        self.pada[entri].remove(penilai)
        self.beban[penilai] -= 1

    def movable(self, entri: int) -> list[int]:
        """The readers of an entry that this division gave it."""
        if entri in self.terikat:
            return []
        return [pk for pk in self.pada[entri] if pk not in self.tetap[entri]]

    def rumah_pada(self, entri: int, selain: int | None = None) -> list[str]:
        """The home bodies of an entry's readers, but for one."""
        return [
            self.penilai[pk].rumah for pk in self.pada[entri] if pk != selain and pk in self.penilai
        ]

    def cocok(self, entri: int, penilai: int) -> bool:
        """Whether the entry lies in a field that the reader knows."""
        return not self.penilai[penilai].keahlian.isdisjoint(self.entri[entri].bidang)
