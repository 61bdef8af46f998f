"""An outage is measured by heartbeats that are missing, and two people give the time back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F

from kompetisi import clock, probe
from kompetisi.actions.denyut import prune_denyut, write_denyut
from kompetisi.actions.gangguan import enforce_gangguan
from kompetisi.actions.perpanjangan import adopt_perpanjangan, decide_perpanjangan
from kompetisi.errors import NotAllowedError
from kompetisi.models import Denyut, Gangguan, JejakAudit, Pengumuman, Perpanjangan, Pesan
from kompetisi.queries.edisi import closing_instant
from kompetisi.rules.gangguan import closing_after, lost_time, round_up
from kompetisi.tests.factories import make_edisi_kosong, make_peran, wib

pytestmark = pytest.mark.django_db
MENIT = timedelta(minutes=1)
AT = wib("2019-10-30 10:00")
TUTUP = wib("2019-11-02 00:00")
NOW = clock.real_now().replace(second=0, microsecond=0) - timedelta(hours=20)


@pytest.fixture
def edisi():
    return make_edisi_kosong()


@pytest.fixture
def sekretariat(edisi):
    return make_peran(edisi, "sekretariat")


def beats(at, *minutes, sumber="web", hidup=True, **counts):
    """Heartbeats in the minutes after `at` (competition time), the clock being moved to it."""
    geser = at - NOW
    for minute in minutes:
        Denyut.objects.create(
            menit=NOW + minute * MENIT, sumber=sumber, hidup=hidup, geser=geser, **counts
        )


def test_a_gap_in_the_open_window_is_noted_and_drafts_an_extension_once(edisi, sekretariat):
    beats(AT, 0, 1, 14, 15)
    beats(AT, *range(16), sumber="beat")
    assert enforce_gangguan(AT)["gangguan"] == 1
    assert enforce_gangguan(AT)["gangguan"] == 0
    row = Gangguan.objects.get()
    assert (row.mulai, row.selesai) == (AT + 2 * MENIT, AT + 14 * MENIT)
    assert row.bukti["menit_tanpa_denyut"] == 12
    assert row.bukti["menit_pekerjaan_latar_hidup"] == 12
    draft = Perpanjangan.objects.get()
    assert draft.diajukan_oleh is None
    assert draft.selesai_baru == TUTUP + 15 * MENIT
    assert "30-10-2019 pukul 10.02 sampai 10.14 WIB" in draft.alasan
    assert Pesan.objects.filter(jenis="gangguan", kepada=sekretariat).count() == 1
    assert JejakAudit.objects.filter(tindakan="gangguan.catat").count() == 1
    assert closing_instant(draft.tahap) == TUTUP


@pytest.mark.parametrize("minutes", [(0, 1, 2), (0, 2, 4), (0, 4)])
def test_restarts_are_no_outage(edisi, minutes):
    beats(AT, *minutes)
    enforce_gangguan(AT)
    assert not Gangguan.objects.exists()


def test_minutes_that_refused_more_than_they_answered_are_an_outage(edisi):
    beats(AT, 0, dijawab=50)
    beats(AT, *range(1, 7), dijawab=3, ditolak=40)
    beats(AT, 7, dijawab=50, ditolak=10)
    enforce_gangguan(AT)
    bukti = Gangguan.objects.get().bukti
    assert (bukti["menit"], bukti["menit_menolak"], bukti["menit_tanpa_denyut"]) == (6, 6, 0)
    assert (bukti["permintaan_ditolak"], bukti["permintaan_dijawab"]) == (240, 18)


def test_refusals_known_afterwards_do_not_make_a_dead_minute_alive(edisi):
    beats(AT, 0, 9)
    beats(AT, 4, hidup=False, ditolak=7)
    enforce_gangguan(AT)
    bukti = Gangguan.objects.get().bukti
    assert (bukti["menit_tanpa_denyut"], bukti["permintaan_ditolak"]) == (8, 7)


def test_moving_the_clock_of_a_demonstration_is_no_outage(edisi):
    beats(AT, 0)
    beats(AT + timedelta(days=1), 30)
    enforce_gangguan(AT)
    assert not Gangguan.objects.exists()


def test_outside_the_window_it_is_noted_but_asks_for_nothing(edisi):
    beats(wib("2019-11-05 10:00"), 0, 20)
    enforce_gangguan(wib("2019-11-05 10:30"))
    assert Gangguan.objects.get().perpanjangan is None
    assert not Perpanjangan.objects.exists()


def test_an_edition_decides_how_long_is_long_enough(edisi):
    edisi.aturan = {"gangguan": {"lebih_dari_menit": 30, "kelipatan_menit": 60}}
    edisi.save()
    beats(AT, 0, 20, 60)
    enforce_gangguan(AT)
    assert Gangguan.objects.count() == 2
    assert Perpanjangan.objects.get().selesai_baru == TUTUP + timedelta(hours=1)


def test_outages_add_up_in_one_draft_until_somebody_proposes_it(edisi, sekretariat):
    beats(AT, 0, 11, 12, 23)
    enforce_gangguan(AT)
    draft = Perpanjangan.objects.get()
    assert draft.selesai_baru == TUTUP + 20 * MENIT
    adopt_perpanjangan(perpanjangan=draft, oleh=sekretariat)
    beats(AT, 31)
    enforce_gangguan(AT)
    assert Perpanjangan.objects.count() == 2


def test_it_takes_two_people(edisi, sekretariat):
    beats(AT, 0, 11)
    enforce_gangguan(AT)
    draft = Perpanjangan.objects.get()
    admin = make_peran(edisi, "admin_panrb")
    with pytest.raises(NotAllowedError, match="belum diajukan"):
        decide_perpanjangan(perpanjangan=draft, setuju=True, oleh=admin)
    with clock.travel(AT):
        adopt_perpanjangan(perpanjangan=draft, oleh=sekretariat)
        with pytest.raises(NotAllowedError, match="orang lain"):
            decide_perpanjangan(perpanjangan=draft, setuju=True, oleh=sekretariat)
        with pytest.raises(NotAllowedError, match="sudah diajukan"):
            adopt_perpanjangan(perpanjangan=draft, oleh=admin)
        decide_perpanjangan(perpanjangan=draft, setuju=True, oleh=admin)
    assert closing_instant(draft.tahap) == TUTUP + 10 * MENIT
    assert "Layanan terukur terganggu" in Pengumuman.objects.get().isi


def test_the_database_refuses_an_approval_that_nobody_proposed(edisi):
    beats(AT, 0, 11)
    enforce_gangguan(AT)
    admin = make_peran(edisi, "admin_panrb")
    with pytest.raises(IntegrityError), transaction.atomic():
        Perpanjangan.objects.update(disetujui_oleh=admin, disetujui_pada=AT)


def test_an_evaluator_cannot_propose_the_draft(edisi):
    beats(AT, 0, 11)
    enforce_gangguan(AT)
    with pytest.raises(NotAllowedError):
        adopt_perpanjangan(
            perpanjangan=Perpanjangan.objects.get(), oleh=make_peran(edisi, "evaluator")
        )


def test_time_given_back_has_not_gone_by_when_it_is_proposed(edisi, sekretariat):
    before = TUTUP - 10 * MENIT
    beats(before, 0, 41)
    with clock.travel(TUTUP + 40 * MENIT):
        enforce_gangguan(clock.now())
        draft = Perpanjangan.objects.get()
        assert draft.selesai_baru == TUTUP + 45 * MENIT  # 9 minutes lost, back at 00.31
        adopt_perpanjangan(perpanjangan=draft, oleh=sekretariat)
    draft.refresh_from_db()
    assert draft.selesai_baru == TUTUP + 55 * MENIT


def test_what_was_lost_is_what_the_window_lost():
    assert lost_time(TUTUP - 5 * MENIT, TUTUP + 9 * MENIT, AT, TUTUP) == 5 * MENIT
    assert lost_time(TUTUP, TUTUP + 9 * MENIT, AT, TUTUP) == timedelta(0)
    assert round_up(11 * MENIT, 5 * MENIT) == 15 * MENIT
    assert round_up(10 * MENIT, 5 * MENIT) == 10 * MENIT
    assert closing_after(TUTUP, 7 * MENIT, 5 * MENIT, AT) == TUTUP + 10 * MENIT
    assert closing_after(TUTUP, 7 * MENIT, 5 * MENIT, TUTUP + MENIT) == TUTUP + 15 * MENIT


def test_a_heartbeat_is_written_by_the_databases_clock_and_adds_up(edisi):
    old = timedelta(minutes=7)
    write_denyut(sumber="web", counts=[(timedelta(0), 5, 1), (old, 2, 3)])
    write_denyut(sumber="web", counts=[(old, 0, 4)])
    late, now = Denyut.objects.order_by("menit").first(), Denyut.objects.order_by("menit").last()
    assert (late.hidup, late.dijawab, late.ditolak) == (False, 2, 7)
    assert (now.hidup, now.dijawab) == (True, 5)
    assert abs(now.menit - clock.real_now()) < 2 * MENIT
    Denyut.objects.update(menit=F("menit") - timedelta(days=91))
    assert prune_denyut() == 2


def test_counts_outlive_a_database_that_is_away(monkeypatch):
    tally = probe.Tally()
    monkeypatch.setattr(probe, "tally", tally)
    monkeypatch.setattr(probe.connection, "close", lambda: None)

    def away(**_):
        raise OperationalError

    tally.count(refused=True)
    with monkeypatch.context() as broken:
        broken.setattr(probe, "write_denyut", away)
        assert not probe.beat()
    tally.count(refused=False)
    assert probe.beat()
    rows = Denyut.objects.all()
    assert (sum(r.dijawab for r in rows), sum(r.ditolak for r in rows)) == (1, 1)


def test_the_public_page_says_what_was_measured_and_what_followed(client, edisi, sekretariat):
    beats(AT, 0, 11)
    with clock.travel(AT + timedelta(hours=1)):
        enforce_gangguan(clock.now())
        text = client.get("/status/").content.decode()
    assert "10 menit" in text
    assert "sedang dipertimbangkan" in text
    with clock.travel(AT + timedelta(days=40)):
        assert "Tidak ada gangguan yang terukur" in client.get("/status/").content.decode()


def test_the_committee_sees_the_evidence_and_proposes_in_the_browserless_form(
    client, edisi, sekretariat
):
    beats(AT, 0, 11)
    with clock.travel(AT + timedelta(hours=1)):
        enforce_gangguan(clock.now())
        client.force_login(sekretariat)
        assert "rancangan perpanjangannya menunggu" in client.get("/beranda/").content.decode()
        page = client.get("/panitia/perpanjangan/").content.decode()
        assert "Ajukan rancangan ini" in page and "Menit tanpa denyut" in page
        pk = Perpanjangan.objects.get().pk
        client.post(f"/panitia/perpanjangan/{pk}/pengajuan/")
    assert Perpanjangan.objects.get().diajukan_oleh == sekretariat
