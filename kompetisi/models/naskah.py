"""The texts of messages as an edition's committee has edited them."""

from django.conf import settings
from django.db import models

from kompetisi.models.edisi import Edisi


class NaskahPesan(models.Model):
    """One version of the text of a kind of message in an edition; the highest version holds.

    Versions are never changed. `bawaan` means that this version returned to the text of the
    catalogue, of which subject and body are then a copy. Places are written `{nama}`
    (kompetisi.rules.naskah).
    """

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="naskah_pesan")
    jenis = models.CharField(max_length=50)
    versi = models.PositiveIntegerField()
    subjek = models.CharField(max_length=200)
    isi = models.TextField()
    bawaan = models.BooleanField(default=False)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "naskah pesan"
        ordering = ["jenis", "-versi"]
        constraints = [
            models.UniqueConstraint(fields=["edisi", "jenis", "versi"], name="naskah_pesan_versi")
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.edisi} versi {self.versi}"
