"""What views share: one way to answer with a page or a fragment of it."""

import re
import unicodedata

from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from kompetisi.errors import KompetisiError
from kompetisi.masuk import came_from

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


def clean_name(nama: str) -> str:
    """A file name fit to be shown and saved: no path, no control or direction characters."""
    nama = "".join(c for c in nama if unicodedata.category(c)[0] != "C")
    nama = re.sub(r"[\\/:*?\"<>|]+", "-", nama).strip(" .")
    return nama[-120:] or "berkas"


def refused(request: HttpRequest, error: KompetisiError, status: int = 403) -> HttpResponse:
    """The page that says why not, with the reason the rule gave."""
    context = {"alasan": error.alasan, "kembali": came_from(request)}
    return render(request, "403.html", context, status=status)
