"""What all of an agency's pages share: who comes in, which entry, what was typed before."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from registrasi.queries.pendaftaran import pendaftaran_of

WRITE = require_http_methods(["GET", "HEAD", "POST"])
HELD = "tertahan"  # key of the session
HELD_MOST = 200_000  # characters


def get_entry(request: HttpRequest, kode: str):
    """The entry with this code if this person may see it, else 404."""
    return get_object_or_404(pendaftaran_of(request.user), kode=kode)


def keeps_typed(view):
    """Ask a visitor without a session to sign in, and keep what was just posted.

    A session may run out while somebody writes. The text is held in the visitor's new session,
    which signing in continues, and the form shows it again (`typed`). Files cannot be held.
    """

    @login_not_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            hold(request)
        return redirect_to_login(request.path)

    return guarded


def hold(request: HttpRequest) -> None:
    """Keep the posted text for the page's address, unless it is larger than any form of ours."""
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    text = fields.urlencode()
    if len(text) <= HELD_MOST:
        request.session[HELD] = {"path": request.path, "isian": text}


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill the form with: the post, or what was held before signing in, or nothing."""
    if request.method == "POST":
        return request.POST
    held = request.session.get(HELD)
    if not held or held["path"] != request.path:
        return None
    del request.session[HELD]
    messages.warning(
        request,
        "Sesi Anda berakhir sebelum isian ini tersimpan. Isian Anda ditampilkan kembali di bawah; "
        "periksa, lalu simpan. Berkas perlu dipilih lagi.",
    )
    return QueryDict(held["isian"])
