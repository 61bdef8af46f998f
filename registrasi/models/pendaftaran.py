"""An entry, its submissions and withdrawals, and the road it has travelled."""

from django.conf import settings
from django.db import models

from kompetisi.models import Edisi, Jalur
from registrasi.models.instansi import Instansi, UnitPengelola


class StatusPendaftaran(models.TextChoices):
    """The road of an entry (docs/glossary.md)."""

    DRAF = "draf", "Draf, belum dikirim"
    DIKIRIM = "dikirim", "Dikirim"
    PERLU_PERBAIKAN = "perlu_perbaikan", "Perlu perbaikan"
    LOLOS_ADMINISTRASI = "lolos_administrasi", "Lolos seleksi administrasi"
    TIDAK_LOLOS_ADMINISTRASI = "tidak_lolos_administrasi", "Tidak lolos seleksi administrasi"
    DINILAI_DOKUMEN = "dinilai_dokumen", "Dokumen telah dinilai"
    MASUK_DAFTAR_PENDEK = "masuk_daftar_pendek", "Masuk daftar pendek"
    TIDAK_MASUK = "tidak_masuk", "Tidak masuk daftar pendek"
    TERJADWAL_WAWANCARA = "terjadwal_wawancara", "Terjadwal wawancara"
    DIWAWANCARAI = "diwawancarai", "Telah diwawancarai"
    TERJADWAL_VERIFIKASI = "terjadwal_verifikasi", "Terjadwal verifikasi lapangan"
    TERVERIFIKASI = "terverifikasi", "Telah diverifikasi di lapangan"
    DIUSULKAN_PLENO = "diusulkan_pleno", "Dibahas dalam pleno"
    DITETAPKAN = "ditetapkan", "Ditetapkan sebagai pemenang"
    TIDAK_DITETAPKAN = "tidak_ditetapkan", "Tidak ditetapkan sebagai pemenang"
    MENGUNDURKAN_DIRI = "mengundurkan_diri", "Mengundurkan diri"
    DIDISKUALIFIKASI = "didiskualifikasi", "Didiskualifikasi"


class Pendaftaran(models.Model):
    """An entry of an agency (unit empty) or of one of its units in a track.

    `kode` is short, unguessable in order and fit to be read over the telephone. `versi` counts
    changes of the entry's own fields. `perlindungan_pada` is when somebody declared that people
    who complained are covered in all evidence. `status` is what has been decided; whether a window
    is open is never kept here.
    """

    kode = models.CharField(max_length=20, unique=True)
    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="pendaftaran")
    jalur = models.ForeignKey(Jalur, models.PROTECT, related_name="pendaftaran")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="pendaftaran")
    unit = models.ForeignKey(
        UnitPengelola, models.PROTECT, null=True, blank=True, related_name="pendaftaran"
    )
    judul = models.CharField("nama program atau inovasi pengelolaan", max_length=200, blank=True)
    mulai_pemakaian = models.DateField("SP4N-LAPOR! dipakai sejak", null=True, blank=True)
    terhubung_lapor = models.BooleanField("terhubung dengan SP4N-LAPOR!", default=False)
    narahubung_nama = models.CharField(max_length=150, blank=True)
    narahubung_telepon = models.CharField(max_length=30, blank=True)
    status = models.CharField(
        max_length=30, choices=StatusPendaftaran.choices, default=StatusPendaftaran.DRAF
    )
    versi = models.PositiveIntegerField(default=1)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField()
    diubah_pada = models.DateTimeField()
    perlindungan_pada = models.DateTimeField("identitas pelapor ditutup", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pendaftaran"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edisi", "jalur", "instansi", "unit"],
                nulls_distinct=False,
                name="pendaftaran_sekali",
            )
        ]
        indexes = [models.Index(fields=["edisi", "status"], name="pendaftaran_status")]

    def __str__(self) -> str:
        return f"{self.kode} {self.peserta}"

    samaran = ""  # what a reader from whom the name is kept sees instead; never stored

    @property
    def peserta(self) -> str:
        """Who competes: the unit with its agency, or the agency."""
        if self.samaran:
            return self.samaran
        return f"{self.unit.nama}, {self.instansi.nama}" if self.unit else self.instansi.nama


class Pengiriman(models.Model):
    """A submission that was acknowledged: the receipt.

    `kunci` is the idempotency key of the form that sent it; `pada` is by the database's clock.
    `isi` is the snapshot of all answers and of each file's SHA-256, `hash` the SHA-256 of its
    canonical JSON. `kode_verifikasi` has 128 random bits. Never changed afterwards.
    """

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="pengiriman")
    nomor = models.CharField("nomor tanda terima", max_length=40, unique=True)
    kode_verifikasi = models.CharField(max_length=32, unique=True)
    kunci = models.CharField(max_length=64, unique=True)
    pada = models.DateTimeField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pernyataan = models.TextField()
    penandatangan_nama = models.CharField(max_length=150)
    penandatangan_jabatan = models.CharField(max_length=150)
    perbaikan = models.BooleanField("hasil masa perbaikan", default=False)
    isi = models.JSONField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "pengiriman"
        ordering = ["-pada", "-pk"]

    def __str__(self) -> str:
        return self.nomor


class KunciUlang(models.Model):
    """Another idempotency key that was answered with a receipt, as a second tab's is.

    Whoever was once led to a receipt with a key is led to the same one for ever, also after it was
    withdrawn: a press repeated by a program or a bad line never sends what nobody asked to send.
    """

    kunci = models.CharField(max_length=64, unique=True)
    pengiriman = models.ForeignKey(Pengiriman, models.PROTECT, related_name="kunci_ulang")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "kunci ulang"

    def __str__(self) -> str:
        return f"Kunci ulang {self.pengiriman_id}"


class SalinanTandaTerima(models.Model):
    """The receipt's PDF as it was first handed out, so that the file itself can be recognised.

    Made when the PDF is first asked for, never in the path of sending; never made again.
    """

    pengiriman = models.OneToOneField(Pengiriman, models.PROTECT, related_name="salinan")
    sha256 = models.CharField(max_length=64, db_index=True)
    kunci = models.CharField("kunci simpanan", max_length=200)
    dibuat_pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "salinan tanda terima"

    def __str__(self) -> str:
        return f"Salinan {self.pengiriman_id}"


class Penarikan(models.Model):
    """The withdrawal of a submission: its presence makes the entry a draft again."""

    pengiriman = models.OneToOneField(Pengiriman, models.PROTECT, related_name="penarikan")
    pada = models.DateTimeField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    alasan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "penarikan"

    def __str__(self) -> str:
        return f"Penarikan {self.pengiriman}"


class RiwayatStatus(models.Model):
    """One step on the road of an entry: who, when, why. `alasan` is shown to the agency."""

    pendaftaran = models.ForeignKey(Pendaftaran, models.PROTECT, related_name="riwayat")
    dari = models.CharField(max_length=30, blank=True)
    ke = models.CharField(max_length=30, choices=StatusPendaftaran.choices)
    pada = models.DateTimeField()
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    alasan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "riwayat status"
        ordering = ["pada", "pk"]

    def __str__(self) -> str:
        return f"{self.pendaftaran_id}: {self.dari} → {self.ke}"
