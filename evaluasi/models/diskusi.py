"""What the readers of an entry say to each other once their sheets are locked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluasi.models.lembar import Penguncian
from kompetisi.models import Tahap
from registrasi.models import Pendaftaran


class JenisTanggapan(models.TextChoices):
    """What somebody wrote in a discussion."""

    PESAN = "pesan", "Pesan"
    MINTA_BUKA = "minta_buka", "Meminta lembar dibuka kembali"
    TOLAK_BUKA = "tolak_buka", "Permintaan tidak dikabulkan"


class Diskusi(models.Model):
    """The one thread of an entry in a stage; there is none until somebody has written."""

    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="+")
    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="diskusi")
    dimulai_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "diskusi"
        constraints = [
            models.UniqueConstraint(fields=["tahap", "pendaftaran"], name="diskusi_sekali")
        ]

    def __str__(self) -> str:
        return f"Diskusi {self.pendaftaran_id}"


class Tanggapan(models.Model):
    """Something said in a discussion; a trigger refuses UPDATE and DELETE.

    A request to reopen names the lock it is about, a refusal the request it answers. `kunci`
    names the form it was sent with: the same form never writes twice.
    """

    diskusi = models.ForeignKey(Diskusi, models.PROTECT, related_name="tanggapan")
    jenis = models.CharField(max_length=10, choices=JenisTanggapan.choices)
    isi = models.TextField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField()
    kunci = models.CharField(max_length=36)
    penguncian = models.ForeignKey(
        Penguncian, models.PROTECT, null=True, blank=True, related_name="permintaan"
    )
    menjawab = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="jawaban"
    )

    class Meta:
        verbose_name = verbose_name_plural = "tanggapan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["oleh", "kunci"], name="tanggapan_sekali"),
            models.CheckConstraint(
                condition=Q(jenis="pesan", penguncian=None, menjawab=None)
                | Q(jenis="minta_buka", penguncian__isnull=False, menjawab=None)
                | Q(jenis="tolak_buka", penguncian=None, menjawab__isnull=False),
                name="tanggapan_menurut_jenis",
            ),
        ]

    def __str__(self) -> str:
        return self.isi[:60]


class BacaDiskusi(models.Model):
    """How far a person has read a discussion: up to this key of a Tanggapan."""

    diskusi = models.ForeignKey(Diskusi, models.PROTECT, related_name="+")
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sampai = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "baca diskusi"
        constraints = [
            models.UniqueConstraint(fields=["diskusi", "pengguna"], name="baca_diskusi_sekali")
        ]

    def __str__(self) -> str:
        return f"{self.diskusi_id} {self.pengguna_id}: {self.sampai}"
