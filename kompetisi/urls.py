"""The site's addresses. Apps are included by name, so that the core imports none of them."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from kompetisi.views import health, sso

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

urlpatterns = [
    path("sehat/", health.sehat, name="sehat"),
    path("siap/", health.siap, name="siap"),
    path("akun/", include(SSO)),
    path("akun/", include("allauth.urls")),
    path("panitia/admin/", admin.site.urls),
    *(path(prefix, include(module)) for prefix, module in MOUNTS if find_spec(module)),
]

handler500 = "kompetisi.middleware.server_error"
