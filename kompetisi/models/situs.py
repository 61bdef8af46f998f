"""What belongs to the site itself: announcements, the emblem, the movable clock."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from kompetisi.models.edisi import Edisi


class Pengumuman(models.Model):
    """A public announcement, seen from `terbit_pada` on. `kunci` keeps one from coming twice."""

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="pengumuman")
    kunci = models.CharField(max_length=100, unique=True)
    nomor = models.CharField("nomor naskah", max_length=100, blank=True)
    judul = models.CharField(max_length=200)
    isi = models.TextField()
    terbit_pada = models.DateTimeField()
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "pengumuman"
        ordering = ["-terbit_pada", "-pk"]

    def __str__(self) -> str:
        return self.judul


class Lambang(models.Model):
    """The emblem on certificates and letters: a PNG or JPEG an admin uploads, the newest counts.

    None is shipped: state emblems and ministry logos are protected signs.
    """

    berkas = models.CharField("kunci simpanan", max_length=120)
    sha256 = models.CharField(max_length=64)
    nama_asli = models.CharField(max_length=200)
    tipe = models.CharField(max_length=50)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "lambang"
        ordering = ["-diunggah_pada", "-pk"]

    def __str__(self) -> str:
        return self.nama_asli


class Jam(models.Model):
    """How far the clock of a demonstration is moved. One row with id 1; unused in production."""

    geser = models.DurationField(default=timedelta(0))

    class Meta:
        verbose_name = verbose_name_plural = "jam"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="jam_satu_baris")]

    def __str__(self) -> str:
        return str(self.geser)
