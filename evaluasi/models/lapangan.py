"""Site visits: team, date, findings with notes and photos, berita acara."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kompetisi.models import Kriteria, Tahap
from registrasi.models import Berkas, Pendaftaran


class KunjunganLapangan(models.Model):
    """The visit to one entry. The team are the assignments of the stage.

    Findings stand on the members' own sheets; what is here is shared by the team. `benih_sampel`
    draws the reports to be checked: `sampel` has what was drawn from ({mulai, selesai, jumlah}) and
    the ordinals (`nomor`); the database refuses to change it. `ditutup_pada` ends the visit: from
    then on the minutes stand (by nobody when the stage's closing ended it).
    """

    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="kunjungan")
    pendaftaran = models.OneToOneField(Pendaftaran, models.PROTECT, related_name="kunjungan")
    tanggal = models.DateField()
    tempat = models.CharField(max_length=200)
    penerima_nama = models.CharField("diterima oleh", max_length=150, blank=True)
    penerima_jabatan = models.CharField(max_length=150, blank=True)
    temuan_material = models.TextField(blank=True)
    nomor_berita_acara = models.CharField(max_length=100, blank=True)
    benih_sampel = models.PositiveIntegerField(default=0)
    sampel = models.JSONField("sampel laporan", null=True, blank=True)
    sampel_pada = models.DateTimeField("sampel diambil pada", null=True, blank=True)
    dijadwalkan_pada = models.DateTimeField()
    ditutup_pada = models.DateTimeField(null=True, blank=True)
    ditutup_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "kunjungan lapangan"
        ordering = ["tanggal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomor_berita_acara"],
                condition=~Q(nomor_berita_acara=""),
                name="nomor_berita_acara_unik",
            )
        ]

    def __str__(self) -> str:
        return f"Kunjungan {self.pendaftaran}"


class FotoLapangan(models.Model):
    """A photograph that supports a finding; metadata removed before it is stored.

    `kriteria` empty means the visit as a whole.
    """

    kunjungan = models.ForeignKey(KunjunganLapangan, models.PROTECT, related_name="foto")
    kriteria = models.ForeignKey(Kriteria, models.PROTECT, null=True, blank=True, related_name="+")
    berkas = models.ForeignKey(Berkas, models.PROTECT, related_name="+")
    keterangan = models.CharField(max_length=200, blank=True)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "foto lapangan"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.keterangan or str(self.berkas)
