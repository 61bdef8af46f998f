"""How the service itself fared: a heartbeat a minute, and the outages found in it."""

from datetime import timedelta

from django.db import models

from kompetisi.models.edisi import Perpanjangan


class Sumber(models.TextChoices):
    """Who was alive: the web server, or the background work."""

    WEB = "web", "situs"
    BEAT = "beat", "pekerjaan latar"


class Denyut(models.Model):
    """A minute in which a part of the service lived; written by the database's own clock.

    `menit` is real time (UTC), never moved; `geser` says how far the clock of a demonstration was
    moved then, so that moving it is not taken for an outage. `hidup` is false for a minute of
    which only the refusals became known later, when the database answered again.
    """

    menit = models.DateTimeField()
    sumber = models.CharField(max_length=4, choices=Sumber.choices)
    hidup = models.BooleanField(default=True)
    dijawab = models.PositiveIntegerField(default=0)
    ditolak = models.PositiveIntegerField("dijawab 503", default=0)
    geser = models.DurationField(default=timedelta(0))

    class Meta:
        verbose_name = verbose_name_plural = "denyut"
        ordering = ["menit"]
        constraints = [models.UniqueConstraint(fields=["sumber", "menit"], name="denyut_menit")]

    def __str__(self) -> str:
        return f"{self.sumber} {self.menit:%Y-%m-%d %H:%M}"


class Gangguan(models.Model):
    """A measured outage [mulai, selesai): minutes in which the site did not serve people.

    In the competition's time (UTC; as `clock.now()`). `bukti` says what was measured: the last and
    the next good minute, how many had no heartbeat, how many refused, how many requests. The
    extension that it led to is named once there is one.
    """

    mulai = models.DateTimeField(unique=True)
    selesai = models.DateTimeField()
    bukti = models.JSONField(default=dict)
    dicatat_pada = models.DateTimeField()
    perpanjangan = models.ForeignKey(
        Perpanjangan, models.PROTECT, null=True, blank=True, related_name="gangguan"
    )

    class Meta:
        verbose_name = verbose_name_plural = "gangguan"
        ordering = ["-mulai"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mulai__lt=models.F("selesai")), name="gangguan_jendela"
            )
        ]

    def __str__(self) -> str:
        return f"Gangguan {self.mulai:%Y-%m-%d %H:%M}"

    @property
    def lama(self) -> timedelta:
        """How long it was."""
        return self.selesai - self.mulai
