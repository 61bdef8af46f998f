"""Ranking by hand-calculated tables: ties, quotas, aspects, rounding at display only."""

from decimal import Decimal
from fractions import Fraction

import pytest

from penghargaan.rules.peringkat import (
    Entri,
    as_decimal,
    exact_mean,
    final_score,
    propose_aspects,
    propose_winners,
    rank_jalur,
)

pytestmark = pytest.mark.fast
BOBOT = {"dokumen": "40", "wawancara": "35", "lapangan": "25"}
SERI = [
    {"tahap": "lapangan"},
    {"tahap": "wawancara", "kelompok": "substansi"},
    {"tahap": "dokumen", "kelompok": "C"},
    {"pleno": "suara"},
]


def entri(pk, d, w, v, substansi="0", c="0", suara=None, jenis="kota", gugur=False):
    poin = {
        "dokumen": d,
        "wawancara": w,
        "lapangan": v,
        "wawancara.substansi": substansi,
        "dokumen.C": c,
    }
    return Entri(
        pk, "instansi", jenis, {k: Fraction(x) for k, x in poin.items()}, suara,
        didiskualifikasi=gugur,
    )  # fmt: skip


def ranks(*entries):
    return {row.entri.pk: row.peringkat for row in rank_jalur(entries, BOBOT, SERI)}


def test_final_score_weighs_the_stages():
    # 0,40 x 80 + 0,35 x 90 + 0,25 x 70 = 32 + 31,5 + 17,5
    assert final_score(entri(1, "80", "90", "70").poin, BOBOT) == 81


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        # 81,00 both; the site visit decides: 78 against 70
        (entri(1, "75", "90", "78"), entri(2, "80", "90", "70"), "lapangan"),
        # the same stages; substance 76 against 75,5
        (
            entri(1, "80", "90", "70", substansi="76"),
            entri(2, "80", "90", "70", substansi="75.5"),
            "wawancara.substansi",
        ),
        (entri(1, "80", "90", "70", c="25"), entri(2, "80", "90", "70", c="24"), "dokumen.C"),
        (entri(1, "80", "90", "70", suara=5), entri(2, "80", "90", "70", suara=3), "pleno.suara"),
    ],
)
def test_ties_are_broken_in_the_order_of_the_edition(first, second, rule):
    rows = rank_jalur([second, first], BOBOT, SERI)
    assert [(r.entri.pk, r.peringkat, r.pemecah) for r in rows] == [
        (1, 1, (rule,)),
        (2, 2, (rule,)),
    ]
    assert not any(r.seri_terbuka for r in rows)


def test_what_nothing_separates_shares_a_rank():
    same = [entri(n, "80", "90", "70") for n in (3, 1, 2)]
    rows = rank_jalur([*same, entri(4, "70", "70", "70")], BOBOT, SERI)
    assert [r.peringkat for r in rows] == [1, 1, 1, 4]
    assert [r.seri_terbuka for r in rows] == [True, True, True, False]


def test_order_of_registration_never_matters():
    assert ranks(entri(9, "80", "90", "70"), entri(1, "80", "90", "70")) == {9: 1, 1: 1}


def test_equal_at_two_decimals_is_no_tie():
    # 81,000 and 81,004: both shown as 81,00, yet the second is ahead and nothing breaks a tie.
    rows = rank_jalur([entri(1, "80", "90", "70"), entri(2, "80.01", "90", "70")], BOBOT, SERI)
    assert [r.entri.pk for r in rows] == [2, 1]
    assert [as_decimal(r.nilai_akhir, Decimal("0.01")) for r in rows] == [Decimal("81.00")] * 2
    assert [r.pemecah for r in rows] == [(), ()]


def test_thirds_are_equal_exactly():
    # The mean of 80, 80 and 81 over three sheets against the same written as a fraction.
    third = exact_mean(Decimal("80.3333333333333333"), 3)
    assert third == Fraction(241, 3)
    poin = {"dokumen": third, "wawancara": Fraction(90), "lapangan": Fraction(70)}
    rows = rank_jalur([Entri(1, "i", "kota", poin), Entri(2, "i", "kota", dict(poin))], BOBOT, SERI)
    assert [r.peringkat for r in rows] == [1, 1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 3), "0.33"),
        (Fraction("87.245"), "87.25"),
        (Fraction("87.2449999"), "87.24"),
        (Fraction(2, 3), "0.67"),
    ],
)
def test_display_rounds_half_up(value, shown):
    assert as_decimal(value, Decimal("0.01")) == Decimal(shown)


def winners(entries, kuota, kuota_jenis=()):
    rows = propose_winners(rank_jalur(entries, BOBOT, SERI), kuota, kuota_jenis)
    return {r.entri.pk for r in rows if r.usulan_menang}


def field(*scores, **kwargs):
    return [entri(n, str(s), str(s), str(s), **kwargs) for n, s in enumerate(scores, 1)]


def test_the_best_win_up_to_the_quota():
    assert winners(field(90, 70, 80, 60), 2) == {1, 3}
    assert winners(field(90), 2) == {1}


def test_disqualified_are_passed_over():
    best, *rest = field(90, 80, 70)
    gone = entri(1, "90", "90", "90", gugur=True)
    assert best.pk == gone.pk
    assert winners([gone, *rest], 1) == {2}


def test_an_open_tie_at_the_line_gives_nobody_the_seat():
    # One seat for two that nothing separates, and none for the third either.
    assert winners(field(90, 80, 80, 70), 2) == {1}
    assert winners(field(90, 80, 80, 70), 3) == {1, 2, 3}


def test_kinds_of_agencies_have_their_seats():
    entries = [
        entri(1, "90", "90", "90", jenis="kota"),
        entri(2, "89", "89", "89", jenis="kota"),
        entri(3, "88", "88", "88", jenis="kabupaten"),
        entri(4, "70", "70", "70", jenis="provinsi"),
        entri(5, "60", "60", "60", jenis="provinsi"),
    ]
    quotas = [
        {"jenis": ["provinsi"], "pemenang": 1},
        {"jenis": ["kabupaten", "kota"], "pemenang": 2},
    ]
    assert winners(entries, 3, quotas) == {1, 2, 4}
    # No province: its seat goes to the next best of any kind.
    assert winners(entries[:3], 3, quotas) == {1, 2, 3}


def test_kinds_without_seats_of_their_own_share_the_rest():
    entries = [
        entri(1, "90", "90", "90", jenis="kota"),
        entri(2, "80", "80", "80", jenis="kota"),
        entri(3, "70", "70", "70", jenis="provinsi"),
    ]
    assert winners(entries, 2, [{"jenis": ["provinsi"], "pemenang": 1}]) == {1, 3}


def test_aspects_go_to_the_best_on_their_own_items_one_to_each():
    aspek = [
        {"kode": "dampak", "kuota": 1, "butir": [{"tahap": "dokumen", "kelompok": "C"}]},
        {"kode": "lapangan", "kuota": 1, "butir": [{"tahap": "lapangan"}]},
    ]
    most = {"dokumen.C": Fraction(30), "lapangan": Fraction(100)}
    # dampak: 30/30 = 100 and 27/30 = 90; lapangan: 95 and 94. The first takes dampak at 100,
    # so lapangan goes to the second.
    rows = rank_jalur(
        [entri(1, "90", "90", "95", c="30"), entri(2, "90", "90", "94", c="27")], BOBOT, SERI
    )
    rows = propose_aspects(propose_winners(rows, 2), aspek, most)
    assert {r.entri.pk: r.usulan_aspek for r in rows} == {1: "dampak", 2: "lapangan"}
    rows = propose_aspects(propose_winners(rows, 1), aspek, most)
    assert {r.entri.pk: r.usulan_aspek for r in rows} == {1: "dampak", 2: ""}
