"""Instants as Indonesians read them: 1 November 2019 23.59 WIB.

Every instant comes in aware; the official zone is WIB, and `{% waktu %}` adds the reader's own zone
when it differs. Windows are half-open: `batas` names the last minute inside. The filters are
ordinary functions: mails, PDFs and reasons use them too.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html

from kompetisi import clock

register = template.Library()

NOTHING = "–"
WIB = clock.WIB
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ZONE_NAMES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}


def _local(value: datetime, zone: ZoneInfo = WIB) -> datetime:
    if value.tzinfo is None:
        raise ValueError("An instant without a time zone cannot be shown.")
    return value.astimezone(zone)


def _date(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _zone_name(local: datetime) -> str:
    offset = local.utcoffset() or timedelta(0)
    return ZONE_NAMES.get(offset, local.strftime("UTC%z"))


def _full(local: datetime) -> str:
    return f"{_date(local)} {local:%H.%M} {_zone_name(local)}"


def last_minute(end: datetime) -> datetime:
    """The last moment inside a half-open window: one second earlier than a whole minute."""
    return end - timedelta(seconds=1) if end.second == 0 and end.microsecond == 0 else end


@register.filter
def wib(value: datetime | None) -> str:
    """Date and time: "1 November 2019 23.59 WIB"."""
    return _full(_local(value)) if value else NOTHING


@register.filter
def batas(value: datetime | None) -> str:
    """The end of a half-open window as its last minute: midnight of the 2nd is "1 … 23.59 WIB"."""
    return wib(last_minute(value)) if value else NOTHING


@register.filter
def tanggal(value: date | None) -> str:
    """Date alone, of an instant (in WIB) or of a date: "1 November 2019"."""
    if not value:
        return NOTHING
    return _date(_local(value) if isinstance(value, datetime) else value)


@register.filter
def hari_tanggal(value: date | None) -> str:
    """Weekday and date: "Jumat, 1 November 2019"."""
    if not value:
        return NOTHING
    day = _local(value) if isinstance(value, datetime) else value
    return f"{DAYS[day.weekday()]}, {_date(day)}"


@register.filter
def jam(value: datetime | None) -> str:
    """Time alone: "23.59 WIB"."""
    return f"{_local(value):%H.%M} WIB" if value else NOTHING


@register.filter
def jam_detik(value: datetime | None) -> str:
    """Time with seconds: "12.03.11 WIB"."""
    return f"{_local(value):%H.%M.%S} WIB" if value else NOTHING


@register.filter
def durasi(value: timedelta | float | None) -> str:
    """A length of time, its two largest units: "3 hari 4 jam"; below a minute in seconds."""
    if value is None or value == "":
        return NOTHING
    seconds = value.total_seconds() if isinstance(value, timedelta) else float(value)
    rest = max(0, int(seconds))
    parts = []
    for name, size in (("hari", 86400), ("jam", 3600), ("menit", 60), ("detik", 1)):
        count, rest = divmod(rest, size)
        if count or parts or name == "detik":
            parts.append((count, name))
    return " ".join(f"{count} {name}" for count, name in parts[:2] if count) or "0 detik"


def present(context: template.Context) -> datetime:
    """The instant of this page, unwrapped where the context holds it lazily."""
    value = context.get("sekarang")
    return value.astimezone(UTC) if value else clock.now()


@register.simple_tag(takes_context=True)
def waktu(
    context: template.Context,
    value: datetime | None,
    *,
    batas: bool = False,
    singkat: bool = False,
    zona: str = "",
) -> str:
    """A <time> in WIB, followed by the reader's own zone when that differs.

    `zona` is the zone of the agency the page is about, for a reader whose own is WIB.
    """
    if not value:
        return NOTHING
    shown = last_minute(value) if batas else value
    text = _full(_local(shown))
    zone = getattr(context.get("user"), "zona_waktu", "") or WIB.key
    zone = zona if zona and zone == WIB.key else zone
    official, own = _local(shown), _local(shown, ZoneInfo(zone))
    if own.utcoffset() != official.utcoffset():
        same_day = own.date() == official.date()
        text += f" ({own:%H.%M} {_zone_name(own)})" if same_day else f" ({_full(own)})"
    if singkat:
        text = text.replace(f" {official.year} ", " ")
    stamp = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html('<time datetime="{}">{}</time>', stamp, text)


@register.simple_tag
def rentang(
    mulai: datetime | date | None, selesai: datetime | date | None, *, singkat: bool = False
) -> str:
    """Days from and to, the end half-open when it is an instant: "2 – 13 November 2019".

    `singkat` leaves the year out.
    """
    if not mulai or not selesai:
        return NOTHING
    first = _local(mulai).date() if isinstance(mulai, datetime) else mulai
    last = _local(last_minute(selesai)).date() if isinstance(selesai, datetime) else selesai
    text = _range(first, last)
    return text.replace(f" {last.year}", "").replace(f" {first.year}", "") if singkat else text


def _range(first: date, last: date) -> str:
    if first == last:
        return _date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {_date(last)}"
    return f"{_date(first)} – {_date(last)}"


@register.simple_tag(takes_context=True)
def hitung_mundur(context: template.Context, selesai: datetime | None) -> str:
    """What is left until an instant, by the server's clock; jam.js keeps it running."""
    if not selesai:
        return ""
    now = present(context)
    left = selesai - now
    text = f"{durasi(left)} lagi" if left > timedelta(0) else "telah lewat"
    return format_html(
        '<span class="hitung-mundur" data-sampai="{}" data-sekarang="{}">{}</span>',
        selesai.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        text,
    )
