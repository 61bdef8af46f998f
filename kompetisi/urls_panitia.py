"""The committee's pages about the core, under /panitia/."""

from django.urls import path

from kompetisi.views import naskah, panitia, pribadi

app_name = "panitia"
urlpatterns = [
    path("peran/", panitia.peran, name="peran"),
    path("peran/<int:pk>/pencabutan/", panitia.peran_cabut, name="peran-cabut"),
    path("pesan/", panitia.pesan, name="pesan"),
    path("pesan/<int:pk>/", panitia.pesan_rinci, name="pesan-rinci"),
    path("pesan/<int:pk>/pengiriman/", panitia.pesan_ulang, name="pesan-ulang"),
    path("alamat/", panitia.alamat, name="alamat"),
    path("alamat/<int:pk>/pemulihan/", panitia.alamat_pulih, name="alamat-pulih"),
    path("naskah/", naskah.daftar, name="naskah"),
    path("naskah/<slug:jenis>/", naskah.rinci, name="naskah-rinci"),
    path("naskah/<slug:jenis>/bawaan/", naskah.bawaan, name="naskah-bawaan"),
    path("data-pribadi/", pribadi.daftar, name="pribadi"),
    path("data-pribadi/<int:pk>/penghapusan/", pribadi.hapus, name="pribadi-hapus"),
    path("data-pribadi/<int:pk>/penolakan/", pribadi.tolak, name="pribadi-tolak"),
    path("jejak/", panitia.jejak, name="jejak"),
    path("jam/", panitia.jam, name="jam"),
]
