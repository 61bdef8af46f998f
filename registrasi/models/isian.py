"""What an entry answers: self-assessment, narratives, performance figures.

Each row has its own `versi`, so that two people or two tabs never overwrite each other silently.
"""

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

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="penilaian_mandiri")
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

    `angka` maps the edition's columns (aturan.kinerja.kolom) to what was typed: a whole number, a
    decimal number as a string, or a date as YYYY-MM-DD; a column not filled in is absent.
    Percentages are derived, never typed (registrasi.rules.kinerja).
    """

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="kinerja")
    periode_mulai = models.DateField()
    periode_selesai = models.DateField()
    angka = models.JSONField(default=dict)

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
        ]

    def __str__(self) -> str:
        return f"{self.periode_mulai} – {self.periode_selesai}"
