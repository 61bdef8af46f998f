"""Interviews: the rules, the timetable, what overlaps, the confirmation, what the calendar does."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest

from evaluasi.actions.penugasan import add_penugasan, release_rencana
from evaluasi.actions.rencana import propose_rencana
from evaluasi.actions.tenggat import enforce_evaluasi
from evaluasi.actions.wawancara import (
    cancel_wawancara,
    confirm_wawancara,
    enforce_wawancara,
    reschedule_wawancara,
    schedule_wawancara,
    start_wawancara,
    store_jadwal,
)
from evaluasi.models import Penugasan, SesiWawancara
from evaluasi.queries.wawancara import find_tahap_wawancara, proposal_of
from evaluasi.rules.jadwal import AturanJadwal, Peserta, propose_jadwal, slots_of
from evaluasi.rules.wawancara import (
    aturan_panel,
    can_confirm,
    can_schedule,
    confirmation_due,
    fits_stage,
    no_clash,
    said_for,
    state_of,
)
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit, Pesan
from registrasi.models import Keanggotaan

HOUR = timedelta(hours=1)
PLANNING = f.wib(15, 9)  # after the document stage, before the interviews
NINE = f.wib(18, 9)


# --- Rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peran", "tahap", "ok"),
    [
        ({"ketua"}, "belum", True),
        ({"sekretariat"}, "berjalan", True),
        ({"sekretariat"}, "selesai", False),
        ({"pengamat"}, "berjalan", False),
        ({"evaluator"}, "berjalan", False),
        ({"admin_instansi"}, "berjalan", False),
        ({"ketua"}, None, False),
    ],
)
def test_who_schedules_and_until_when(peran, tahap, ok):
    assert can_schedule(peran, tahap).ok is ok


@pytest.mark.parametrize(
    ("mulai", "selesai", "ok"),
    [
        (f.wib(18, 0), f.wib(18, 1), True),
        (f.wib(22, 23), f.wib(23, 0), True),
        (f.wib(17, 23), f.wib(18, 1), False),
        (f.wib(22, 23), f.wib(23, 0) + timedelta(seconds=1), False),
        (f.wib(18, 9), f.wib(18, 9), False),
    ],
)
def test_a_session_lies_within_the_stage(mulai, selesai, ok):
    assert fits_stage(mulai, selesai, f.wib(18, 0), f.wib(23, 0)).ok is ok


@pytest.mark.parametrize(
    ("set_at", "due"),
    [
        (NINE - 72 * HOUR, NINE - 48 * HOUR),
        (NINE - 48 * HOUR, NINE),  # set too late for the limit: until it begins
        (NINE - HOUR, NINE),
    ],
)
def test_until_when_a_confirmation_counts(set_at, due):
    assert confirmation_due(NINE, set_at, 48) == due


@pytest.mark.parametrize(
    ("peran", "at", "ok"),
    [
        ({"admin_instansi"}, NINE - timedelta(seconds=1), True),
        ({"admin_instansi"}, NINE, False),
        ({"admin_unit"}, NINE - HOUR, False),
        (set(), NINE - HOUR, False),
    ],
)
def test_the_agencys_admin_confirms_before_the_limit(peran, at, ok):
    assert can_confirm(peran, at, NINE).ok is ok


def test_a_clash_names_who_is_met():
    assert no_clash([], []).ok
    assert "Kota Alfa" in no_clash(["Kota Alfa"], []).alasan
    assert "Evaluator 1" in no_clash([], ["Evaluator 1"]).alasan


@pytest.mark.parametrize(
    ("at", "dimulai", "terkunci", "keadaan"),
    [
        (NINE - HOUR, None, 0, "belum"),
        (NINE - HOUR / 4, NINE - HOUR / 4, 0, "berjalan"),
        (NINE, None, 5, "berjalan"),
        (NINE + HOUR, NINE, 2, "kurang_lembar"),
        (NINE + HOUR, NINE, 3, "sah"),
    ],
)
def test_where_a_session_stands(at, dimulai, terkunci, keadaan):
    sesi = SimpleNamespace(mulai=NINE, selesai=NINE + HOUR, dimulai_pada=dimulai)
    assert state_of(sesi, at, terkunci=terkunci, minimal=3) == keadaan


def test_a_time_is_said_in_both_zones():
    assert said_for(NINE, "Asia/Jakarta") == "Senin, 18 November 2019, pukul 09.00 WIB"
    assert said_for(NINE, "Asia/Jayapura").endswith("09.00 WIB (11.00 WIT)")


ATURAN = AturanJadwal(lama=timedelta(minutes=30), jeda=timedelta(minutes=10), ruang=("A", "B"))


def test_a_proposal_keeps_rooms_rests_and_zones():
    slots = slots_of(f.wib(18, 0), f.wib(23, 0), ATURAN)
    rest = [s for s in slots if s.mulai.time() < time(13) and s.selesai.time() > time(12)]
    assert slots and not rest
    zones = ["Asia/Jakarta"] * 10 + ["Asia/Jayapura"] * 4
    people = [Peserta(n, zone) for n, zone in enumerate(zones)]
    usulan = propose_jadwal(people, slots, serempak=1)
    assert len(usulan.slot) == 14 and not usulan.sisa
    given = sorted(usulan.slot.values(), key=lambda s: s.mulai)
    assert all(a.selesai <= b.mulai for a, b in zip(given, given[1:], strict=False))
    assert all(usulan.slot[n].selesai.time() <= time(14) for n in range(10, 14))
    assert propose_jadwal(people, slots, serempak=1).sidik == usulan.sidik


def test_a_proposal_names_whom_it_has_no_place_for():
    slots = slots_of(f.wib(18, 8), f.wib(18, 10), ATURAN)
    usulan = propose_jadwal([Peserta(n, "Asia/Jakarta") for n in range(9)], slots)
    assert (len(usulan.slot), len(usulan.sisa)) == (6, 3)


# --- The timetable -------------------------------------------------------------------------------


@pytest.fixture
def edisi(db):
    with clock.travel(PLANNING):
        yield f.make_edisi()


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


@pytest.fixture
def entry(edisi):
    return f.make_pendaftaran(edisi, status="masuk_daftar_pendek")


@pytest.fixture
def admin(entry):
    return Keanggotaan.objects.get(instansi=entry.instansi).pengguna


@pytest.fixture
def sesi(entry, ketua):
    return schedule_wawancara(pendaftaran=entry, mulai=NINE, ruang="Ruang 1", oleh=ketua)


def more(edisi, status="masuk_daftar_pendek"):
    return f.make_pendaftaran(edisi, status=status)


def move(sesi, oleh, **changes):
    data = {
        "mulai": sesi.mulai,
        "selesai": sesi.selesai,
        "ruang": sesi.ruang,
        "tautan": sesi.tautan,
        "versi": sesi.versi,
    }
    return reschedule_wawancara(sesi=sesi, oleh=oleh, **(data | changes))


def make_panel(edisi, entry, count=5):
    tahap = find_tahap_wawancara(edisi)
    return [f.make_lembar(f.make_evaluator(edisi), entry, tahap) for _ in range(count)]


def test_scheduling_invites_the_agency_and_is_recorded(sesi, entry, admin):
    entry.refresh_from_db()
    assert entry.status == "terjadwal_wawancara"
    rule = aturan_panel(entry.edisi.aturan)
    assert sesi.selesai - sesi.mulai == rule.lama
    message = Pesan.objects.get(jenis="undangan_wawancara", kepada=admin)
    assert entry.kode in message.subjek
    assert "Ruang 1" in message.isi and "09.00 WIB" in message.isi
    assert JejakAudit.objects.filter(tindakan="wawancara.jadwalkan").count() == 1


def test_only_the_shortlist_is_scheduled_and_once(edisi, ketua, sesi, entry):
    with pytest.raises(NotAllowedError, match="sudah mempunyai sesi"):
        schedule_wawancara(pendaftaran=entry, mulai=f.wib(19, 9), ruang="Ruang 2", oleh=ketua)
    out = more(edisi, "tidak_masuk")
    with pytest.raises(NotAllowedError, match="daftar pendek"):
        schedule_wawancara(pendaftaran=out, mulai=f.wib(19, 9), ruang="Ruang 2", oleh=ketua)


def test_a_session_needs_a_place_and_a_time_of_the_stage(entry, ketua):
    with pytest.raises(InvalidInputError):
        schedule_wawancara(pendaftaran=entry, mulai=NINE, ruang=" ", oleh=ketua)
    with pytest.raises(NotAllowedError, match="berada di antara"):
        schedule_wawancara(pendaftaran=entry, mulai=f.wib(17, 9), ruang="R", oleh=ketua)
    with clock.travel(f.wib(25)), pytest.raises(NotAllowedError, match="sudah ditutup"):
        schedule_wawancara(pendaftaran=entry, mulai=NINE, ruang="R", oleh=ketua)
    assert not SesiWawancara.objects.exists()


def test_an_observer_does_not_schedule(edisi, entry):
    looker = f.make_pengguna("Pengamat", "pengamat", edisi=edisi)
    with pytest.raises(NotAllowedError):
        schedule_wawancara(pendaftaran=entry, mulai=NINE, ruang="Ruang 1", oleh=looker)


def test_a_room_is_used_once_at_a_time(edisi, ketua, sesi):
    other = more(edisi)
    with pytest.raises(NotAllowedError, match="sudah dipakai"):
        schedule_wawancara(pendaftaran=other, mulai=NINE + HOUR / 4, ruang=" ruang  1", oleh=ketua)
    schedule_wawancara(pendaftaran=other, mulai=sesi.selesai, ruang="Ruang 1", oleh=ketua)
    third = schedule_wawancara(pendaftaran=more(edisi), mulai=NINE, ruang="Ruang 2", oleh=ketua)
    with pytest.raises(NotAllowedError, match="sudah dipakai"):
        move(third, ketua, ruang="Ruang 1")


def test_a_link_is_used_once_at_a_time(edisi, ketua, entry):
    link = "https://rapat.example/satu"
    schedule_wawancara(pendaftaran=entry, mulai=NINE, tautan=link, oleh=ketua)
    with pytest.raises(NotAllowedError, match="sudah dipakai"):
        schedule_wawancara(pendaftaran=more(edisi), mulai=NINE, tautan=link, oleh=ketua)


def test_a_panel_is_at_one_place_at_a_time(edisi, ketua, sesi):
    member = make_panel(edisi, sesi.pendaftaran, 1)[0].penugasan.evaluator
    other = schedule_wawancara(
        pendaftaran=more(edisi), mulai=sesi.selesai, ruang="Ruang 2", oleh=ketua
    )
    f.make_penugasan(member, other.pendaftaran, sesi.tahap)
    with pytest.raises(NotAllowedError, match=str(member.pengguna)):
        move(other, ketua, mulai=NINE, selesai=NINE + HOUR)
    third = schedule_wawancara(pendaftaran=more(edisi), mulai=NINE, ruang="Ruang 3", oleh=ketua)
    with pytest.raises(NotAllowedError, match="sudah bertugas"):
        add_penugasan(tahap=sesi.tahap, pendaftaran=third.pendaftaran, evaluator=member, oleh=ketua)


def test_panels_are_drawn_so_that_nobody_is_at_two_places(edisi, ketua):
    for room in ("A", "B"):
        schedule_wawancara(pendaftaran=more(edisi), mulai=NINE, ruang=room, oleh=ketua)
    for _ in range(10):
        f.make_evaluator(edisi, kapasitas=5)
    plan = propose_rencana(tahap=find_tahap_wawancara(edisi), oleh=ketua, benih=7)
    assert release_rencana(rencana=plan, oleh=ketua) == 10
    people = list(Penugasan.objects.values_list("evaluator", flat=True))
    assert len(set(people)) == 10


def test_a_proposal_is_stored_as_a_whole_or_not_at_all(edisi, ketua):
    for _ in range(4):
        more(edisi)
    for _ in range(5):
        f.make_evaluator(edisi)
    tahap = find_tahap_wawancara(edisi)
    usulan, entries = proposal_of(tahap, ATURAN, ketua, PLANNING)
    rows = {row.pk: row for row in entries}
    first = usulan.slot[entries[0].pk]
    blocker = more(edisi)
    held = schedule_wawancara(pendaftaran=blocker, mulai=first.mulai, ruang=first.ruang, oleh=ketua)
    with pytest.raises(NotAllowedError):
        store_jadwal(pendaftaran=rows, slot=usulan.slot, oleh=ketua)
    assert SesiWawancara.objects.count() == 1
    cancel_wawancara(sesi=held, alasan="Salah.", oleh=ketua)
    stored = store_jadwal(pendaftaran=rows, slot=usulan.slot, oleh=ketua)
    assert len(stored) == 4
    assert len({row.mulai for row in stored}) == 4  # one panel: never two at the same time


# --- The confirmation ----------------------------------------------------------------------------


def confirm(sesi, oleh, **fields):
    given = {"penyaji_nama": "Kepala Dinas", "penyaji_jabatan": "Kepala"} | fields
    return confirm_wawancara(sesi=sesi, oleh=oleh, **given)


def test_the_agency_confirms_until_the_limit(sesi, admin):
    due = confirmation_due(
        sesi.mulai, sesi.dijadwalkan_pada, aturan_panel(sesi.tahap.edisi.aturan).konfirmasi_jam
    )
    with clock.travel(due), pytest.raises(NotAllowedError, match="Batas konfirmasi"):
        confirm(sesi, admin)
    with clock.travel(due - timedelta(seconds=1)):
        row = confirm(sesi, admin)
    assert (row.dikonfirmasi_oleh, row.penyaji_nama) == (admin, "Kepala Dinas")
    with pytest.raises(InvalidInputError):
        confirm(sesi, admin, penyaji_nama=" ")


def test_nobody_else_confirms(edisi, sesi, ketua):
    other = Keanggotaan.objects.get(instansi=more(edisi).instansi).pengguna
    unit = f.make_pengguna("Admin Unit")
    for user in (other, unit, ketua):
        with pytest.raises(NotAllowedError):
            confirm(sesi, user)


def test_a_change_takes_the_confirmation_back_and_tells(edisi, sesi, admin, ketua):
    make_panel(edisi, sesi.pendaftaran, 1)
    row = confirm(sesi, admin)
    same = move(row, ketua)
    assert same.versi == row.versi and same.dikonfirmasi_pada
    moved = move(row, ketua, mulai=f.wib(19, 10), selesai=f.wib(19, 11))
    assert moved.versi == row.versi + 1
    assert moved.dikonfirmasi_pada is None and moved.dikonfirmasi_oleh is None
    assert moved.penyaji_nama == "Kepala Dinas"
    assert Pesan.objects.filter(subjek__startswith="Perubahan jadwal", kepada=admin).count() == 1
    assert Pesan.objects.filter(kunci__startswith="panel_jadwal:").count() == 1
    with pytest.raises(StaleVersionError):
        confirm(moved, admin, versi=row.versi)
    with pytest.raises(StaleVersionError):
        move(moved, ketua, versi=row.versi, ruang="Ruang 9")


def test_cancelling_needs_a_reason_and_ends_the_panel(edisi, sesi, ketua, admin):
    make_panel(edisi, sesi.pendaftaran, 2)
    with pytest.raises(NotAllowedError, match="alasan"):
        cancel_wawancara(sesi=sesi, alasan=" ", oleh=ketua)
    cancel_wawancara(sesi=sesi, alasan="Bencana.", oleh=ketua)
    assert not Penugasan.objects.filter(dicabut_pada=None).exists()
    sesi.pendaftaran.refresh_from_db()
    assert sesi.pendaftaran.status == "masuk_daftar_pendek"
    assert Pesan.objects.filter(kunci__startswith="batal_wawancara:").count() == 3


# --- Holding it ----------------------------------------------------------------------------------


def test_a_member_begins_the_session_once_near_its_time(edisi, sesi, ketua):
    one, two = (row.penugasan.evaluator.pengguna for row in make_panel(edisi, sesi.pendaftaran, 2))
    other = f.make_evaluator(edisi).pengguna
    with clock.travel(NINE - HOUR), pytest.raises(NotAllowedError, match="menjelang"):
        start_wawancara(sesi=sesi, oleh=one)
    with clock.travel(NINE):
        for outside in (other, ketua):
            with pytest.raises(NotAllowedError):
                start_wawancara(sesi=sesi, oleh=outside)
        begun = start_wawancara(sesi=sesi, oleh=one).dimulai_pada
    with clock.travel(NINE + HOUR / 4):
        assert start_wawancara(sesi=sesi, oleh=two).dimulai_pada == begun
        with pytest.raises(NotAllowedError, match="sudah dimulai"):
            move(sesi, ketua, ruang="Ruang 7")
        with pytest.raises(NotAllowedError, match="sudah dimulai"):
            cancel_wawancara(sesi=sesi, alasan="Tidak jadi.", oleh=ketua)
    assert JejakAudit.objects.filter(tindakan="wawancara.mulai").count() == 1


def test_what_is_due_is_done_once(edisi, sesi, ketua, admin):
    f.make_pengguna("Sekretariat", "sekretariat", edisi=edisi)
    sheets = make_panel(edisi, sesi.pendaftaran)
    rule = aturan_panel(edisi.aturan)
    due = confirmation_due(sesi.mulai, sesi.dijadwalkan_pada, rule.konfirmasi_jam)
    steps = [
        (due - HOUR, "ingat_konfirmasi", 1),
        (due + HOUR / 60, "konfirmasi_lewat", 1),
    ]
    for at, name, wanted in steps:
        with clock.travel(at):
            assert enforce_wawancara(at)[name] == wanted, name
            assert enforce_wawancara(at)[name] == 0, name
    with clock.travel(NINE - HOUR):
        enforce_wawancara(clock.now())
        enforce_wawancara(clock.now())
        assert Pesan.objects.filter(jenis="ingat_panel").count() == 5
    with clock.travel(sesi.selesai):
        assert enforce_wawancara(sesi.selesai)["diwawancarai"] == 0
    for sheet in sheets[: rule.minimal]:
        f.score_lembar(sheet)
    with clock.travel(sesi.selesai - HOUR / 60):
        assert enforce_wawancara(clock.now())["diwawancarai"] == 0
    with clock.travel(f.wib(21)):
        assert enforce_evaluasi(clock.now())["diwawancarai"] == 1
        assert enforce_evaluasi(clock.now())["diwawancarai"] == 0
    sesi.pendaftaran.refresh_from_db()
    assert sesi.pendaftaran.status == "diwawancarai"


def test_after_the_closing_the_chair_hears_of_sessions_with_too_few_sheets(edisi, sesi, ketua):
    f.score_lembar(make_panel(edisi, sesi.pendaftaran)[0])
    with clock.travel(f.wib(23, 1)):
        assert enforce_wawancara(clock.now())["sesi_tidak_sah"] == 1
        assert enforce_wawancara(clock.now())["sesi_tidak_sah"] == 0
    assert Pesan.objects.get(jenis="sesi_tidak_sah").kepada == ketua


def test_a_sheet_is_filled_only_once_the_session_has_begun(edisi, sesi):
    sheet = make_panel(edisi, sesi.pendaftaran, 1)[0]
    move_to = f.wib(22, 15)
    SesiWawancara.objects.filter(pk=sesi.pk).update(mulai=move_to, selesai=move_to + HOUR)
    with pytest.raises(NotAllowedError, match="belum dimulai"):
        f.score_lembar(sheet, kunci=False)
