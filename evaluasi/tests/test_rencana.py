"""Making a plan: what stays, what a person chose, in the background, anchors, capacity."""

from collections import Counter
from datetime import timedelta

import pytest

from evaluasi.actions import rencana as actions
from evaluasi.actions.penugasan import add_penugasan, release_rencana, withdraw_penugasan
from evaluasi.actions.rencana import (
    carry_out_rencana,
    discard_rencana,
    propose_rencana,
    start_rencana,
)
from evaluasi.models import Evaluator, Penugasan, RencanaPenugasan
from evaluasi.queries.rencana import loads_of, rencana_failed, rencana_in_work
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import Pekerjaan, Pesan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def tahap(edisi):
    return f.tahap_dokumen(edisi)


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


def entries(edisi, n):
    return [f.make_pendaftaran(edisi, status="lolos_administrasi") for _ in range(n)]


def pairs(**where):
    rows = Penugasan.objects.filter(dicabut_pada=None, **where)
    return set(rows.values_list("pendaftaran", "evaluator"))


def test_a_new_draw_keeps_what_can_stay_and_what_a_person_chose(edisi, tahap, ketua):
    rows = entries(edisi, 8)
    team = [f.make_evaluator(edisi) for _ in range(4)]
    plan = propose_rencana(tahap=tahap, oleh=ketua, benih=1)
    chosen = next(
        e for e in team if not Penugasan.objects.filter(pendaftaran=rows[0], evaluator=e).exists()
    )
    withdraw_penugasan(penugasan=Penugasan.objects.filter(pendaftaran=rows[0]).first(), oleh=ketua)
    add_penugasan(tahap=tahap, pendaftaran=rows[0], evaluator=chosen, oleh=ketua, rencana=plan)
    before = pairs()
    late = entries(edisi, 1)
    again = propose_rencana(tahap=tahap, oleh=ketua, benih=2)
    assert before <= pairs()
    assert {entri for entri, _ in pairs() - before} == {late[0].pk}
    assert (again.ringkasan["tetap"], again.ringkasan["berubah"]) == (15, 0)
    by_hand = again.penugasan.get(pendaftaran=rows[0], evaluator=chosen)
    assert by_hand.pertimbangan == ["tangan"]
    assert RencanaPenugasan.objects.get() == again
    fresh = propose_rencana(tahap=tahap, oleh=ketua, benih=3, pertahankan=False)
    assert not any("tetap" in row.pertimbangan for row in fresh.penugasan.all())
    assert not any("tangan" in row.pertimbangan for row in fresh.penugasan.all())


def test_released_assignments_never_move(edisi, tahap, ketua):
    entries(edisi, 5)
    for _ in range(3):
        f.make_evaluator(edisi)
    release_rencana(rencana=propose_rencana(tahap=tahap, oleh=ketua), oleh=ketua)
    before = pairs()
    entries(edisi, 2)
    f.make_evaluator(edisi)  # has nothing yet, and so gets the new ones
    propose_rencana(tahap=tahap, oleh=ketua, pertahankan=False)
    assert before == pairs(dirilis_pada__isnull=False)
    assert sorted(Counter(e for _, e in pairs()).values()) == [2, 4, 4, 4]


def test_capacity_of_the_stage_holds_and_what_would_help_is_said(edisi, tahap, ketua):
    entries(edisi, 6)
    small = f.make_evaluator(edisi, kapasitas_tahap={"dokumen": 2})
    f.make_evaluator(edisi, kapasitas_tahap={"wawancara": 1})
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    assert Penugasan.objects.filter(evaluator=small).count() == 2
    assert len(plan.kekurangan) == 4
    assert (
        f"1 evaluator penuh. Naikkan kapasitas 1 dari: {small.pengguna.nama}"
        in (plan.kekurangan[0]["sebab"])
    )
    assert {row["pk"]: row["kapasitas"] for row in loads_of(tahap)}[small.pk] == 2


def test_a_shortage_by_conflict_counts_the_causes(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    provinsi = f.make_instansi(jenis="provinsi", kode_kemendagri="33")
    type(entry.instansi).objects.filter(pk=entry.instansi_id).update(provinsi=provinsi)
    f.make_evaluator(edisi, provinsi)
    f.make_evaluator(edisi, entry.instansi)
    f.make_evaluator(edisi)
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    (short,) = plan.kekurangan
    assert (short["kode"], short["aturan"]) == (entry.kode, "benturan")
    assert "1 dari 2 pembaca" in short["sebab"]
    assert "1 evaluator terbentur instansi asal" in short["sebab"]
    assert "1 evaluator terbentur provinsi" in short["sebab"]


def test_expertise_is_read_off_the_agency_but_for_what_links_the_readers(edisi, tahap, ketua):
    for kind in ("kota", "bumn"):
        for _ in range(4):
            f.make_pendaftaran(edisi, f.make_instansi(jenis=kind), "lolos_administrasi")
        for _ in range(2):
            f.make_evaluator(edisi, keahlian=[f"jenis:{kind}"])
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    rows = list(plan.penugasan.select_related("evaluator", "pendaftaran__instansi"))
    known = [
        row for row in rows
        if row.evaluator.keahlian == [f"jenis:{row.pendaftaran.instansi.jenis}"]
    ]  # fmt: skip
    assert (len(rows), len(known)) == (16, 14)  # one exchange, or two groups would stand apart
    assert all("keahlian" in row.pertimbangan for row in known)
    assert [row.pertimbangan[0] for row in rows if row not in known] == ["penghubung"] * 2
    assert plan.ringkasan["kelompok"] == 1


def test_anchor_entries_stay_the_same_from_plan_to_plan(edisi, tahap, ketua):
    edisi.aturan = {**edisi.aturan, "entri_jangkar": {"dokumen": 1}}
    edisi.save(update_fields=["aturan"])
    tahap = f.tahap_dokumen(edisi)
    entries(edisi, 6)
    for _ in range(5):
        f.make_evaluator(edisi)
    plan = propose_rencana(tahap=tahap, oleh=ketua, benih=1)
    (anchor,) = plan.ringkasan["jangkar"]
    assert plan.penugasan.filter(pendaftaran=anchor).count() == 5
    assert sorted(plan.penugasan.filter(pendaftaran=anchor).values_list("urutan", flat=True)) == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip
    again = propose_rencana(tahap=tahap, oleh=ketua, benih=99)
    assert again.ringkasan["jangkar"] == [anchor]
    release_rencana(rencana=again, oleh=ketua)
    entries(edisi, 1)
    late = f.make_evaluator(edisi)
    third = propose_rencana(tahap=tahap, oleh=ketua, benih=5)
    assert third.ringkasan["jangkar"] == [anchor]
    assert (anchor, late.pk) in pairs(rencana=third)


def test_a_large_plan_is_made_in_the_background_and_who_asked_is_told(
    edisi, tahap, ketua, monkeypatch
):
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    entries(edisi, 2)
    for _ in range(3):
        f.make_evaluator(edisi)
    assert start_rencana(tahap=tahap, oleh=ketua, benih=4) is None
    work = rencana_in_work(tahap)
    with pytest.raises(NotAllowedError, match="sedang disusun"):
        start_rencana(tahap=tahap, oleh=ketua)
    assert not Penugasan.objects.exists()
    assert carry_out_rencana(pk=work.pk)
    assert not carry_out_rencana(pk=work.pk)
    assert (len(pairs()), RencanaPenugasan.objects.get().benih) == (4, 4)
    assert rencana_in_work(tahap) is None
    told = Pesan.objects.get(jenis="rencana_siap")
    assert (told.kepada, told.tautan) == (ketua, "/panitia/penugasan/dokumen/")
    assert start_rencana(tahap=tahap, oleh=ketua) is None  # once more is fine


def test_work_whose_stage_has_closed_is_given_up_with_the_reason(edisi, tahap, ketua, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    entries(edisi, 1)
    start_rencana(tahap=tahap, oleh=ketua)
    work = Pekerjaan.objects.get()
    with clock.travel(tahap.selesai + timedelta(minutes=1)):
        assert not carry_out_rencana(pk=work.pk)
    assert "ditutup" in rencana_failed(tahap)["alasan"]
    assert not RencanaPenugasan.objects.exists()


def test_a_change_while_it_is_worked_out_is_taken_in(edisi, tahap, ketua, monkeypatch):
    entries(edisi, 4)
    team = [f.make_evaluator(edisi) for _ in range(4)]
    divide, turns = actions.divide_stage, []

    def slowly(*args, **more):
        hasil = divide(*args, **more)
        if not turns:
            Evaluator.objects.filter(pk=team[0].pk).update(aktif=False)
        turns.append(1)
        return hasil

    monkeypatch.setattr(actions, "divide_stage", slowly)
    propose_rencana(tahap=tahap, oleh=ketua)
    assert len(turns) == 2
    assert not Penugasan.objects.filter(evaluator=team[0]).exists()
    discard_rencana(rencana=RencanaPenugasan.objects.get(), oleh=ketua)
    assert not Penugasan.objects.exists()
