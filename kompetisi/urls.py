"""The site's addresses. Apps are included by name, so that the core imports none of them."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from kompetisi.views import health

urlpatterns = [
    path("sehat/", health.sehat, name="sehat"),
    path("siap/", health.siap, name="siap"),
    path("akun/", include("allauth.urls")),
    path("panitia/admin/", admin.site.urls),
]
urlpatterns += [
    path("", include(name))
    for name in (
        "kompetisi.urls_public",
        "kompetisi.urls_panitia",
        "registrasi.urls",
        "evaluasi.urls",
        "penghargaan.urls",
    )
    if find_spec(name)
]

if settings.DEMO:
    admin.site.site_url = "/"
