"""What views share: one way to answer with a page or a fragment of it."""

import re
import unicodedata

from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from kompetisi.errors import KompetisiError
from kompetisi.masuk import came_from

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PER_PAGE = 50


def render_page(
    request: HttpRequest,
    page: str,
    context: dict,
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or only its fragment when htmx asks and the page has one.

    Going back in the browser asks through htmx too, but for the whole page.
    """
    asked = request.headers.get("HX-Request")
    back = request.headers.get("HX-History-Restore-Request")
    wanted = fragment if fragment and asked and not back else page
    return render(request, wanted, context, status=status)


def paginate(request: HttpRequest, rows, per_page: int = PER_PAGE) -> Page:
    """The page of a list named by `?halaman=`; a strange number gives the nearest page."""
    return Paginator(rows, per_page).get_page(request.GET.get("halaman"))


def file_response(stored, nama: str, tipe: str, *, unduh: bool = False) -> FileResponse:
    """An uploaded or made file, as a document that can do nothing in the reader's browser.

    `stored` is an open binary file. Shown in place unless `unduh`. The name is cleaned of
    everything that could mislead (paths, control and direction characters).
    """
    response = FileResponse(stored, content_type=tipe)
    response["Content-Disposition"] = content_disposition_header(unduh, clean_name(nama))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def ranged(request: HttpRequest, response: FileResponse, stored) -> HttpResponse:
    """The part of a file that was asked for (RFC 9110, one range), so that a reader of a long
    document on a slow line fetches the pages in view alone.

    A header that is not understood, or asks for several ranges, gives the whole file; one that lies
    beyond its end is refused with 416.
    """
    response["Accept-Ranges"] = "bytes"
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not found or not any(found.groups()):
        return response
    size, (first, last) = stored.size, found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    if start >= end:
        stored.close()  # not the response: to close that is to end the request
        refusal = HttpResponse(status=416)
        refusal["Content-Range"] = f"bytes */{size}"
        return refusal
    stored.seek(start)
    part = FileResponse(
        FilePart(stored, end - start), status=206, content_type=response["Content-Type"]
    )
    for name, value in response.items():
        part[name] = value
    part["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    part["Content-Length"] = str(end - start)
    return part


class FilePart:
    """The next `length` bytes of an open file."""

    def __init__(self, stored, length: int) -> None:
        self.stored, self.left = stored, length

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes of what is left of the part."""
        wanted = self.left if size < 0 else min(size, self.left)
        chunk = self.stored.read(wanted) if wanted else b""
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Close the file behind it."""
        self.stored.close()


def clean_name(nama: str) -> str:
    """A file name fit to be shown and saved: no path, no control or direction characters."""
    nama = "".join(c for c in nama if unicodedata.category(c)[0] != "C")
    nama = re.sub(r"[\\/:*?\"<>|]+", "-", nama).strip(" .")
    return nama[-120:] or "berkas"


def refused(request: HttpRequest, error: KompetisiError, status: int = 403) -> HttpResponse:
    """The page that says why not, with the reason the rule gave."""
    context = {"alasan": error.alasan, "kembali": came_from(request)}
    return render(request, "403.html", context, status=status)
