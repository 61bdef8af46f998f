"""Accepting an assignment, giving it back, stepping back from it; and who takes the place."""

import pytest
from django.urls import reverse

from evaluasi.actions.pengembalian import (
    accept_penugasan,
    assign_pengganti,
    decline_penugasan,
    recuse_self,
)
from evaluasi.models import BenturanKepentingan, Penugasan
from evaluasi.queries.pengganti import propose_pengganti
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.rencana import places_to_fill
from evaluasi.queries.tugas import tugas
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit, Pesan

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


@pytest.fixture
def entry(edisi):
    return f.make_pendaftaran(edisi, status="lolos_administrasi")


@pytest.fixture
def two(edisi, entry):
    """Two readers of the entry, with their sheets."""
    people = [f.make_evaluator(edisi) for _ in range(2)]
    for person in people:
        f.make_lembar(person, entry)
    return people


def of(person) -> Penugasan:
    return Penugasan.objects.select_related("tahap__edisi").get(evaluator=person)


def test_accepting_answers_all_of_a_stage_once(edisi, two):
    tahap, oleh = f.tahap_dokumen(edisi), two[0].pengguna
    with clock.travel(f.IN_STAGE):
        assert accept_penugasan(tahap=tahap, oleh=oleh) == 1
        assert accept_penugasan(tahap=tahap, oleh=oleh) == 0
    assert of(two[0]).diterima_pada >= f.IN_STAGE
    assert of(two[1]).diterima_pada is None
    assert JejakAudit.objects.filter(tindakan="penugasan.terima").count() == 1


def test_declining_ends_the_assignment_tells_the_chair_and_becomes_a_task(edisi, ketua, entry, two):
    row, oleh = of(two[0]), two[0].pengguna
    with clock.travel(f.IN_STAGE):
        with pytest.raises(NotAllowedError, match="alasan"):
            decline_penugasan(penugasan=row, alasan=" ", oleh=oleh)
        with pytest.raises(NotAllowedError, match="bukan milik"):
            decline_penugasan(penugasan=row, alasan="Sakit.", oleh=two[1].pengguna)
        decline_penugasan(penugasan=row, alasan="Sakit.", oleh=oleh)
        titles = [row["judul"] for row in tugas(ketua, edisi, ["ketua"], f.IN_STAGE)]
    ended = of(two[0])
    assert (ended.sebab_cabut, ended.alasan_cabut) == ("ditolak", "Sakit.")
    assert not penugasan_own(oleh).exists()
    assert "Sakit." in Pesan.objects.get(kepada=ketua, jenis="penugasan_ditolak").isi
    assert any(title.startswith("Tugaskan pengganti") for title in titles)
    assert [p.pk for p in places_to_fill(f.tahap_dokumen(edisi), ketua)] == [row.pk]


def test_a_locked_sheet_is_not_given_back_and_after_the_closing_none_is(edisi, entry, two):
    f.score_lembar(of(two[0]).lembar)
    with clock.travel(f.IN_STAGE), pytest.raises(NotAllowedError, match="terkunci"):
        decline_penugasan(penugasan=of(two[0]), alasan="Sakit.", oleh=two[0].pengguna)
    with clock.travel(f.tahap_dokumen(edisi).selesai), pytest.raises(NotAllowedError, match="ditu"):
        decline_penugasan(penugasan=of(two[1]), alasan="Sakit.", oleh=two[1].pengguna)


def test_a_conflict_found_while_reading_closes_everything_of_the_agency(edisi, ketua, entry, two):
    f.score_lembar(of(two[0]).lembar)
    row, oleh = of(two[0]), two[0].pengguna
    with pytest.raises(NotAllowedError):
        recuse_self(penugasan=row, alasan="Adik saya di sana.", oleh=two[1].pengguna)
    with clock.travel(f.IN_STAGE):
        recuse_self(penugasan=row, alasan="Adik saya di sana.", oleh=oleh)
    ended, noted = of(two[0]), BenturanKepentingan.objects.get()
    assert ended.sebab_cabut == "benturan"
    assert ended.dicabut_pada >= f.IN_STAGE
    assert (noted.instansi, noted.alasan) == (entry.instansi, "Adik saya di sana.")
    trace = JejakAudit.objects.get(tindakan="benturan.saat_membaca")
    assert trace.rincian["pendaftaran"] == entry.kode
    assert not penugasan_own(oleh).exists()
    assert Pesan.objects.filter(kepada=ketua, jenis="benturan_baru").exists()


def test_the_substitute_is_free_of_conflict_and_takes_the_place_at_once(edisi, ketua, entry, two):
    tahap = f.tahap_dokumen(edisi)
    f.make_evaluator(edisi, entry.instansi)
    busy, free = f.make_evaluator(edisi), f.make_evaluator(edisi)
    f.make_penugasan(busy, f.make_pendaftaran(edisi, status="lolos_administrasi"))
    with clock.travel(f.IN_STAGE):
        decline_penugasan(penugasan=of(two[0]), alasan="Sakit.", oleh=two[0].pengguna)
        (row,) = propose_pengganti(tahap, places_to_fill(tahap, ketua))
        assert row.usulan == free
        with pytest.raises(NotAllowedError):
            assign_pengganti(penugasan=row, oleh=free.pengguna)
        with pytest.raises(NotAllowedError, match="masih berlaku"):
            assign_pengganti(penugasan=of(two[1]), oleh=ketua)
        new = assign_pengganti(penugasan=row, oleh=ketua)
    assert (new.evaluator, new.pertimbangan, new.urutan) == (free, ["pengganti"], 1)
    assert new.dirilis_pada >= f.IN_STAGE
    assert places_to_fill(tahap, ketua) == []


def test_nobody_left_is_said_in_words(edisi, ketua, entry, two):
    tahap = f.tahap_dokumen(edisi)
    with clock.travel(f.IN_STAGE):
        decline_penugasan(penugasan=of(two[0]), alasan="Sakit.", oleh=two[0].pengguna)
        (row,) = propose_pengganti(tahap, places_to_fill(tahap, ketua))
    assert row.usulan is None
    assert row.sebab_kosong


def test_from_the_sheet_to_the_chairs_press(client, edisi, ketua, entry, two):
    free, row = f.make_evaluator(edisi), of(two[0])
    client.force_login(two[0].pengguna)
    url = reverse("evaluasi:pengembalian", args=[row.pk])
    with clock.travel(f.IN_STAGE):
        assert url in client.get(reverse("evaluasi:lembar", args=[row.lembar.pk])).text
        board = reverse("evaluasi:dasbor")
        accept = reverse("evaluasi:penerimaan", args=["dokumen"])
        assert accept in client.get(board).text
        assert client.post(accept).url == board
        assert accept not in client.get(board).text
        assert entry.kode in client.get(url).text
        assert client.post(url, {"sebab": "ditolak"}).status_code == 422
        assert client.post(url, {"sebab": "benturan", "alasan": "Adik."}).url == board
        for path in (url, reverse("evaluasi:lembar", args=[row.lembar.pk])):
            assert client.get(path).status_code == 404
        assert entry.kode not in client.get(board).text
        client.force_login(ketua)
        page = reverse("evaluasi_panitia:pengganti", args=["dokumen"])
        assert str(free.pengguna) in client.get(page).text
        assert (
            page in client.get(reverse("evaluasi_panitia:penugasan-tahap", args=["dokumen"])).text
        )
        press = reverse("evaluasi_panitia:pengganti-tugaskan", args=["dokumen", row.pk])
        assert client.post(press, {"evaluator": free.pk}).url == page
    assert of(free).dicabut_pada is None
