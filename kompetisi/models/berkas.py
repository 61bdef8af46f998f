"""Checks of the stored files against the rows that name them."""

from django.db import models


class PeriksaBerkas(models.Model):
    """One run of `periksa_berkas`: what was compared and what did not hold.

    `temuan` lists {kunci, masalah ("hilang" or "berubah"), apa}: files that a row names and that
    are gone or have other bytes. `disidik` says how many were read whole, `dikarantina` how many
    files without a row were moved away, `disapu` how many leftovers were removed.
    """

    pada = models.DateTimeField()
    diperiksa = models.PositiveIntegerField()
    disidik = models.PositiveIntegerField()
    dikarantina = models.PositiveIntegerField()
    disapu = models.PositiveIntegerField()
    temuan = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = "periksa berkas"
        ordering = ["-pada", "-pk"]

    def __str__(self) -> str:
        return f"{self.pada:%Y-%m-%d %H:%M}: {len(self.temuan)} temuan"
