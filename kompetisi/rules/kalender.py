"""Deadlines and sessions as an iCalendar file, for the calendar of the reader's own device."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Kompetisi Pengelolaan Pengaduan//Jadwal//ID"
EPOCH = datetime(2019, 1, 1, tzinfo=UTC)
DEADLINE = timedelta(hours=1)
REFRESH = "PT1H"


@dataclass(frozen=True)
class Acara:
    """One event, at instants or, given dates, for whole days (`selesai` is excluded).

    `kunci` stays the same when it moves, `urutan` grows: calendars update it.
    """

    kunci: str
    urutan: int
    mulai: datetime | date
    selesai: datetime | date
    judul: str
    tempat: str
    uraian: str
    diubah: datetime
    alamat: str = ""


def deadline(
    *, kunci: str, batas: datetime, judul: str, uraian: str, diubah: datetime, alamat: str = ""
) -> Acara:
    """A closing as the hour that ends with it: one at midnight is shown on the day it belongs to.

    `diubah` is when the closing last changed; later changes make the event a later one.
    """
    return Acara(
        kunci=kunci,
        urutan=sequence_of(diubah),
        mulai=batas - DEADLINE,
        selesai=batas,
        judul=judul,
        tempat="",
        uraian=uraian,
        diubah=diubah,
        alamat=alamat,
    )


def sequence_of(diubah: datetime) -> int:
    """A number that grows with every change: minutes since 2019."""
    return max(int((diubah - EPOCH).total_seconds()) // 60, 0)


def build_ics(acara: Iterable[Acara], nama: str = "") -> bytes:
    """An iCalendar file (RFC 5545) with instants in UTC; `nama` is what a subscriber sees."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if nama:
        calendar.add("x-wr-calname", nama)
        calendar.add("x-published-ttl", REFRESH)
    for row in acara:
        calendar.add_component(_event(row))
    return calendar.to_ical()


def _event(row: Acara) -> Event:
    event = Event()
    event.add("uid", row.kunci)
    event.add("sequence", row.urutan)
    event.add("dtstamp", row.diubah.astimezone(UTC))
    event.add("dtstart", _utc(row.mulai))
    event.add("dtend", _utc(row.selesai))
    event.add("summary", row.judul)
    if row.tempat:
        event.add("location", row.tempat)
    event.add("description", row.uraian)
    if row.alamat:
        event.add("url", row.alamat)
    return event


def _utc(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
