"""A person's calendar: the file, the addresses for calendar programs, and what these read."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetisi import clock
from kompetisi.actions.kalender import create_tautan, revoke_tautan
from kompetisi.errors import NotAllowedError
from kompetisi.queries.kalender import acara_of, owner_of, tautan_of
from kompetisi.rules.kalender import build_ics
from kompetisi.ui import file_response, refused, render_page

ICS = "text/calendar; charset=utf-8"
NAME = "Kompetisi Pengaduan"


@require_http_methods(["GET", "HEAD", "POST"])
def kalender(request: HttpRequest) -> HttpResponse:
    """What stands in the calendar; POST makes an address, which is shown this once."""
    made, status = "", 200
    if request.method == "POST":
        try:
            token = create_tautan(oleh=request.user)
        except NotAllowedError as error:
            return refused(request, error)
        made = request.build_absolute_uri(reverse("publik:kalender-umpan", args=[token]))
        status = 201
    context = {
        "acara_list": acara_of(request.user, request.edisi, clock.now()),
        "tautan_list": list(tautan_of(request.user)),
        "alamat_baru": made,
    }
    return render_page(request, "kompetisi/kalender.html", context, status=status)


@require_POST
def pencabutan(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke an address."""
    if not revoke_tautan(pk=pk, oleh=request.user):
        raise Http404
    messages.success(request, "Alamat dicabut. Program kalender tidak dapat membacanya lagi.")
    return redirect("publik:kalender")


@require_safe
def berkas(request: HttpRequest) -> HttpResponse:
    """The calendar as it is now, as a file."""
    return _send(request, request.user, unduh=True)


@login_not_required
@require_safe
def umpan(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for a program that holds the secret address."""
    owner = owner_of(token)
    if owner is None:
        raise Http404
    return _send(request, owner, unduh=False)


def _send(request: HttpRequest, user, *, unduh: bool) -> HttpResponse:
    content = build_ics(acara_of(user, request.edisi, clock.now()), NAME)
    return file_response(BytesIO(content), "kompetisi.ics", ICS, unduh=unduh)
