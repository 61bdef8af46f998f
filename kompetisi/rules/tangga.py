"""The ladder of reminders: so many days before something closes, each rung once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

LAST_DAY = 1


@dataclass(frozen=True)
class AnakTangga:
    """A rung that is due: days before the closing, since when, and whether it is the last day."""

    hari: int
    pada: datetime

    @property
    def segera(self) -> bool:
        """Whether there is no time to wait for the end of the night."""
        return self.hari <= LAST_DAY


def ladder_of(aturan: Mapping, hal: str) -> list[int]:
    """The days of an edition for one matter: its own in `pengingat`, else `pengingat_hari`."""
    own = (aturan.get("pengingat") or {}).get(hal)
    return list(own if own is not None else aturan.get("pengingat_hari") or [])


def rung_due(
    closing: datetime, hari: Collection[int], at: datetime, sejak: datetime | None = None
) -> AnakTangga | None:
    """The rung due at an instant, or None.

    Of several whose day has come only the latest is due: a run that comes late never sends H-7
    on the day of H-3. Nothing is due from the closing on, nor what came before the matter itself
    began (`sejak`): who was told this morning is not reminded at noon.
    """
    if at >= closing:
        return None
    come = [day for day in hari if closing - timedelta(days=day) <= at]
    if not come:
        return None
    rung = AnakTangga(min(come), closing - timedelta(days=min(come)))
    return None if sejak is not None and sejak > rung.pada else rung
