"""The site's addresses. Apps are included by name, so that the core imports none of them."""

from functools import wraps
from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db import transaction
from django.urls import include, path

from kompetisi.views import api, health, sso

MOUNTS = (
    ("", "kompetisi.urls_public"),
    ("registrasi/", "registrasi.urls"),
    ("peserta/", "registrasi.urls_public"),
    ("evaluasi/", "evaluasi.urls"),
    ("", "penghargaan.urls"),
    ("panitia/", "kompetisi.urls_panitia"),
    ("panitia/", "registrasi.urls_panitia"),
    ("panitia/", "evaluasi.urls_panitia"),
    ("panitia/", "penghargaan.urls_panitia"),
)

admin.site.login = secure_admin_login(admin.site.login)  # one door, with its limits and factors

# Before allauth's own of the same name: ours asks more of the provider's answer.
SSO = [
    path("oidc/<slug:provider_id>/login/callback/", sso.callback, name="openid_connect_callback")
]

WHOLE = (  # none of these asks another server
    "allauth.account.",
    "allauth.mfa.",
    "allauth.socialaccount.views",
    "allauth.usersessions.",
)


def whole(view):
    """The view, whose writes hold together or not at all: a change and the mail that tells of it.

    allauth's views know no transactions; what they raise to answer otherwise comes before writes.
    """

    @wraps(view)
    def in_one_transaction(request, *args, **kwargs):
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return in_one_transaction


def make_whole(patterns) -> None:
    """Put `whole` around the views of accounts at these addresses."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            make_whole(pattern.url_patterns)
        elif getattr(pattern.callback, "__module__", "").startswith(WHOLE):
            pattern.callback = whole(pattern.callback)


AKUN = include("allauth.urls")
make_whole(AKUN[0].urlpatterns)

urlpatterns = [
    path("sehat/", health.sehat, name="sehat"),
    path("siap/", health.siap, name="siap"),
    path("akun/", include(SSO)),
    path("akun/", AKUN),
    path("api/v1/", include("kompetisi.urls_api")),
    path("api/", api.unknown, name="api-tanpa-versi"),
    path("api/<path:sisa>", api.unknown, name="api-tidak-ada"),
    path("panitia/admin/", admin.site.urls),
    *(path(prefix, include(module)) for prefix, module in MOUNTS if find_spec(module)),
]

handler500 = "kompetisi.middleware.server_error"
