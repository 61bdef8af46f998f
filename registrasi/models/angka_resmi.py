"""SP4N-LAPOR! figures as its operator's records have them, beside what the entries claim."""

from django.conf import settings
from django.db import models

from registrasi.models.pendaftaran import Pendaftaran


class AngkaResmi(models.Model):
    """Official figures of an entry over one of the edition's periods, both days included.

    `angka` as in KinerjaSP4N; a column the records do not give is absent, never nought. `sumber`
    says where they come from and `per_tanggal` on which day (WIB) they stood there. Written by the
    committee, never by the agency; every change is in the audit log.
    """

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="angka_resmi")
    periode_mulai = models.DateField()
    periode_selesai = models.DateField()
    angka = models.JSONField(default=dict)
    sumber = models.CharField(max_length=200)
    per_tanggal = models.DateField("keadaan per tanggal")
    versi = models.PositiveIntegerField(default=1)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "angka resmi"
        ordering = ["periode_mulai", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pendaftaran", "periode_mulai", "periode_selesai"],
                name="angka_resmi_periode",
            )
        ]

    def __str__(self) -> str:
        return f"Angka resmi {self.pendaftaran_id}, {self.periode_mulai}"
