"""The decree and the publication of the result."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from penghargaan.models.pleno import Pleno


class Keputusan(models.Model):
    """The ministerial decree. Its number is typed in as given, never made up here."""

    pleno = models.OneToOneField(Pleno, models.PROTECT, related_name="keputusan")
    nomor = models.CharField(max_length=100, unique=True)
    tanggal = models.DateField()
    tentang = models.CharField(max_length=300)
    tempat = models.CharField(max_length=80, default="Jakarta")
    penandatangan_nama = models.CharField(max_length=150, blank=True)
    penandatangan_jabatan = models.CharField(max_length=150)
    diisi_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diisi_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "keputusan"

    def __str__(self) -> str:
        return self.nomor


class Penerbitan(models.Model):
    """Publication of the frozen list from `terbit_pada` on; proposed and approved by two people.

    The page is public when `disetujui_pada` is set and `terbit_pada` has come: derived, so no job
    has to run on time. `dituntaskan_pada` notes that messages and statuses have followed.
    """

    keputusan = models.OneToOneField(Keputusan, models.PROTECT, related_name="penerbitan")
    terbit_pada = models.DateTimeField()
    diajukan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diajukan_pada = models.DateTimeField()
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    disetujui_pada = models.DateTimeField(null=True, blank=True)
    dituntaskan_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "penerbitan"
        constraints = [
            models.CheckConstraint(
                condition=Q(disetujui_oleh=None) | ~Q(disetujui_oleh=F("diajukan_oleh")),
                name="penerbitan_dua_orang",
            )
        ]

    def __str__(self) -> str:
        return f"Penerbitan {self.keputusan}"
