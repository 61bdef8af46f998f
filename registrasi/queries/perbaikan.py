"""The correction round in content: what the secretariat asked, and what has changed since."""

from dataclasses import dataclass

from registrasi.models import (
    HasilButir,
    PemeriksaanButir,
    Pendaftaran,
    Pengiriman,
    SeleksiAdministrasi,
)
from registrasi.queries.cuplikan import cuplikan_of
from registrasi.queries.pendaftaran import pertanyaan_of
from registrasi.rules.perbaikan import Perubahan, bagian_of, compare_cuplikan


@dataclass(frozen=True)
class Perbaikan:
    """What was asked when an entry was returned; `bagian` are the parts of the form concerned."""

    alasan: str
    butir: list[PemeriksaanButir]
    bagian: frozenset[str]
    berubah: list[Perubahan]

    def keadaan(self, bagian: str) -> str:
        """`perlu_perbaikan`, `diubah` once something of the part differs, or ""."""
        if bagian not in self.bagian:
            return ""
        changed = any(item.bagian == bagian for item in self.berubah)
        return "diubah" if changed else "perlu_perbaikan"


def perbaikan_of(pendaftaran: Pendaftaran) -> Perbaikan | None:
    """What a returned entry is to correct, and how it differs from what was sent; None else."""
    check = _returning(pendaftaran)
    if check is None:
        return None
    butir = [item for item in check.butir.all() if item.hasil != HasilButir.MEMENUHI]
    parts = (bagian_of(item.butir.otomatis, item.butir.dokumen) for item in butir)
    return Perbaikan(
        alasan=check.alasan,
        butir=butir,
        bagian=frozenset(part for found in parts for part in found),
        berubah=_compare(pendaftaran, check.pengiriman.isi, cuplikan_of(pendaftaran)),
    )


def perubahan_of(pendaftaran: Pendaftaran, pengiriman: Pengiriman) -> list[Perubahan] | None:
    """How a corrected submission differs from the one returned; None for one not corrected."""
    check = _returning(pendaftaran) if pengiriman.perbaikan else None
    if check is None:
        return None
    return _compare(pendaftaran, check.pengiriman.isi, pengiriman.isi)


def _returning(pendaftaran: Pendaftaran) -> SeleksiAdministrasi | None:
    rows = SeleksiAdministrasi.objects.filter(
        pengiriman__pendaftaran=pendaftaran, putusan=SeleksiAdministrasi.Putusan.PERBAIKAN
    )
    rows = rows.select_related("pengiriman").prefetch_related("butir__butir")
    return rows.order_by("-diputus_pada").first()


def _compare(pendaftaran: Pendaftaran, lama: dict, baru: dict) -> list[Perubahan]:
    columns = pendaftaran.edisi.aturan.get("kinerja", {}).get("kolom", [])
    names = {column["kode"]: column["nama"] for column in columns}
    names |= {row.kode: row.teks for row in pertanyaan_of(pendaftaran)}
    return compare_cuplikan(lama, baru, names)
