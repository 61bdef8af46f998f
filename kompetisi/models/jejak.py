"""The audit log: append-only, each record chained to the one before by SHA-256."""

from django.conf import settings
from django.db import models


class JejakAudit(models.Model):
    """One act of weight. Triggers refuse UPDATE, DELETE and TRUNCATE; the chain shows tampering.

    `urutan` counts from 1 without gaps. `hash` covers the record and the `hash` before it
    (kompetisi.actions.jejak). Order is by `urutan`, never by time.
    """

    urutan = models.PositiveBigIntegerField(unique=True)
    pada = models.DateTimeField()
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    tindakan = models.CharField(max_length=60)
    objek_jenis = models.CharField(max_length=60)
    objek_kunci = models.CharField(max_length=64)
    rincian = models.JSONField(default=dict)
    hash_sebelum = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "jejak audit"
        ordering = ["urutan"]
        indexes = [models.Index(fields=["objek_jenis", "objek_kunci"], name="jejak_objek")]

    def __str__(self) -> str:
        return f"{self.urutan} {self.tindakan} {self.objek_jenis} {self.objek_kunci}"
