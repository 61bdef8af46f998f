"""Site visits: team, date, findings with notes and photos, berita acara."""

from django.conf import settings
from django.db import models

from evaluasi.models.lembar import Nilai
from kompetisi.models import Tahap
from registrasi.models import Berkas, Pendaftaran


class KunjunganLapangan(models.Model):
    """The visit to one entry. The team are the assignments of the stage."""

    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="kunjungan")
    pendaftaran = models.OneToOneField(Pendaftaran, models.PROTECT, related_name="kunjungan")
    tanggal = models.DateField()
    tempat = models.CharField(max_length=200)
    penerima_nama = models.CharField("diterima oleh", max_length=150, blank=True)
    penerima_jabatan = models.CharField(max_length=150, blank=True)
    temuan_material = models.TextField(blank=True)
    nomor_berita_acara = models.CharField(max_length=100, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "kunjungan lapangan"
        ordering = ["tanggal", "pk"]

    def __str__(self) -> str:
        return f"Kunjungan {self.pendaftaran}"


class FotoLapangan(models.Model):
    """A photograph that supports a finding; metadata removed before it is stored."""

    nilai = models.ForeignKey(Nilai, models.PROTECT, related_name="foto")
    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="+")
    keterangan = models.CharField(max_length=200, blank=True)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "foto lapangan"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.keterangan or str(self.berkas)
