"""Public addresses of the award, and those of agencies about their own result."""

from django.urls import path

from penghargaan.views import publik

app_name = "penghargaan"
urlpatterns = [
    path("hasil/", publik.hasil_terbaru, name="hasil-terbaru"),
    path("hasil/<int:tahun>/", publik.hasil, name="hasil"),
    path("hasil/<int:tahun>/berkas/", publik.hasil_berkas, name="hasil-berkas"),
    path("hasil/verify_hasil.py", publik.hasil_program, name="verifikasi-program"),
    path("hasil/pendaftaran/<str:kode>/", publik.hasil_pendaftaran, name="hasil-pendaftaran"),
    path("hasil/pendaftaran/<str:kode>/piagam/", publik.piagam_unduh, name="piagam-unduh"),
    path("verifikasi/", publik.verifikasi, name="verifikasi"),
    path("verifikasi/<str:kode>/", publik.verifikasi_kode, name="verifikasi-kode"),
]
