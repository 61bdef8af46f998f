"""How ranks, winners and aspect awards follow from the scores. Pure and exact.

Scores are fractions of whole numbers, so that a mean over three sheets is not rounded either. The
final score is the sum over the scored stages of weight times stage score, divided by 100. Scores
are equal only when these exact values are equal: rounding happens at display alone and neither
makes nor breaks a tie (domain: two decimals, half up, for the reader). The edition's `urutan_seri`
is then compared in order; its last rule is a recorded vote of the plenary. What no rule separates
shares a rank. Neither the alphabet nor the time of registration is ever looked at.

`penghargaan/verify_hasil.py` does the same from the published file, written independently.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby

SUARA = "pleno.suara"
STORED = Decimal("0.00000001")
DISPLAY = Decimal("0.01")


@dataclass(frozen=True)
class Entri:
    """An entry with all its stage scores: points by `tahap`, `tahap.kelompok` and
    `tahap.kelompok.kriteria`. `suara` are the votes of the plenary in a tie, None before it voted.
    """

    pk: int
    jalur: str
    jenis: str
    poin: Mapping[str, Fraction]
    suara: int | None = None
    didiskualifikasi: bool = False


@dataclass(frozen=True)
class Baris:
    """An entry's place in its track. `pemecah` names the rules that separated it from a neighbour
    with the same final score; `seri_terbuka` says that nothing did yet.
    """

    entri: Entri
    nilai_akhir: Fraction
    peringkat: int
    pemecah: tuple[str, ...] = ()
    seri_terbuka: bool = False
    usulan_menang: bool = False
    usulan_aspek: str = ""
    kunci: tuple = field(default=(), repr=False)


def final_score(poin: Mapping[str, Fraction], bobot: Mapping[str, str]) -> Fraction:
    """The final score, 0 to 100; raises KeyError when a stage has no score."""
    return (
        sum((Fraction(weight) * poin[stage] for stage, weight in bobot.items()), Fraction(0)) / 100
    )


def rujukan_of(rule: Mapping) -> str:
    """The name of a tie rule or of an aspect's item: `lapangan`, `wawancara.substansi`, …"""
    if rule.get("pleno"):
        return SUARA
    return ".".join(rule[part] for part in ("tahap", "kelompok", "kriteria") if rule.get(part))


def rank_jalur(
    entries: Iterable[Entri], bobot: Mapping[str, str], urutan_seri: Sequence[Mapping]
) -> list[Baris]:
    """The entries of one track from the best; equal keys share the rank of the first of them."""
    rules = [rujukan_of(rule) for rule in urutan_seri]
    rows = [(_key(entry, bobot, rules), entry) for entry in entries]
    rows.sort(key=lambda row: row[0], reverse=True)
    found: list[Baris] = []
    for place, (key, entry) in enumerate(rows):
        same_above = place > 0 and rows[place - 1][0] == key
        same_below = place + 1 < len(rows) and rows[place + 1][0] == key
        found.append(
            Baris(
                entri=entry,
                nilai_akhir=key[0],
                peringkat=found[-1].peringkat if same_above else place + 1,
                pemecah=_separators(place, [row[0] for row in rows], rules),
                seri_terbuka=same_above or same_below,
                kunci=key,
            )
        )
    return found


def _key(entry: Entri, bobot: Mapping[str, str], rules: Sequence[str]) -> tuple:
    votes = Fraction(-1 if entry.suara is None else entry.suara)
    values = (votes if r == SUARA else entry.poin.get(r, Fraction(0)) for r in rules)
    return (final_score(entry.poin, bobot), *values)


def _separators(place: int, keys: Sequence[tuple], rules: Sequence[str]) -> tuple[str, ...]:
    """The rules that decide between this place and a neighbour with the same final score."""
    found = []
    for other in (place - 1, place + 1):
        if not 0 <= other < len(keys) or keys[other][0] != keys[place][0]:
            continue
        pairs = zip(rules, keys[place][1:], keys[other][1:], strict=True)
        rule = next((name for name, mine, theirs in pairs if mine != theirs), None)
        if rule and rule not in found:
            found.append(rule)
    return tuple(found)


def propose_winners(
    rows: Sequence[Baris], kuota: int, kuota_jenis: Sequence[Mapping] = ()
) -> list[Baris]:
    """Mark the proposed winners of a track, best first, within its quota.

    `kuota_jenis` gives seats to kinds of agencies ({jenis: […], pemenang: n}); seats that a kind
    cannot fill go to the next best of any kind. Disqualified entries are passed over. Entries that
    share a rank get seats together or, when there are not enough, not at all until the plenary has
    voted.
    """
    free = [row for row in rows if not row.entri.didiskualifikasi]
    limits = [(frozenset(k["jenis"]), k["pemenang"]) for k in kuota_jenis if k.get("pemenang")]
    chosen: set[int] = set()
    rest = kuota
    for kinds, seats in limits:
        own = [row for row in free if row.entri.jenis in kinds]
        chosen |= _take(own, seats)
        rest -= min(seats, len(own))
    # Kinds without seats of their own, and everybody for the seats that a kind cannot fill.
    named = frozenset().union(*(kinds for kinds, _ in limits)) if limits else frozenset()
    unfilled = rest > kuota - sum(seats for _, seats in limits)
    others = [
        row
        for row in free
        if row.entri.pk not in chosen and (unfilled or row.entri.jenis not in named)
    ]
    chosen |= _take(others, rest)
    return [replace(row, usulan_menang=row.entri.pk in chosen) for row in rows]


def _take(rows: Sequence[Baris], seats: int) -> set[int]:
    """The best of these for the seats; a shared rank that does not fit ends it."""
    chosen: set[int] = set()
    for _, group in groupby(rows, key=lambda row: row.kunci):
        same = [row.entri.pk for row in group]
        if len(chosen) + len(same) > seats:
            break
        chosen.update(same)
    return chosen


def aspect_score(
    poin: Mapping[str, Fraction], aspek: Mapping, maksimum: Mapping[str, Fraction]
) -> Fraction:
    """Points on the aspect's own items as a part of what they can give, 0 to 100."""
    items = [rujukan_of(item) for item in aspek["butir"]]
    most = sum((maksimum.get(item, Fraction(0)) for item in items), Fraction(0))
    if not most:
        return Fraction(0)
    return 100 * sum((poin.get(item, Fraction(0)) for item in items), Fraction(0)) / most


def propose_aspects(
    rows: Sequence[Baris], aspek_list: Sequence[Mapping], maksimum: Mapping[str, Fraction]
) -> list[Baris]:
    """Give each aspect of the track its award winners, at most one award to an entry.

    Over all pairs of proposed winner and aspect, the highest score on an aspect's items comes
    first; equal scores go to the better rank, then to the aspect named first in the edition.
    """
    pairs = sorted(
        (-aspect_score(row.entri.poin, aspek, maksimum), row.peringkat, order, place)
        for place, row in enumerate(rows)
        if row.usulan_menang
        for order, aspek in enumerate(aspek_list)
    )
    left = [aspek["kuota"] for aspek in aspek_list]
    given: dict[int, str] = {}
    for _, _, order, place in pairs:
        if place not in given and left[order]:
            given[place] = aspek_list[order]["kode"]
            left[order] -= 1
    return [replace(row, usulan_aspek=given.get(place, "")) for place, row in enumerate(rows)]


def as_decimal(value: Fraction, places: Decimal = STORED) -> Decimal:
    """An exact value as a decimal, rounded half up to these places."""
    scale = places.as_tuple().exponent
    scaled = value * 10**-scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(scale)


def as_text(value: Fraction) -> str:
    """An exact value as text: `numerator/denominator`, or a whole number."""
    return str(value)


def exact_mean(nilai: Decimal, sheets: int) -> Fraction:
    """The exact mean behind the database's quotient of a sum over this many sheets.

    The sum has at most six decimals (weights two, factors four), so it can be recovered whole.
    """
    total = (nilai * sheets).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
    return Fraction(total) / sheets
