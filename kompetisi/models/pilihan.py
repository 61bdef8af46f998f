"""How a person wants to be told, and what goes to their telephone."""

from django.conf import settings
from django.db import models

from kompetisi.models.antrean import Antrean, Pesan


class CaraPesan(models.TextChoices):
    """When messages that do not hurry are mailed."""

    LANGSUNG = "langsung", "Langsung, satu surel untuk setiap pesan"
    HARIAN = "harian", "Ringkasan harian, satu surel setiap pagi pukul 07.00"


class PilihanPesan(models.Model):
    """A person's choices; without a row everything is mailed at once and nothing is telephoned.

    `ditolak` lists the kinds that are shown in the application only; obligatory kinds are mailed
    whatever it says. `nomor` is in E.164 and used only while `setuju_pada` is set.
    """

    pengguna = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pilihan_pesan"
    )
    cara = models.CharField(max_length=10, choices=CaraPesan.choices, default=CaraPesan.LANGSUNG)
    ditolak = models.JSONField(default=list, blank=True)
    nomor = models.CharField(max_length=16, blank=True)
    setuju_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pilihan pesan"

    def __str__(self) -> str:
        return str(self.pengguna)

    @property
    def dapat_ditelepon(self) -> bool:
        """Whether urgent messages may go to the telephone."""
        return bool(self.nomor and self.setuju_pada)


class PesanGerbang(Antrean):
    """A message on its way to a telephone; its state beside that of the mail.

    The number is not kept here: it is looked up when it is sent, and so is the consent.
    """

    pesan = models.OneToOneField(Pesan, models.CASCADE, related_name="gerbang")

    class Meta:
        verbose_name = verbose_name_plural = "pesan gerbang"
        ordering = ["-dibuat_pada", "-pk"]
        indexes = [models.Index(fields=["status", "jalankan_setelah"], name="gerbang_antrean")]

    def __str__(self) -> str:
        return self.kunci
