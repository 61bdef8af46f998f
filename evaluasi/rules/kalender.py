"""Sessions as an iCalendar file, for the calendar of the reader's own device."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

PRODUCT = "-//Kompetisi Pengelolaan Pengaduan//Jadwal//ID"


@dataclass(frozen=True)
class Acara:
    """One event. `kunci` stays the same when it moves, `urutan` grows: calendars update it."""

    kunci: str
    urutan: int
    mulai: datetime
    selesai: datetime
    judul: str
    tempat: str
    uraian: str
    diubah: datetime
    alamat: str = ""


def build_ics(acara: Iterable[Acara]) -> bytes:
    """An iCalendar file (RFC 5545) with instants in UTC."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in acara:
        event = Event()
        event.add("uid", row.kunci)
        event.add("sequence", row.urutan)
        event.add("dtstamp", row.diubah)
        event.add("dtstart", row.mulai)
        event.add("dtend", row.selesai)
        event.add("summary", row.judul)
        event.add("location", row.tempat)
        event.add("description", row.uraian)
        if row.alamat:
            event.add("url", row.alamat)
        calendar.add_component(event)
    return calendar.to_ical()
