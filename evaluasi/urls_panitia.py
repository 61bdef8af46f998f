"""Addresses of the committee about the evaluation, under /panitia/."""

from django.urls import path

from evaluasi.views import (
    daftar_pendek,
    diskusi,
    ekspor,
    ekspor_nilai,
    impor_penugasan,
    kewajaran,
    laju,
    lapangan,
    nilai,
    pembaca_ketiga,
    pengganti,
    penugasan,
    periksa_nilai,
    tim,
    usulan_jadwal,
    wawancara,
)

app_name = "evaluasi_panitia"

urlpatterns = [
    path("evaluator/", tim.daftar, name="evaluator"),
    path("evaluator/ekspor/", ekspor.evaluator, name="evaluator-ekspor"),
    path("evaluator/tambah/", tim.tambah, name="evaluator-tambah"),
    path("evaluator/instansi/", tim.instansi, name="instansi"),
    path("evaluator/<int:pk>/", tim.rinci, name="evaluator-rinci"),
    path("evaluator/<int:pk>/benturan/", tim.catat_benturan, name="evaluator-benturan"),
    path("evaluator/<int:pk>/riwayat/", tim.riwayat, name="evaluator-riwayat"),
    path(
        "evaluator/<int:pk>/riwayat/<int:riwayat>/penghapusan/",
        tim.hapus_riwayat,
        name="evaluator-riwayat-hapus",
    ),
    path("penugasan/", penugasan.daftar, name="penugasan"),
    path("penugasan/<slug:kode>/", penugasan.tahap, name="penugasan-tahap"),
    path(
        "penugasan/<slug:kode>/rencana/keadaan/",
        penugasan.keadaan_rencana,
        name="penugasan-keadaan",
    ),
    path("penugasan/<slug:kode>/impor/", impor_penugasan.impor, name="penugasan-impor"),
    path("penugasan/<slug:kode>/ekspor/", ekspor.penugasan, name="penugasan-ekspor"),
    path("penugasan/<slug:kode>/rencana/", penugasan.rencana, name="penugasan-rencana"),
    path("penugasan/<slug:kode>/rilis/", penugasan.rilis, name="penugasan-rilis"),
    path("penugasan/<slug:kode>/pembuangan/", penugasan.buang, name="penugasan-buang"),
    path("penugasan/<slug:kode>/pengganti/", pengganti.daftar, name="pengganti"),
    path(
        "penugasan/<slug:kode>/pengganti/<int:pk>/",
        pengganti.tugaskan,
        name="pengganti-tugaskan",
    ),
    path("penugasan/<slug:kode>/pembaca-ketiga/", pembaca_ketiga.daftar, name="pembaca-ketiga"),
    path(
        "penugasan/<slug:kode>/pembaca-ketiga/<str:pendaftaran>/",
        pembaca_ketiga.tambah,
        name="pembaca-ketiga-tambah",
    ),
    path(
        "penugasan/<slug:kode>/pembaca-ketiga/<str:pendaftaran>/pelewatan/",
        pembaca_ketiga.lewati,
        name="pembaca-ketiga-lewati",
    ),
    path(
        "penugasan/<slug:kode>/butir/<int:pk>/penggantian/", penugasan.ganti, name="penugasan-ganti"
    ),
    path(
        "penugasan/<slug:kode>/butir/<int:pk>/pencabutan/", penugasan.cabut, name="penugasan-cabut"
    ),
    path(
        "penugasan/<slug:kode>/pendaftaran/<str:pendaftaran>/",
        penugasan.rinci,
        name="penugasan-rinci",
    ),
    path(
        "penugasan/<slug:kode>/pendaftaran/<str:pendaftaran>/tambah/",
        penugasan.tambah,
        name="penugasan-tambah",
    ),
    path("nilai/", nilai.awal, name="nilai"),
    path("nilai/periksa/", periksa_nilai.periksa, name="nilai-periksa"),
    path("nilai/lembar/<int:pk>/pembukaan/", nilai.pembukaan, name="pembukaan"),
    path("nilai/<slug:kode>/", nilai.matriks, name="nilai-tahap"),
    path("nilai/<slug:kode>/kecenderungan/", kewajaran.kecenderungan, name="kecenderungan"),
    path("nilai/<slug:kode>/laju/", laju.laju, name="laju"),
    path("nilai/<slug:kode>/laju/<int:pk>/", laju.bacaan, name="bacaan"),
    path("nilai/<slug:kode>/diskusi/", diskusi.daftar_panitia, name="diskusi-daftar"),
    path("nilai/<slug:kode>/diskusi/<str:pendaftaran>/", diskusi.panitia, name="diskusi"),
    path("nilai/<slug:kode>/unduhan/", ekspor_nilai.unduhan, name="nilai-unduhan"),
    path("nilai/<slug:kode>/unduhan/buku/", ekspor_nilai.buku, name="nilai-ekspor"),
    path("nilai/<slug:kode>/unduhan/<slug:isi>/", ekspor_nilai.pdf, name="nilai-pdf"),
    path("nilai/<slug:kode>/kesepakatan/", kewajaran.kesepakatan, name="kesepakatan"),
    path("daftar-pendek/", daftar_pendek.daftar, name="daftar-pendek"),
    path("daftar-pendek/<slug:kode>/", daftar_pendek.jalur, name="daftar-pendek-jalur"),
    path("lapangan/", lapangan.daftar, name="lapangan"),
    path("lapangan/ekspor/", ekspor.lapangan, name="lapangan-ekspor"),
    path("lapangan/<str:kode>/", lapangan.rinci, name="lapangan-rinci"),
    path("lapangan/<str:kode>/tim/", lapangan.tambah, name="lapangan-tim"),
    path("lapangan/<str:kode>/tim/<int:pk>/pencabutan/", lapangan.cabut, name="lapangan-cabut"),
    path("lapangan/<str:kode>/nomor/", lapangan.nomor, name="lapangan-nomor"),
    path("wawancara/", wawancara.daftar, name="wawancara"),
    path("wawancara/ekspor/", ekspor.wawancara, name="wawancara-ekspor"),
    path("wawancara/usulan/", usulan_jadwal.usulan, name="wawancara-usulan"),
    path("wawancara/cetak/", wawancara.cetak, name="wawancara-cetak"),
    path("wawancara/<str:kode>/", wawancara.rinci, name="wawancara-rinci"),
    path("wawancara/<str:kode>/pembatalan/", wawancara.pembatalan, name="wawancara-pembatalan"),
    path("wawancara/<str:kode>/bahan/", wawancara.bahan, name="wawancara-bahan"),
]
