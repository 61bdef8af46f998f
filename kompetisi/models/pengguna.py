"""People and the roles they hold in an edition."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from kompetisi.models.edisi import Edisi


class ZonaWaktu(models.TextChoices):
    """The three time zones of Indonesia; none has summer time."""

    WIB = "Asia/Jakarta", "WIB (UTC+7)"
    WITA = "Asia/Makassar", "WITA (UTC+8)"
    WIT = "Asia/Jayapura", "WIT (UTC+9)"


class PenggunaManager(BaseUserManager):
    """Creates accounts; e-mail addresses are kept in lower case, so that one person is one row."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "Pengguna":
        """Create an account; raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("Alamat surel wajib diisi.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "Pengguna":
        """Create an account that may use the reference-data admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str) -> "Pengguna":
        """Find by e-mail address, whatever its capitals."""
        return self.get(email=username.lower())


class Pengguna(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What they may do follows from Peran and Keanggotaan."""

    email = models.EmailField("alamat surel", unique=True)
    nama = models.CharField("nama lengkap", max_length=150, blank=True)
    jabatan = models.CharField("jabatan", max_length=150, blank=True)
    telepon = models.CharField("telepon kantor", max_length=30, blank=True)
    zona_waktu = models.CharField(
        "zona waktu", max_length=20, choices=ZonaWaktu.choices, default=ZonaWaktu.WIB
    )
    is_staff = models.BooleanField("petugas", default=False)
    is_active = models.BooleanField("aktif", default=True)
    dibuat_pada = models.DateTimeField("dibuat pada", auto_now_add=True)

    objects = PenggunaManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = "pengguna"

    def __str__(self) -> str:
        return self.nama or self.email

    def get_full_name(self) -> str:
        """The name to show; the address where no name was given."""
        return str(self)

    get_short_name = get_full_name


class JenisPeran(models.TextChoices):
    """Roles that PANRB grants per edition. The roles of agencies come from Keanggotaan."""

    EVALUATOR = "evaluator", "Evaluator"
    KETUA = "ketua", "Ketua tim evaluasi"
    SEKRETARIAT = "sekretariat", "Sekretariat"
    ADMIN_PANRB = "admin_panrb", "Admin PANRB"
    PENGAMAT = "pengamat", "Pengamat"


class Peran(models.Model):
    """A role held by a person in an edition, from `diberikan_pada` until `dicabut_pada`."""

    pengguna = models.ForeignKey(Pengguna, models.PROTECT, related_name="peran")
    edisi = models.ForeignKey(Edisi, models.PROTECT, related_name="peran")
    jenis = models.CharField(max_length=20, choices=JenisPeran.choices)
    diberikan_oleh = models.ForeignKey(
        Pengguna, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diberikan_pada = models.DateTimeField()
    dicabut_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "peran"
        constraints = [
            models.UniqueConstraint(
                fields=["pengguna", "edisi", "jenis"],
                condition=models.Q(dicabut_pada=None),
                name="peran_aktif_sekali",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pengguna}: {self.get_jenis_display()} {self.edisi}"
