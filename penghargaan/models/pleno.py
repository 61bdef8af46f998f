"""The plenary and the list it freezes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kompetisi.models import Edisi, Jalur
from registrasi.models import Pendaftaran


class Pleno(models.Model):
    """The plenary of an edition. Frozen once; `hash` is the SHA-256 of the canonical result.

    `samaran` maps the names that stand for entries and evaluators in the public result file to
    their codes; it never leaves the plenary's circle as a whole. `alasan_jumlah` is given when
    more or fewer win than the edition says, `alasan_kuota` for each quota of a track or an aspect
    from which the decisions differ (keys of queries.kuota). `versi` counts what was decided, so
    that nobody decides on a list that has changed under them.
    """

    edisi = models.OneToOneField(Edisi, models.PROTECT, related_name="pleno")
    dibuka_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuka_pada = models.DateTimeField()
    tempat = models.CharField(max_length=150, blank=True)
    nomor_berita_acara = models.CharField(max_length=100, blank=True)
    dibekukan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    dibekukan_pada = models.DateTimeField(null=True, blank=True)
    isi = models.JSONField("hasil yang dapat dihitung ulang", null=True, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    alasan_jumlah = models.TextField("alasan jumlah pemenang berbeda", blank=True)
    alasan_kuota = models.JSONField("alasan kuota berbeda", default=dict, blank=True)
    samaran = models.JSONField("nama samaran dalam berkas hasil", default=dict, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "pleno"

    def __str__(self) -> str:
        return f"Pleno {self.edisi}"


class HadirPleno(models.Model):
    """Who was present at the plenary, as the minutes name them."""

    pleno = models.ForeignKey(Pleno, models.PROTECT, related_name="hadir")
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sebagai = models.CharField(max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "hadir pleno"
        constraints = [models.UniqueConstraint(fields=["pleno", "pengguna"], name="hadir_unik")]

    def __str__(self) -> str:
        return f"{self.pengguna} ({self.sebagai})"


class Peringkat(models.Model):
    """An entry in the plenary: proposed rank, exact scores, tie-break shown, decision.

    `nilai_eksak` is the final score as a fraction of whole numbers, without any rounding;
    `nilai_tahap` has those of the stages by their code; `nilai_akhir` is for sorting alone.
    Entries that nothing separates share a rank (`seri_terbuka`) until the plenary votes. A
    decision that deviates from the proposal carries its reason. Frozen with the plenary.
    """

    pleno = models.ForeignKey(Pleno, models.PROTECT, related_name="peringkat")
    jalur = models.ForeignKey(Jalur, models.PROTECT, related_name="+")
    pendaftaran = models.OneToOneField(Pendaftaran, models.PROTECT, related_name="peringkat")
    peringkat = models.PositiveIntegerField()
    nilai_akhir = models.DecimalField(max_digits=12, decimal_places=8)
    nilai_tahap = models.JSONField(default=dict)
    pemecah_seri = models.CharField(max_length=300, blank=True)
    nilai_eksak = models.CharField(max_length=120, blank=True)
    seri_terbuka = models.BooleanField(default=False)
    suara_pleno = models.PositiveSmallIntegerField(null=True, blank=True)
    usulan_menang = models.BooleanField()
    usulan_aspek = models.CharField(max_length=50, blank=True)
    aspek = models.CharField(max_length=50, blank=True)
    menang = models.BooleanField()
    didiskualifikasi = models.BooleanField(default=False)
    alasan = models.TextField(blank=True)
    predikat = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "peringkat"
        ordering = ["jalur__urutan", "peringkat", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    menang=F("usulan_menang"), aspek=F("usulan_aspek"), didiskualifikasi=False
                )
                | ~Q(alasan=""),
                name="peringkat_penyimpangan_beralasan",
            ),
            models.CheckConstraint(
                condition=Q(menang=False) | Q(didiskualifikasi=False),
                name="peringkat_diskualifikasi_tidak_menang",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.peringkat}. {self.pendaftaran}"
