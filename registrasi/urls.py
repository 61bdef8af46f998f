"""An agency's addresses, under /registrasi/."""

from django.urls import path

from registrasi.views import isian, peserta

app_name = "registrasi"
urlpatterns = [
    path("", peserta.daftar, name="daftar"),
    path("instansi/", peserta.pilih_instansi, name="instansi"),
    path("instansi/<slug:kode>/permohonan/", peserta.permohonan, name="permohonan"),
    path("unit/", peserta.unit, name="unit"),
    path("baru/", peserta.baru, name="baru"),
    path("berkas/<int:pk>/", peserta.berkas, name="berkas"),
    path("<str:kode>/", peserta.rinci, name="rinci"),
    path("<str:kode>/identitas/", isian.identitas, name="identitas"),
    path("<str:kode>/kinerja/", isian.kinerja, name="kinerja"),
    path("<str:kode>/kinerja/<int:pk>/penghapusan/", isian.kinerja_hapus, name="kinerja-hapus"),
    path("<str:kode>/mandiri/<slug:kelompok>/", isian.mandiri, name="mandiri"),
    path("<str:kode>/narasi/", isian.narasi, name="narasi"),
    path("<str:kode>/dokumen/", isian.dokumen, name="dokumen"),
    path("<str:kode>/pengiriman/", peserta.kirim, name="pengiriman"),
    path("<str:kode>/penarikan/", peserta.penarikan, name="penarikan"),
    path("<str:kode>/tanda-terima/<str:nomor>/", peserta.tanda_terima, name="tanda-terima"),
    path(
        "<str:kode>/tanda-terima/<str:nomor>/pdf/",
        peserta.tanda_terima_pdf,
        name="tanda-terima-pdf",
    ),
]
