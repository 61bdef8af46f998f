"""Tokens with which a program reads for a person."""

from django.conf import settings
from django.db import models


class TokenApi(models.Model):
    """Leave for a program to read what one person may read, within `cakupan`, for a time.

    Of the secret only the SHA-256 is kept: it has 256 random bits. `cakupan` holds codes of
    kompetisi.rules.cakupan. `dipakai_pada` is exact to the hour.
    """

    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="token_api")
    nama = models.CharField(max_length=80)
    sidik = models.CharField("SHA-256 rahasia", max_length=64, unique=True)
    cakupan = models.JSONField(default=list)
    dibuat_pada = models.DateTimeField()
    berakhir_pada = models.DateTimeField()
    dipakai_pada = models.DateTimeField(null=True, blank=True)
    dicabut_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "token API"
        ordering = ["-dibuat_pada", "-pk"]

    def __str__(self) -> str:
        return f"{self.nama} ({self.pengguna})"
