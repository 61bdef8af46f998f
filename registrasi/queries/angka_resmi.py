"""Official figures of entries, beside their claims."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DateField, QuerySet, Value

from kompetisi.models import Edisi
from registrasi.models import AngkaResmi, KinerjaSP4N, Pendaftaran, StatusPendaftaran
from registrasi.queries.panitia import pendaftaran_visible_to_panitia
from registrasi.rules.angka_resmi import periods_of


def toleransi_of(edisi: Edisi) -> Decimal:
    """How far claim and official figure may lie apart unremarked (`toleransi_angka_resmi`)."""
    return Decimal(str(edisi.aturan.get("toleransi_angka_resmi") or 0))


def angka_resmi_of(pendaftaran: Pendaftaran) -> list[AngkaResmi]:
    """The official figures of an entry by period; one query."""
    return list(pendaftaran.angka_resmi.select_related("dicatat_oleh"))


@dataclass(frozen=True)
class Angka:
    """The figures of one period for reading; the last two are of official ones only."""

    periode_mulai: date
    periode_selesai: date
    angka: dict
    sumber: str = ""
    per_tanggal: date | None = None


def figures_of(pendaftaran: Pendaftaran) -> tuple[list[Angka], list[Angka]]:
    """What an entry claims and what is official, by period; one query for both."""
    days = ("periode_mulai", "periode_selesai", "angka")
    own = KinerjaSP4N.objects.filter(pendaftaran=pendaftaran).values_list(
        *days, Value(""), Value(None, DateField()), Value(value=False)
    )
    official = AngkaResmi.objects.filter(pendaftaran=pendaftaran).values_list(
        *days, "sumber", "per_tanggal", Value(value=True)
    )
    rows = own.order_by().union(official.order_by(), all=True).order_by("periode_mulai")
    found: tuple[list[Angka], list[Angka]] = ([], [])
    for *figures, is_official in rows:
        found[is_official].append(Angka(*figures))
    return found


def banding_of(pendaftaran: Pendaftaran) -> list[dict]:
    """Claims and official figures of an entry by period, as `periods_of` tells; one query."""
    edisi = pendaftaran.edisi
    rules = edisi.aturan.get("kinerja") or {}
    return periods_of(rules, *figures_of(pendaftaran), toleransi_of(edisi))


def pendaftaran_berangka(peran: Collection[str], edisi: Edisi) -> QuerySet[Pendaftaran]:
    """The entries that were sent, as the committee sees them, with both kinds of figures."""
    return (
        pendaftaran_visible_to_panitia(peran, edisi)
        .exclude(status=StatusPendaftaran.DRAF)
        .prefetch_related("kinerja", "angka_resmi")
        .order_by("kode")
    )


def selisih_rows(peran: Collection[str], edisi: Edisi, chunk: int) -> Iterable[dict]:
    """Every figure of every sent entry with claim, official one and difference, for a list."""
    rules, most = edisi.aturan.get("kinerja") or {}, toleransi_of(edisi)
    for entry in pendaftaran_berangka(peran, edisi).iterator(chunk_size=chunk):
        for periode in periods_of(rules, entry.kinerja.all(), entry.angka_resmi.all(), most):
            for row in periode["banding"]:
                yield {"entri": entry, "periode": periode, "angka": row}
