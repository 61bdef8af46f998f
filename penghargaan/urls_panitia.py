"""Addresses of the committee about the award, under /panitia/."""

from django.urls import path

from penghargaan.views import ekspor, lambang, penetapan, piagam, pleno, retensi

app_name = "penghargaan_panitia"
urlpatterns = [
    path("retensi/", retensi.retensi, name="retensi"),
    path("pleno/", pleno.pleno, name="pleno"),
    path("pleno/ekspor/", ekspor.pleno, name="pleno-ekspor"),
    path("pleno/pembukaan/", pleno.pembukaan, name="pleno-pembukaan"),
    path("pleno/usulan/", pleno.usulan, name="pleno-usulan"),
    path("pleno/hadir/", pleno.hadir, name="pleno-hadir"),
    path("pleno/hadir/<int:pk>/penghapusan/", pleno.hadir_hapus, name="pleno-hadir-hapus"),
    path("pleno/jumlah/", pleno.jumlah, name="pleno-jumlah"),
    path("pleno/putusan/<str:kode>/", pleno.putusan, name="pleno-putusan"),
    path("pleno/suara/<slug:jalur>/<int:nomor>/", pleno.suara, name="pleno-suara"),
    path("pleno/pembekuan/", pleno.pembekuan, name="pleno-pembekuan"),
    path("pleno/berita-acara/", pleno.berita_acara, name="pleno-berita-acara"),
    path("pleno/berita-acara/nomor/", pleno.nomor, name="pleno-nomor"),
    path("penetapan/", penetapan.penetapan, name="penetapan"),
    path("penetapan/keputusan/", penetapan.keputusan, name="keputusan"),
    path("penetapan/penerbitan/", penetapan.penerbitan, name="penerbitan"),
    path("penetapan/penerbitan/persetujuan/", penetapan.persetujuan, name="penerbitan-persetujuan"),
    path("penetapan/penerbitan/pembatalan/", penetapan.pembatalan, name="penerbitan-pembatalan"),
    path("piagam/", piagam.piagam, name="piagam"),
    path("piagam/ekspor/", ekspor.piagam, name="piagam-ekspor"),
    path("piagam/penerbitan/", piagam.penerbitan, name="piagam-penerbitan"),
    path("piagam/coba-lagi/", piagam.coba_lagi, name="piagam-coba-lagi"),
    path("piagam/semua/", piagam.semua, name="piagam-semua"),
    path("piagam/<int:pk>/berkas/", piagam.berkas, name="piagam-berkas"),
    path("piagam/<int:pk>/pencabutan/", piagam.pencabutan, name="piagam-pencabutan"),
    path("piagam/<int:pk>/penggantian/", piagam.penggantian, name="piagam-penggantian"),
    path("lambang/", lambang.lambang, name="lambang"),
    path("lambang/gambar/", lambang.gambar, name="lambang-gambar"),
]
