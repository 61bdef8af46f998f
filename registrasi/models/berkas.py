"""Files, stored once by their content, and their place in an entry."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kompetisi.models import JenisDokumen, Kriteria


class Pemindaian(models.TextChoices):
    """What the virus scanner said. `menunggu` is quarantine: shown to nobody until it answers."""

    TIDAK = "tidak", "Tidak dipindai"
    MENUNGGU = "menunggu", "Menunggu pemindaian virus"
    BERSIH = "bersih", "Bersih dari virus yang dikenal"
    TERINFEKSI = "terinfeksi", "Memuat virus"


class Berkas(models.Model):
    """A stored file, known by the SHA-256 of its bytes; never changed, never overwritten.

    `kunci` is where the storage keeps it. `halaman` is the number of pages of a PDF, 0 for
    pictures; `halaman_kosong` the numbers of its blank pages, `berteks` whether it has a text
    layer (False: a scan, None: not looked at), `gambar_kecil` where a small picture of its first
    page is kept. One row per upload: the same bytes uploaded twice share the stored file.
    `dimusnahkan_pada`: the bytes were erased when their time was over; the row and its hash stay.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    kunci = models.CharField("kunci simpanan", max_length=200)
    nama_asli = models.CharField(max_length=200)
    tipe = models.CharField(max_length=50)
    ukuran = models.PositiveBigIntegerField("ukuran (bita)")
    halaman = models.PositiveIntegerField(default=0)
    halaman_kosong = models.JSONField(default=list, blank=True)
    berteks = models.BooleanField("punya lapisan teks", null=True, blank=True)
    gambar_kecil = models.CharField(
        "kunci simpanan gambar halaman pertama", max_length=200, blank=True
    )
    pemindaian = models.CharField(
        max_length=10, choices=Pemindaian.choices, default=Pemindaian.TIDAK
    )
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField()
    dimusnahkan_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "berkas"
        indexes = [
            models.Index(
                fields=["id"],
                condition=~Q(pemindaian__in=["tidak", "bersih"]),
                name="berkas_ditahan",
            )
        ]

    def __str__(self) -> str:
        return self.nama_asli


class BuktiDukung(models.Model):
    """A file attached to an entry, as one of its documents or as evidence of a criterion.

    Replacing keeps the earlier row with `dilepas_pada` set: every version stays. `tanggal_surat`
    and `berlaku_sampai` (its last day, when the letter says so) are asked of kinds with a
    validity; both are calendar days.
    """

    pendaftaran = models.ForeignKey("registrasi.Pendaftaran", models.PROTECT, related_name="bukti")
    jenis_dokumen = models.ForeignKey(
        JenisDokumen, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, null=True, blank=True, related_name="+")
    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="bukti")
    dilampirkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dilampirkan_pada = models.DateTimeField()
    dilepas_pada = models.DateTimeField(null=True, blank=True)
    tanggal_surat = models.DateField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "bukti dukung"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jenis_dokumen=None) ^ Q(kriteria=None), name="bukti_satu_tempat"
            ),
            models.UniqueConstraint(
                fields=["pendaftaran", "jenis_dokumen"],
                condition=Q(dilepas_pada=None, jenis_dokumen__isnull=False),
                name="dokumen_terpasang_sekali",
            ),
            models.UniqueConstraint(
                fields=["pendaftaran", "kriteria"],
                condition=Q(dilepas_pada=None, kriteria__isnull=False),
                name="bukti_terpasang_sekali",
            ),
        ]

    def __str__(self) -> str:
        return str(self.berkas)
