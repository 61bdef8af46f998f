"""Claimed and official figures beside each other: how far apart, and whether that is too far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registrasi.rules.kinerja import HUNDRED, stored_figure, turunan_of

PERSEN = "persen"


@dataclass(frozen=True)
class Banding:
    """One figure: the claim, the official one, their difference, and whether it exceeds tolerance.

    `jenis` is that of the column, or "persen" for a derived percentage. Each number is None where
    it is not known; without both there is no difference and nothing is held against anybody.
    """

    kode: str
    nama: str
    satuan: str
    jenis: str
    klaim: object
    resmi: object
    selisih: Decimal | None = None
    lewat: bool = False


def exceeds(klaim: Decimal, resmi: Decimal, toleransi: Decimal, jenis: str) -> bool:
    """Whether a claim lies further from the official figure than the edition tolerates.

    `toleransi` is a percentage of the official figure, and for percentages the points between
    them. Where the official figure is nought every other claim is too far.
    """
    apart = abs(klaim - resmi)
    if jenis == PERSEN:
        return apart > toleransi
    return apart * HUNDRED > toleransi * abs(resmi)


def compare_periode(
    rules: Mapping, klaim: Mapping, resmi: Mapping, toleransi: Decimal
) -> list[Banding]:
    """The figures of one period that the entry or the records give, derived percentages first."""
    pairs = zip(
        turunan_of(rules.get("turunan", []), klaim),
        turunan_of(rules.get("turunan", []), resmi),
        strict=True,
    )
    rows = [
        _pair(t["kode"], t["nama"], "", PERSEN, t["nilai"], o["nilai"], toleransi) for t, o in pairs
    ]
    rows += [
        _pair(
            k["kode"],
            k["nama"],
            k.get("satuan") or "",
            k["jenis"],
            stored_figure(k["jenis"], klaim.get(k["kode"])),
            stored_figure(k["jenis"], resmi.get(k["kode"])),
            toleransi,
        )
        for k in rules.get("kolom", [])
    ]
    return [row for row in rows if row.klaim is not None or row.resmi is not None]


def _pair(kode, nama, satuan, jenis, klaim, resmi, toleransi) -> Banding:  # noqa: PLR0913, PLR0917
    numbers = isinstance(klaim, Decimal) and isinstance(resmi, Decimal)
    return Banding(
        kode,
        nama,
        satuan,
        jenis,
        klaim,
        resmi,
        klaim - resmi if numbers else None,
        numbers and exceeds(klaim, resmi, toleransi, jenis),
    )


def periods_of(rules: Mapping, klaim: Sequence, resmi: Sequence, toleransi: Decimal) -> list[dict]:
    """Every period with its rows of both kinds: {kode, nama, klaim, resmi, banding, lewat}.

    `klaim` are the rows the entry filled in, `resmi` the official ones; periods with neither are
    left out. `lewat` counts the figures that are too far apart.
    """
    found = []
    for periode in rules.get("periode", []):
        days = (periode["mulai"], periode["sampai"])
        own, official = _row(klaim, days), _row(resmi, days)
        if own is None and official is None:
            continue
        banding = compare_periode(
            rules, own.angka if own else {}, official.angka if official else {}, toleransi
        )
        found.append(
            {
                "kode": periode["kode"],
                "nama": periode["nama"],
                "klaim": own,
                "resmi": official,
                "banding": banding,
                "lewat": sum(row.lewat for row in banding),
            }
        )
    return found


def _row(rows: Sequence, days: tuple[str, str]):
    return next(
        (r for r in rows if (r.periode_mulai.isoformat(), r.periode_selesai.isoformat()) == days),
        None,
    )
