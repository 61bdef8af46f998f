"""The official score, calculated by hand; the third reader; the cut line."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluasi.actions.lembar import reopen_lembar
from evaluasi.queries.kemajuan import third_reader_proposals
from evaluasi.queries.nilai import nilai_by_pendaftaran, nilai_tahap
from evaluasi.rules.pembaca_ketiga import AturanKetiga, cut_line, needs_third
from evaluasi.tests import factories as f
from kompetisi import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return f.make_edisi()


def entry_with(edisi, *levels):
    entry = f.make_pendaftaran(edisi, status="lolos_administrasi")
    return entry, [
        f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), level) for level in levels
    ]


def only(edisi):
    (row,) = nilai_tahap(edisi, f.tahap_dokumen(edisi))
    return row


def test_a_sheet_is_weight_times_factor_summed(edisi):
    # A1 weighs 5 at level B (0.67), everything else 100 - 5 at level A.
    entry_with(edisi, {"": "A", "A1": "B"})
    row = only(edisi)
    assert row.nilai == Decimal("98.35")
    assert row.kelompok["A"] == Decimal("18.35")
    assert row.kriteria["A"]["A1"] == Decimal("3.35")
    assert sum(row.kelompok.values()) == row.nilai


def test_two_sheets_are_averaged_exactly(edisi):
    entry_with(edisi, {"": "A", "A1": "B"}, {"": "A", "A1": "C"})
    row = only(edisi)  # (98.35 + 96.65) / 2
    assert (row.nilai, row.jumlah, row.selisih) == (Decimal("97.5"), 2, Decimal("1.70"))


@pytest.mark.parametrize(
    ("levels", "nilai", "dipakai"),
    [
        # A sheet of all A is 100; with C1 (10) at D it is 90, with C1 and D2 (10) at D it is 80.
        (["A", {"": "A", "C1": "D"}, "D"], Decimal(95), 2),
        (["D", {"": "A", "C1": "D"}, "A"], Decimal(95), 2),
        (["A", {"": "A", "C1": "D", "D2": "D"}, {"": "A", "C1": "D"}], Decimal(90), 3),
    ],
)
def test_of_three_readings_the_two_nearest_count(edisi, levels, nilai, dipakai):
    entry_with(edisi, *levels)
    row = only(edisi)
    assert (row.nilai, row.jumlah, row.dipakai) == (nilai, 3, dipakai)
    assert sum(row.kelompok.values()) == nilai


def test_an_edition_may_average_all_three(edisi):
    edisi.aturan["penilai_ketiga"]["gabung"] = "rata_rata"
    edisi.save()
    entry_with(edisi, "A", {"": "A", "C1": "D"}, "D")
    assert only(edisi).dipakai == 3


def test_drafts_reopened_and_withdrawn_sheets_do_not_count(edisi):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    entry, (one, two) = entry_with(edisi, "A", {"": "A", "C1": "D"})
    f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), "D", kunci=False)
    assert only(edisi).nilai == Decimal(95)
    with clock.travel(f.IN_STAGE):
        reopen_lembar(lembar=one, alasan="Keliru.", oleh=ketua)
    assert (only(edisi).nilai, only(edisi).jumlah) == (Decimal(90), 1)
    type(two.penugasan).objects.filter(pk=two.penugasan_id).update(dicabut_pada=f.IN_STAGE)
    assert nilai_tahap(edisi) == []


def test_a_whole_edition_is_scored_in_one_statement(edisi):
    for _ in range(3):
        entry_with(edisi, "A", "D")
    with CaptureQueriesContext(connection) as seen:
        found = nilai_by_pendaftaran(edisi)
    assert len(seen) == 1
    assert {row["dokumen"].nilai for row in found.values()} == {Decimal(50)}


def test_a_page_of_a_list_asks_for_its_own_entries_only(edisi):
    wanted, _ = entry_with(edisi, "A")
    entry_with(edisi, "D")
    found = nilai_tahap(edisi, f.tahap_dokumen(edisi), [wanted.pk])
    assert [(row.pendaftaran_id, row.nilai) for row in found] == [(wanted.pk, Decimal(100))]


RULE = AturanKetiga(Decimal(15), garis_batas=True)


@pytest.mark.parametrize(
    ("total", "garis", "sebab"),
    [
        ([Decimal(80), Decimal(65)], None, []),
        ([Decimal(80), Decimal("64.99")], None, ["selisih"]),
        ([Decimal(71), Decimal(69)], Decimal(70), ["garis_batas"]),
        ([Decimal(71), Decimal(70)], Decimal(70), []),
        ([Decimal(69), Decimal(68)], Decimal(70), []),
        ([Decimal(90), Decimal(60)], Decimal(70), ["selisih", "garis_batas"]),
        ([Decimal(90)], Decimal(70), []),
    ],
)
def test_third_reader_rule(total, garis, sebab):
    assert needs_third(total, RULE, garis) == sebab


def test_cut_line_is_the_last_score_inside_the_quota():
    assert cut_line([Decimal(50), Decimal(90), Decimal(70)], 2) == Decimal(70)
    assert cut_line([Decimal(50), Decimal(90)], 2) is None
    assert cut_line([], 0) is None


def test_the_chair_is_shown_only_entries_that_need_a_third_reader(edisi):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    far, _ = entry_with(edisi, "A", "D")
    entry_with(edisi, "A", {"": "A", "C1": "D"})
    waiting, _ = entry_with(edisi, "A", "D")
    f.make_lembar(f.make_evaluator(edisi), waiting)
    found = third_reader_proposals(f.tahap_dokumen(edisi), ketua)
    assert [(row.pendaftaran, row.selisih) for row in found] == [(far, Decimal(100))]
    assert third_reader_proposals(f.tahap_dokumen(edisi), f.make_pengguna()) == []
