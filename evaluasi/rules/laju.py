"""How fast a stage is being judged: what should be left each day, and what is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Hari:
    """The end of one day (WIB): sheets that should be left, and that are; None: still to come."""

    hari: date
    rencana: float
    sisa: int | None


def burn_down(
    jumlah: int, kunci: Mapping[date, int], *, mulai: date, akhir: date, kini: date
) -> list[Hari]:
    """Day by day from the release to the last day of a stage, both included.

    The plan is a straight line from all (at the beginning of the first day) to none (at the end of
    the last). `kunci` counts the sheets locked on a day that count still; those locked before the
    first or after the last day are taken with it.
    """
    days = max((akhir - mulai).days + 1, 1)
    found = []
    for place in range(days):
        day = mulai + timedelta(days=place)
        last = place == days - 1
        done = sum(n for on, n in kunci.items() if on <= day or last)
        left = jumlah - done if day <= kini else None
        found.append(Hari(day, jumlah * (days - place - 1) / days, left))
    return found


def behind(rows: list[Hari], kini: date) -> float | None:
    """How many sheets more are left today than planned; negative: ahead. None outside the days."""
    row = next((row for row in rows if row.hari == kini), None)
    return None if row is None or row.sisa is None else row.sisa - row.rencana


def chart(jumlah: int, kunci: Mapping[date, int], days: Mapping[str, date]) -> dict:
    """What a chart draws of so many sheets, and how far behind the plan it is.

    `days` has the first day, the last and today, as `burn_down` takes them.
    """
    rows = burn_down(jumlah, kunci, **days)
    return {
        "jumlah": jumlah,
        "terkunci": sum(kunci.values()),
        "hari": rows,
        "rencana": line([jumlah, *(row.rencana for row in rows)], jumlah),
        "sisa": line([jumlah, *(row.sisa for row in rows)], jumlah),
        "tertinggal": behind(rows, days["kini"]),
    }


def pace(sisa: int, akhir: date, kini: date) -> int | None:
    """Sheets a day to be locked from today on to the last day; None when it is over or all done."""
    left = (akhir - kini).days + 1
    return -(-sisa // left) if sisa and left > 0 else None


def line(values: list[float | None], jumlah: int, wide: int = 100, high: int = 40) -> str:
    """The points of a polyline in a box of `wide` by `high`, the first value at the left edge."""
    step = wide / max(len(values) - 1, 1)
    return " ".join(
        f"{place * step:.1f},{high - high * value / max(jumlah, 1):.1f}"
        for place, value in enumerate(values)
        if value is not None
    )
