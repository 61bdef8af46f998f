"""What is asked of an entry and how it is judged, per edition."""

from django.core.validators import MinValueValidator
from django.db import models

from kompetisi.models.edisi import Edisi, Jalur, Tahap


class Rubrik(models.Model):
    """The rubric of a scored stage, for one track or (jalur empty) for all.

    Frozen from the moment its stage opens; `hash` is the SHA-256 of its canonical content.
    """

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="rubrik")
    tahap = models.ForeignKey(Tahap, models.PROTECT, related_name="rubrik")
    jalur = models.ForeignKey(Jalur, models.PROTECT, null=True, blank=True, related_name="rubrik")
    nama = models.CharField(max_length=150)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "rubrik"
        constraints = [
            models.UniqueConstraint(
                fields=["tahap", "jalur"], name="rubrik_unik", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.nama


class Kelompok(models.Model):
    """A group of criteria (aspek). The weights of a rubric's groups sum to 100."""

    rubrik = models.ForeignKey(Rubrik, models.CASCADE, related_name="kelompok")
    kode = models.SlugField()
    nama = models.CharField(max_length=200)
    bobot = models.DecimalField(max_digits=5, decimal_places=2)
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "kelompok"
        ordering = ["urutan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rubrik", "kode"], name="kelompok_kode_unik")
        ]

    def __str__(self) -> str:
        return self.nama


class Kriteria(models.Model):
    """A criterion with its weight and the levels it can reach.

    `tingkat` is a list of {kode, nama, faktor, jangkar}; `faktor` is a decimal string between 0
    and 1, and a level earns bobot x faktor points. `jangkar` says what an entry at that level
    shows.
    """

    kelompok = models.ForeignKey(Kelompok, models.CASCADE, related_name="kriteria")
    kode = models.SlugField()
    nama = models.CharField(max_length=300)
    petunjuk = models.TextField(blank=True)
    bobot = models.DecimalField(max_digits=5, decimal_places=2, validators=[MinValueValidator(0)])
    tingkat = models.JSONField(default=list)
    butuh_bukti = models.BooleanField(default=False)
    tampil_bila = models.JSONField(default=dict, blank=True)
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "kriteria"
        ordering = ["urutan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kelompok", "kode"], name="kriteria_kode_unik")
        ]

    def __str__(self) -> str:
        return self.nama


class Pertanyaan(models.Model):
    """A question of the form: a narrative with its limit in words, or a choice.

    `pilihan` lists the answers to choose from and is empty for a narrative; `batas_kata` is 0
    for a choice. `tampil_bila` says when it is asked (kompetisi.rules.tampil), empty always.
    """

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="pertanyaan")
    jalur = models.ForeignKey(
        Jalur, models.PROTECT, null=True, blank=True, related_name="pertanyaan"
    )
    kode = models.SlugField()
    teks = models.CharField(max_length=300)
    petunjuk = models.TextField(blank=True)
    pilihan = models.JSONField(default=list, blank=True)
    batas_kata = models.PositiveSmallIntegerField()
    wajib = models.BooleanField(default=True)
    tampil_bila = models.JSONField(default=dict, blank=True)
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "pertanyaan"
        ordering = ["urutan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edisi", "kode"], name="pertanyaan_kode_unik")
        ]

    def __str__(self) -> str:
        return self.teks


class JenisDokumen(models.Model):
    """A kind of document an entry attaches, with its limits and when it is asked.

    `masa_berlaku_bulan` is how long a letter holds from its date on, unless it says itself until
    when; the date is then asked. None: it is not.
    `memuat_aduan` marks one that shows complaints, in which the people who complained must be
    covered before it is uploaded.
    """

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="jenis_dokumen")
    jalur = models.ForeignKey(
        Jalur, models.PROTECT, null=True, blank=True, related_name="jenis_dokumen"
    )
    kode = models.SlugField()
    nama = models.CharField(max_length=200)
    petunjuk = models.TextField(blank=True)
    wajib = models.BooleanField(default=True)
    maks_mb = models.PositiveSmallIntegerField(default=10)
    memuat_aduan = models.BooleanField(default=False)
    tampil_bila = models.JSONField(default=dict, blank=True)
    masa_berlaku_bulan = models.PositiveSmallIntegerField(null=True, blank=True)
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "jenis dokumen"
        ordering = ["urutan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edisi", "kode"], name="jenis_dokumen_kode_unik")
        ]

    def __str__(self) -> str:
        return self.nama


class SebelumKirim(models.TextChoices):
    """What it means for sending when a machine finds an item not met."""

    INGATKAN = "ingatkan", "Diingatkan, tetap dapat dikirim"
    TAHAN = "tahan", "Ditahan sampai dipenuhi"


class ButirAdministrasi(models.Model):
    """An item of the administrative gate: memenuhi, tidak memenuhi or perlu perbaikan.

    `dokumen` is the code of the kind of document that the machine's check looks at, if it looks
    at one.
    """

    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="butir_administrasi")
    jalur = models.ForeignKey(
        Jalur, models.PROTECT, null=True, blank=True, related_name="butir_administrasi"
    )
    kode = models.SlugField()
    nama = models.CharField(max_length=300)
    petunjuk = models.TextField(blank=True)
    otomatis = models.CharField("nama pemeriksaan mesin", max_length=50, blank=True)
    dokumen = models.CharField("kode dokumen", max_length=50, blank=True)
    sebelum_kirim = models.CharField(
        max_length=10, choices=SebelumKirim.choices, default=SebelumKirim.INGATKAN
    )
    urutan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "butir administrasi"
        ordering = ["urutan", "pk"]
        constraints = [models.UniqueConstraint(fields=["edisi", "kode"], name="butir_kode_unik")]

    def __str__(self) -> str:
        return self.nama
