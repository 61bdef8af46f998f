"""Addresses that mail does not reach."""

from django.conf import settings
from django.db import models

from kompetisi.models.antrean import Pesan


class AlamatDiragukan(models.Model):
    """An address that refused or returned mail for good, until somebody says it is well again.

    Kept by address and not by person: whoever takes another address is rid of it at once.
    """

    alamat = models.EmailField(unique=True)
    sejak = models.DateTimeField()
    sebab = models.CharField(max_length=200)
    pesan = models.ForeignKey(Pesan, models.PROTECT, related_name="+")
    pulih_pada = models.DateTimeField(null=True, blank=True)
    pulih_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "alamat diragukan"
        ordering = ["-sejak", "-pk"]

    def __str__(self) -> str:
        return self.alamat
