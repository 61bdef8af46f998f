"""What people ask about their own data."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class PermintaanPenghapusan(models.Model):
    """A person's request to be erased; decided by an admin, with a reason when refused."""

    class Putusan(models.TextChoices):
        DIHAPUS = "dihapus", "Dihapus"
        DITOLAK = "ditolak", "Ditolak"

    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    alasan = models.TextField(blank=True)
    diajukan_pada = models.DateTimeField()
    putusan = models.CharField(max_length=7, choices=Putusan.choices, blank=True)
    keterangan = models.TextField(blank=True)
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "permintaan penghapusan"
        ordering = ["diajukan_pada", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pengguna"], condition=Q(putusan=""), name="penghapusan_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"Penghapusan {self.pengguna_id}"
