"""Invitations to act for an agency."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kompetisi import clock
from registrasi.models.instansi import Instansi, UnitPengelola
from registrasi.models.keanggotaan import Keanggotaan, PeranInstansi


class StatusUndangan(models.TextChoices):
    """What became of an invitation. `kedaluwarsa` is derived from its end and never stored."""

    MENUNGGU = "menunggu", "Menunggu jawaban"
    DITERIMA = "diterima", "Diterima"
    DITOLAK = "ditolak", "Ditolak"
    DIBATALKAN = "dibatalkan", "Dibatalkan"
    KEDALUWARSA = "kedaluwarsa", "Kedaluwarsa"


class Undangan(models.Model):
    """An agency's admin asks the holder of an address to act for the agency or one of its units.

    `sidik` is the SHA-256 of the secret in the link that was mailed last; the secret itself is not
    kept. `menggantikan` is the right that ends when this invitation is accepted (a hand-over).
    `berlaku_sampai` is the first instant (UTC) at which it can no longer be answered.
    """

    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="undangan")
    unit = models.ForeignKey(
        UnitPengelola, models.PROTECT, null=True, blank=True, related_name="undangan"
    )
    peran = models.CharField(max_length=20, choices=PeranInstansi.choices)
    alamat = models.EmailField()
    menggantikan = models.ForeignKey(
        Keanggotaan, models.PROTECT, null=True, blank=True, related_name="serah_terima"
    )
    diundang_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField()
    sidik = models.CharField(max_length=64, unique=True)
    kiriman = models.PositiveSmallIntegerField(default=1)
    dikirim_pada = models.DateTimeField()
    berlaku_sampai = models.DateTimeField()
    status = models.CharField(
        max_length=12, choices=StatusUndangan.choices, default=StatusUndangan.MENUNGGU
    )
    dijawab_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    dijawab_pada = models.DateTimeField(null=True, blank=True)
    keanggotaan = models.OneToOneField(
        Keanggotaan, models.PROTECT, null=True, blank=True, related_name="undangan"
    )

    class Meta:
        verbose_name = verbose_name_plural = "undangan"
        ordering = ["-dibuat_pada", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "unit", "peran", "alamat"],
                condition=Q(status="menunggu"),
                nulls_distinct=False,
                name="undangan_menunggu_sekali",
            )
        ]
        indexes = [models.Index(fields=["alamat", "status"], name="undangan_alamat")]

    def __str__(self) -> str:
        return f"{self.alamat}: {self.untuk}"

    @property
    def untuk(self) -> str:
        """The role and for whom, in words."""
        return f"{self.get_peran_display()} {self.unit or self.instansi}"

    @property
    def keadaan(self) -> str:
        """How it stands now."""
        over = self.berlaku_sampai <= clock.now()
        waiting = self.status == StatusUndangan.MENUNGGU
        return str(StatusUndangan.KEDALUWARSA if waiting and over else self.status)
