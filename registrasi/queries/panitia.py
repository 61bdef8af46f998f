"""Entries as the committee sees them: the list, its filters, the funnel. Read only."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from kompetisi.clock import WIB
from kompetisi.models import Edisi, JejakAudit, Perpanjangan
from kompetisi.queries.edisi import find_tahap
from kompetisi.rules.matriks import PANITIA
from kompetisi.rules.tahap import closing_of
from registrasi.models import (
    Instansi,
    JenisInstansi,
    Keanggotaan,
    Pendaftaran,
    Pengiriman,
    StatusPendaftaran,
)
from registrasi.queries.instansi import named_by

S = StatusPendaftaran
PENGINGAT = "pengingat.kirim"
BEFORE_GATE = (S.DRAF, S.DIKIRIM, S.PERLU_PERBAIKAN, S.TIDAK_LOLOS_ADMINISTRASI)
OUTSIDE = (S.MENGUNDURKAN_DIRI, S.DIDISKUALIFIKASI)
URUTAN = {
    "instansi": "instansi__nama",
    "kode": "kode",
    "jalur": "jalur__urutan",
    "status": "status",
    "dikirim": "dikirim_pada",
    "diubah": "diubah_pada",
}


def pendaftaran_visible_to_panitia(peran: Collection[str], edisi: Edisi) -> QuerySet[Pendaftaran]:
    """All entries of the edition for the committee; nothing for anybody else.

    `dikirim_pada` is the instant of the last submission that was not withdrawn (UTC), or None.
    """
    if not PANITIA.intersection(peran):
        return Pendaftaran.objects.none()
    return (
        Pendaftaran.objects.filter(edisi=edisi)
        .select_related("instansi__provinsi", "unit", "jalur", "edisi")
        .annotate(dikirim_pada=Subquery(last_pengiriman().values("pada")[:1]))
    )


def last_pengiriman() -> QuerySet[Pengiriman]:
    """The submissions in force of the outer entry, newest first; for subqueries."""
    return Pengiriman.objects.filter(pendaftaran=OuterRef("pk"), penarikan=None).order_by(
        "-pada", "-pk"
    )


def filter_pendaftaran(
    rows: QuerySet[Pendaftaran], saring: Mapping[str, str], urut: str = "instansi"
) -> QuerySet[Pendaftaran]:
    """The entries that a cleaned filter leaves, in the order asked for ("-" turns it round)."""
    rows = rows.filter(named_by(saring.get("cari") or "", "unit__nama", "judul", "kode"))
    for name, lookup in (("status", "status"), ("jalur", "jalur__kode")):
        if saring.get(name):
            rows = rows.filter(**{lookup: saring[name]})
    if saring.get("jenis"):
        rows = rows.filter(instansi__jenis=saring["jenis"])
    if saring.get("provinsi"):
        kode = saring["provinsi"]
        rows = rows.filter(Q(instansi__provinsi__kode=kode) | Q(instansi__kode=kode))
    return rows.order_by(*_order(urut))


def _order(urut: str) -> list:
    field = F(URUTAN.get(urut.lstrip("-"), "instansi__nama"))
    first = field.desc(nulls_last=True) if urut.startswith("-") else field.asc(nulls_last=True)
    return [first, "pk"]


def pilihan_saring(edisi: Edisi) -> dict[str, list[tuple[str, str]]]:
    """What can be filtered by, as (value, label)."""
    provinsi = Instansi.objects.filter(jenis=JenisInstansi.PROVINSI).order_by("nama")
    return {
        "status": StatusPendaftaran.choices,
        "jalur": list(edisi.jalur.values_list("kode", "nama")),
        "jenis": JenisInstansi.choices,
        "provinsi": [
            (kode, nama.removeprefix("Pemerintah Provinsi ").removeprefix("Pemerintah "))
            for kode, nama in provinsi.values_list("kode", "nama")
        ],
    }


def corong(peran: Collection[str], edisi: Edisi) -> dict[str, int]:
    """The funnel as numbers: approved agencies, entries by where they stand."""
    if not PANITIA.intersection(peran):
        return {}
    numbers = Pendaftaran.objects.filter(edisi=edisi).aggregate(
        dibuat=Count("pk"),
        draf=Count("pk", filter=Q(status=S.DRAF)),
        terkirim=Count("pk", filter=~Q(status=S.DRAF)),
        menunggu=Count("pk", filter=Q(status=S.DIKIRIM)),
        perbaikan=Count("pk", filter=Q(status=S.PERLU_PERBAIKAN)),
        lolos=Count("pk", filter=~Q(status__in=[*BEFORE_GATE, *OUTSIDE])),
        tidak_lolos=Count("pk", filter=Q(status=S.TIDAK_LOLOS_ADMINISTRASI)),
    )
    akun = Keanggotaan.objects.berlaku()
    numbers["akun"] = akun.values("instansi").distinct().count()
    return numbers


def terlambat(rows: Collection[Pendaftaran], edisi: Edisi, at: datetime) -> set[int]:
    """Drafts whose own window has closed, by primary key: they were never sent."""
    tahap = find_tahap(edisi, "pendaftaran")
    if tahap is None:
        return set()
    approved = list(Perpanjangan.objects.filter(tahap=tahap, disetujui_pada__isnull=False))
    return {
        row.pk
        for row in rows
        if row.status == S.DRAF and closing_of(tahap, approved, row.kode) <= at
    }


def draf_belum_dikirim(peran: Collection[str], edisi: Edisi) -> QuerySet[Pendaftaran]:
    """The chase list: drafts, those left untouched longest first, with their last reminder."""
    rows = pendaftaran_visible_to_panitia(peran, edisi).filter(status=S.DRAF)
    return annotate_pengingat(rows).order_by("diubah_pada", "pk")


def annotate_pengingat(rows: QuerySet[Pendaftaran]) -> QuerySet[Pendaftaran]:
    """Add `diingatkan_pada`: when a person last sent a reminder (UTC), or None."""
    acts = JejakAudit.objects.filter(
        tindakan=PENGINGAT,
        objek_jenis=Pendaftaran._meta.label_lower,
        objek_kunci=Cast(OuterRef("pk"), CharField()),
    )
    return rows.annotate(diingatkan_pada=Subquery(acts.order_by("-urutan").values("pada")[:1]))


def was_today(instant: datetime | None, at: datetime) -> bool:
    """Whether an instant lies on the same day in WIB as `at`."""
    return bool(instant) and instant.astimezone(WIB).date() == at.astimezone(WIB).date()
