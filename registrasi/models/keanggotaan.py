"""Who may act for an agency."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from kompetisi import clock
from registrasi.models.berkas import Berkas
from registrasi.models.instansi import Instansi, UnitPengelola


class PeranInstansi(models.TextChoices):
    """Roles within an agency; the same words as in the permission matrix."""

    ADMIN_INSTANSI = "admin_instansi", "Admin instansi"
    ADMIN_UNIT = "admin_unit", "Admin unit"


class StatusKeanggotaan(models.TextChoices):
    """Where a request to represent an agency stands."""

    DIAJUKAN = "diajukan", "Menunggu verifikasi"
    DISETUJUI = "disetujui", "Disetujui"
    DITOLAK = "ditolak", "Ditolak"
    DITARIK = "ditarik", "Ditarik kembali"
    DICABUT = "dicabut", "Dicabut"
    BERAKHIR = "berakhir", "Berakhir"


class KeanggotaanQuerySet(models.QuerySet):
    """The one place that knows which rights are in force; everybody who asks comes here."""

    def berlaku(self, at: datetime | None = None) -> "KeanggotaanQuerySet":
        """Approved and not past their end at an instant (UTC); None means now."""
        at = at or clock.now()
        return self.filter(
            Q(berlaku_sampai=None) | Q(berlaku_sampai__gt=at), status=StatusKeanggotaan.DISETUJUI
        )

    def lewat(self, at: datetime | None = None) -> "KeanggotaanQuerySet":
        """Approved, but past their end: nobody has to turn a switch for them to stop."""
        at = at or clock.now()
        return self.filter(berlaku_sampai__lte=at, status=StatusKeanggotaan.DISETUJUI)


class Keanggotaan(models.Model):
    """A request to act for an agency or one unit, with its surat tugas and the decision.

    `berlaku_sampai` is the first instant (UTC) at which an approved right no longer holds, the
    midnight in WIB after the last day that the surat tugas names; None means until it is ended.
    `status` keeps what was decided and is never turned when that instant passes: whether a right
    is in force is asked of `berlaku()`, and shown by `keadaan`. `tanggal_surat` is the calendar day
    the surat tugas bears, as the person typed it; None where there is no letter of one's own.
    """

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="keanggotaan"
    )
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="keanggotaan")
    unit = models.ForeignKey(
        UnitPengelola, models.PROTECT, null=True, blank=True, related_name="keanggotaan"
    )
    peran = models.CharField(
        max_length=20, choices=PeranInstansi.choices, default=PeranInstansi.ADMIN_INSTANSI
    )
    status = models.CharField(
        max_length=10, choices=StatusKeanggotaan.choices, default=StatusKeanggotaan.DIAJUKAN
    )
    surat_tugas = models.ForeignKey(Berkas, models.PROTECT, null=True, blank=True, related_name="+")
    nomor_surat_tugas = models.CharField(max_length=100, blank=True)
    tanggal_surat = models.DateField("tanggal surat tugas", null=True, blank=True)
    menggantikan = models.CharField("pejabat yang digantikan", max_length=150, blank=True)
    diajukan_pada = models.DateTimeField()
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)
    alasan = models.TextField(blank=True)
    berlaku_sampai = models.DateTimeField(null=True, blank=True)

    objects = KeanggotaanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "keanggotaan"
        ordering = ["diajukan_pada", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pengguna", "instansi", "unit", "status"],
                condition=Q(status__in=["diajukan", "disetujui"]),
                nulls_distinct=False,
                name="keanggotaan_aktif_sekali",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pengguna} — {self.unit or self.instansi}"

    @property
    def keadaan(self) -> str:
        """How it stands now: what was decided, and `berakhir` once its end has passed."""
        over = self.berlaku_sampai is not None and self.berlaku_sampai <= clock.now()
        approved = self.status == StatusKeanggotaan.DISETUJUI
        return str(StatusKeanggotaan.BERAKHIR if approved and over else self.status)

    @property
    def keadaan_label(self) -> str:
        """The same in words."""
        return StatusKeanggotaan(self.keadaan).label

    @property
    def berlaku(self) -> bool:
        """Whether the person may act by it now."""
        return self.keadaan == StatusKeanggotaan.DISETUJUI
