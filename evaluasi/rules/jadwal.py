"""Proposing a timetable of interviews: days of the stage, rooms, slots, the agencies' own hours.

Pure and repeatable: the same material gives the same timetable, so that what was previewed is what
is stored. Times of day are those of WIB; an agency further east is given, where it can be, a slot
within 08.00 to 16.00 of its own zone.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kompetisi.clock import WIB

OFFICE_OPENS, OFFICE_CLOSES = time(8), time(16)  # wanted in the agency's own zone
FRIDAY, SATURDAY = 4, 5
FRIDAY_REST = time(11, 30)  # Friday's rest begins early, for the Friday prayer


@dataclass(frozen=True)
class Slot:
    """A place in the timetable; `ruang` is the room or the address of a meeting on line."""

    mulai: datetime
    selesai: datetime
    ruang: str

    def overlaps(self, other: "Slot") -> bool:
        """Whether both take place at the same time, wherever; touching ends do not overlap."""
        return self.mulai < other.selesai and other.mulai < self.selesai

    def clashes(self, other: "Slot") -> bool:
        """Whether both need the same room at the same time."""
        return same_place(self.ruang, other.ruang) and self.overlaps(other)


@dataclass(frozen=True)
class AturanJadwal:
    """What a timetable is made of: length and gap of slots, hours of the day, rooms."""

    lama: timedelta
    jeda: timedelta
    ruang: tuple[str, ...]
    jam_mulai: time = time(8)
    jam_selesai: time = time(16)
    istirahat_mulai: time = time(12)
    istirahat_selesai: time = time(13)


@dataclass(frozen=True)
class Peserta:
    """An entry to be given a slot, with the time zone of its agency."""

    pk: int
    zona: str


@dataclass
class UsulanJadwal:
    """The slots by entry, and the entries for which none was left."""

    slot: dict[int, Slot] = field(default_factory=dict)
    sisa: list[int] = field(default_factory=list)

    @property
    def sidik(self) -> str:
        """What the proposal looks like, to store only the one that was seen."""
        rows = [f"{pk} {s.mulai.isoformat()} {s.ruang}" for pk, s in sorted(self.slot.items())]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def same_place(one: str, other: str) -> bool:
    """Whether two rooms are the same one, whatever the case and the spaces."""
    return " ".join(one.lower().split()) == " ".join(other.lower().split())


def days_of(mulai: datetime, selesai: datetime) -> list[date]:
    """The working days that lie in the half-open window, in WIB; all days when none is one."""
    first = mulai.astimezone(WIB).date()
    last = (selesai - timedelta(microseconds=1)).astimezone(WIB).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < SATURDAY] or days


def slots_of(mulai: datetime, selesai: datetime, aturan: AturanJadwal) -> list[Slot]:
    """Every slot within the window, by time and then by room as given."""
    starts = [at for day in days_of(mulai, selesai) for at in _starts(day, aturan)]
    return [
        Slot(at, at + aturan.lama, room)
        for at in starts
        if mulai <= at and at + aturan.lama <= selesai
        for room in aturan.ruang
    ]


def _starts(day: date, aturan: AturanJadwal) -> Iterable[datetime]:
    begin = aturan.istirahat_mulai
    if day.weekday() == FRIDAY and begin > FRIDAY_REST:
        begin = FRIDAY_REST
    rest = Slot(_at(day, begin), _at(day, aturan.istirahat_selesai), "")
    at, end = _at(day, aturan.jam_mulai), _at(day, aturan.jam_selesai)
    while at + aturan.lama <= end:
        if rest.mulai < rest.selesai and Slot(at, at + aturan.lama, "").overlaps(rest):
            at = rest.selesai
            continue
        yield at
        at += aturan.lama + aturan.jeda


def _at(day: date, jam: time) -> datetime:
    return datetime.combine(day, jam, tzinfo=WIB)


def within_office_hours(slot: Slot, zona: str) -> bool:
    """Whether a slot lies between 08.00 and 16.00 where the agency is."""
    zone = ZoneInfo(zona)
    begin, end = slot.mulai.astimezone(zone), slot.selesai.astimezone(zone)
    same_day = begin.date() == end.date()
    return same_day and begin.time() >= OFFICE_OPENS and end.time() <= OFFICE_CLOSES


def propose_jadwal(
    peserta: Sequence[Peserta],
    slots: Sequence[Slot],
    terpakai: Sequence[Slot] = (),
    serempak: int | None = None,
) -> UsulanJadwal:
    """Give each entry a free slot, the earliest in its office hours, else the earliest at all.

    Agencies of the east choose first, since fewer slots suit them. `terpakai` are the sessions
    that stand already; `serempak` limits how many sessions take place at the same time.
    """
    free = [s for s in slots if not any(s.clashes(t) for t in terpakai)]
    usulan = UsulanJadwal()
    given = list(terpakai)
    order = sorted(peserta, key=lambda p: (-_offset(p.zona, slots), p.pk))
    for row in order:
        open_now = [s for s in free if serempak is None or _crowd(s, given) < serempak]
        slot = next((s for s in open_now if within_office_hours(s, row.zona)), None)
        slot = slot or next(iter(open_now), None)
        if slot is None:
            usulan.sisa.append(row.pk)
            continue
        free.remove(slot)
        given.append(slot)
        usulan.slot[row.pk] = slot
    return usulan


def _offset(zona: str, slots: Sequence[Slot]) -> float:
    if not slots:
        return 0
    offset = slots[0].mulai.astimezone(ZoneInfo(zona)).utcoffset()
    return offset.total_seconds() if offset else 0


def _crowd(slot: Slot, given: Iterable[Slot]) -> int:
    return sum(slot.overlaps(other) for other in given)


def clashes_of(slot: Slot, lain: Mapping[str, Slot]) -> list[str]:
    """The names of those others that need the same room at the same time."""
    return sorted(nama for nama, other in lain.items() if slot.clashes(other))
