"""Progress against the plan, and signs of sheets filled without reading."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.actions.bacaan import note_bacaan
from evaluasi.models import BenturanKepentingan
from evaluasi.queries.kejujuran import locks_by_day, tanda_of, tanda_visible_to
from evaluasi.queries.laju import own_laju
from evaluasi.rules.kejujuran import Tanda, copied_notes, find_petunjuk, same_levels, unopened
from evaluasi.rules.laju import behind, burn_down, line, pace
from evaluasi.tests import factories as f
from kompetisi import clock
from registrasi.models import AksesBerkas, Berkas, BuktiDukung

LONG = "Standar pelayanan tidak memuat jangka waktu penyelesaian aduan."
DAYS = {"mulai": date(2019, 11, 4), "akhir": date(2019, 11, 7)}


def left(jumlah, kunci, kini):
    rows = burn_down(jumlah, kunci, **DAYS, kini=kini)
    return [row.rencana for row in rows], [row.sisa for row in rows]


@pytest.mark.parametrize(
    ("kunci", "kini", "sisa"),
    [
        ({}, date(2019, 11, 3), [None, None, None, None]),
        ({}, date(2019, 11, 5), [8, 8, None, None]),
        ({date(2019, 11, 4): 3, date(2019, 11, 6): 1}, date(2019, 11, 6), [5, 5, 4, None]),
        ({date(2019, 11, 1): 2}, date(2019, 11, 4), [6, None, None, None]),
        ({date(2019, 11, 9): 8}, date(2019, 11, 9), [8, 8, 8, 0]),
    ],
)
def test_what_is_left_each_day(kunci, kini, sisa):
    assert left(8, kunci, kini) == ([6.0, 4.0, 2.0, 0.0], sisa)


def test_behind_the_plan_is_told_only_within_the_stage():
    rows = burn_down(8, {date(2019, 11, 4): 1}, **DAYS, kini=date(2019, 11, 5))
    assert behind(rows, date(2019, 11, 5)) == 3.0
    assert behind(rows, date(2019, 11, 9)) is None
    assert behind(burn_down(8, {date(2019, 11, 4): 8}, **DAYS, kini=date(2019, 11, 4)),
                  date(2019, 11, 4)) == -6.0  # fmt: skip


def test_a_line_leaves_out_what_is_still_to_come():
    assert line([8, 4, None], 8) == "0.0,0.0 50.0,20.0"
    assert line([], 0) == ""


def tanda(number, **changes):
    given = {
        "lembar": number, "evaluator": 1, "pendaftaran": number, "kode": f"2019-{number:04}",
        "dokumen": 2, "dibuka": 1, "detik": 60, "pola": "1:A B", "catatan": (),
    }  # fmt: skip
    return Tanda(**(given | changes))


@pytest.mark.parametrize(
    ("dokumen", "dibuka", "found"), [(2, 0, True), (2, 1, False), (0, 0, False)]
)
def test_unopened_needs_documents_of_which_none_was_opened(dokumen, dibuka, found):
    assert bool(unopened([tanda(1, dokumen=dokumen, dibuka=dibuka)])) is found


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([tanda(1), tanda(2), tanda(3)], [3]),
        ([tanda(1), tanda(2)], []),
        ([tanda(1), tanda(2), tanda(3, pola="1:A C")], []),
        ([tanda(1, pola=""), tanda(2, pola=""), tanda(3, pola="")], []),
        ([tanda(1), tanda(2), tanda(3, evaluator=2)], []),
        ([tanda(1), tanda(2), tanda(3, pendaftaran=2)], []),
    ],
)
def test_equal_levels_tell_something_in_enough_entries_of_one_evaluator(rows, groups):
    assert [len(group) for group in same_levels(rows)] == groups


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (LONG, LONG, True),
        (LONG, LONG.upper().replace(" ", "  ").rstrip("."), True),
        (LONG, f"{LONG} Ini berbeda.", False),
        ("Sesuai.", "Sesuai.", False),
    ],
)
def test_notes_are_alike_whatever_case_marks_and_spaces(one, other, found):
    rows = [tanda(1, catatan=(("A1", one),)), tanda(2, catatan=(("A2", other),))]
    assert bool(copied_notes(rows)) is found
    apart = [rows[0], tanda(2, evaluator=2, catatan=(("A2", other),))]
    assert not copied_notes(apart)
    within = [tanda(1, catatan=(("A1", one), ("A2", other)))]
    assert not copied_notes(within)  # twice in one sheet says nothing about reading


def test_the_signs_about_one_sheet_are_taken_out_of_all():
    signs = find_petunjuk([tanda(1, dibuka=0), tanda(2), tanda(3), tanda(4, pola="x")])
    assert signs.about(1).tanpa_buka and signs.about(2).sama
    assert not signs.about(4)
    assert signs.of(1) == {"tanpa_buka": 1, "sama": 3}


@pytest.fixture
def lembar(db):
    """Three sheets of one evaluator: the first two locked with a copied note, the third a draft."""
    with clock.travel(f.IN_STAGE):
        edisi = f.make_edisi()
        evaluator = f.make_evaluator(edisi)
        rows = []
        for number in range(3):
            entry = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
            row = f.make_lembar(evaluator, entry)
            rows.append(f.score_lembar(row, kunci=number < 2, catatan=LONG))
        yield rows


def owner(row):
    return row.penugasan.evaluator.pengguna


def test_a_file_counts_as_opened_by_its_reader_before_the_lock_only(lembar):
    draft = lembar[2]
    files = BuktiDukung.objects.filter(pendaftaran=draft.penugasan.pendaftaran, dilepas_pada=None)
    one = files.first().berkas
    for oleh, cara in ((draft.penugasan.pendaftaran.dibuat_oleh, "lihat"), (owner(draft), "kecil")):
        AksesBerkas.objects.create(berkas=one, oleh=oleh, pada=clock.now(), cara=cara)
    assert tanda_of([draft.pk])[0].dibuka == 0
    AksesBerkas.objects.create(berkas=one, oleh=owner(draft), pada=clock.now(), cara="lihat")
    found = tanda_of([draft.pk])[0]
    assert (found.dibuka, found.dokumen) == (1, files.values("berkas").distinct().count())
    late = lembar[0]
    file = BuktiDukung.objects.filter(pendaftaran=late.penugasan.pendaftaran).first().berkas
    AksesBerkas.objects.create(
        berkas=file, oleh=owner(late), pada=late.penugasan.tahap.selesai, cara="lihat"
    )
    assert file == one or tanda_of([late.pk])[0].dibuka == 0


def test_the_evaluator_sees_the_signs_before_locking_and_may_lock_all_the_same(lembar, client):
    draft = lembar[2]
    client.force_login(owner(draft))
    page = reverse("evaluasi:penguncian", args=[draft.pk])
    text = client.get(page).text
    assert "tercatat dibuka" in text and "Catatan yang sama" in text and "tidak menahan" in text
    assert client.post(page).status_code == 302
    draft.refresh_from_db()
    assert draft.penguncian.filter(dibuka=False).exists()


def test_the_chair_sees_them_after_the_lock_and_never_of_a_draft(lembar, client):
    edisi, tahap = lembar[0].penugasan.tahap.edisi, lembar[0].penugasan.tahap
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    evaluator = lembar[0].penugasan.evaluator
    seen = tanda_visible_to(ketua, tahap, [evaluator.pk])
    assert {row.lembar for row in seen} == {lembar[0].pk, lembar[1].pk}
    client.force_login(ketua)
    page = reverse("evaluasi_panitia:bacaan", args=[tahap.kode, evaluator.pk])
    answer = client.get(page, {"lembar": lembar[0].pk})
    assert "bukan bukti" in answer.text and "Catatan yang sama" in answer.text
    assert lembar[2].penugasan.pendaftaran.kode not in answer.text
    assert client.get(page, {"lembar": lembar[2].pk}).context["pilih"] is None
    assert client.get(reverse("evaluasi_panitia:laju", args=[tahap.kode])).status_code == 200


def test_a_reader_in_conflict_finds_neither_sheet_nor_count(lembar):
    tahap = lembar[0].penugasan.tahap
    ketua = f.make_pengguna("Ketua", "ketua", edisi=tahap.edisi)
    own = f.make_evaluator(tahap.edisi, pengguna=ketua)
    BenturanKepentingan.objects.create(
        evaluator=own, instansi=lembar[0].penugasan.pendaftaran.instansi, alasan="Keluarga.",
        dicatat_oleh=ketua, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    evaluator = lembar[0].penugasan.evaluator_id
    assert [row.lembar for row in tanda_visible_to(ketua, tahap, [evaluator])] == [lembar[1].pk]
    locks, totals, _ = locks_by_day(tahap, ketua)
    assert totals == {evaluator: 2} and sum(locks[evaluator].values()) == 1
    assert locks_by_day(tahap, owner(lembar[0]))[1] == {}


def test_time_in_view_is_shown_for_each_document(lembar, client):
    draft = lembar[2]
    file = BuktiDukung.objects.filter(pendaftaran=draft.penugasan.pendaftaran).first().berkas
    note_bacaan(lembar=draft, berkas=file.pk, halaman=1, detik=45, oleh=owner(draft))
    found = tanda_of([draft.pk])[0]
    assert (found.detik, found.dibuka) == (45, 1)
    client.force_login(owner(draft))
    assert "45 detik" in client.get(reverse("evaluasi:penguncian", args=[draft.pk])).text


def test_the_pages_ask_no_more_when_there_is_more(lembar, client):
    tahap, evaluator = lembar[0].penugasan.tahap, lembar[0].penugasan.evaluator
    client.force_login(f.make_pengguna("Ketua", "ketua", edisi=tahap.edisi))
    pages = [
        reverse("evaluasi_panitia:laju", args=[tahap.kode]),
        reverse("evaluasi_panitia:bacaan", args=[tahap.kode, evaluator.pk]),
    ]
    before = [count(client, page) for page in pages]
    for reader in (evaluator, f.make_evaluator(tahap.edisi)):
        entry = f.fill_pendaftaran(f.make_pendaftaran(tahap.edisi, status="lolos_administrasi"))
        f.score_lembar(f.make_lembar(reader, entry))
    assert [count(client, page) for page in pages] == before


def count(client, page) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("sisa", "kini", "sehari"),
    [
        (8, date(2019, 11, 4), 2),
        (7, date(2019, 11, 6), 4),
        (1, date(2019, 11, 7), 1),
        (0, date(2019, 11, 4), None),
        (3, date(2019, 11, 8), None),
    ],
)
def test_sheets_a_day_still_to_be_locked(sisa, kini, sehari):
    assert pace(sisa, DAYS["akhir"], kini) == sehari


@pytest.fixture
def reader(db):
    """An evaluator with four sheets, one of them locked."""
    edisi = f.make_edisi()
    evaluator = f.make_evaluator(edisi)
    rows = [
        f.make_lembar(
            evaluator, f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
        )
        for _ in range(4)
    ]
    f.score_lembar(rows[0])
    evaluator.lembar = rows
    return evaluator


def test_the_dashboard_shows_ones_own_pace_and_what_is_left_to_read(reader, client):
    client.force_login(reader.pengguna)
    with clock.travel(f.IN_STAGE):
        page = client.get(reverse("evaluasi:dasbor"))
        part = client.get(reverse("evaluasi:dasbor"), headers={"HX-Request": "true"})
    laju = page.context["laju"]
    assert (laju["jumlah"], laju["terkunci"]) == (4, 1)
    assert laju["per_hari"] == pace(3, laju["hari"][-1].hari, f.IN_STAGE.date())
    assert "Laju Anda" in page.text
    assert "laju-sisa" in page.text
    assert "Laju Anda" not in part.text  # a filter asks for the list alone


def test_pages_in_view_are_no_longer_left_to_read(reader):
    tahap = f.tahap_dokumen(reader.edisi)
    files = BuktiDukung.objects.filter(pendaftaran=reader.lembar[1].penugasan.pendaftaran)
    Berkas.objects.filter(bukti__in=files).update(halaman=5)
    with clock.travel(f.IN_STAGE):
        before = own_laju(reader.pengguna, tahap)
        for page in (1, 2, 2):
            note_bacaan(lembar=reader.lembar[1], oleh=reader.pengguna, berkas=files[0].berkas_id,
                        halaman=page, detik=30)  # fmt: skip
        after = own_laju(reader.pengguna, tahap)
    assert before["halaman"] - after["halaman"] == 2
    assert before["lama"] - after["lama"] == 2 * 90


def test_ones_own_pace_asks_the_same_however_many_sheets(reader):
    tahap = f.tahap_dokumen(reader.edisi)
    with clock.travel(f.IN_STAGE), CaptureQueriesContext(connection) as few:
        own_laju(reader.pengguna, tahap)
    for _ in range(6):
        f.make_lembar(reader, f.make_pendaftaran(reader.edisi, status="lolos_administrasi"))
    with clock.travel(f.IN_STAGE), CaptureQueriesContext(connection) as many:
        own_laju(reader.pengguna, tahap)
    assert len(many) == len(few) <= 4
    assert own_laju(f.make_evaluator(reader.edisi).pengguna, tahap) is None
