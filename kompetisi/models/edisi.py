"""An edition of the competition and its calendar: data, never code."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Edisi(models.Model):
    """One edition. `aturan` holds the rules of the edition file that are single values.

    The keys of `aturan` are described in docs/edisi.md and validated when the file is loaded;
    decimal numbers in it are strings, so that no rounding slips in.
    """

    kode = models.SlugField(unique=True)
    tahun = models.PositiveSmallIntegerField(unique=True)
    nama = models.CharField(max_length=200)
    dasar_hukum = models.CharField(max_length=300)
    jumlah_pemenang = models.PositiveSmallIntegerField()
    aturan = models.JSONField(default=dict)
    sumber_hash = models.CharField("SHA-256 berkas edisi", max_length=64, blank=True)
    dimuat_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "edisi"
        ordering = ["-tahun"]

    def __str__(self) -> str:
        return self.nama


class Sasaran(models.TextChoices):
    """Who competes in a track: the agency as a whole, or one of its units."""

    INSTANSI = "instansi", "Instansi secara keseluruhan"
    UNIT = "unit", "Unit pelayanan"


class Jalur(models.Model):
    """A track with its own quotas. `jenis_instansi` empty means every kind of agency.

    `pemenang_terdahulu` lists the codes of winners of earlier editions, which alone may enter;
    empty means that all may.
    """

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="jalur")
    kode = models.SlugField()
    nama = models.CharField(max_length=120)
    uraian = models.TextField(blank=True)
    sasaran = models.CharField(max_length=10, choices=Sasaran.choices)
    jenis_instansi = models.JSONField(default=list, blank=True)
    pemenang_terdahulu = models.JSONField(default=list, blank=True)
    kuota_pemenang = models.PositiveSmallIntegerField()
    kuota_daftar_pendek = models.PositiveSmallIntegerField()
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "jalur"
        ordering = ["urutan", "pk"]
        constraints = [models.UniqueConstraint(fields=["edisi", "kode"], name="jalur_kode_unik")]

    def __str__(self) -> str:
        return self.nama


class JenisTahap(models.TextChoices):
    """What is done in a stage; an edition may leave out stages, or name them otherwise."""

    PENDAFTARAN = "pendaftaran", "Pendaftaran"
    ADMINISTRASI = "administrasi", "Seleksi administrasi"
    DOKUMEN = "dokumen", "Evaluasi dokumen"
    WAWANCARA = "wawancara", "Presentasi dan wawancara"
    LAPANGAN = "lapangan", "Verifikasi lapangan"
    PLENO = "pleno", "Penetapan"
    PENGUMUMAN = "pengumuman", "Pengumuman"


class Tahap(models.Model):
    """A stage with its half-open window [mulai, selesai) of instants, kept in UTC.

    Whether it is open is derived from the clock each time it is asked (kompetisi.rules); there is
    no column for it. `asumsi` marks dates that no source gives.
    """

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="tahap")
    kode = models.SlugField()
    jenis = models.CharField(max_length=20, choices=JenisTahap.choices)
    nama = models.CharField(max_length=120)
    mulai = models.DateTimeField()
    selesai = models.DateTimeField()
    asumsi = models.BooleanField(default=False)
    catatan = models.TextField(blank=True)
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "tahap"
        ordering = ["urutan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edisi", "kode"], name="tahap_kode_unik"),
            models.UniqueConstraint(fields=["edisi", "jenis"], name="tahap_jenis_unik"),
            models.CheckConstraint(condition=Q(mulai__lt=F("selesai")), name="tahap_jendela"),
        ]

    def __str__(self) -> str:
        return self.nama


class Perpanjangan(models.Model):
    """A later closing instant for a stage, or for one entry of it, agreed by two people.

    `kode_pendaftaran` empty extends the whole stage (and is announced publicly); otherwise it
    names the one entry, for a proven failure of the service. In force once `disetujui_pada` is
    set. Never shortens. Without `diajukan_oleh` it is a draft that the system made of a measured
    outage: one person has to propose it and another to approve it.
    """

    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="perpanjangan")
    kode_pendaftaran = models.CharField(max_length=32, blank=True)
    selesai_baru = models.DateTimeField()
    alasan = models.TextField()
    diajukan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diajukan_pada = models.DateTimeField()
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    disetujui_pada = models.DateTimeField(null=True, blank=True)
    ditolak_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ditolak_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "perpanjangan"
        ordering = ["-diajukan_pada"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disetujui_oleh=None)
                | (Q(diajukan_oleh__isnull=False) & ~Q(disetujui_oleh=F("diajukan_oleh"))),
                name="perpanjangan_dua_orang",
            ),
            models.CheckConstraint(
                condition=Q(disetujui_pada=None) | Q(ditolak_pada=None),
                name="perpanjangan_satu_putusan",
            ),
        ]

    def __str__(self) -> str:
        return f"Perpanjangan {self.tahap} {self.kode_pendaftaran}".strip()
