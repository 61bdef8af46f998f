"""Until when a letter holds, and which date it may bear."""

from datetime import date, datetime

from kompetisi.clock import WIB
from kompetisi.rules.verdict import YES, Verdict, no
from kompetisi.templatetags.waktu import tanggal
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


def check_tanggal(tanggal_surat: date, hari_ini: date) -> Verdict:
    """Whether a letter can bear this date: today's (WIB) at the latest."""
    if tanggal_surat <= hari_ini:
        return YES
    return no("Tanggal surat belum lewat; periksa kembali.")


def check_surat_tugas(tanggal_surat: date, bulan: int | None, hari_ini: date) -> Verdict:
    """Whether a surat tugas of this date still holds today (WIB).

    `bulan` is how many months the edition lets it hold, None for as long as one likes.
    """
    last = last_day(tanggal_surat, None, bulan)
    if last is None or last >= hari_ini:
        return check_tanggal(tanggal_surat, hari_ini)
    return no(
        f"Surat tugas ini sudah terlalu lama: surat berlaku {bulan} bulan sejak tanggalnya, jadi "
        f"hanya sampai {tanggal(last)}. Minta surat tugas baru kepada pimpinan, atau perbaiki "
        "tanggalnya bila salah ketik."
    )
