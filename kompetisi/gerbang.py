"""The one door to a gateway for WhatsApp or SMS; off while GERBANG_URL is empty.

The gateway is any HTTP service that takes a POST of JSON `{"ke", "teks"}` with a bearer token and
an `Idempotency-Key`, under which it sends a message once however often it is asked.
"""

import json
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from kompetisi import clock

LONGEST_WAIT = timedelta(hours=6)


class GerbangError(Exception):
    """The gateway did not take a message; `alasan` carries no number and no text of it.

    `tetap`: asking again is of no use. `tunda`: ask again no sooner than after this time.
    `semua`: it takes nothing at present.
    """

    def __init__(
        self,
        alasan: str,
        *,
        tetap: bool = False,
        semua: bool = False,
        tunda: timedelta | None = None,
    ) -> None:
        super().__init__(alasan)
        self.alasan, self.tetap, self.semua, self.tunda = alasan, tetap, semua, tunda


def send_teks(*, nomor: str, teks: str, kunci: str) -> None:
    """Hand a text for a number in E.164 over. Raises GerbangError when it is not taken."""
    address = urlsplit(settings.GERBANG_URL)
    secure = address.scheme == "https"
    connection = (HTTPSConnection if secure else HTTPConnection)(
        address.hostname, address.port, timeout=settings.GERBANG_TIMEOUT
    )
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": kunci,
        "User-Agent": "kompetisi",
    }
    if settings.GERBANG_TOKEN:
        headers["Authorization"] = f"Bearer {settings.GERBANG_TOKEN}"
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    try:
        connection.request("POST", path, json.dumps({"ke": nomor, "teks": teks}), headers)
        _judge(connection.getresponse())
    except (OSError, HTTPException) as error:
        raise GerbangError(f"Gerbang tidak menjawab: {type(error).__name__}", semua=True) from error
    finally:
        connection.close()


def _judge(response: HTTPResponse) -> None:
    """Nothing for a 2xx; an error that says what to do for all else. Redirects are not followed."""
    code = response.status
    if 200 <= code < 300:
        return
    busy = code in (429, 503)
    later = busy or code in (408, 425) or code >= 500
    raise GerbangError(
        f"Gerbang menjawab {code}",
        tetap=not later,
        semua=busy,
        tunda=_retry_after(response.getheader("Retry-After", "")) if busy else None,
    )


def _retry_after(value: str) -> timedelta | None:
    """The header in either of its forms, seconds or a date; not more than a few hours."""
    if value.isdecimal() and value.isascii():
        wait = timedelta(seconds=min(int(value), 10**6))
    else:
        try:
            wait = parsedate_to_datetime(value).replace(tzinfo=UTC) - clock.real_now()
        except (TypeError, ValueError, OverflowError):
            return None
    return max(min(wait, LONGEST_WAIT), timedelta(0))
