"""Copies of an entry's files for readers from whom its name is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from registrasi.models import Berkas, Pendaftaran


class SalinanSamaran(models.Model):
    """A file of an entry without its author's traces; readers get it once a person confirmed it.

    `berkas` is the file as the agency sent it, `pengganti` one that was blacked out by hand and
    takes its place as the source. `kunci` and `sha256` are of the copy, empty until it is made.
    `temuan` says where a name of the participant still stands ({halaman, frasa},
    page 0: in the file but not drawn), `tanpa_teks`
    which pages no machine can read. Instants in UTC.
    """

    class Keadaan(models.TextChoices):
        """Where it stands."""

        DIBUAT = "dibuat", "Sedang dibuat"
        MENUNGGU = "menunggu", "Menunggu diperiksa"
        SAH = "sah", "Disahkan"
        DITOLAK = "ditolak", "Perlu disamarkan dengan tangan"
        GAGAL = "gagal", "Tidak dapat dibuat"

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="samaran_berkas")
    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="+")
    pengganti = models.ForeignKey(Berkas, models.PROTECT, null=True, blank=True, related_name="+")
    keadaan = models.CharField(max_length=10, choices=Keadaan.choices, default=Keadaan.DIBUAT)
    kunci = models.CharField("kunci simpanan", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tipe = models.CharField(max_length=60, blank=True)
    ukuran = models.PositiveBigIntegerField(default=0)
    halaman = models.PositiveIntegerField(default=0)
    temuan = models.JSONField(default=list, blank=True)
    tanpa_teks = models.JSONField(default=list, blank=True)
    percobaan = models.PositiveIntegerField(default=1)
    alasan = models.TextField(blank=True)
    dibuat_pada = models.DateTimeField()
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "salinan samaran"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pendaftaran", "berkas"], name="samaran_unik"),
            models.CheckConstraint(
                condition=~Q(keadaan="sah") | (~Q(kunci="") & Q(diputus_oleh__isnull=False)),
                name="samaran_sah_oleh_orang",
            ),
        ]

    def __str__(self) -> str:
        return f"Samaran {self.berkas_id} untuk {self.pendaftaran_id}"

    @property
    def sumber(self) -> Berkas:
        """What the copy is made from."""
        return self.pengganti or self.berkas
