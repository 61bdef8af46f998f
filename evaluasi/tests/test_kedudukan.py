"""An evaluator's own place among the others, and that it gives away nobody's score."""

from random import Random

import pytest
from django.urls import reverse

from evaluasi.models import LembarSah, Penguncian
from evaluasi.queries.kedudukan import kedudukan_of, sheets_beyond
from evaluasi.rules.kecenderungan import fit
from evaluasi.rules.kedudukan import MIN_SENDIRI, position
from evaluasi.tests import factories as f
from kompetisi import clock


def grid(people=6, rounds=8):
    """Sheets in a ring, each evaluator reading with both neighbours."""
    dice = Random(4)
    return [
        (entry, (entry + step) % people, 60 + entry % 7 + 3.0 * ((entry + step) % people)
         + dice.gauss(0, 1))
        for entry in range(people * rounds // 2)
        for step in (0, 1)
    ]  # fmt: skip


@pytest.mark.fast
def test_only_the_own_severity_and_the_middle_of_the_rest_are_told():
    rows = grid()
    found, model = position(5, rows), fit(rows)
    assert found.keadaan == "ada"
    assert found.geser == round(model.penilai[5].nilai, 1)
    assert (found.arti, found.lain) == ("longgar", 5)
    assert position(0, rows).arti == "ketat"
    others = sorted(t.nilai for pk, t in model.penilai.items() if pk != 5)
    assert found.tengah == (round(others[1], 1), round(others[3], 1))


@pytest.mark.fast
def test_few_own_sheets_or_few_others_tell_nothing():
    rows = grid()
    few = [row for row in rows if row[1] != 5 or row[0] > 12]
    assert position(5, few).keadaan == "kurang"
    assert position(0, grid(people=4)).keadaan == "belum"


@pytest.fixture
def world(db):
    edisi = f.make_edisi()
    entries, readers = f.fill_kisi(edisi, entries=20, people=5)
    return edisi, entries, readers


@pytest.mark.django_db
def test_no_entry_still_to_be_judged_moves_what_is_shown(world):
    edisi, entries, readers = world
    jalur, tahap = entries[0].jalur, f.tahap_dokumen(edisi)
    own = LembarSah.objects.filter(evaluator=readers[0])
    assert own.count() == MIN_SENDIRI
    before = kedudukan_of(readers[0])
    # One more to judge, which two others have locked already: nothing of it may show through.
    fresh = f.make_pendaftaran(edisi, status="lolos_administrasi")
    f.make_lembar(readers[0], fresh)
    f.quick_lembar(readers[1], fresh, 1.0)
    f.quick_lembar(readers[2], fresh, 0.0)
    assert fresh.pk not in {row[0] for row in sheets_beyond(readers[0], tahap, jalur)}
    assert kedudukan_of(readers[0]) == before
    assert fresh.pk in {row[0] for row in sheets_beyond(readers[3], tahap, jalur)}


@pytest.mark.django_db
def test_a_reopened_sheet_takes_its_entry_out_again(world):
    edisi, entries, readers = world
    tahap, jalur = f.tahap_dokumen(edisi), entries[0].jalur
    Penguncian.objects.filter(
        lembar__penugasan__evaluator=readers[0], lembar__penugasan__pendaftaran=entries[0]
    ).update(dibuka=True)
    assert entries[0].pk not in {row[0] for row in sheets_beyond(readers[0], tahap, jalur)}
    assert kedudukan_of(readers[0])[0]["posisi"].keadaan == "kurang"


@pytest.mark.django_db
def test_the_page_names_nobody_else(client, world):
    edisi, entries, readers = world
    client.force_login(readers[0].pengguna)
    with clock.travel(f.IN_STAGE):
        page = client.get(reverse("evaluasi:kedudukan")).text
        client.force_login(f.make_pengguna("Ketua", "ketua", edisi=edisi))
        assert client.get(reverse("evaluasi:kedudukan")).status_code == 404
    assert "Separuh tengah dari 4 evaluator lain" in page
    assert not any(str(reader.pengguna) in page for reader in readers[1:])
    assert not any(entry.kode in page for entry in entries)
