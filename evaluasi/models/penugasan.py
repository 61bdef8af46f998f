"""Who judges what, in which stage."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value

from evaluasi.models.evaluator import Evaluator
from kompetisi.models import Tahap
from registrasi.models import Pendaftaran


class RencanaPenugasan(models.Model):
    """A proposed assignment: previewed, edited, then released as a whole.

    `benih` repeats the draw. `kekurangan` lists the readers that could not be found, as
    {entri, kode, kurang, aturan, sebab}. `ringkasan` says how the plan came out: `peringatan`
    (sentences), `jangkar` (keys of the entries that everybody reads), `tetap` and `berubah` (pairs
    of the plan before), `terbaik` (False when the time was up before the best was proved).
    Assignments of a plan without `dirilis_pada` are unseen by evaluators.
    """

    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="rencana")
    benih = models.PositiveIntegerField()
    kekurangan = models.JSONField(default=list, blank=True)
    ringkasan = models.JSONField(default=dict, blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField()
    dirilis_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    dirilis_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "rencana penugasan"
        ordering = ["-dibuat_pada"]

    def __str__(self) -> str:
        return f"Rencana {self.tahap} {self.benih}"


class SebabCabut(models.TextChoices):
    """Why an assignment ended before its sheet counted."""

    BENTURAN = "benturan", "Benturan kepentingan"
    DIGANTI = "diganti", "Diganti pembaca lain"
    DIBATALKAN = "dibatalkan", "Dibatalkan"
    DITOLAK = "ditolak", "Ditolak evaluator"


class Penugasan(models.Model):
    """One evaluator for one entry in one stage; `urutan` 3 and above are extra readers.

    `dirilis_pada` empty means a preview. Ended, never deleted, once released. `pertimbangan` are
    the reasons why this evaluator reads this entry (rules/pembagian, PERTIMBANGAN).
    `diterima_pada` is when the evaluator accepted it; nothing waits for that. A declined one ended.
    """

    rencana = models.ForeignKey(
        RencanaPenugasan, models.CASCADE, null=True, blank=True, related_name="penugasan"
    )
    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="penugasan")
    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="penugasan")
    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="penugasan")
    urutan = models.PositiveSmallIntegerField()
    pertimbangan = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), blank=True
    )
    dirilis_pada = models.DateTimeField(null=True, blank=True)
    diterima_pada = models.DateTimeField(null=True, blank=True)
    dicabut_pada = models.DateTimeField(null=True, blank=True)
    dicabut_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sebab_cabut = models.CharField(max_length=12, choices=SebabCabut.choices, blank=True)
    alasan_cabut = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "penugasan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tahap", "pendaftaran", "evaluator"],
                condition=Q(dicabut_pada=None),
                name="penugasan_sekali",
            )
        ]
        indexes = [models.Index(fields=["evaluator", "tahap"], name="penugasan_evaluator")]

    def __str__(self) -> str:
        return f"{self.evaluator} → {self.pendaftaran}"
