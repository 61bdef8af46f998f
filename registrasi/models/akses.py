"""Who has opened which file."""

from django.conf import settings
from django.db import models

from registrasi.models.berkas import Berkas


class CaraAkses(models.TextChoices):
    """How a file was given out."""

    LIHAT = "lihat", "Dibuka"
    UNDUH = "unduh", "Diunduh"
    KECIL = "kecil", "Gambar halaman pertama"
    ARSIP = "arsip", "Dalam arsip pendaftaran"


class AksesBerkas(models.Model):
    """One file given out to one person; a trigger refuses UPDATE and DELETE.

    `halaman` is the path of the page it was opened from. Beside the audit log, because a page of
    pictures gives out many files at once, which must not queue for the end of one chain.
    """

    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="akses")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField()
    cara = models.CharField(max_length=5, choices=CaraAkses.choices)
    halaman = models.CharField("dari halaman", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "akses berkas"
        ordering = ["-pada", "-pk"]
        indexes = [models.Index(fields=["oleh", "-pada"], name="akses_oleh")]

    def __str__(self) -> str:
        return f"{self.berkas_id} {self.oleh_id} {self.pada}"
