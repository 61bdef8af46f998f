"""Who may act for an agency."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from registrasi.models.berkas import Berkas
from registrasi.models.instansi import Instansi, UnitPengelola


class PeranInstansi(models.TextChoices):
    """Roles within an agency; the same words as in the permission matrix."""

    ADMIN_INSTANSI = "admin_instansi", "Admin instansi"
    ADMIN_UNIT = "admin_unit", "Admin unit"


class StatusKeanggotaan(models.TextChoices):
    """Where a request to represent an agency stands."""

    DIAJUKAN = "diajukan", "Menunggu verifikasi"
    DISETUJUI = "disetujui", "Disetujui"
    DITOLAK = "ditolak", "Ditolak"
    DICABUT = "dicabut", "Dicabut"


class Keanggotaan(models.Model):
    """A request to act for an agency or one unit, with its surat tugas and the decision."""

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="keanggotaan"
    )
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="keanggotaan")
    unit = models.ForeignKey(
        UnitPengelola, models.PROTECT, null=True, blank=True, related_name="keanggotaan"
    )
    peran = models.CharField(
        max_length=20, choices=PeranInstansi.choices, default=PeranInstansi.ADMIN_INSTANSI
    )
    status = models.CharField(
        max_length=10, choices=StatusKeanggotaan.choices, default=StatusKeanggotaan.DIAJUKAN
    )
    surat_tugas = models.ForeignKey(
        Berkas, models.PROTECT, null=True, blank=True, related_name="+"
    )
    nomor_surat_tugas = models.CharField(max_length=100, blank=True)
    diajukan_pada = models.DateTimeField()
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)
    alasan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "keanggotaan"
        ordering = ["diajukan_pada", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pengguna", "instansi", "unit"],
                condition=Q(status__in=["diajukan", "disetujui"]),
                nulls_distinct=False,
                name="keanggotaan_aktif_sekali",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pengguna} — {self.unit or self.instansi}"
