"""Addresses of the committee in registration, under /panitia/."""

from django.urls import path

from registrasi.views import (
    administrasi,
    akses,
    akun,
    ekspor,
    impor,
    keadaan_berkas,
    lolos,
    panitia,
    pengingat,
    penolakan,
    perpanjangan,
)

app_name = "registrasi_panitia"
urlpatterns = [
    path("", panitia.beranda, name="beranda"),
    path("akun/", akun.daftar, name="akun"),
    path("akun/berikutnya/", akun.berikutnya, name="akun-berikutnya"),
    path("akun/<int:pk>/", akun.rinci, name="akun-rinci"),
    path("akun/<int:pk>/surat-tugas/", akun.surat_tugas, name="akun-surat"),
    path("akun/<int:pk>/persetujuan/", akun.persetujuan, name="akun-persetujuan"),
    path("akun/<int:pk>/penolakan/", akun.penolakan, name="akun-penolakan"),
    path("akun/<int:pk>/masa-berlaku/", akun.masa, name="akun-masa"),
    path("akun/<int:pk>/pencabutan/", akun.pencabutan, name="akun-pencabutan"),
    path("pendaftaran/", panitia.pendaftaran, name="pendaftaran"),
    path("pendaftaran/ekspor/", ekspor.ekspor, name="pendaftaran-ekspor"),
    path("pendaftaran/belum-dikirim/", pengingat.belum_dikirim, name="belum-dikirim"),
    path("pendaftaran/pengingat/", pengingat.pengingat_semua, name="pengingat-semua"),
    path("pendaftaran/pengingat/<slug:sebab>/", pengingat.pengingat_sebab, name="pengingat-sebab"),
    path(
        "pendaftaran/pengingat/instansi/<slug:kode>/",
        pengingat.pengingat_instansi,
        name="pengingat-instansi",
    ),
    path("pendaftaran/<str:kode>/", panitia.rinci, name="pendaftaran-rinci"),
    path("pendaftaran/<str:kode>/pengingat/", pengingat.pengingat, name="pengingat"),
    path("pendaftaran/<str:kode>/berkas/<int:pk>/", panitia.berkas, name="berkas"),
    path("administrasi/", administrasi.antrean, name="administrasi"),
    path("administrasi/berikutnya/", administrasi.berikutnya, name="administrasi-berikutnya"),
    path("administrasi/lolos-sekaligus/", lolos.sekaligus, name="administrasi-sekaligus"),
    path("administrasi/<str:kode>/", administrasi.pemeriksaan, name="administrasi-rinci"),
    path(
        "administrasi/<str:kode>/pemeriksaan/",
        administrasi.simpan,
        name="administrasi-pemeriksaan",
    ),
    path("administrasi/<str:kode>/putusan/", administrasi.putusan, name="administrasi-putusan"),
    path("berkas/", keadaan_berkas.keadaan, name="keadaan-berkas"),
    path(
        "administrasi/<str:kode>/penolakan/persetujuan/",
        penolakan.persetujuan,
        name="penolakan-persetujuan",
    ),
    path(
        "administrasi/<str:kode>/penolakan/pengembalian/",
        penolakan.pengembalian,
        name="penolakan-pengembalian",
    ),
    path("instansi/impor/", impor.instansi, name="instansi-impor"),
    path("instansi/impor/contoh/", impor.instansi_contoh, name="instansi-contoh"),
    path("ekspor/<slug:daftar>/", ekspor.ekspor, name="ekspor"),
    path("akses/", akses.daftar, name="akses"),
    path("perpanjangan/", perpanjangan.daftar, name="perpanjangan"),
    path("perpanjangan/usulan/", perpanjangan.usulan, name="perpanjangan-usulan"),
    path("perpanjangan/<int:pk>/pengajuan/", perpanjangan.pengajuan, name="perpanjangan-pengajuan"),
    path(
        "perpanjangan/<int:pk>/persetujuan/",
        perpanjangan.persetujuan,
        name="perpanjangan-persetujuan",
    ),
    path("perpanjangan/<int:pk>/penolakan/", perpanjangan.penolakan, name="perpanjangan-penolakan"),
]
