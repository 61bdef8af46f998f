"""Evaluators of an edition, what they promised, where they come from, whom they must not judge."""

from django.conf import settings
from django.db import models

from kompetisi.models import Edisi
from registrasi.models import Instansi


class Evaluator(models.Model):
    """A member of the evaluation team. Home agency and its province are barred to them.

    `provinsi` is the province of origin, also of those from central bodies or from outside the
    directory of agencies: the chair enters it, the evaluator confirms it with the pact.
    `benturan_dinyatakan_pada` is when they declared their conflicts, or that they have none; until
    then, and until the integrity pact, no assignment is shown to them. `kapasitas` is the most
    sheets in a stage, `kapasitas_tahap` (code of a stage -> most sheets) where one differs.
    `keahlian` are fields of expertise: `jenis:<kind of agency>`, `jalur:<code of a track>`.
    """

    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="evaluator")
    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="evaluator")
    instansi_asal = models.ForeignKey(
        Instansi, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asal_lain = models.CharField("asal di luar daftar instansi", max_length=200, blank=True)
    provinsi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, related_name="+")
    kapasitas = models.PositiveSmallIntegerField("jumlah lembar paling banyak", default=100)
    kapasitas_tahap = models.JSONField("kapasitas menurut tahap", default=dict, blank=True)
    keahlian = models.JSONField("bidang keahlian", default=list, blank=True)
    aktif = models.BooleanField(default=True)
    benturan_dinyatakan_pada = models.DateTimeField(null=True, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "evaluator"
        constraints = [models.UniqueConstraint(fields=["pengguna", "edisi"], name="evaluator_unik")]

    def __str__(self) -> str:
        return str(self.pengguna)


class PaktaIntegritas(models.Model):
    """An evaluator's signed integrity pact: the text as it was agreed to."""

    evaluator = models.OneToOneField(Evaluator, models.PROTECT, related_name="pakta")
    teks = models.TextField()
    disetujui_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "pakta integritas"

    def __str__(self) -> str:
        return f"Pakta integritas {self.evaluator}"


class BenturanKepentingan(models.Model):
    """A conflict between an evaluator and an agency, declared or recorded with its reason."""

    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="benturan")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    alasan = models.TextField()
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "benturan kepentingan"
        constraints = [
            models.UniqueConstraint(fields=["evaluator", "instansi"], name="benturan_unik")
        ]

    def __str__(self) -> str:
        return f"{self.evaluator} ↔ {self.instansi}"


class JenisRiwayat(models.TextChoices):
    """What an evaluator once had to do with a body."""

    INSTANSI = "instansi", "Bekerja di sana"
    PENDAMPINGAN = "pendampingan", "Mendampingi atau menjadi konsultan"


class RiwayatEvaluator(models.Model):
    """Where an evaluator worked before, or whom they advised, and in which years.

    `instansi` is empty for a body outside the directory, then `nama_lain` names it. Years are
    calendar years in WIB, both included; `tahun_selesai` empty means that it goes on. What reaches
    into the edition's number of years (`benturan_riwayat_tahun`) is a conflict. Never changed:
    the committee takes a mistaken row away and writes another, both in the audit log.
    """

    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="riwayat")
    jenis = models.CharField(max_length=12, choices=JenisRiwayat.choices)
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, related_name="+")
    nama_lain = models.CharField("nama di luar daftar instansi", max_length=200, blank=True)
    tahun_mulai = models.PositiveSmallIntegerField()
    tahun_selesai = models.PositiveSmallIntegerField(null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "riwayat evaluator"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(instansi__isnull=False) ^ ~models.Q(nama_lain=""),
                name="riwayat_satu_nama",
            ),
            models.CheckConstraint(
                condition=models.Q(tahun_selesai=None)
                | models.Q(tahun_selesai__gte=models.F("tahun_mulai")),
                name="riwayat_tahun_urut",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator}: {self.nama}, {self.tahun}"

    @property
    def nama(self) -> str:
        """The body, from the directory or as it was typed."""
        return self.instansi.nama if self.instansi else self.nama_lain

    @property
    def tahun(self) -> str:
        """The years in words: "2015 sampai 2018", "sejak 2018", "2018"."""
        if self.tahun_selesai is None:
            return f"sejak {self.tahun_mulai}"
        if self.tahun_selesai == self.tahun_mulai:
            return str(self.tahun_mulai)
        return f"{self.tahun_mulai} sampai {self.tahun_selesai}"


class SumberDugaan(models.TextChoices):
    """Which text of a profile resembles an agency of the directory."""

    ASAL = "asal", "asal di luar daftar instansi"
    RIWAYAT = "riwayat", "riwayat di luar daftar instansi"
    PERNYATAAN = "pernyataan", "alasan pernyataan benturan"
    SUREL = "surel", "nama domain alamat surel"


class DugaanBenturan(models.Model):
    """An agency that a text of an evaluator's profile seems to mean; a person decides.

    No conflict until it is confirmed, then a BenturanKepentingan says so; `putusan` is empty until
    somebody decided. `kemiripan` is 0 to 100, `frasa` the name in the directory that `teks` is
    like.
    """

    class Putusan(models.TextChoices):
        """What a person decided."""

        BENAR = "benar", "Dibenarkan"
        DIABAIKAN = "diabaikan", "Diabaikan"

    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="dugaan")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+")
    sumber = models.CharField(max_length=12, choices=SumberDugaan.choices)
    teks = models.CharField(max_length=254)
    frasa = models.CharField(max_length=254)
    kemiripan = models.PositiveSmallIntegerField()
    ditemukan_pada = models.DateTimeField()
    putusan = models.CharField(max_length=10, choices=Putusan.choices, blank=True)
    alasan = models.TextField(blank=True)
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "dugaan benturan"
        constraints = [
            models.UniqueConstraint(fields=["evaluator", "instansi"], name="dugaan_unik")
        ]

    def __str__(self) -> str:
        return f"{self.evaluator} ↔ {self.instansi}?"


class BenturanEfektif(models.Model):
    """Every pair of evaluator and agency that must not meet, with the cause; a database view.

    The one definition of a conflict (migration 0008): own agency, its parent and its children, the
    own province and all its regions, agencies the account represents or represented at any time
    since the edition began, agencies one worked for or advised within the edition's number of
    years, declared conflicts. Queries, the score statement and the trigger on assignments all read
    it.
    """

    class Sebab(models.TextChoices):
        ASAL = "asal", "instansi asal"
        INDUK = "induk", "instansi induk dari instansi asal"
        ANAK = "anak", "instansi di bawah instansi asal"
        PROVINSI = "provinsi", "pemerintah provinsi asal"
        WILAYAH = "wilayah", "berada di provinsi asal"
        MEWAKILI = "mewakili", "instansi yang diwakili akunnya"
        RIWAYAT = "riwayat", "pernah bekerja di sana"
        PENDAMPINGAN = "pendampingan", "pernah mendampinginya"
        DINYATAKAN = "dinyatakan", "benturan kepentingan yang dinyatakan"

    id = models.CharField(primary_key=True, max_length=60)
    evaluator = models.ForeignKey(Evaluator, models.DO_NOTHING, related_name="+")
    instansi = models.ForeignKey(Instansi, models.DO_NOTHING, related_name="+")
    sebab = models.CharField(max_length=12, choices=Sebab.choices)

    class Meta:
        managed = False
        db_table = "evaluasi_benturan_efektif"
        verbose_name = verbose_name_plural = "benturan efektif"

    def __str__(self) -> str:
        return f"{self.evaluator_id} ↔ {self.instansi_id}: {self.sebab}"
