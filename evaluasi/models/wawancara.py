"""Interviews: one session per shortlisted entry. The panel are the assignments of the stage."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kompetisi.models import Tahap
from registrasi.models import Berkas, Pendaftaran


class SesiWawancara(models.Model):
    """Date, time, room or link of an entry's presentation; confirmed by the agency.

    `versi` counts changes: one of the schedule takes back the confirmation. `dijadwalkan_pada` is
    when the present schedule was set, `dimulai_pada` when the panel began: its timer runs from
    there. `ruang` and `tautan` are kept as typed.
    """

    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="sesi")
    pendaftaran = models.OneToOneField(Pendaftaran, models.PROTECT, related_name="sesi_wawancara")
    mulai = models.DateTimeField()
    selesai = models.DateTimeField()
    ruang = models.CharField(max_length=120, blank=True)
    tautan = models.URLField(blank=True)
    versi = models.PositiveIntegerField(default=1)
    dijadwalkan_pada = models.DateTimeField()
    dimulai_pada = models.DateTimeField(null=True, blank=True)
    dikonfirmasi_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    dikonfirmasi_pada = models.DateTimeField(null=True, blank=True)
    penyaji_nama = models.CharField(max_length=150, blank=True)
    penyaji_jabatan = models.CharField(max_length=150, blank=True)
    bahan_paparan = models.ForeignKey(
        Berkas, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "sesi wawancara"
        ordering = ["mulai", "ruang", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mulai__lt=F("selesai")), name="sesi_jendela"),
            models.CheckConstraint(condition=~Q(ruang="", tautan=""), name="sesi_bertempat"),
        ]

    def __str__(self) -> str:
        return f"Wawancara {self.pendaftaran}"
