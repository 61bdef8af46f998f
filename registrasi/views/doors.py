"""What all of an agency's pages share: who comes in, which entry, what was typed before."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from kompetisi.masuk import ask_to_sign_in, page_of
from registrasi.queries.pendaftaran import pendaftaran_of

WRITE = require_http_methods(["GET", "HEAD", "POST"])
HELD = "tertahan"  # key of the session
HELD_MOST = 50_000  # characters
WRITER = f"{settings.SESSION_COOKIE_NAME}-penulis"  # cookie
WRITER_SECONDS = 7 * 24 * 3600


def get_entry(request: HttpRequest, kode: str):
    """The entry with this code if this person may see it, else 404."""
    return get_object_or_404(pendaftaran_of(request.user), kode=kode)


def keeps_typed(view):
    """Ask a visitor without a session to sign in, and keep what was just posted.

    A session may run out while somebody writes. The text is held in the visitor's new session,
    which signing in continues, and the form shows it again (`typed`) to the person who wrote it;
    an address that takes posts alone leads to the page its form stands on, which is guarded too.
    Files cannot be held.
    """

    @login_not_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            response = view(request, *args, **kwargs)
            remember_writer(request, response)
            return response
        if request.method == "POST":
            hold(request)
        return ask_to_sign_in(request)

    return guarded


def remember_writer(request: HttpRequest, response: HttpResponse) -> None:
    """Leave a signed cookie that says who opened the form; it outlives the session.

    Only a browser in which somebody has signed in has it, so that strangers cannot fill the
    table of sessions, and what one person typed is never shown to the next.
    """
    response.set_signed_cookie(
        WRITER,
        request.user.pk,
        salt=WRITER,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def writer(request: HttpRequest) -> int | None:
    """Who opened the form in this browser within the last week, or None."""
    known = request.get_signed_cookie(WRITER, None, salt=WRITER, max_age=WRITER_SECONDS)
    return int(known) if known else None


def hold(request: HttpRequest) -> None:
    """Keep the posted text for its writer and the page that shows the form.

    Not when the writer is unknown, or the text larger than our forms.
    """
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    text, oleh = fields.urlencode(), writer(request)
    if oleh is not None and len(text) <= HELD_MOST:
        shown_on = urlsplit(page_of(request)).path
        request.session[HELD] = {"path": shown_on, "isian": text, "oleh": oleh}


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form with: the post, or what was held before signing in, or nothing."""
    if request.method == "POST":
        return request.POST
    held = request.session.get(HELD)
    if held and held.get("oleh") != request.user.pk:  # another person signed in
        del request.session[HELD]
        return None
    if not held or held["path"] != request.path:
        return None
    del request.session[HELD]
    messages.warning(
        request,
        "Sesi Anda berakhir sebelum isian ini tersimpan. Isian Anda ditampilkan kembali di bawah; "
        "periksa, lalu simpan. Berkas perlu dipilih lagi.",
    )
    return QueryDict(held["isian"])
