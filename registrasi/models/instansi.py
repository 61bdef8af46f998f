"""Public bodies and their units."""

from django.db import models

from kompetisi.models.pengguna import ZonaWaktu


class JenisInstansi(models.TextChoices):
    """Kinds of public bodies that may enter."""

    KEMENTERIAN = "kementerian", "Kementerian"
    LEMBAGA = "lembaga", "Lembaga"
    PROVINSI = "provinsi", "Pemerintah provinsi"
    KABUPATEN = "kabupaten", "Pemerintah kabupaten"
    KOTA = "kota", "Pemerintah kota"
    BUMN = "bumn", "Badan usaha milik negara"
    BUMD = "bumd", "Badan usaha milik daerah"
    PTN = "ptn", "Perguruan tinggi negeri"


class Instansi(models.Model):
    """A public body. Region codes change over the years, so the key is our own `kode`.

    `provinsi` is the provincial government on whose territory a regency or city lies; it is what
    the ban on judging one's own province looks at. `nama_cari` holds the words people type.
    """

    kode = models.SlugField(max_length=80, unique=True)
    nama = models.CharField(max_length=200)
    singkatan = models.CharField(max_length=40, blank=True)
    nama_cari = models.TextField(blank=True)
    jenis = models.CharField(max_length=12, choices=JenisInstansi.choices)
    kode_kemendagri = models.CharField(max_length=10, blank=True)
    provinsi = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="wilayah"
    )
    induk = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="anak")
    zona_waktu = models.CharField(max_length=20, choices=ZonaWaktu.choices, default=ZonaWaktu.WIB)
    berlaku_mulai = models.DateField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "instansi"
        ordering = ["nama"]
        indexes = [models.Index(fields=["jenis", "nama"], name="instansi_jenis")]

    def __str__(self) -> str:
        return self.nama


class JenisUnit(models.TextChoices):
    """What a unit does: handle complaints, or give a service."""

    PENGELOLA = "pengelola", "Unit pengelola pengaduan"
    PELAYANAN = "pelayanan", "Unit penyelenggara pelayanan"


class UnitPengelola(models.Model):
    """A unit of an agency: its complaint-handling unit or one of its service units."""

    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="unit")
    nama = models.CharField(max_length=200)
    jenis = models.CharField(max_length=10, choices=JenisUnit.choices)
    alamat = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "unit pengelola"
        ordering = ["nama"]
        constraints = [models.UniqueConstraint(fields=["instansi", "nama"], name="unit_nama_unik")]

    def __str__(self) -> str:
        return self.nama
