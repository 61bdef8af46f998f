"""Quiet hours: when nothing leaves the house that can wait until the morning of its reader."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def after_quiet(at: datetime, zona: str, tenang: Mapping[str, int] | None) -> datetime:
    """The instant itself, or the end of the quiet hours it falls into where the reader lives.

    `tenang` is the edition's `waktu_tenang`: whole hours `mulai` (included) and `selesai`
    (excluded) of the day in `zona`, over midnight when `mulai` is the later one.
    """
    if not tenang or tenang["mulai"] == tenang["selesai"]:
        return at
    start, end = tenang["mulai"], tenang["selesai"]
    local = at.astimezone(ZoneInfo(zona))
    over_midnight = start > end
    quiet = local.hour >= start or local.hour < end if over_midnight else start <= local.hour < end
    if not quiet:
        return at
    morning = local.replace(hour=end, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    return morning.astimezone(at.tzinfo)
