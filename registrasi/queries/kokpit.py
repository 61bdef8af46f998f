"""What the secretariat watches: the funnel by kind and by province, and the curve of arrivals.

Everything is counted by the database; the number of queries is the same for any number of entries.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, TruncDay, TruncHour

from kompetisi.clock import WIB
from kompetisi.models import Edisi
from kompetisi.queries.edisi import closing_instant, find_tahap
from kompetisi.rules.matriks import PANITIA
from registrasi.models import (
    Instansi,
    JenisInstansi,
    Keanggotaan,
    Pendaftaran,
    Pengiriman,
    StatusPendaftaran,
)
from registrasi.queries.instansi import name_wilayah
from registrasi.queries.lengkap_sql import LENGKAP, annotate_kelengkapan
from registrasi.queries.panitia import BEFORE_GATE, OUTSIDE

S = StatusPendaftaran
LANGKAH = (
    ("akun", "Instansi dengan akun disetujui"),
    ("dibuat", "Pendaftaran dibuat"),
    ("lengkap", "Isian lengkap"),
    ("dikirim", "Dikirim"),
    ("perbaikan", "Sedang diperbaiki"),
    ("lolos", "Lolos administrasi"),
)
KEPALA = ("Akun", "Dibuat", "Lengkap", "Dikirim", "Perbaikan", "Lolos")  # LANGKAH in a table
PUSAT = "Instansi pusat dan lainnya"
HOURS = 48
MOST_DAYS = 62


def corong_rinci(peran: Collection[str], edisi: Edisi) -> dict:
    """The funnel: {jumlah, per_jenis, per_provinsi}, each row with the counts of `LANGKAH`.

    `lengkap` counts complete drafts and all that was sent. Rows of kinds have {kode, label};
    those of provinces {kode, kode_kemendagri, label}, one for each province in force, and last
    what belongs to none. Nothing for people outside the committee.
    """
    if not PANITIA.intersection(peran):
        return {}
    cells = _cells(edisi)
    kinds = [
        {"kode": kode, "label": label, **_sum(c for c in cells if c["jenis"] == kode)}
        for kode, label in JenisInstansi.choices
    ]
    return {
        "jumlah": _sum(cells),
        "per_jenis": [row for row in kinds if row["akun"] or row["dibuat"]],
        "per_provinsi": _provinces(edisi, cells),
    }


def _provinces(edisi: Edisi, cells: list[dict]) -> list[dict]:
    rows = [
        {
            "kode": row.kode,
            "kode_kemendagri": row.kode_kemendagri,
            "label": name_wilayah(row.nama),
            **_sum(c for c in cells if c["provinsi"] == row.kode),
        }
        for row in provinsi_in_force(edisi)
    ]
    known = {row["kode"] for row in rows}
    rest = _sum(c for c in cells if c["provinsi"] not in known)
    return [*rows, {"kode": "", "kode_kemendagri": "", "label": PUSAT, **rest}]


def provinsi_in_force(edisi: Edisi) -> QuerySet[Instansi]:
    """The provinces on the day registration of the edition opens, by their code."""
    tahap = find_tahap(edisi, "pendaftaran")
    rows = Instansi.objects.filter(jenis=JenisInstansi.PROVINSI)
    if tahap:
        day = tahap.mulai.astimezone(WIB).date()
        rows = rows.filter(
            Q(berlaku_mulai=None) | Q(berlaku_mulai__lte=day),
            Q(berlaku_sampai=None) | Q(berlaku_sampai__gt=day),
        )
    return rows.order_by("kode_kemendagri", "pk")


def _sum(cells) -> dict[str, int]:
    cells = list(cells)
    return {name: sum(cell[name] for cell in cells) for name, _ in LANGKAH}


def _cells(edisi: Edisi) -> list[dict]:
    """Counts by kind and province together: few rows, from which every table is added up."""
    entries = annotate_kelengkapan(Pendaftaran.objects.filter(edisi=edisi), edisi)
    found = entries.annotate(jenis=F("instansi__jenis"), provinsi=_provinsi("instansi__"))
    found = found.values("jenis", "provinsi").annotate(
        dibuat=Count("pk"),
        lengkap=Count("pk", filter=~Q(status=S.DRAF) | LENGKAP),
        dikirim=Count("pk", filter=~Q(status=S.DRAF)),
        perbaikan=Count("pk", filter=Q(status=S.PERLU_PERBAIKAN)),
        lolos=Count("pk", filter=~Q(status__in=[*BEFORE_GATE, *OUTSIDE])),
    )
    accounts = (
        Keanggotaan.objects.berlaku()
        .order_by()
        .annotate(jenis=F("instansi__jenis"), provinsi=_provinsi("instansi__"))
        .values("jenis", "provinsi")
        .annotate(akun=Count("instansi", distinct=True))
    )
    empty = {name: 0 for name, _ in LANGKAH}
    cells: dict[tuple, dict] = {}
    for row in (*accounts, *found.order_by()):
        key = (row["jenis"], row["provinsi"])
        cells[key] = {**empty, **cells.get(key, {}), **row}
    return list(cells.values())


def _provinsi(prefix: str) -> Coalesce:
    """The code of the province an agency lies in, or is; NULL for central bodies."""
    own = Case(When(**{f"{prefix}jenis": JenisInstansi.PROVINSI}, then=F(f"{prefix}kode")))
    return Coalesce(F(f"{prefix}provinsi__kode"), own, output_field=CharField())


def kurva(peran: Collection[str], edisi: Edisi, at: datetime) -> dict:
    """Entries made and sent in time: {hari, jam, tutup}, rows {waktu, dibuat, dikirim}.

    `hari` runs from the opening to today or the closing, `jam` over the last 48 hours of that;
    both without gaps. Instants are starts of days and hours in WIB; `tutup` the closing (UTC,
    exclusive). Submissions taken back later are not counted, nor corrections.
    """
    tahap = find_tahap(edisi, "pendaftaran")
    if tahap is None or not PANITIA.intersection(peran) or at < tahap.mulai:
        return {"hari": [], "jam": [], "tutup": None}
    tutup = closing_instant(tahap)
    until = min(at, tutup)
    first = max(tahap.mulai, until - timedelta(days=MOST_DAYS))
    return {
        "hari": _series(edisi, TruncDay, first, until, timedelta(days=1)),
        "jam": _series(
            edisi, TruncHour, max(first, until - timedelta(hours=HOURS)), until, timedelta(hours=1)
        ),
        "tutup": tutup,
    }


def _series(edisi: Edisi, trunc: type, first: datetime, until: datetime, step: timedelta) -> list:
    made = Pendaftaran.objects.filter(edisi=edisi)
    sent = Pengiriman.objects.filter(pendaftaran__edisi=edisi, penarikan=None, perbaikan=False)
    counts = {
        "dibuat": _by_time(made, "dibuat_pada", trunc, first, until),
        "dikirim": _by_time(sent, "pada", trunc, first, until),
    }
    start = first.astimezone(WIB).replace(minute=0, second=0, microsecond=0)
    if step >= timedelta(days=1):
        start = start.replace(hour=0)
    rows = []
    while start < until or not rows:
        rows.append({"waktu": start, **{name: c.get(start, 0) for name, c in counts.items()}})
        start += step
    return rows


def _by_time(
    rows: QuerySet, field: str, trunc: type, first: datetime, until: datetime
) -> dict[datetime, int]:
    inside = {f"{field}__gte": first, f"{field}__lte": until}
    found = (
        rows.filter(**inside)
        .order_by()
        .annotate(mulai=trunc(field, tzinfo=WIB))
        .values("mulai")
        .annotate(n=Count("pk"))
    )
    return {row["mulai"]: row["n"] for row in found}
