"""Dividing entries among panels and teams that cannot be in two places at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from evaluasi.rules.pembagian import Aturan, Entri, Kekurangan, Pembagian, Penilai, divide

Waktu = tuple[datetime, datetime]


def meets(one: Waktu, other: Waktu) -> bool:
    """Whether two half-open spans of time have an instant in common."""
    return one[0] < other[1] and other[0] < one[1]


def divide_by_time(
    entri: Sequence[Entri],
    penilai: Sequence[Penilai],
    *,
    waktu: Mapping[int, Waktu],
    terlarang: Mapping[int, set[int]],
    per_entri: int,
    beban: Mapping[int, int],
    beda_asal: int = 0,
    rencana: Mapping[int, Collection[int]] | None = None,
    benih: int = 0,
) -> Pembagian:
    """Give each entry its members so that nobody is expected at two places at the same time.

    `waktu` maps entries to when they take place; entries without a time are named as short. Those
    that begin together are divided together, in order of time, with the loads so far; within such
    a group nobody gets two. `beda_asal` is the number of different home bodies a team needs;
    `rencana` the members in the earlier plan, who stay where the rules permit.
    """
    papan = _Kalender(penilai, waktu, terlarang, beban, rencana or {})
    for row in entri:
        papan.note(row.pk, row.sudah)
    hasil = Pembagian()
    for group in _groups(entri, waktu):
        part = papan.divide(group, per_entri, benih)
        for row in group:
            team = part.tambahan[row.pk]
            if beda_asal:
                team = papan.vary_homes(row, team, beda_asal)
            hasil.tambahan[row.pk] = team
            hasil.pertimbangan |= {
                (row.pk, pk): part.pertimbangan.get((row.pk, pk), ["asal"]) for pk in team
            }
            papan.note(row.pk, team, counted=True)
        hasil.kekurangan += [_explain(k, len(group)) for k in part.kekurangan]
        hasil.kekurangan += papan.too_alike(group, hasil.tambahan, beda_asal)
    for row in entri:
        if row.pk not in waktu:
            hasil.tambahan[row.pk] = []
            if per_entri > len(row.sudah):
                missing = per_entri - len(row.sudah)
                sebab = "Waktunya belum dijadwalkan."
                hasil.kekurangan.append(Kekurangan(row.pk, missing, "jadwal", sebab))
    return hasil


class _Kalender:
    """Who is where at what time, and how much each carries."""

    def __init__(
        self,
        penilai: Sequence[Penilai],
        waktu: Mapping[int, Waktu],
        terlarang: Mapping[int, set[int]],
        beban: Mapping[int, int],
        rencana: Mapping[int, Collection[int]],
    ) -> None:
        self.penilai = {p.pk: p for p in sorted(penilai, key=lambda p: p.pk)}
        self.waktu, self.terlarang, self.beban = waktu, terlarang, dict(beban)
        self.rencana = rencana
        self.busy: dict[int, list[tuple[int, Waktu]]] = {}

    def note(self, entri: int, team: Collection[int], *, counted: bool = False) -> None:
        """These members are taken while the entry takes place."""
        for pk in team:
            if entri in self.waktu:
                self.busy.setdefault(pk, []).append((entri, self.waktu[entri]))
            if counted:
                self.beban[pk] = self.beban.get(pk, 0) + 1

    def barred(self, pk: int, row: Entri) -> bool:
        """Whether a reader may not, or cannot, be there."""
        span = self.waktu[row.pk]
        elsewhere = any(
            entri != row.pk and meets(span, other) for entri, other in self.busy.get(pk, ())
        )
        return elsewhere or row.instansi in self.terlarang.get(pk, ())

    def room(self, pk: int) -> bool:
        """Whether a reader may still carry one more."""
        return self.beban.get(pk, 0) < self.penilai[pk].kapasitas

    def divide(self, group: Sequence[Entri], per_entri: int, benih: int) -> Pembagian:
        """Divide those that begin together; each reader gets at most one of them."""
        barred = {
            pk: {row.instansi for row in group if self.barred(pk, row)} for pk in self.penilai
        }
        once = [
            replace(p, kapasitas=min(p.kapasitas, self.beban.get(p.pk, 0) + 1))
            for p in self.penilai.values()
        ]
        return divide(
            group,
            once,
            terlarang=barred,
            aturan=Aturan(per_entri, beda_asal=False),
            beban=self.beban,
            rencana=self.rencana,
            benih=benih,
        )

    def vary_homes(self, row: Entri, team: list[int], wanted: int) -> list[int]:
        """Exchange members that share a home body for the least loaded who bring another."""
        team = list(team)
        for place, pk in enumerate(team):
            others = [*row.sudah, *team[:place], *team[place + 1 :]]
            homes = self._homes(others)
            if len(self._homes([*row.sudah, *team])) >= wanted or self._home(pk) not in homes:
                continue
            free = [
                other
                for other in self.penilai
                if other not in others
                and not self.barred(other, row)
                and self.room(other)
                and self._home(other) not in homes
            ]
            team[place] = min(free, key=lambda o: (self.beban.get(o, 0), o), default=pk)
        return team

    def too_alike(
        self, group: Sequence[Entri], team: Mapping[int, list[int]], wanted: int
    ) -> list[Kekurangan]:
        """The entries whose full team comes from too few home bodies."""
        sebab = f"Tim belum berasal dari {wanted} instansi berbeda."
        return [
            Kekurangan(row.pk, 1, "asal", sebab)
            for row in group
            if len(row.sudah) + len(team[row.pk]) >= wanted
            and len(self._homes([*row.sudah, *team[row.pk]])) < wanted
        ]

    def _homes(self, members: Collection[int]) -> set[str]:
        return {self._home(pk) for pk in members}

    def _home(self, pk: int) -> str:
        reader = self.penilai.get(pk)
        return (reader.asal if reader else "") or f"#{pk}"


def _groups(entri: Sequence[Entri], waktu: Mapping[int, Waktu]) -> list[list[Entri]]:
    found: dict[datetime, list[Entri]] = {}
    timed = [row for row in entri if row.pk in waktu]
    for row in sorted(timed, key=lambda row: (waktu[row.pk][0], row.pk)):
        found.setdefault(waktu[row.pk][0], []).append(row)
    return list(found.values())


def _explain(found: Kekurangan, together: int) -> Kekurangan:
    if found.aturan == "evaluator" or (together == 1 and found.aturan != "kapasitas"):
        return found
    return replace(
        found,
        aturan="jadwal",
        sebab="Evaluator lain yang boleh bertugas sedang bertugas pada waktu yang sama, atau "
        "bebannya sudah penuh.",
    )


def home_of(instansi_asal: int | None, asal_lain: str) -> str:
    """What tells home bodies apart: the agency, else the body that was typed in."""
    return str(instansi_asal) if instansi_asal else asal_lain.strip().lower()
