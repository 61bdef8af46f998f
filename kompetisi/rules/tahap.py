"""Where a stage stands, derived from its window each time it is asked."""

from datetime import datetime
from typing import Literal

from kompetisi.models import Perpanjangan, Tahap

Keadaan = Literal["belum", "berjalan", "selesai"]


def closing_of(
    tahap: Tahap, perpanjangan: list[Perpanjangan], kode_pendaftaran: str = ""
) -> datetime:
    """The closing instant in force (exclusive, UTC): the latest approved extension counts.

    Pass the extensions of this stage; those of single entries count only for their own entry.
    """
    later = [
        p.selesai_baru
        for p in perpanjangan
        if p.disetujui_pada is not None
        and p.tahap_id == tahap.pk
        and p.kode_pendaftaran in ("", kode_pendaftaran)
    ]
    return max([tahap.selesai, *later])


def keadaan_at(mulai: datetime, selesai: datetime, at: datetime) -> Keadaan:
    """State of the half-open window [mulai, selesai) at an instant."""
    if at < mulai:
        return "belum"
    return "berjalan" if at < selesai else "selesai"


def tahap_keadaan(
    tahap: Tahap,
    at: datetime,
    perpanjangan: list[Perpanjangan] | None = None,
    kode_pendaftaran: str = "",
) -> Keadaan:
    """State of a stage at an instant, with the extensions in force."""
    return keadaan_at(tahap.mulai, closing_of(tahap, perpanjangan or [], kode_pendaftaran), at)
