"""Public pages, the start page of a person, and their messages."""

from django.urls import path

from kompetisi.views import publik, saya

app_name = "publik"
urlpatterns = [
    path("", publik.muka, name="muka"),
    path("edisi/", publik.edisi, name="edisi"),
    path("jadwal/", publik.jadwal, name="jadwal"),
    path("status/", publik.status, name="status"),
    path("ketentuan/", publik.ketentuan, name="ketentuan"),
    path("pengumuman/", publik.pengumuman, name="pengumuman"),
    path("pengumuman/<int:pk>/", publik.pengumuman_rinci, name="pengumuman-rinci"),
    path("beranda/", saya.beranda, name="beranda"),
    path("pesan/", saya.pesan, name="pesan"),
    path("pesan/<int:pk>/", saya.pesan_rinci, name="pesan-rinci"),
    path("profil/", saya.profil, name="profil"),
]
