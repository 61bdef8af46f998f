"""The answer "come back in a moment": 503 with Retry-After, for people, scripts and the API.

It asks the database nothing. What was posted goes back to the sender inside the page, which sends
it again by itself; so nothing typed is lost, and the form's own key keeps it from counting twice.
"""

import functools
import random

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.html import escape

from kompetisi.problem import problem

RETRY_SECONDS = (4, 9)  # drawn for each answer, so that those sent away do not come back at once
KEPT_BYTES = 1024 * 1024
CROWDED = "Layanan sedang sangat ramai sehingga permintaan Anda belum dikerjakan."
AWAY = "Basis data sedang tidak melayani sehingga permintaan Anda belum selesai dikerjakan."


def busy(request: HttpRequest, sebab: str = CROWDED) -> HttpResponse:
    """503 in the form that the asker reads, with when to ask again."""
    seconds = random.randint(*RETRY_SECONDS)  # noqa: S311 - spreads the load, keeps no secret
    if wants_json(request):
        told = {"pesan": sebab, "coba_lagi_detik": seconds}  # what our own scripts read
        response = problem(request, 503, "Layanan sedang sibuk", sebab, **told)
    elif request.method in ("GET", "HEAD"):
        response = HttpResponse(reading_page(request, sebab, seconds), status=503)
    else:
        fields, lost_file = kept_fields(request)
        context = {
            "rujukan": getattr(request, "rujukan", ""),
            "sebab": sebab,
            "detik": seconds,
            "alamat": request.get_full_path(),
            "isian": fields,
            "berkas_hilang": lost_file,
            "menulis": True,
        }
        response = render(None, "503.html", context, status=503)
    response["Retry-After"] = str(seconds)
    patch_cache_control(response, no_store=True)
    return response


def reading_page(request: HttpRequest, sebab: str, seconds: int) -> str:
    """The page for a reader; rendered once, because it is made when there is least time for it."""
    page = reading_shell(sebab)
    values = {
        "rujukan": getattr(request, "rujukan", ""),
        "alamat": request.get_full_path(),
        "detik": str(seconds),
    }
    for name, value in values.items():
        page = page.replace(f"@@{name}@@", escape(value))
    return page


@functools.cache
def reading_shell(sebab: str) -> str:
    """The page with a mark in place of what differs."""
    marks = {name: f"@@{name}@@" for name in ("rujukan", "alamat", "detik")}
    return render_to_string("503.html", marks | {"sebab": sebab})


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: the API, or whoever accepts JSON and no page."""
    accept = request.headers.get("Accept", "")
    asked = "application/json" in accept and "text/html" not in accept
    return asked or request.path.startswith("/api/")


def kept_fields(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """What was posted, to be sent again from the page, and whether a file of it is lost.

    Nothing is handed back to another site's form, of sign-in pages, or of a body too large for
    the forms of ours; then the page leads back to where it came from.
    """
    if request.method != "POST" or not may_keep(request):
        return [], False
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        lost_file = any(file.size for file in request.FILES.values())
    except (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return [], False
    secret = any("password" in name for name, _ in fields)
    return ([] if secret else fields), lost_file


def may_keep(request: HttpRequest) -> bool:
    """Whether a post is small, ours, and no sign-in."""
    if request.path.startswith(settings.ADMISSION_NEVER_KEPT):
        return False
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > KEPT_BYTES:
        return False
    origin = request.headers.get("Origin")
    return origin in (None, f"{request.scheme}://{request.META.get('HTTP_HOST', '')}")
