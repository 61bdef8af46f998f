"""Score sheets. Totals are never stored in a draft; a lock keeps what it locked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluasi.models.penugasan import Penugasan
from kompetisi.models import Kriteria, Rubrik


class LembarPenilaian(models.Model):
    """One evaluator's sheet for one entry in one stage.

    Locked while it has a Penguncian without Pembukaan. `versi` counts changes of the general note,
    locks and reopenings; each Nilai has a version of its own.
    """

    penugasan = models.OneToOneField(Penugasan, models.PROTECT, related_name="lembar")
    rubrik = models.ForeignKey(Rubrik, models.PROTECT, related_name="+")
    catatan_umum = models.TextField(blank=True)
    versi = models.PositiveIntegerField(default=1)
    dibuat_pada = models.DateTimeField()
    diubah_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "lembar penilaian"

    def __str__(self) -> str:
        return f"Lembar {self.penugasan}"


class Nilai(models.Model):
    """The level given for one criterion: `faktor` between 0 and 1, times the weight, is points."""

    lembar = models.ForeignKey(LembarPenilaian, models.PROTECT, related_name="nilai")
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, related_name="+")
    tingkat = models.CharField("kode tingkat", max_length=10)
    faktor = models.DecimalField(max_digits=5, decimal_places=4)
    catatan = models.TextField(blank=True)
    versi = models.PositiveIntegerField(default=1)
    disimpan_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "nilai"
        constraints = [
            models.UniqueConstraint(fields=["lembar", "kriteria"], name="nilai_unik"),
            models.CheckConstraint(
                condition=Q(faktor__gte=0, faktor__lte=1), name="nilai_dalam_skala"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kriteria_id}: {self.tingkat}"


class Penguncian(models.Model):
    """A sheet locked by its evaluator. `isi` keeps the sheet as it was, `hash` proves it."""

    lembar = models.ForeignKey(LembarPenilaian, models.PROTECT, related_name="penguncian")
    pada = models.DateTimeField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    isi = models.JSONField()
    hash = models.CharField(max_length=64)
    dibuka = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "penguncian"
        ordering = ["-pada", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lembar"], condition=Q(dibuka=False), name="terkunci_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"Penguncian {self.lembar_id}"


class Pembukaan(models.Model):
    """The reopening of a locked sheet by the chair, with the reason; the locked state is kept."""

    penguncian = models.OneToOneField(Penguncian, models.PROTECT, related_name="pembukaan")
    pada = models.DateTimeField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    alasan = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = "pembukaan"

    def __str__(self) -> str:
        return f"Pembukaan {self.penguncian_id}"


class LembarSah(models.Model):
    """A sheet that counts, with its exact total; a database view (migration 0004).

    Locked, its assignment released and in force, without conflict. `total` is the sum of weight
    times factor, 0 to 100.
    """

    lembar = models.OneToOneField(
        LembarPenilaian, models.DO_NOTHING, primary_key=True, related_name="+"
    )
    penugasan = models.ForeignKey(Penugasan, models.DO_NOTHING, related_name="+")
    tahap = models.ForeignKey("kompetisi.Tahap", models.DO_NOTHING, related_name="+")
    pendaftaran = models.ForeignKey("registrasi.Pendaftaran", models.DO_NOTHING, related_name="+")
    evaluator = models.ForeignKey("evaluasi.Evaluator", models.DO_NOTHING, related_name="+")
    urutan = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=6)

    class Meta:
        managed = False
        db_table = "evaluasi_lembar_sah"
        verbose_name = verbose_name_plural = "lembar sah"

    def __str__(self) -> str:
        return f"{self.lembar_id}: {self.total}"
