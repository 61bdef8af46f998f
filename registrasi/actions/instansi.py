"""Keeping the directory of public bodies."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F

from kompetisi import clock
from kompetisi.actions.jejak import record
from registrasi.actions.direktori import BarisInstansi, read_direktori
from registrasi.models import Instansi
from registrasi.queries.instansi import build_nama_cari

FIELDS = (
    "nama",
    "nama_cari",
    "singkatan",
    "jenis",
    "kode_kemendagri",
    "provinsi_id",
    "zona_waktu",
    "berlaku_mulai",
    "berlaku_sampai",
)


@dataclass(frozen=True)
class HasilMuat:
    """What a load did: numbers of bodies, and how many are in force per kind."""

    baru: int
    berubah: int
    tetap: int
    per_jenis: dict[str, int]

    @property
    def jumlah(self) -> int:
        """All bodies of the file."""
        return self.baru + self.berubah + self.tetap


@transaction.atomic
def load_instansi(*, path: str | Path, at: datetime) -> HasilMuat:
    """Bring the directory to the state of a CSV file; loading the same file again changes nothing.

    Bodies are told apart by `kode`, which never changes once given. A body that the file does not
    name is left as it is, because entries may hang on it. `at` is the instant for which
    `per_jenis` counts the bodies in force (its date in WIB). Writes one audit record when
    anything changed. Raises InvalidInputError naming line and column of each mistake,
    FileNotFoundError when there is no such file.
    """
    path = Path(path)
    rows = read_direktori(path)
    baru, berubah = store_rows(rows)
    if baru or berubah:
        _record_load(path=path, baru=baru, berubah=berubah)
    day = at.astimezone(clock.WIB).date()
    return HasilMuat(
        baru=len(baru),
        berubah=len(berubah),
        tetap=len(rows) - len(baru) - len(berubah),
        per_jenis=dict(Counter(row.jenis for row in rows if _in_force(row, day))),
    )


def store_rows(rows: list[BarisInstansi]) -> tuple[list[Instansi], list[Instansi]]:
    """Insert the new and update the changed; returns both. Part of the caller's act.

    A province that the rows do not name is looked up in the directory.
    """
    # Provinces first: the others point to them.
    first = _store([row for row in rows if row.jenis == "provinsi"], {})
    second = _store([row for row in rows if row.jenis != "provinsi"], provinsi_keys(rows))
    return first[0] + second[0], first[1] + second[1]


def provinsi_keys(rows: list[BarisInstansi]) -> dict[str, int]:
    """Primary keys of the provinces by region code; those the rows name win over older ones."""
    stored = Instansi.objects.filter(jenis="provinsi").order_by(
        F("berlaku_mulai").asc(nulls_first=True), "pk"
    )
    named = {row.kode for row in rows if row.jenis == "provinsi"}
    known = list(stored.values_list("kode", "kode_kemendagri", "pk"))
    return {code: pk for kode, code, pk in sorted(known, key=lambda k: k[0] in named)}


def _store(
    rows: list[BarisInstansi], provinsi: dict[str, int]
) -> tuple[list[Instansi], list[Instansi]]:
    """Insert the new and update the changed; returns both lists."""
    kode = [row.kode for row in rows]
    existing = Instansi.objects.select_for_update().filter(kode__in=kode).in_bulk(field_name="kode")
    baru, berubah = [], []
    for row in rows:
        wanted = values_of(row, provinsi)
        instansi = existing.get(row.kode)
        if instansi is None:
            baru.append(Instansi(kode=row.kode, **wanted))
        elif any(getattr(instansi, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(instansi, name, value)
            berubah.append(instansi)
    Instansi.objects.bulk_create(baru)
    Instansi.objects.bulk_update(berubah, [name.removesuffix("_id") for name in FIELDS])
    return baru, berubah


def values_of(row: BarisInstansi, provinsi: dict[str, int]) -> dict:
    """The fields of a body as the row says them."""
    nama_cari = build_nama_cari(
        nama=row.nama, jenis=row.jenis, singkatan=row.singkatan, alias=row.alias
    )
    own = {"nama_cari": nama_cari, "provinsi_id": provinsi.get(row.provinsi)}
    return {name: own[name] if name in own else getattr(row, name) for name in FIELDS}


def _in_force(row: BarisInstansi, day: date) -> bool:
    return (row.berlaku_mulai is None or row.berlaku_mulai <= day) and (
        row.berlaku_sampai is None or row.berlaku_sampai > day
    )


def _record_load(*, path: Path, baru: list[Instansi], berubah: list[Instansi]) -> None:
    record(
        tindakan="load_instansi",
        objek=(baru or berubah)[0],
        oleh=None,
        rincian={
            "berkas": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "baru": len(baru),
            "berubah": [instansi.kode for instansi in berubah],
        },
    )
