"""The administrative gate: item by item, with one round of correction."""

from django.conf import settings
from django.db import models

from kompetisi.models import ButirAdministrasi
from registrasi.models.pendaftaran import Pendaftaran, Pengiriman


class HasilButir(models.TextChoices):
    """The finding on one item."""

    MEMENUHI = "memenuhi", "Memenuhi"
    TIDAK_MEMENUHI = "tidak_memenuhi", "Tidak memenuhi"
    PERLU_PERBAIKAN = "perlu_perbaikan", "Perlu perbaikan"


class SeleksiAdministrasi(models.Model):
    """The check of one submission by the secretariat.

    Lives as long as the check: `diputus_pada` empty means in work. A corrected submission gets a
    check of its own.
    """

    class Putusan(models.TextChoices):
        LOLOS = "lolos", "Lolos"
        TIDAK_LOLOS = "tidak_lolos", "Tidak lolos"
        PERBAIKAN = "perbaikan", "Dikembalikan untuk diperbaiki"

    pengiriman = models.OneToOneField(Pengiriman, models.PROTECT, related_name="seleksi")
    pemeriksa = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dimulai_pada = models.DateTimeField()
    putusan = models.CharField(max_length=12, choices=Putusan.choices, blank=True)
    alasan = models.TextField(blank=True)
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "seleksi administrasi"

    def __str__(self) -> str:
        return f"Seleksi {self.pengiriman}"


class PemeriksaanButir(models.Model):
    """The finding on one item of the gate; a reason is required unless it is met."""

    seleksi = models.ForeignKey(SeleksiAdministrasi, models.PROTECT, related_name="butir")
    butir = models.ForeignKey(ButirAdministrasi, models.PROTECT, related_name="+")
    hasil = models.CharField(max_length=20, choices=HasilButir.choices)
    alasan = models.TextField(blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "pemeriksaan butir"
        constraints = [
            models.UniqueConstraint(fields=["seleksi", "butir"], name="pemeriksaan_unik")
        ]

    def __str__(self) -> str:
        return f"{self.butir}: {self.hasil}"


class MasaPerbaikan(models.Model):
    """The one correction round of an entry, until `tenggat` (exclusive, UTC)."""

    pendaftaran = models.OneToOneField(
        Pendaftaran, models.PROTECT, related_name="masa_perbaikan"
    )
    dibuka_pada = models.DateTimeField()
    dibuka_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    tenggat = models.DateTimeField()
    dikirim_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "masa perbaikan"

    def __str__(self) -> str:
        return f"Perbaikan {self.pendaftaran_id}"
