"""Work that is to be done: rows first, Redis only rings the bell."""

from django.conf import settings
from django.db import models

from kompetisi.models.naskah import NaskahPesan


class StatusAntrean(models.TextChoices):
    """Where a piece of work stands. `gagal` is final until a person asks again.

    The last three are states of messages alone: returned, kept for the daily summary, and not
    mailed because the person chose so.
    """

    MENUNGGU = "menunggu", "Menunggu"
    DIKERJAKAN = "dikerjakan", "Sedang dikerjakan"
    SELESAI = "selesai", "Selesai"
    GAGAL = "gagal", "Gagal"
    DIBATALKAN = "dibatalkan", "Dibatalkan"
    TERPANTUL = "terpantul", "Terpantul"
    DITAMPUNG = "ditampung", "Menunggu ringkasan"
    TANPA_SUREL = "tanpa_surel", "Hanya di aplikasi"


class Antrean(models.Model):
    """What every queued row has: a key against doubles, a lease, tries and the last fault.

    A worker takes a row by setting `sewa_sampai` into the future; when it dies, the sweeper finds
    the lease run out and rings again. Times are instants in UTC of the real clock of the server:
    a lease is about processes, not about the competition's calendar.
    """

    kunci = models.CharField("kunci tunggal", max_length=200, unique=True)
    status = models.CharField(
        max_length=12, choices=StatusAntrean.choices, default=StatusAntrean.MENUNGGU
    )
    dibuat_pada = models.DateTimeField()
    jalankan_setelah = models.DateTimeField()
    percobaan = models.PositiveSmallIntegerField(default=0)
    sewa_sampai = models.DateTimeField(null=True, blank=True)
    selesai_pada = models.DateTimeField(null=True, blank=True)
    galat = models.TextField(blank=True)

    class Meta:
        abstract = True


class Pesan(Antrean):
    """A message to one person, by e-mail and in the application, kept whatever becomes of it.

    Subject and body are stored as they were when it was queued; `isian` holds what was filled in
    and `naskah` the edited text it was filled into (none: the text of the catalogue). `syarat` is
    a condition of the setting SYARAT_PESAN, `name:argument`, asked again before it is sent.
    `ringkasan` is the daily summary it went out in.
    """

    kepada = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="pesan"
    )
    alamat = models.EmailField()
    jenis = models.CharField(max_length=50)
    subjek = models.CharField(max_length=200)
    isi = models.TextField()
    tautan = models.CharField(max_length=300, blank=True)
    isian = models.JSONField(default=dict, blank=True)
    naskah = models.ForeignKey(
        NaskahPesan, models.PROTECT, null=True, blank=True, related_name="pesan"
    )
    ringkasan = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="diringkas"
    )
    syarat = models.CharField(max_length=100, blank=True)
    dibaca_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pesan"
        ordering = ["-dibuat_pada", "-pk"]
        indexes = [
            models.Index(fields=["status", "jalankan_setelah"], name="pesan_antrean"),
            models.Index(fields=["kepada", "-dibuat_pada"], name="pesan_kotak_masuk"),
        ]

    def __str__(self) -> str:
        return f"{self.subjek} ({self.alamat})"


class Pekerjaan(Antrean):
    """Background work. `tugas` is the name of a Celery task, called with this row's id."""

    tugas = models.CharField(max_length=100)
    argumen = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "pekerjaan"
        ordering = ["-dibuat_pada", "-pk"]
        indexes = [models.Index(fields=["status", "jalankan_setelah"], name="pekerjaan_antrean")]

    def __str__(self) -> str:
        return f"{self.tugas} {self.kunci}"
