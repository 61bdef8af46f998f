"""A person's tokens of the read API."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kompetisi import clock
from kompetisi.actions.token import create_token, revoke_token
from kompetisi.errors import NotAllowedError
from kompetisi.forms.token import TokenForm
from kompetisi.queries.token import token_list
from kompetisi.rules.cakupan import CAKUPAN
from kompetisi.ui import refused, render_page


@require_http_methods(["GET", "HEAD", "POST"])
def token(request: HttpRequest) -> HttpResponse:
    """The tokens in force; POST makes one, whose secret is shown this once."""
    if request.method == "POST":
        return creation(request)
    return page(request, TokenForm())


@reauthentication_required
def creation(request: HttpRequest) -> HttpResponse:
    """Make a token, for whoever has lately proved to be the person."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        secret = create_token(oleh=request.user, **form.cleaned_data)
    except NotAllowedError as error:
        return refused(request, error)
    return page(request, TokenForm(), secret=secret, status=201)


def page(request, form, *, secret: str = "", status: int = 200) -> HttpResponse:
    """The list with the form below it."""
    rows = list(token_list(request.user, clock.now()))
    for row in rows:
        row.kata = [CAKUPAN[kode] for kode in row.cakupan if kode in CAKUPAN]
    context = {"form": form, "token_list": rows, "rahasia": secret}
    response = render_page(request, "kompetisi/token.html", context, status=status)
    if secret:
        response["Cache-Control"] = "no-store, private"
    return response


@require_POST
def pencabutan(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token."""
    if not revoke_token(pk=pk, oleh=request.user):
        raise Http404
    messages.success(request, "Token dicabut. Program yang memakainya tidak dapat membaca lagi.")
    return redirect("publik:token")
