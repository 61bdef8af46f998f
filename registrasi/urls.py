"""An agency's addresses, under /registrasi/."""

from django.urls import path

from registrasi.views import (
    berkas,
    dosir,
    impor,
    isian,
    keanggotaan,
    pengiriman,
    peserta,
    simpan,
    unggahan,
)

app_name = "registrasi"
urlpatterns = [
    path("", peserta.daftar, name="daftar"),
    path("baru/", peserta.baru, name="baru"),
    path("keanggotaan/", keanggotaan.status, name="keanggotaan"),
    path("keanggotaan/<int:pk>/surat-tugas/", keanggotaan.surat_tugas, name="surat-tugas"),
    path("instansi/", keanggotaan.cari, name="instansi-cari"),
    path("instansi/<slug:kode>/", keanggotaan.instansi, name="instansi"),
    path("instansi/<slug:kode>/permohonan/", keanggotaan.permohonan, name="permohonan"),
    path("instansi/<slug:kode>/unit/", keanggotaan.unit, name="unit"),
    path("instansi/<slug:kode>/anggota/", keanggotaan.anggota, name="anggota"),
    path(
        "instansi/<slug:kode>/anggota/<int:pk>/pencabutan/",
        keanggotaan.anggota_pencabutan,
        name="anggota-pencabutan",
    ),
    path("berkas/<int:pk>/", berkas.berkas, name="berkas"),
    path("berkas/<int:pk>/pelepasan/", berkas.pelepasan, name="pelepasan"),
    path("unggahan/<str:token>/", unggahan.unggahan, name="unggahan"),
    path("<str:kode>/", peserta.rinci, name="rinci"),
    path("<str:kode>/unggahan/", unggahan.baru, name="unggahan-baru"),
    path("<str:kode>/isian/", simpan.simpan, name="simpan"),
    path("<str:kode>/identitas/", isian.identitas, name="identitas"),
    path("<str:kode>/impor-kinerja/", impor.kinerja, name="kinerja-impor"),
    path("<str:kode>/impor-kinerja/contoh/", impor.kinerja_contoh, name="kinerja-contoh"),
    path("<str:kode>/kinerja/<slug:periode>/", isian.kinerja, name="kinerja"),
    path("<str:kode>/mandiri/<slug:kelompok>/", isian.mandiri, name="mandiri"),
    path("<str:kode>/narasi/", isian.narasi, name="narasi"),
    path("<str:kode>/dokumen/", berkas.dokumen, name="dokumen"),
    path("<str:kode>/dokumen/<slug:jenis>/", berkas.dokumen_unggah, name="dokumen-unggah"),
    path("<str:kode>/bukti/<int:kriteria>/", berkas.bukti_unggah, name="bukti-unggah"),
    path("<str:kode>/dosir/<slug:bentuk>/", dosir.dosir, name="dosir"),
    path("<str:kode>/periksa/", pengiriman.periksa, name="periksa"),
    path("<str:kode>/pengiriman/", pengiriman.kirim, name="pengiriman"),
    path("<str:kode>/penarikan/", pengiriman.penarikan, name="penarikan"),
    path("<str:kode>/tanda-terima/<str:nomor>/", pengiriman.tanda_terima, name="tanda-terima"),
    path(
        "<str:kode>/tanda-terima/<str:nomor>/pdf/",
        pengiriman.tanda_terima_pdf,
        name="tanda-terima-pdf",
    ),
]
