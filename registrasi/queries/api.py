"""What programs read of registration, through the same permission queries as the pages."""

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from kompetisi.models import Edisi
from kompetisi.models.pengguna import Pengguna
from registrasi.models import Pengiriman, RiwayatStatus
from registrasi.queries.instansi import instansi_named
from registrasi.queries.pendaftaran import bukti_of, pendaftaran_of


def instansi_rows(cari: str, jenis: str) -> QuerySet:
    """The public bodies that are found by these words as on the pages, as dicts."""
    return instansi_named(cari, jenis=jenis).values(
        "kode", "nama", "singkatan", "jenis", "kode_kemendagri", "zona_waktu",
        nama_provinsi=F("provinsi__nama"),
    )  # fmt: skip


def pendaftaran_rows(user: Pengguna, edisi: Edisi | None = None) -> QuerySet:
    """The entries this person may see, as dicts with the receipt in force."""
    rows = pendaftaran_of(user)
    if edisi:
        rows = rows.filter(edisi=edisi)
    last = Pengiriman.objects.filter(pendaftaran=OuterRef("pk"), penarikan=None)
    last = last.order_by("-pada", "-pk")
    return rows.order_by("pk").values(
        "kode",
        "judul",
        "status",
        "diubah_pada",
        tahun=F("edisi__tahun"),
        nama_instansi=F("instansi__nama"),
        nama_unit=F("unit__nama"),
        kode_jalur=F("jalur__kode"),
        nomor=Subquery(last.values("nomor")[:1]),
        dikirim_pada=Subquery(last.values("pada")[:1]),
    )


def bukti_rows(user: Pengguna, kode: str) -> list[dict]:
    """The files of one of these entries as they are attached now, without their contents."""
    place = Case(
        When(jenis_dokumen__isnull=False, then=Concat(Value("dokumen:"), "jenis_dokumen__kode")),
        default=Concat(Value("kriteria:"), "kriteria__kode"),
        output_field=CharField(),
    )
    rows = bukti_of(user).filter(pendaftaran__kode=kode, dilepas_pada=None).order_by("pk")
    return list(
        rows.select_related(None).values(
            "dilampirkan_pada",
            tempat=place,
            nama=F("berkas__nama_asli"),
            ukuran=F("berkas__ukuran"),
            sha256=F("berkas__sha256"),
        )
    )


def riwayat_rows(kode: str) -> list[dict]:
    """The changes of status of an entry in order, without who made them or why."""
    rows = RiwayatStatus.objects.filter(pendaftaran__kode=kode).order_by("pada", "pk")
    return list(rows.values("pada", status=F("ke")))
