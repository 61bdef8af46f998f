"""Addresses of evaluators, under /evaluasi/."""

from django.urls import path

from evaluasi.views import (
    bacaan,
    diskusi,
    evaluator,
    jadwal,
    kedudukan,
    kunjungan,
    lembar,
    panel,
    pengembalian,
)

app_name = "evaluasi"

urlpatterns = [
    path("", evaluator.dasbor, name="dasbor"),
    path("pakta/", evaluator.pakta, name="pakta"),
    path("benturan/", evaluator.benturan, name="benturan"),
    path("kedudukan/", kedudukan.kedudukan, name="kedudukan"),
    path("instansi/", evaluator.instansi, name="instansi"),
    path("penugasan/<int:pk>/pembukaan/", lembar.buka, name="penugasan-buka"),
    path("penugasan/<int:pk>/pengembalian/", pengembalian.pengembalian, name="pengembalian"),
    path("tahap/<slug:kode>/penerimaan/", pengembalian.terima, name="penerimaan"),
    path("lembar/<int:pk>/", lembar.lembar, name="lembar"),
    path("lembar/<int:pk>/nilai/<int:kriteria>/", lembar.nilai, name="nilai"),
    path("lembar/<int:pk>/catatan/", lembar.catatan, name="catatan"),
    path("lembar/<int:pk>/penguncian/", lembar.penguncian, name="penguncian"),
    path("lembar/<int:pk>/berikutnya/", lembar.berikutnya, name="lembar-berikutnya"),
    path("lembar/<int:pk>/bukti/<int:kriteria>/", bacaan.bukti, name="bukti"),
    path(
        "lembar/<int:pk>/bukti/<int:kriteria>/<int:titik>/pelepasan/",
        bacaan.lepas,
        name="bukti-lepas",
    ),
    path("lembar/<int:pk>/lapangan/<int:kriteria>/", bacaan.lapangan, name="tanya-lapangan"),
    path("lembar/<int:pk>/bacaan/", bacaan.baca, name="bacaan"),
    path("lembar/<int:pk>/berkas/<int:berkas>/", lembar.berkas, name="berkas"),
    path("diskusi/", diskusi.daftar, name="diskusi-daftar"),
    path("lembar/<int:pk>/diskusi/", diskusi.pembaca, name="diskusi"),
    path("lapangan/", kunjungan.daftar, name="lapangan"),
    path("lapangan/<int:pk>/", kunjungan.rinci, name="lapangan-rinci"),
    path("lapangan/<int:pk>/foto/<int:foto>/", kunjungan.foto, name="lapangan-foto"),
    path(
        "lapangan/<int:pk>/foto/<int:foto>/pelepasan/", kunjungan.lepas, name="lapangan-foto-lepas"
    ),
    path("kunjungan/<int:pk>/", kunjungan.peserta, name="kunjungan"),
    path("kunjungan/<int:pk>/berita-acara/", kunjungan.berita_acara, name="kunjungan-berita-acara"),
    path("wawancara/", panel.papan, name="wawancara"),
    path("wawancara/kalender.ics", panel.kalender, name="wawancara-kalender"),
    path("wawancara/<int:pk>/mulai/", panel.mulai, name="wawancara-mulai"),
    path("wawancara/<int:pk>/bahan/", panel.bahan, name="wawancara-bahan"),
    path("jadwal/<str:kode>/", jadwal.rinci, name="jadwal"),
    path("jadwal/<str:kode>/bahan/", jadwal.bahan, name="jadwal-bahan"),
    path("jadwal/<str:kode>/kalender.ics", jadwal.kalender, name="jadwal-kalender"),
]
