"""What everybody may read of registration, under /peserta/."""

from django.urls import path

from registrasi.views import publik

app_name = "registrasi_publik"
urlpatterns = [path("", publik.peserta, name="peserta")]
