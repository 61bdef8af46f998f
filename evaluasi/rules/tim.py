"""Teams of site visits as far as dividing the work needs to know them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from kompetisi.clock import WIB


def minimal_asal(aturan: Mapping) -> int:
    """From how many different bodies a team must come, by the edition; 0 without visits."""
    rule = aturan.get("tim_lapangan") or {}
    return int(rule.get("minimal") or 0)


def span_of(hari: date) -> tuple[datetime, datetime]:
    """The whole day of a visit, in WIB: who travels is at one place a day."""
    mulai = datetime.combine(hari, time(0), tzinfo=WIB)
    return mulai, mulai + timedelta(days=1)
