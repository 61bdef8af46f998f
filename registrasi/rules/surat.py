"""Until when an attached letter holds."""

from datetime import date, datetime

from kompetisi.clock import WIB
from registrasi.rules.temuan import add_months


def last_day(
    tanggal_surat: date | None, berlaku_sampai: date | None, bulan: int | None
) -> date | None:
    """The last day a letter holds: what it says itself, else so many months from its date.

    None while its date is not known, or for a kind of letter without a validity.
    """
    if not bulan or not tanggal_surat:
        return None
    return berlaku_sampai or add_months(tanggal_surat, bulan)


def expired_on(last: date | None, dilampirkan_pada: datetime) -> date | None:
    """The last day of a letter that no longer held on the day (WIB) it was attached, else None."""
    day = dilampirkan_pada.astimezone(WIB).date()
    return last if last and last < day else None
