"""Dossiers too large to be made while somebody waits."""

from django.conf import settings
from django.db import models

from registrasi.models.pendaftaran import Pendaftaran


class ArsipDosir(models.Model):
    """The dossier of an entry as a stored ZIP, kept for a day after it is ready.

    `sidik` is the SHA-256 of what went in (queries.dosir.sidik_dosir): an archive of another state
    of the entry is never given out. Of `total` bytes of files, `ditulis` are in. `kunci` is where
    the storage keeps it, empty until it is ready. `kedaluwarsa_pada` is an instant of the real
    clock (UTC).
    """

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="arsip_dosir")
    sidik = models.CharField(max_length=64)
    total = models.PositiveBigIntegerField("bita berkas")
    ditulis = models.PositiveBigIntegerField("bita yang sudah masuk", default=0)
    kunci = models.CharField("kunci simpanan", max_length=200, blank=True)
    ukuran = models.PositiveBigIntegerField("ukuran arsip (bita)", default=0)
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diminta_pada = models.DateTimeField()
    selesai_pada = models.DateTimeField(null=True, blank=True)
    kedaluwarsa_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "arsip dosir"
        constraints = [
            models.UniqueConstraint(fields=["pendaftaran", "sidik"], name="arsip_dosir_sekali")
        ]

    def __str__(self) -> str:
        return f"Dosir {self.pendaftaran}"
