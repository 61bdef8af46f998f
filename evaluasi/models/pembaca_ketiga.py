"""What the chair decided about one more reading of an entry."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluasi.models.penugasan import Penugasan
from kompetisi.models import Tahap
from registrasi.models import Pendaftaran


class KeputusanPembaca(models.Model):
    """One more reader given, or left out with the reason, and what was known at that moment.

    `total` are the totals that stood then, as sorted decimal texts: once they change, a reading
    left out is proposed anew. `sebab` holds codes of the edition's rule. `peluang` is the chance
    that the reading changes who is in, None where it could not be computed; `mungkin` whether it
    could change that at all.
    """

    class Putusan(models.TextChoices):
        TUGASKAN = "tugaskan", "Ditugaskan"
        LEWATI = "lewati", "Dilewati"

    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="+")
    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="keputusan_pembaca")
    putusan = models.CharField(max_length=10, choices=Putusan.choices)
    sebab = models.JSONField(default=list, blank=True)
    total = models.JSONField(default=list)
    mungkin = models.BooleanField()
    peluang = models.FloatField(null=True, blank=True)
    alasan = models.TextField(blank=True)
    penugasan = models.ForeignKey(
        Penugasan, models.PROTECT, null=True, blank=True, related_name="+"
    )
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "keputusan pembaca"
        ordering = ["-pada", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(putusan="lewati") | ~Q(alasan=""), name="lewati_beralasan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pendaftaran}: {self.get_putusan_display()}"
