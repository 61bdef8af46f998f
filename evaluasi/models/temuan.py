"""What a team found on site, criterion by criterion; shared by the team and free of scores."""

from django.conf import settings
from django.db import models

from evaluasi.models.lapangan import KunjunganLapangan
from kompetisi.models import Kriteria


class TemuanLapangan(models.Model):
    """The finding of a visit for one criterion, as it stands in the minutes both sides sign.

    Levels and points are on the members' own sheets (docs/decisions/0005-lembar-lapangan.md).
    """

    kunjungan = models.ForeignKey(KunjunganLapangan, models.PROTECT, related_name="temuan")
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, related_name="+")
    uraian = models.TextField(blank=True)
    versi = models.PositiveIntegerField(default=1)
    diubah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diubah_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "temuan lapangan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kunjungan", "kriteria"], name="temuan_unik")
        ]

    def __str__(self) -> str:
        return f"{self.kunjungan_id}: {self.kriteria_id}"
