"""When an entry of the document stage needs one more reader (domain.md 6.1, edition file)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluasi.rules.lembar import decimal_text
from kompetisi.rules.matriks import check_aksi
from kompetisi.rules.verdict import YES, Verdict, all_of, no

PUTUSKAN = "pembaca_ketiga.putuskan"
SELISIH = "selisih"
GARIS_BATAS = "garis_batas"
SEBAB_LABEL = {
    SELISIH: "selisih melebihi ambang",
    GARIS_BATAS: "berseberangan garis batas daftar pendek",
}


@dataclass(frozen=True)
class AturanKetiga:
    """The edition's rule: the largest gap allowed, and whether the cut line counts."""

    selisih: Decimal
    garis_batas: bool


def aturan_ketiga(aturan: Mapping) -> AturanKetiga | None:
    """The rule in an edition's `aturan`; None when the edition knows no third reader."""
    rule = aturan.get("penilai_ketiga")
    if not rule:
        return None
    return AturanKetiga(Decimal(str(rule["selisih"])), bool(rule.get("garis_batas")))


def needs_third(
    total: Collection[Decimal], aturan: AturanKetiga, garis: Decimal | None
) -> list[str]:
    """Why one more reader is needed, as codes; empty when none is.

    `total` are the totals of the first readers, all locked. `garis` is the score at the cut line
    of the track, None while there is none. A gap of exactly the limit needs no third reader; a
    total equal to the line is on its upper side.
    """
    if len(total) < 2:
        return []
    low, high = min(total), max(total)
    reasons = []
    if high - low > aturan.selisih:
        reasons.append(SELISIH)
    if aturan.garis_batas and garis is not None and low < garis <= high:
        reasons.append(GARIS_BATAS)
    return reasons


def cut_line(nilai: Sequence[Decimal], kuota: int) -> Decimal | None:
    """The score of the last entry inside the quota; None while all fit.

    `nilai` are the present scores of a track, in any order. Provisional until all are scored.
    """
    if kuota <= 0 or len(nilai) <= kuota:
        return None
    return sorted(nilai, reverse=True)[kuota - 1]


def totals_text(total: Iterable[Decimal]) -> list[str]:
    """Totals as a decision keeps them: sorted texts."""
    return [decimal_text(value) for value in sorted(total)]


def can_skip(peran: Collection[str], *, dapat_dinilai: bool, diputus: bool, alasan: str) -> Verdict:
    """Whether a proposed reading may be left out: by the chair, with a reason, before the cut.

    `dapat_dinilai`: all first readers have locked and none is on the way; `diputus`: the shortlist
    of the track stands.
    """
    return all_of(
        check_aksi(PUTUSKAN, peran),
        no("Daftar pendek jalur ini sudah diputuskan.") if diputus else YES,
        YES
        if dapat_dinilai
        else no("Pendaftaran ini tidak sedang menunggu putusan tentang pembaca tambahan."),
        YES if alasan.strip() else no("Tuliskan alasan melewati pembaca tambahan."),
    )
