"""Assignments in the database: plan, release, changes by hand, what the calendar does."""

from datetime import timedelta

import pytest

from evaluasi.actions.penugasan import (
    add_penugasan,
    assign_pembaca_ketiga,
    release_rencana,
    replace_penugasan,
    suggest_reader,
    withdraw_penugasan,
)
from evaluasi.actions.rencana import discard_rencana, propose_rencana
from evaluasi.actions.tenggat import enforce_evaluasi
from evaluasi.models import Evaluator, LembarPenilaian, Penugasan, RencanaPenugasan
from evaluasi.queries.navigasi import navigasi
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.rencana import loads_of
from evaluasi.queries.tugas import tugas
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit, Pesan
from registrasi.models import Pendaftaran

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


def test_a_plan_gives_every_entry_its_readers_and_stays_unseen(edisi, tahap, ketua):
    rows = entries(edisi, 6)
    team = [f.make_evaluator(edisi, rows[0].instansi), *(f.make_evaluator(edisi) for _ in range(3))]
    plan = propose_rencana(tahap=tahap, oleh=ketua, benih=7)
    assert plan.kekurangan == []
    pairs = set(Penugasan.objects.values_list("pendaftaran", "evaluator"))
    assert len(pairs) == 12
    assert (rows[0].pk, team[0].pk) not in pairs
    assert {row["rencana"] for row in loads_of(tahap)} == {3}
    assert not any(penugasan_own(e.pengguna).exists() for e in team)
    again = propose_rencana(tahap=tahap, oleh=ketua, benih=7)
    assert set(Penugasan.objects.values_list("pendaftaran", "evaluator")) == pairs
    assert RencanaPenugasan.objects.get() == again


def test_release_shows_all_at_once_makes_sheets_and_tells_each_once(edisi, tahap, ketua):
    entries(edisi, 3)
    team = [f.make_evaluator(edisi) for _ in range(3)]
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    assert release_rencana(rencana=plan, oleh=ketua) == 6
    assert LembarPenilaian.objects.count() == 6
    assert all(penugasan_own(e.pengguna).count() == 2 for e in team)
    assert Pesan.objects.filter(jenis="penugasan_dirilis").count() == 3
    with pytest.raises(NotAllowedError, match="sudah dirilis"):
        release_rencana(rencana=plan, oleh=ketua)
    with pytest.raises(NotAllowedError, match="sudah dirilis"):
        discard_rencana(rencana=plan, oleh=ketua)
    late = entries(edisi, 1)
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    assert set(plan.penugasan.values_list("pendaftaran", flat=True)) == {late[0].pk}


def test_a_plan_that_came_into_conflict_is_not_released(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    team = [f.make_evaluator(edisi) for _ in range(2)]
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    Evaluator.objects.filter(pk=team[0].pk).update(instansi_asal=entry.instansi)
    with pytest.raises(NotAllowedError, match=entry.kode):
        release_rencana(rencana=plan, oleh=ketua)


def test_shortage_is_kept_with_the_rule_to_blame(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    for home in (entry.instansi, None):
        f.make_evaluator(edisi, home)
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    assert [(k["kode"], k["aturan"]) for k in plan.kekurangan] == [(entry.kode, "benturan")]


@pytest.mark.parametrize("peran", [(), ("evaluator",), ("pengamat",), ("admin_panrb",)])
def test_only_chair_and_secretariat_assign(edisi, tahap, peran):
    with pytest.raises(NotAllowedError):
        propose_rencana(tahap=tahap, oleh=f.make_pengguna("X", *peran, edisi=edisi))


def test_after_closing_nothing_is_assigned(edisi, tahap, ketua):
    with clock.travel(tahap.selesai), pytest.raises(NotAllowedError, match="ditutup"):
        propose_rencana(tahap=tahap, oleh=ketua)


def test_adding_by_hand_refuses_conflict_double_and_entries_that_are_not_ready(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    good, bad = f.make_evaluator(edisi), f.make_evaluator(edisi, entry.instansi)
    row = add_penugasan(tahap=tahap, pendaftaran=entry, evaluator=good, oleh=ketua)
    assert (row.urutan, row.dirilis_pada is not None) == (1, True)
    common = {"tahap": tahap, "oleh": ketua}
    with pytest.raises(NotAllowedError, match="sudah ditugaskan"):
        add_penugasan(pendaftaran=entry, evaluator=good, **common)
    with pytest.raises(NotAllowedError, match="instansi asal"):
        add_penugasan(pendaftaran=entry, evaluator=bad, **common)
    with pytest.raises(NotAllowedError, match="menunggu"):
        add_penugasan(pendaftaran=f.make_pendaftaran(edisi), evaluator=good, **common)


def test_replacing_keeps_the_earlier_sheet_and_needs_a_reason(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    first, second = f.make_evaluator(edisi), f.make_evaluator(edisi)
    lembar = f.score_lembar(f.make_lembar(first, entry), kunci=False)
    with pytest.raises(NotAllowedError, match="alasan"):
        replace_penugasan(penugasan=lembar.penugasan, evaluator=second, oleh=ketua)
    replace_penugasan(penugasan=lembar.penugasan, evaluator=second, oleh=ketua, alasan="Sakit.")
    kept = Penugasan.objects.get(pk=lembar.penugasan_id)
    assert (kept.sebab_cabut, kept.alasan_cabut) == ("diganti", "Sakit.")
    assert lembar.nilai.exists()
    assert penugasan_own(second.pengguna).get().urutan == 1


def test_a_locked_sheet_keeps_its_assignment(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    lembar = f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry))
    with pytest.raises(NotAllowedError, match="terkunci"):
        withdraw_penugasan(penugasan=lembar.penugasan, oleh=ketua, alasan="x")


def test_third_reader_is_the_least_loaded_without_conflict(edisi, tahap, ketua):
    busy_with, entry = entries(edisi, 2)
    for level in "AD":
        f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), level)
    busy = f.make_evaluator(edisi)
    f.make_lembar(busy, busy_with)
    f.make_evaluator(edisi, entry.instansi)
    idle = f.make_evaluator(edisi)
    row = assign_pembaca_ketiga(tahap=tahap, pendaftaran=entry, oleh=ketua)
    assert (row.evaluator, row.urutan) == (idle, 3)
    assert penugasan_own(idle.pengguna).exists()


def test_third_reader_has_signed_and_declared_if_anybody_has(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    for level in "AD":
        f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), level)
    unready = f.make_evaluator(edisi, siap=False)
    ready = f.make_evaluator(edisi)
    busy_with = f.make_pendaftaran(edisi, status="lolos_administrasi")
    f.make_lembar(ready, busy_with)  # more loaded than the other
    assert suggest_reader(tahap, entry) == ready
    Evaluator.objects.filter(pk=ready.pk).update(aktif=False)
    assert suggest_reader(tahap, entry) == unready


def test_reminders_are_sent_once_for_each_day_count(edisi, tahap):
    (entry,) = entries(edisi, 1)
    evaluator = f.make_evaluator(edisi)
    f.make_lembar(evaluator, entry)
    f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry))

    def sent_at(before):
        with clock.travel(tahap.selesai - before):
            return enforce_evaluasi(clock.now())["pengingat_evaluator"]

    assert sent_at(timedelta(days=4)) == 0
    assert sent_at(timedelta(days=2, hours=23)) == 1
    assert sent_at(timedelta(days=2)) == 0
    assert sent_at(timedelta(hours=5)) == 1
    assert sent_at(timedelta(hours=1)) == 0
    told = Pesan.objects.filter(jenis="pengingat_lembar")
    assert {row.kepada for row in told} == {evaluator.pengguna}


def test_after_closing_complete_entries_move_on_and_the_chair_hears_what_is_missing(
    edisi, tahap, ketua
):
    done, short = entries(edisi, 2)
    for _ in range(2):
        f.score_lembar(f.make_lembar(f.make_evaluator(edisi), done))
    f.score_lembar(f.make_lembar(f.make_evaluator(edisi), short))
    f.make_lembar(f.make_evaluator(edisi), short)
    assert enforce_evaluasi(f.IN_STAGE)["dinilai_dokumen"] == 0
    with clock.travel(tahap.selesai):
        counts = enforce_evaluasi(tahap.selesai)
        assert {name: n for name, n in counts.items() if n} == {
            "dinilai_dokumen": 1,
            "lembar_kurang": 1,
        }
        assert not any(enforce_evaluasi(tahap.selesai).values())
    status = dict(Pendaftaran.objects.values_list("pk", "status"))
    assert status == {done.pk: "dinilai_dokumen", short.pk: "lolos_administrasi"}
    assert "1 lembar" in Pesan.objects.get(jenis="lembar_kurang", kepada=ketua).isi


def test_a_host_whose_clock_runs_ahead_does_nothing_early(edisi, tahap):
    (entry,) = entries(edisi, 1)
    for _ in range(2):
        f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry))
    assert enforce_evaluasi(tahap.selesai + timedelta(days=1))["dinilai_dokumen"] == 0


def test_each_sees_their_own_tasks_and_menu(edisi, tahap, ketua):
    (entry,) = entries(edisi, 1)
    ready, new = f.make_evaluator(edisi), f.make_evaluator(edisi, siap=False)
    f.make_lembar(ready, entry)
    now = f.IN_STAGE
    (own,) = tugas(ready.pengguna, edisi, {"evaluator"}, now)
    assert (own["jumlah"], own["tenggat"]) == (1, tahap.selesai)
    (first,) = tugas(new.pengguna, edisi, {"evaluator"}, now)
    assert "pakta" in first["judul"]
    assert any("Tugaskan evaluator" in t["judul"] for t in tugas(ketua, edisi, {"ketua"}, now))
    assert tugas(f.make_pengguna(), edisi, set(), now) == []
    assert [e["jumlah"] for e in navigasi(ready.pengguna, edisi, {"evaluator"})] == [1]
    names = [e["url_name"] for e in navigasi(ketua, edisi, {"ketua"})]
    assert "evaluasi_panitia:nilai" in names
    assert navigasi(f.make_pengguna(), edisi, frozenset()) == []


def test_every_change_leaves_one_audit_line(edisi, tahap, ketua):
    entries(edisi, 2)
    for _ in range(2):
        f.make_evaluator(edisi)
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    release_rencana(rencana=plan, oleh=ketua)
    row = Penugasan.objects.first()
    withdraw_penugasan(penugasan=row, oleh=ketua, alasan="Berhalangan.")
    made = list(JejakAudit.objects.order_by("urutan").values_list("tindakan", flat=True))
    assert made[-3:] == ["penugasan.rencana", "penugasan.rilis", "penugasan.cabut"]
