"""What the calendar asks of penghargaan."""

from datetime import datetime

from penghargaan.actions.pengumuman import complete_due


def enforce_penghargaan(at: datetime) -> dict[str, int]:
    """Carry out the consequences of publications whose instant has come; counts by name."""
    return {"penerbitan_dituntaskan": complete_due(at=at)}
