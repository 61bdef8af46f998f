"""Editions, their stages and where these stand."""

from datetime import datetime

from django.db.models import Max, Min, Prefetch

from kompetisi.models import Edisi, Perpanjangan, Tahap
from kompetisi.rules.tahap import Keadaan, closing_of, tahap_keadaan


def edisi_current(at: datetime) -> Edisi | None:
    """The edition the site shows by default: the one running at that instant, else the nearest.

    Nearest means the last one that has ended, or, when none has begun, the next to begin.
    """
    rows = list(Edisi.objects.annotate(dari=Min("tahap__mulai"), hingga=Max("tahap__selesai")))
    rows = [row for row in rows if row.dari is not None]
    running = [row for row in rows if row.dari <= at < row.hingga]
    if running:
        return max(running, key=lambda row: row.dari)
    past = [row for row in rows if row.hingga <= at]
    if past:
        return max(past, key=lambda row: row.hingga)
    return min(rows, key=lambda row: row.dari, default=None)


def edisi_chosen(tahun: int | None, at: datetime) -> Edisi | None:
    """The edition of that year when there is one, else the current one."""
    chosen = Edisi.objects.filter(tahun=tahun).first() if tahun else None
    return chosen or edisi_current(at)


def tahap_list(edisi: Edisi) -> list[Tahap]:
    """The stages in order, each with its approved extensions at hand (two queries)."""
    approved = Perpanjangan.objects.filter(disetujui_pada__isnull=False)
    return list(
        edisi.tahap.prefetch_related(
            Prefetch("perpanjangan", queryset=approved, to_attr="perpanjangan_berlaku")
        )
    )


def find_tahap(edisi: Edisi, jenis: str) -> Tahap | None:
    """The stage of this kind, or None when the edition has none."""
    return edisi.tahap.filter(jenis=jenis).first()


def closing_instant(tahap: Tahap, kode_pendaftaran: str = "") -> datetime:
    """The closing instant in force (exclusive, UTC), with approved extensions."""
    return closing_of(tahap, _in_force(tahap, kode_pendaftaran), kode_pendaftaran)


def keadaan_of(
    edisi: Edisi, jenis: str, at: datetime, kode_pendaftaran: str = ""
) -> Keadaan | None:
    """State of the stage of this kind at an instant; None when the edition has no such stage."""
    tahap = find_tahap(edisi, jenis)
    if tahap is None:
        return None
    return tahap_keadaan(tahap, at, _in_force(tahap, kode_pendaftaran), kode_pendaftaran)


def _in_force(tahap: Tahap, kode_pendaftaran: str) -> list[Perpanjangan]:
    return list(
        tahap.perpanjangan.filter(
            disetujui_pada__isnull=False, kode_pendaftaran__in={"", kode_pendaftaran}
        )
    )


def edisi_by_kode(kode: str) -> Edisi:
    """The edition with this code. Raises Edisi.DoesNotExist when it is not loaded."""
    return Edisi.objects.get(kode=kode)


def edisi_by_tahun(tahun: int | None) -> Edisi | None:
    """The edition of that year; without a year the newest. None when there is none."""
    rows = Edisi.objects.order_by("-tahun")
    return (rows.filter(tahun=tahun) if tahun else rows).first()


def edisi_list() -> list[Edisi]:
    """All editions, newest first, each with `dari` and `hingga`, its whole span of time."""
    return list(Edisi.objects.annotate(dari=Min("tahap__mulai"), hingga=Max("tahap__selesai")))
