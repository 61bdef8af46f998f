"""Secret addresses of personal calendars."""

from django.conf import settings
from django.db import models


class TautanKalender(models.Model):
    """An address under which a calendar program reads one person's calendar, until it is revoked.

    Of the secret in the address only the SHA-256 is kept: it has 192 random bits.
    """

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tautan_kalender"
    )
    sidik = models.CharField("SHA-256 rahasia", max_length=64, unique=True)
    dibuat_pada = models.DateTimeField()
    dicabut_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "tautan kalender"

    def __str__(self) -> str:
        return f"Kalender {self.pengguna}"
