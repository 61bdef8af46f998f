"""What an entry answers: self-assessment, narratives, performance figures.

Each row has its own `versi`, so that two people or two tabs never overwrite each other silently.
"""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kompetisi.models import Kriteria, Pertanyaan
from registrasi.models.pendaftaran import Pendaftaran


class Isian(models.Model):
    """Who saved last, when, and the version the next save must know."""

    versi = models.PositiveIntegerField(default=1)
    disimpan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    disimpan_pada = models.DateTimeField()

    class Meta:
        abstract = True


class PenilaianMandiri(Isian):
    """The level an agency claims for a criterion of the document rubric, with its reason."""

    pendaftaran = models.ForeignKey(
        Pendaftaran, models.PROTECT, related_name="penilaian_mandiri"
    )
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, related_name="+")
    tingkat = models.CharField("kode tingkat", max_length=10, blank=True)
    catatan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "penilaian mandiri"
        constraints = [
            models.UniqueConstraint(
                fields=["pendaftaran", "kriteria"], name="penilaian_mandiri_unik"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kriteria_id}: {self.tingkat}"


class JawabanNarasi(Isian):
    """The answer to a narrative question."""

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="jawaban")
    pertanyaan = models.ForeignKey(Pertanyaan, models.PROTECT, related_name="+")
    isi = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "jawaban narasi"
        constraints = [
            models.UniqueConstraint(fields=["pendaftaran", "pertanyaan"], name="jawaban_unik")
        ]

    def __str__(self) -> str:
        return f"{self.pertanyaan_id}: {self.isi[:40]}"


class KinerjaSP4N(Isian):
    """SP4N-LAPOR! figures of an entry over a period of days, both ends included.

    Percentages are derived, never typed: followed up = (selesai + proses) / diterima.
    Times are working days.
    """

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="kinerja")
    periode_mulai = models.DateField()
    periode_selesai = models.DateField()
    diterima = models.PositiveIntegerField("laporan diterima")
    selesai = models.PositiveIntegerField("selesai")
    proses = models.PositiveIntegerField("dalam proses")
    belum = models.PositiveIntegerField("belum ditindaklanjuti")
    lainnya = models.PositiveIntegerField("ditunda atau diarsipkan", default=0)
    hari_tindak_lanjut = models.DecimalField(
        "rata-rata hari kerja sampai tindak lanjut pertama",
        max_digits=6, decimal_places=2, null=True, blank=True,
    )
    hari_selesai = models.DecimalField(
        "rata-rata hari kerja sampai selesai", max_digits=6, decimal_places=2, null=True, blank=True
    )
    kepuasan = models.DecimalField(
        "rata-rata kepuasan pelapor (1–5)", max_digits=3, decimal_places=2, null=True, blank=True
    )
    kepuasan_jumlah = models.PositiveIntegerField("jumlah penilaian pelapor", default=0)
    perangkat_terhubung = models.PositiveIntegerField("perangkat terhubung", default=0)
    perangkat_total = models.PositiveIntegerField("jumlah seluruh perangkat", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "kinerja SP4N-LAPOR!"
        ordering = ["periode_mulai", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pendaftaran", "periode_mulai", "periode_selesai"], name="kinerja_periode"
            ),
            models.CheckConstraint(
                condition=Q(periode_mulai__lte=F("periode_selesai")), name="kinerja_urut"
            ),
            models.CheckConstraint(
                condition=Q(diterima=F("selesai") + F("proses") + F("belum") + F("lainnya")),
                name="kinerja_jumlah_cocok",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periode_mulai} – {self.periode_selesai}"

    @property
    def persen_selesai(self) -> Decimal | None:
        """Done of received, in per cent, exact; None when nothing was received."""
        return Decimal(100 * self.selesai) / self.diterima if self.diterima else None

    @property
    def persen_tindak_lanjut(self) -> Decimal | None:
        """Followed up (done or in process) of received, in per cent, exact."""
        if not self.diterima:
            return None
        return Decimal(100 * (self.selesai + self.proses)) / self.diterima
