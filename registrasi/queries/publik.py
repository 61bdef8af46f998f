"""Who takes part, for everybody: names only, and only after registration has closed."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from kompetisi.models import Edisi
from kompetisi.queries.edisi import keadaan_of
from registrasi.models import Pendaftaran, Pengiriman, StatusPendaftaran
from registrasi.queries.instansi import name_wilayah, named_by


def is_peserta_public(edisi: Edisi, at: datetime) -> bool:
    """Whether registration has closed at that instant, so that names may be read by all."""
    return keadaan_of(edisi, "pendaftaran", at) == "selesai"


def _sent(edisi: Edisi) -> QuerySet[Pendaftaran]:
    """Entries with a submission in force, without those that left the competition."""
    in_force = Pengiriman.objects.filter(pendaftaran=OuterRef("pk"), penarikan=None)
    left = (StatusPendaftaran.DRAF, StatusPendaftaran.MENGUNDURKAN_DIRI)
    return Pendaftaran.objects.filter(Exists(in_force), edisi=edisi).exclude(status__in=left)


def count_peserta(edisi: Edisi) -> int:
    """How many entries have been sent and not taken back."""
    return _sent(edisi).count()


def peserta_list(edisi: Edisi, saring: Mapping[str, str]) -> QuerySet:
    """Participants by name as dicts {instansi, unit, jalur, jenis, provinsi}, nothing else.

    `saring` is a cleaned filter with `cari`, `jenis` and `jalur`. Neither codes nor statuses are
    read: a list that anybody sees must not tell how far an entry has come.
    """
    rows = _sent(edisi)
    rows = rows.filter(named_by(saring.get("cari") or "", "unit__nama"))
    if saring.get("jenis"):
        rows = rows.filter(instansi__jenis=saring["jenis"])
    if saring.get("jalur"):
        rows = rows.filter(jalur__kode=saring["jalur"])
    return rows.order_by("instansi__nama", "jalur__urutan", "unit__nama", "pk").values(
        nama_instansi=F("instansi__nama"),
        nama_unit=F("unit__nama"),
        nama_jalur=F("jalur__nama"),
        jenis=F("instansi__jenis"),
        provinsi=F("instansi__provinsi__nama"),
    )


def pilihan_jalur(edisi: Edisi) -> list[tuple[str, str]]:
    """The tracks one can narrow the list to, as (value, label)."""
    return [(jalur.kode, jalur.nama) for jalur in edisi.jalur.all()]


def with_names(rows: list[dict], jenis: Mapping[str, str]) -> list[dict]:
    """The rows of a page with the bare province and the kind in words."""
    return [
        row
        | {"jenis": jenis.get(row["jenis"], ""), "provinsi": name_wilayah(row["provinsi"] or "")}
        for row in rows
    ]
