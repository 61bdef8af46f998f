"""Severity, calibrated ranks and agreement as the circle of the plenary sees them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.models import BenturanKepentingan, Penugasan
from evaluasi.queries.kewajaran import kewajaran_of, sepakat_kriteria
from evaluasi.queries.nilai import nilai_tahap, skor_tahap
from evaluasi.tests import factories as f
from evaluasi.tests import hitung_ulang
from kompetisi import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


@pytest.fixture
def edisi():
    edisi = f.make_edisi()
    edisi.jalur.filter(kode="instansi").update(kuota_daftar_pendek=5)
    return edisi


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


def wajar(edisi, user):
    return kewajaran_of(f.tahap_dokumen(edisi), edisi.jalur.get(kode="instansi"), user)


def address(page, kode="dokumen"):
    return reverse(f"evaluasi_panitia:{page}", args=[kode])


def test_the_official_score_stands_beside_the_calibrated_one_and_is_not_touched(edisi, ketua):
    entries, readers = f.fill_kisi(edisi)
    before = {row.pendaftaran_id: row.nilai for row in nilai_tahap(edisi)}
    found = wajar(edisi, ketua)
    assert found.kendala == []
    assert {row.pk: row.nilai for row in found.banding} == before
    assert skor_tahap(f.tahap_dokumen(edisi)) == before
    model = hitung_ulang.severity(found.lembar)
    for row in found.banding:
        assert row.kalibrasi.nilai == pytest.approx(model["entri"][row.pk][0], abs=1e-9)
    assert [row["pk"] for row in found.penilai][0] == readers[0].pk  # noqa: RUF015
    assert [row.pk for row in found.banding][0] == entries[0].pk  # noqa: RUF015
    assert any(row.dekat for row in found.banding)
    assert sum(row.masuk for row in found.banding) == 5


def test_whoever_is_in_conflict_gets_every_figure_without_the_entry(edisi, ketua):
    entries, readers = f.fill_kisi(edisi, entries=12)
    chair = f.make_evaluator(edisi, pengguna=ketua)
    BenturanKepentingan.objects.create(
        evaluator=chair, instansi=entries[0].instansi, alasan="Saudara.",
        dicatat_oleh=ketua, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    other = f.make_pengguna("Pengamat", "pengamat", edisi=edisi)
    mine, theirs = wajar(edisi, ketua), wajar(edisi, other)
    assert len(theirs.lembar) - len(mine.lembar) == 2
    assert entries[0].pk not in {row.pk for row in mine.banding}
    without = [row for row in theirs.lembar if row[0] != entries[0].pk]
    model = hitung_ulang.severity(without)
    assert mine.model.penilai[readers[0].pk].nilai == pytest.approx(
        model["penilai"][readers[0].pk][0], abs=1e-9
    )
    assert mine.sepakat.entri == theirs.sepakat.entri - 1
    assert {k.unsur.entri for k in sepakat_kriteria(mine)} == {11}


@pytest.mark.parametrize("page", ["kecenderungan", "kesepakatan"])
def test_nobody_outside_the_circle_finds_the_pages(client, edisi, page):
    _, readers = f.fill_kisi(edisi, entries=2)
    client.force_login(readers[0].pengguna)
    assert client.get(address(page)).status_code == 404
    assert wajar(edisi, readers[0].pengguna).lembar == []


def test_the_page_shows_severities_and_marks_the_entries_near_the_line(client, edisi, ketua):
    entries, readers = f.fill_kisi(edisi)
    client.force_login(ketua)
    page = client.get(address("kecenderungan")).text
    assert str(readers[0].pengguna) in page
    assert "di sekitar garis" in page
    found = wajar(edisi, ketua)
    near = {row.pk for row in found.banding if row.dekat}
    kept = client.get(address("kecenderungan"), {"saring": "dekat", "urut": "kalibrasi"}).text
    assert all((entry.kode in kept) == (entry.pk in near) for entry in entries)


def test_a_thin_graph_is_refused_with_names_and_what_would_help(client, edisi, ketua):
    f.fill_kisi(edisi, entries=4)
    client.force_login(ketua)
    page = client.get(address("kecenderungan")).text
    assert "Kecenderungan belum dapat dihitung" in page
    assert "Lembar terkunci kurang dari 5: Evaluator" in page
    assert "Terkalibrasi" not in page


def test_the_agreement_is_live_and_agrees_with_counting_pairs(client, edisi, ketua):
    entries, _ = f.fill_kisi(edisi, entries=6)
    found = wajar(edisi, ketua)
    totals = {}
    for entry, _, total in found.lembar:
        totals.setdefault(entry, []).append(total)
    assert found.sepakat.alpha == pytest.approx(hitung_ulang.alpha(list(totals.values())), abs=1e-9)
    client.force_login(ketua)
    assert "Alfa Krippendorff" in client.get(address("kesepakatan")).text
    Penugasan.objects.filter(pendaftaran__in=entries[:2], urutan=2).update(dicabut_pada=f.BEFORE)
    assert "baru 4 pendaftaran" in client.get(address("kesepakatan")).text


def test_the_pages_ask_the_same_of_the_database_at_n_and_4n(client, edisi, ketua):
    client.force_login(ketua)
    costs = []
    for entries in (12, 24):
        f.fill_kisi(edisi, entries=entries)
        with CaptureQueriesContext(connection) as one:
            client.get(address("kecenderungan"))
        with CaptureQueriesContext(connection) as two:
            client.get(address("kesepakatan"))
        costs.append((len(one), len(two)))
    assert costs[0] == costs[1]


def test_a_stage_that_does_not_cut_has_no_line(client, edisi, ketua):
    client.force_login(ketua)
    page = client.get(address("kecenderungan", "wawancara")).text
    assert "Garis batas" not in page
    assert client.get(address("kecenderungan", "tidak-ada")).status_code == 404
