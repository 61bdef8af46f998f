"""A deadline moves only by two people, later, with a reason, and publicly."""

import pytest

from kompetisi import clock
from kompetisi.actions.perpanjangan import decide_perpanjangan, propose_perpanjangan
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import JejakAudit, Pengumuman
from kompetisi.queries.edisi import closing_instant, keadaan_of
from kompetisi.tests.factories import make_edisi_kosong, make_peran, wib

pytestmark = pytest.mark.django_db
BARU = wib("2019-11-04 00:00")


@pytest.fixture(autouse=True)
def _sebelum_penutupan():
    with clock.travel(wib("2019-11-01 12:00")):
        yield


@pytest.fixture
def edisi():
    return make_edisi_kosong()


@pytest.fixture
def tahap(edisi):
    return edisi.tahap.get()


def usul(tahap, oleh, selesai=BARU, kode=""):
    return propose_perpanjangan(
        tahap=tahap, selesai_baru=selesai, alasan="Gangguan", oleh=oleh, kode_pendaftaran=kode
    )


def test_a_proposal_alone_changes_nothing(edisi, tahap):
    usul(tahap, make_peran(edisi, "sekretariat"))
    assert closing_instant(tahap) == tahap.selesai


def test_approved_by_another_it_moves_the_closing_and_is_announced(edisi, tahap):
    row = usul(tahap, make_peran(edisi, "sekretariat"))
    decide_perpanjangan(perpanjangan=row, setuju=True, oleh=make_peran(edisi, "admin_panrb"))
    assert closing_instant(tahap) == BARU
    assert keadaan_of(edisi, "pendaftaran", wib("2019-11-03 23:59:59")) == "berjalan"
    assert keadaan_of(edisi, "pendaftaran", BARU) == "selesai"
    announced = Pengumuman.objects.get().isi
    assert "Gangguan" in announced and "3 November 2019 23.59 WIB" in announced
    assert list(JejakAudit.objects.values_list("tindakan", flat=True)) == [
        "perpanjangan.ajukan",
        "perpanjangan.setujui",
    ]


def test_the_proposer_cannot_approve(edisi, tahap):
    oleh = make_peran(edisi, "sekretariat")
    row = usul(tahap, oleh)
    with pytest.raises(NotAllowedError, match="orang lain"):
        decide_perpanjangan(perpanjangan=row, setuju=True, oleh=oleh)


def test_one_entry_extended_leaves_the_others(edisi, tahap):
    row = usul(tahap, make_peran(edisi, "sekretariat"), kode="P19-AAAA")
    decide_perpanjangan(perpanjangan=row, setuju=True, oleh=make_peran(edisi, "admin_panrb"))
    assert closing_instant(tahap, "P19-AAAA") == BARU
    assert closing_instant(tahap, "P19-BBBB") == closing_instant(tahap) == tahap.selesai
    assert not Pengumuman.objects.exists()


def test_a_deadline_never_moves_earlier(edisi, tahap):
    with pytest.raises(InvalidInputError):
        usul(tahap, make_peran(edisi, "sekretariat"), selesai=wib("2019-10-30 00:00"))


def test_an_instant_already_past_is_neither_proposed_nor_approved(edisi, tahap):
    row = usul(tahap, make_peran(edisi, "sekretariat"))
    with clock.travel(BARU):
        with pytest.raises(InvalidInputError, match="sudah lewat"):
            usul(tahap, make_peran(edisi, "sekretariat"))
        with pytest.raises(NotAllowedError, match="sudah lewat"):
            decide_perpanjangan(
                perpanjangan=row, setuju=True, oleh=make_peran(edisi, "admin_panrb")
            )
        decide_perpanjangan(perpanjangan=row, setuju=False, oleh=make_peran(edisi, "admin_panrb"))
    assert closing_instant(tahap) == tahap.selesai


def test_an_evaluator_cannot_propose(edisi, tahap):
    with pytest.raises(NotAllowedError):
        usul(tahap, make_peran(edisi, "evaluator"))


def test_the_closing_instant_itself_is_outside(edisi):
    assert keadaan_of(edisi, "pendaftaran", wib("2019-11-01 23:59:59")) == "berjalan"
    assert keadaan_of(edisi, "pendaftaran", wib("2019-11-02 00:00")) == "selesai"


def test_a_moved_clock_is_seen_by_the_database_too():
    with clock.travel(wib("2019-11-01 23:59:00")):
        assert abs((clock.db_now() - clock.now()).total_seconds()) < 5
