"""Public pages, the start page of a person, and their messages."""

from django.urls import path

from kompetisi.views import api, berhenti, kalender, pribadi, publik, saya, token

app_name = "publik"
urlpatterns = [
    path("", publik.muka, name="muka"),
    path("edisi/", publik.edisi, name="edisi"),
    path("jadwal/", publik.jadwal, name="jadwal"),
    path("data-terbuka/", api.data_terbuka, name="data-terbuka"),
    path("status/", publik.status, name="status"),
    path("privasi/", publik.privasi, name="privasi"),
    path("ketentuan/", publik.ketentuan, name="ketentuan"),
    path("pengumuman/", publik.pengumuman, name="pengumuman"),
    path("pengumuman/<int:pk>/", publik.pengumuman_rinci, name="pengumuman-rinci"),
    path("beranda/", saya.beranda, name="beranda"),
    path("pesan/", saya.pesan, name="pesan"),
    path("pesan/<int:pk>/", saya.pesan_rinci, name="pesan-rinci"),
    path("profil/kalender/", kalender.kalender, name="kalender"),
    path("profil/kalender/kompetisi.ics", kalender.berkas, name="kalender-berkas"),
    path("profil/kalender/<int:pk>/", kalender.pencabutan, name="kalender-pencabutan"),
    path("profil/token/", token.token, name="token"),
    path("profil/token/<int:pk>/pencabutan/", token.pencabutan, name="token-pencabutan"),
    path("kalender/<str:token>.ics", kalender.umpan, name="kalender-umpan"),
    path("berhenti/<str:tanda>/", berhenti.berhenti, name="berhenti"),
    path("profil/pesan/", saya.pilihan, name="pilihan"),
    path("profil/surel/", saya.surel_pulih, name="surel-pulih"),
    path("profil/", saya.profil, name="profil"),
    path("profil/data/", pribadi.unduh, name="data-pribadi"),
    path("profil/penghapusan/", pribadi.penghapusan, name="penghapusan"),
]
