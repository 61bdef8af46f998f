"""Files on their way in, piece by piece."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kompetisi.models import JenisDokumen, Kriteria
from registrasi.models.berkas import BuktiDukung


class KeadaanUnggahan(models.TextChoices):
    """Where an upload stands; what is not `berjalan` no longer changes."""

    BERJALAN = "berjalan", "Sedang diunggah"
    SELESAI = "selesai", "Terlampir"
    DITOLAK = "ditolak", "Ditolak"


class Unggahan(models.Model):
    """An upload in pieces, to one place of an entry, that may stop and go on.

    `diterima` bytes lie durably in the storage, as pieces named by where each begins; `sha256` is
    what the browser computed before, "" when it could not. `kedaluwarsa_pada` is an instant of the
    real clock (UTC): abandoned pieces are swept then. `alasan` says why it was refused.
    """

    kode = models.CharField(max_length=32, unique=True)
    pendaftaran = models.ForeignKey(
        "registrasi.Pendaftaran", models.PROTECT, related_name="unggahan"
    )
    jenis_dokumen = models.ForeignKey(
        JenisDokumen, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, null=True, blank=True, related_name="+")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nama = models.CharField(max_length=200)
    ukuran = models.PositiveBigIntegerField("ukuran (bita)")
    sha256 = models.CharField(max_length=64, blank=True)
    diterima = models.PositiveBigIntegerField("diterima (bita)", default=0)
    keadaan = models.CharField(
        max_length=10, choices=KeadaanUnggahan.choices, default=KeadaanUnggahan.BERJALAN
    )
    alasan = models.TextField(blank=True)
    bukti = models.ForeignKey(BuktiDukung, models.PROTECT, null=True, blank=True, related_name="+")
    dibuat_pada = models.DateTimeField()
    kedaluwarsa_pada = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "unggahan"
        constraints = [
            models.CheckConstraint(
                condition=Q(jenis_dokumen=None) ^ Q(kriteria=None), name="unggahan_satu_tempat"
            ),
            models.CheckConstraint(
                condition=Q(diterima__lte=F("ukuran")), name="unggahan_tidak_lebih"
            ),
            models.UniqueConstraint(
                fields=["pendaftaran", "oleh", "jenis_dokumen", "kriteria"],
                condition=Q(keadaan="berjalan"),
                nulls_distinct=False,
                name="unggahan_berjalan_sekali",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.diterima}/{self.ukuran})"

    @property
    def persen(self) -> int:
        """How much of it has come, in whole per cent."""
        return self.diterima * 100 // self.ukuran if self.ukuran else 0
