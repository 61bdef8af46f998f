"""The read API, /api/v1/: one door for programs, made of the routers of all apps.

It reads nothing of a browser's session: what is not public needs a token (`Bearer`), and then the
same permission queries decide as on the pages. Errors are problem details (RFC 9457).
"""

from collections.abc import Sequence
from functools import cache as cache_result
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from kompetisi import clock
from kompetisi.actions.token import note_use
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.hooks import functions_of
from kompetisi.problem import problem
from kompetisi.queries.edisi import edisi_by_tahun
from kompetisi.queries.token import find_token
from kompetisi.ui import render_page
from kompetisi.views.doors import asked_too_often

PER_PAGE = 100
PER_MINUTE = 120  # questions from one address
ABOUT = (
    "Data kompetisi pengelolaan pengaduan pelayanan publik (SP4N-LAPOR!), hanya baca. Data publik "
    "tanpa token; selebihnya dengan token dari halaman profil: `Authorization: Bearer sp4n_…`. "
    "Waktu dalam UTC (RFC 3339), rentang setengah terbuka. Galat menurut RFC 9457."
)


class Cakupan(HttpBearer):
    """Asks for a token that was made for this."""

    def __init__(self, cakupan: str) -> None:
        super().__init__()
        self.cakupan = cakupan

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token in force, its person put on the request; None is answered with 401.

        Raises HttpError 403 for a token that was not made for this.
        """
        now = clock.now()
        row = find_token(token, now)
        if row is None:
            return None
        if self.cakupan not in row.cakupan:
            raise HttpError(403, f"Token ini tidak dibuat untuk cakupan {self.cakupan}.")
        note_use(row, now)
        request.user = row.pengguna
        return row


class Halaman(Schema):
    """One page of a list."""

    jumlah: int
    halaman: int
    berikut: int | None


def page_of(rows: QuerySet | Sequence, halaman: int, jumlah: int) -> tuple[dict, Sequence]:
    """The numbers of a page and its rows; beyond the last there are none."""
    begin = (max(halaman, 1) - 1) * PER_PAGE
    more = begin + PER_PAGE < jumlah
    told = {"jumlah": jumlah, "halaman": max(halaman, 1), "berikut": halaman + 1 if more else None}
    return told, rows[begin : begin + PER_PAGE]


def edisi_or_404(tahun: int):
    """The edition of a year."""
    edisi = edisi_by_tahun(tahun)
    if edisi is None:
        raise Http404
    return edisi


@cache_result
def build_api() -> NinjaAPI:
    """The API with the routers that the setting API_ROUTER names; built once."""
    api = NinjaAPI(
        title="SP4N-LAPOR! kompetisi",
        version="1",
        description=ABOUT,
        docs_url=None,
        urls_namespace="api",
    )
    for router in functions_of("API_ROUTER"):
        api.add_router("", router)
    for kind, answer in ANSWERS.items():
        api.add_exception_handler(kind, answer)
    return api


@login_not_required
@require_safe
def data_terbuka(request: HttpRequest) -> HttpResponse:
    """For people: which addresses there are, and what each needs."""
    paths = build_api().get_openapi_schema()["paths"]
    context = {
        "alamat_list": [
            {"alamat": path, "uraian": item["get"]["summary"], "token": "security" in item["get"]}
            for path, item in paths.items()
        ]
    }
    return render_page(request, "kompetisi/data_terbuka.html", context)


def not_found(request: HttpRequest, _: Any = None) -> HttpResponse:
    """What there is not, and what the asker may not know of."""
    return problem(request, 404, "Tidak ditemukan", "Data ini tidak ada atau belum diumumkan.")


def no_token(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    """No token, or one that does not hold."""
    detail = "Sertakan token yang masih berlaku: Authorization: Bearer sp4n_…"
    response = problem(request, 401, "Perlu token", detail)
    response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter that is not what it should be."""
    fields = [{"medan": ".".join(map(str, e["loc"])), "pesan": e["msg"]} for e in error.errors]
    return problem(request, 422, "Parameter salah", "Periksa parameter yang disebut.", galat=fields)


def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A refusal that an operation gave."""
    return problem(request, error.status_code, "Ditolak", error.message)


def refused(request: HttpRequest, error: NotAllowedError) -> HttpResponse:
    """A refusal of a rule."""
    return problem(request, 403, "Ditolak", error.alasan)


def unusable(request: HttpRequest, error: InvalidInputError) -> HttpResponse:
    """Input that a rule cannot use."""
    return problem(request, 422, "Parameter salah", error.alasan)


ANSWERS = {
    Http404: not_found,
    AuthenticationError: no_token,
    ValidationError: invalid,
    HttpError: http_error,
    NotAllowedError: refused,
    InvalidInputError: unusable,
}


def guarded(view):
    """A view of the API: open to programs without sign-in, bounded, and spoken to in problems."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if asked_too_often(request, "api", PER_MINUTE):
            response = problem(request, 429, "Terlalu sering", "Tunggu sebentar, lalu coba lagi.")
            response["Retry-After"] = "60"
            return response
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allow = response.get("Allow", "GET")
            response = problem(request, 405, "Hanya baca", "Antarmuka ini hanya dapat dibaca.")
            response["Allow"] = allow
        asked_by_token = "Authorization" in request.headers
        response["Cache-Control"] = "no-store, private" if asked_by_token else "no-cache"
        return response

    answer.login_required = False
    answer.csrf_exempt = True
    return answer


@guarded
def unknown(request: HttpRequest, sisa: str = "") -> JsonResponse:
    """Any address below /api/ that is none."""
    return not_found(request)
