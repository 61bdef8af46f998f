"""What a score rests on: places in the documents, questions for the site team, what was read."""

from django.db import models
from django.db.models import F, Q

from evaluasi.models.lembar import LembarPenilaian
from kompetisi.models import Kriteria
from registrasi.models import Berkas

SERIBU = 1000  # a region is in thousandths of the page's width and height


class TitikBukti(models.Model):
    """A place in a document that a score points at: a page, or a region of it.

    The region is `kiri`, `atas`, `lebar`, `tinggi` in thousandths of the page; all 0 is the whole
    page. Frozen with the sheet.
    """

    lembar = models.ForeignKey(LembarPenilaian, models.PROTECT, related_name="titik")
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, related_name="+")
    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="+")
    halaman = models.PositiveSmallIntegerField()
    kiri = models.PositiveSmallIntegerField(default=0)
    atas = models.PositiveSmallIntegerField(default=0)
    lebar = models.PositiveSmallIntegerField(default=0)
    tinggi = models.PositiveSmallIntegerField(default=0)
    dibuat_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "titik bukti"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(halaman__gte=1)
                & Q(kiri__lte=SERIBU - F("lebar"))
                & Q(atas__lte=SERIBU - F("tinggi")),
                name="titik_di_halaman",
            ),
            models.UniqueConstraint(
                fields=[
                    "lembar", "kriteria", "berkas", "halaman", "kiri", "atas", "lebar", "tinggi",
                ],
                name="titik_sekali",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kriteria_id}: halaman {self.halaman}"


class PertanyaanLapangan(models.Model):
    """What the site team is asked to look at for one criterion. Frozen with the sheet."""

    lembar = models.ForeignKey(LembarPenilaian, models.PROTECT, related_name="pertanyaan_lapangan")
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, related_name="+")
    teks = models.TextField()
    versi = models.PositiveIntegerField(default=1)
    diubah_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "pertanyaan lapangan"
        constraints = [
            models.UniqueConstraint(fields=["lembar", "kriteria"], name="tanya_lapangan_sekali")
        ]

    def __str__(self) -> str:
        return self.teks[:60]


class Bacaan(models.Model):
    """How long one document was in view beside a sheet, and which of its pages.

    Seconds are counted by the reader's browser while the page is visible, at most a minute at a
    time: a help to the reader, never proof of reading.
    """

    lembar = models.ForeignKey(LembarPenilaian, models.PROTECT, related_name="bacaan")
    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="+")
    detik = models.PositiveIntegerField(default=0)
    halaman = models.JSONField(default=list)
    pertama_pada = models.DateTimeField()
    terakhir_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "bacaan"
        constraints = [models.UniqueConstraint(fields=["lembar", "berkas"], name="bacaan_sekali")]

    def __str__(self) -> str:
        return f"{self.berkas_id}: {self.detik} detik"
