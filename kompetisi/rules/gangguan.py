"""What an outage is worth: how much later a stage closes because of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
LEAST_MINUTES = 3  # shorter gaps are restarts; an edition may ask for more (`aturan.gangguan`)
MULTIPLE_MINUTES = 5


def least_of(aturan: Mapping) -> timedelta:
    """Outages longer than this lead to a proposal."""
    rule = aturan.get("gangguan") or {}
    return rule.get("lebih_dari_menit", LEAST_MINUTES) * MINUTE


def multiple_of(aturan: Mapping) -> timedelta:
    """Extensions are rounded up to a multiple of this."""
    rule = aturan.get("gangguan") or {}
    return rule.get("kelipatan_menit", MULTIPLE_MINUTES) * MINUTE


def round_up(length: timedelta, multiple: timedelta) -> timedelta:
    """The smallest multiple that is not shorter."""
    return -(-length // multiple) * multiple


def lost_time(mulai: datetime, selesai: datetime, buka: datetime, tutup: datetime) -> timedelta:
    """How much of the open window [buka, tutup) the outage [mulai, selesai) took."""
    return max(min(selesai, tutup) - max(mulai, buka), timedelta(0))


def closing_after(
    tutup: datetime, lost: timedelta, multiple: timedelta, since: datetime
) -> datetime:
    """The new closing: what was lost, after the old closing and after `since`, rounded up.

    `since` is when people could work again, or when the extension is proposed: an outage at the
    closing itself would else be given back in time that has gone by.
    """
    length = round_up(lost, multiple)
    return tutup + max(length, round_up(since + length - tutup, multiple))
