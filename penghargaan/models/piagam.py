"""Certificates of honour."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from penghargaan.models.pleno import Peringkat
from registrasi.models import Pendaftaran


class JenisPiagam(models.TextChoices):
    """What a certificate honours."""

    PEMENANG = "pemenang", "Pemenang"
    DAFTAR_PENDEK = "daftar_pendek", "Masuk daftar pendek"


class Piagam(models.Model):
    """A certificate in the name of the agency or unit, not of the person who receives it.

    `kode_verifikasi` has 128 random bits and says nothing about rank. `sha256` is of the PDF as
    rendered; empty until it is. `isi` is everything that is printed, so that it can be rendered
    again to the same bytes. A reissue is a new row that names the one it replaces. `peringkat` is
    empty for a shortlisted entry that lacked a score and so stands on no list of the plenary.
    """

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="piagam")
    peringkat = models.ForeignKey(
        Peringkat, models.PROTECT, null=True, blank=True, related_name="piagam"
    )
    jenis = models.CharField(max_length=15, choices=JenisPiagam.choices)
    nomor = models.CharField(max_length=100, unique=True)
    kode_verifikasi = models.CharField(max_length=32, unique=True)
    penerima = models.CharField(max_length=400)
    predikat = models.CharField(max_length=500)
    tanggal = models.DateField()
    isi = models.JSONField("yang tercetak", default=dict)
    berkas = models.CharField("kunci simpanan", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField()
    dirender_pada = models.DateTimeField(null=True, blank=True)
    dicabut_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    dicabut_pada = models.DateTimeField(null=True, blank=True)
    alasan_cabut = models.TextField(blank=True)
    menggantikan = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="pengganti"
    )

    class Meta:
        verbose_name = verbose_name_plural = "piagam"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pendaftaran"],
                condition=Q(dicabut_pada=None),
                name="piagam_berlaku_sekali",
            )
        ]

    def __str__(self) -> str:
        return self.nomor
