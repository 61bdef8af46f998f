"""What every request passes: a reference number, limits, safe headers, faults told to people."""

import logging
import re
import secrets
import sys
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from kompetisi import clock, log
from kompetisi.busy import AWAY, busy, wants_json
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.gate import FIRST, LAST, NEXT, Gate
from kompetisi.masuk import ask_to_sign_in, came_from, page_above, page_of
from kompetisi.probe import tally
from kompetisi.problem import problem
from kompetisi.queries.edisi import edisi_chosen
from kompetisi.queries.peran import peran_of
from kompetisi.tertahan import hold, remember_writer

logger = logging.getLogger(__name__)

PERMISSIONS = (
    "accelerometer=(), camera=(self), display-capture=(), geolocation=(self), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
)


def reference(get_response):
    """Give each request a number that its log lines, its answer and its error page carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.rujukan = secrets.token_hex(5).upper()
        token = log.reference.set(request.rujukan)
        try:
            response = get_response(request)
        finally:
            log.reference.reset(token)
        response["X-Request-ID"] = request.rujukan
        return response

    return middleware


def browser_rules(get_response):
    """Headers that Django and django-csp do not set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response

    return middleware


def request_size(get_response):
    """Refuse a body larger than anything we ask for, before reading it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.REQUEST_MAX_BYTES:
            batas = settings.REQUEST_MAX_BYTES // 1024**2
            return render(request, "413.html", {"batas_mb": batas}, status=413)
        return get_response(request)

    return middleware


def admission(get_response):
    """Let no more into the work than it bears; the others wait their turn or are told to return.

    Sending and saving an entry go before all else (`kompetisi.gate`).
    """
    gate = Gate(**settings.ADMISSION)
    first, following = re.compile(settings.ADMISSION_FIRST), re.compile(settings.ADMISSION_NEXT)

    def urgency_of(request: HttpRequest) -> int:
        asked = f"{request.method} {request.path}"
        if first.match(asked):
            return FIRST
        return NEXT if following.match(asked) else LAST

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.ADMISSION_FREE):
            return get_response(request)
        if not gate.enter(urgency_of(request)):
            tally.count(refused=True)
            return busy(request)
        try:
            response = get_response(request)
        finally:
            gate.leave()
        tally.count(refused=response.status_code == 503)
        return response

    middleware.gate = gate
    return middleware


class faults:  # noqa: N801 - a middleware among functions
    """Tell people what happened: a refusal that no view answered, a database that is away."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; faults of views come to process_exception, all others to `server_error`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for the views; None leaves the error to Django."""
        if isinstance(error, NotAllowedError):
            back = came_from(request) or page_of(request)
            context = {"alasan": error.alasan, "kembali": back if back != request.path else ""}
            return render(request, "403.html", context, status=403)
        if isinstance(error, StaleVersionError | InvalidInputError):
            status = 409 if isinstance(error, StaleVersionError) else 422
            return render(request, "400.html", {"alasan": error.alasan}, status=status)
        if isinstance(error, OperationalError | InterfaceError):
            return unavailable(request, error)
        if isinstance(error, ValueError) and "NUL" in str(error):
            return render(request, "404.html", status=404)  # no text of ours holds that sign
        return None


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: what no view answered, also faults of the middleware (sessions, sign-in)."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable(request, error)
    if request.path.startswith("/api/"):
        detail = f"Kesalahan pada layanan kami. Sebutkan nomor rujukan {rujukan_of(request)}."
        return problem(request, 500, "Galat", detail)
    return render(None, "500.html", {"rujukan": rujukan_of(request)}, status=500)


def rujukan_of(request: HttpRequest) -> str:
    """The reference number of a request; empty before the first middleware gave one."""
    return getattr(request, "rujukan", "")


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database is away, full or too slow: what is safe, and when to come back."""
    logger.error("Basis data tidak melayani: %s", type(error).__name__)
    return busy(request, AWAY)


class SignIn(LoginRequiredMiddleware):
    """Nothing is shown without signing in, but for views that say so."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        """Ask in the form that the asker reads, and lead back to a page that can be read.

        What was typed meanwhile is kept for whoever wrote it.
        """
        if request.method == "POST":
            hold(request)
        return ask_to_sign_in(request)


def wrong_method(get_response):
    """Put a page with a way on in place of Django's empty 405."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content or wants_json(request):
            return response
        back = came_from(request) or page_above(request.path)
        page = render(request, "405.html", {"kembali": back}, status=405)
        page["Allow"] = response.get("Allow", "")
        return page

    return middleware


def private_pages(get_response):
    """Pages made for someone who is signed in are kept by no browser and no cache between.

    The browser is told whose they were, for the day when a session ends amid a form.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, no_store=True, private=True)
            if response.get("Content-Type", "").startswith("text/html"):
                remember_writer(request, response)
        return response

    return middleware


def staff_second_factor(get_response):
    """Where settings ask for it, staff set up a second factor and use it in each session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = second_factor_wanted(request) if settings.STAFF_SECOND_FACTOR else ""
        return redirect(wanted) if wanted else get_response(request)

    return middleware


def second_factor_wanted(request: HttpRequest) -> str:
    """Where staff must go first: to set up a second factor, or to use it in this session.

    Having one is not enough: a session counts only once allauth has recorded in it that the code
    or the key was given. Empty for other people and on the account pages themselves.
    """
    user = request.user
    if not user.is_authenticated or not user.is_staff:
        return ""
    if request.path.startswith((reverse("mfa_index").rpartition("2fa")[0], settings.STATIC_URL)):
        return ""
    if any(used.get("method") == "mfa" for used in get_authentication_records(request, user)):
        return ""
    if not is_mfa_enabled(user):
        return reverse("mfa_index")
    back = urlencode({"next": request.get_full_path() if request.method == "GET" else "/beranda/"})
    return f"{reverse('mfa_reauthenticate')}?{back}"


def edition(get_response):
    """Put the edition and the roles that PANRB granted in it on the request.

    A person may look at another edition by `?edisi=<tahun>`; the choice is kept in the session.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("edisi", "")
        if wanted.isdecimal():
            request.session["edisi"] = int(wanted)
        chosen = request.session.get("edisi")
        request.edisi = SimpleLazyObject(lambda: edisi_chosen(chosen, clock.now()))
        request.peran = SimpleLazyObject(lambda: roles_on(request))
        return get_response(request)

    return middleware


def roles_on(request: HttpRequest) -> frozenset[str]:
    """Roles in the request's edition; none without an edition."""
    return peran_of(request.user, request.edisi) if request.edisi else frozenset()
