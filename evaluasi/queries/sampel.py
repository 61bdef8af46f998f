"""The reports an agency claims, from which the sample of a site visit is drawn, and the sample."""

from dataclasses import dataclass
from datetime import date

from evaluasi.models import KunjunganLapangan
from kompetisi.models import Edisi
from registrasi.models import KinerjaSP4N, Pendaftaran

RECEIVED = "diterima"


@dataclass(frozen=True)
class Klaim:
    """How many reports an agency says it received in a period of days, both ends included."""

    mulai: date
    selesai: date
    jumlah: int


@dataclass(frozen=True)
class Sampel:
    """A sample as people read it: which reports, by date of arrival, of how many, of when."""

    klaim: Klaim
    nomor: list[int]
    benih: int


def claim_of(pendaftaran: Pendaftaran) -> Klaim | None:
    """The claim for the edition's reference period, else for the last one; None without any."""
    column = _column(pendaftaran.edisi)
    rows = [row for row in KinerjaSP4N.objects.filter(pendaftaran=pendaftaran) if column]
    claims = [
        Klaim(row.periode_mulai, row.periode_selesai, int(row.angka.get(column) or 0))
        for row in rows
    ]
    wanted = _reference_start(pendaftaran.edisi)
    exact = [claim for claim in claims if claim.mulai == wanted]
    found = exact or sorted(claims, key=lambda claim: claim.selesai)
    return found[-1] if found else None


def _column(edisi: Edisi) -> str:
    """The column that counts the reports received, else the first that counts anything."""
    columns = edisi.aturan.get("kinerja", {}).get("kolom", [])
    counts = [kolom["kode"] for kolom in columns if kolom["jenis"] == "jumlah"]
    return RECEIVED if RECEIVED in counts else (counts or [""])[0]


def _reference_start(edisi: Edisi) -> date | None:
    kinerja = edisi.aturan.get("kinerja", {})
    starts = {row["kode"]: row["mulai"] for row in kinerja.get("periode", [])}
    start = starts.get(kinerja.get("periode_acuan"))
    return date.fromisoformat(start) if start else None


def sampel_of(kunjungan: KunjunganLapangan) -> Sampel | None:
    """The sample drawn for a visit; None before it is."""
    kept = kunjungan.sampel
    if not kept:
        return None
    dates = (date.fromisoformat(kept[name]) for name in ("mulai", "selesai"))
    return Sampel(Klaim(*dates, kept["jumlah"]), kept["nomor"], kunjungan.benih_sampel)
