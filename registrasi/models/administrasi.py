"""The administrative gate: item by item, with one round of correction."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kompetisi.models import ButirAdministrasi
from registrasi.models.pendaftaran import Pendaftaran, Pengiriman


class HasilButir(models.TextChoices):
    """The finding on one item."""

    MEMENUHI = "memenuhi", "Memenuhi"
    TIDAK_MEMENUHI = "tidak_memenuhi", "Tidak memenuhi"
    PERLU_PERBAIKAN = "perlu_perbaikan", "Perlu perbaikan"


class SeleksiAdministrasi(models.Model):
    """The check of one submission by the secretariat.

    Lives as long as the check: `diputus_pada` empty means in work. A corrected submission gets a
    check of its own.
    """

    class Putusan(models.TextChoices):
        LOLOS = "lolos", "Lolos"
        TIDAK_LOLOS = "tidak_lolos", "Tidak lolos"
        PERBAIKAN = "perbaikan", "Dikembalikan untuk diperbaiki"

    pengiriman = models.OneToOneField(Pengiriman, models.PROTECT, related_name="seleksi")
    pemeriksa = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dimulai_pada = models.DateTimeField()
    putusan = models.CharField(max_length=12, choices=Putusan.choices, blank=True)
    alasan = models.TextField(blank=True)
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "seleksi administrasi"

    def __str__(self) -> str:
        return f"Seleksi {self.pengiriman}"


class PemeriksaanButir(models.Model):
    """The finding on one item of the gate; a reason is required unless it is met."""

    seleksi = models.ForeignKey(SeleksiAdministrasi, models.PROTECT, related_name="butir")
    butir = models.ForeignKey(ButirAdministrasi, models.PROTECT, related_name="+")
    hasil = models.CharField(max_length=20, choices=HasilButir.choices)
    alasan = models.TextField(blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "pemeriksaan butir"
        constraints = [
            models.UniqueConstraint(fields=["seleksi", "butir"], name="pemeriksaan_unik")
        ]

    def __str__(self) -> str:
        return f"{self.butir}: {self.hasil}"


class UsulanPenolakan(models.Model):
    """A refusal that one officer proposed, and what a second officer said of it.

    In force while `diputus_pada` is empty: nothing is told to the agency and the findings stand
    still. `setuju` is the second person's answer; `alasan_kembali` why the check was given back.
    That they are two people is held by the database too.
    """

    seleksi = models.ForeignKey(SeleksiAdministrasi, models.PROTECT, related_name="usulan")
    catatan = models.TextField(blank=True)
    diusulkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diusulkan_pada = models.DateTimeField()
    setuju = models.BooleanField(null=True, blank=True)
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)
    alasan_kembali = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "usulan penolakan"
        ordering = ["diusulkan_pada", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seleksi"],
                condition=Q(diputus_pada=None),
                name="usulan_penolakan_berjalan_sekali",
            ),
            models.CheckConstraint(
                condition=Q(diputus_oleh=None) | ~Q(diputus_oleh=F("diusulkan_oleh")),
                name="usulan_penolakan_dua_orang",
            ),
        ]

    def __str__(self) -> str:
        return f"Usulan penolakan {self.seleksi}"


class PeganganPeriksa(models.Model):
    """Who has a submission open for checking, so that two officers do not do the same work.

    A courtesy, no lock: it lapses when `terakhir_pada` is old (registrasi.rules.administrasi) and
    can be taken over. That the row exists says that a person has opened this submission.
    """

    pengiriman = models.OneToOneField(Pengiriman, models.PROTECT, related_name="pegangan")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sejak = models.DateTimeField()
    terakhir_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "pegangan periksa"

    def __str__(self) -> str:
        return f"{self.pengiriman} dipegang {self.oleh}"


class MasaPerbaikan(models.Model):
    """The one correction round of an entry, until `tenggat` (exclusive, UTC)."""

    pendaftaran = models.OneToOneField(Pendaftaran, models.PROTECT, related_name="masa_perbaikan")
    dibuka_pada = models.DateTimeField()
    dibuka_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    tenggat = models.DateTimeField()
    dikirim_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "masa perbaikan"

    def __str__(self) -> str:
        return f"Perbaikan {self.pendaftaran_id}"
