"""The shortlist: who goes on to the interviews, decided with reasons."""

from django.conf import settings
from django.db import models

from kompetisi.models import Edisi, Jalur
from registrasi.models import Pendaftaran


class DaftarPendek(models.Model):
    """The decision on the shortlist of a track, made once."""

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="daftar_pendek")
    jalur = models.OneToOneField(Jalur, models.PROTECT, related_name="daftar_pendek")
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diputus_pada = models.DateTimeField()
    catatan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "daftar pendek"

    def __str__(self) -> str:
        return f"Daftar pendek {self.jalur}"


class KeputusanDaftarPendek(models.Model):
    """In or out, for one entry: the proposed rank and score, and the reason of a deviation."""

    daftar = models.ForeignKey(DaftarPendek, models.PROTECT, related_name="keputusan")
    pendaftaran = models.OneToOneField(
        Pendaftaran, models.PROTECT, related_name="keputusan_daftar_pendek"
    )
    peringkat = models.PositiveIntegerField()
    nilai = models.DecimalField(max_digits=16, decimal_places=12)
    usulan_masuk = models.BooleanField()
    masuk = models.BooleanField()
    alasan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "keputusan daftar pendek"
        ordering = ["peringkat", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(masuk=models.F("usulan_masuk")) | ~models.Q(alasan=""),
                name="penyimpangan_beralasan",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pendaftaran}: {'masuk' if self.masuk else 'tidak masuk'}"
