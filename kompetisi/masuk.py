"""Signing in again: what is answered to somebody whose session ran out, and where it leads after.

A post cannot be repeated by following an address, and many addresses take posts alone. So signing
in leads back to the page of ours on which the form stands.
"""

from inspect import getclosurevars, unwrap
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from kompetisi.busy import wants_json

READING = ("GET", "HEAD")
ENDED = "Sesi Anda berakhir. Masuk lagi di tab lain, lalu coba sekali lagi."


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead a visitor to the sign-in page; a script is told in its own form, with 401.

    What htmx asked for would else end as a whole sign-in page inside a small part of the page.
    """
    back = page_of(request)
    partial = "HX-Request" in request.headers and not is_restore(request)
    if partial:
        shown = came_from(request) or back
        address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': shown})}"
        response = render(request, "kompetisi/_sesi_berakhir.html", {"masuk": address}, status=401)
    elif wants_json(request):
        response = JsonResponse({"pesan": ENDED}, status=401)
    else:
        return redirect_to_login(back)
    response["Cache-Control"] = "no-store"
    return response


def is_restore(request: HttpRequest) -> bool:
    """Whether htmx goes back in history, for which it needs a whole page."""
    return "HX-History-Restore-Request" in request.headers


def page_of(request: HttpRequest) -> str:
    """The address of the page this request belongs to, which can be read.

    That is its own, where it can be read; else the page it came from, else the nearest above.
    """
    if request.method in READING:
        return request.get_full_path()
    if is_readable(request.path):
        return request.path
    return came_from(request) or page_above(request.path)


def came_from(request: HttpRequest) -> str:
    """The readable page of ours that sent this request; "" when unknown or elsewhere."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    url = urlsplit(referer)
    if url.path == request.path or not is_readable(url.path):
        return ""
    return f"{url.path}?{url.query}" if url.query else url.path


def page_above(path: str) -> str:
    """The nearest address above this one that can be read; the front page is above all."""
    parts = path.strip("/").split("/")[:-1]
    while parts:
        address = f"/{'/'.join(parts)}/"
        if is_readable(address):
            return address
        parts.pop()
    return "/"


def is_readable(path: str) -> bool:
    """Whether a page stands at this address: one that exists and takes more than posts."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    layers: list = []
    unwrap(view, stop=lambda layer: bool(layers.append(layer)))
    allowed = [methods_of(layer) for layer in layers]
    return all(methods is None or "GET" in methods for methods in allowed)


def methods_of(layer) -> list[str] | None:
    """The methods that `require_http_methods` put around a view here; None where it did not."""
    try:
        return getclosurevars(layer).nonlocals.get("request_method_list")
    except TypeError:  # a class or a partial
        return None
