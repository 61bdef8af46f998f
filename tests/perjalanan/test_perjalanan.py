"""From sign-up to a certificate that checks out: the whole road, walked by those who walk it.

One agency's road is walked in the browser, each act once by whoever does it; the other agencies
of the field do the same through the same actions. Pictures are kept in build/perjalanan/.
"""

import re
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from celery import current_app
from django.conf import settings

from evaluasi.actions.benturan import declare_benturan, sign_pakta
from evaluasi.actions.lapangan import schedule_kunjungan
from evaluasi.models import Evaluator, LembarPenilaian, Penugasan, SesiWawancara
from evaluasi.tests.factories import score_lembar
from evaluasi.tests.test_lapangan import photo
from kompetisi import clock
from kompetisi.actions.edisi import load_edisi
from kompetisi.actions.jam import set_jam
from kompetisi.actions.tenggat import enforce_tenggat
from kompetisi.clock import WIB
from kompetisi.queries.jejak import verify_jejak
from penghargaan.actions.simulasi.dasar import Permainan
from penghargaan.actions.simulasi.masuk import play_administrasi, play_pendaftaran
from penghargaan.actions.simulasi.nilai import hold_session
from registrasi.actions.instansi import load_instansi
from registrasi.models import Pendaftaran
from tests.perjalanan import masuk, nilai, putus
from tests.perjalanan.pelancong import PICTURES, Pelancong

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
ROOT = Path(settings.BASE_DIR)
OTHERS, EVALUATORS, SEED = 9, 16, 7


def wib(text: str) -> datetime:
    """An instant of 2019 in WIB: "10-21 09:00"."""
    return datetime.fromisoformat(f"2019-{text}").replace(tzinfo=WIB)


def at(text: str) -> None:
    """Move the clock of the whole site, and let beat's minute pass."""
    set_jam(to=wib(text))
    enforce_tenggat(at=wib(text))


def ring() -> None:
    """What beat does every quarter minute: the worker looks for what is due."""
    current_app.send_task("kompetisi.sweep_antrean")


@pytest.fixture
def game(celery_worker_process, transactional_db):
    """The 2019 edition with its committee, evaluators and all agencies."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    begin = wib("10-01 08:00")
    set_jam(to=begin)
    load_instansi(path=ROOT / "registrasi/data/instansi.csv", at=begin)
    edisi = load_edisi(berkas=ROOT / "kompetisi/edisi/2019.yaml", at=begin).edisi
    game = Permainan(edisi, evaluator=EVALUATORS, benih=SEED)
    game.people()
    yield game
    clock.forget_shared()


class Cast:
    """The people of the road, each with a browser, and what was noticed on the pages they met."""

    def __init__(self, chromium, base_url: str) -> None:
        self.seen: dict[str, list[str]] = {}
        self.everybody: list[Pelancong] = []
        self._make = lambda nama, phone: Pelancong(chromium, base_url, nama, self.seen, phone=phone)

    def __call__(self, nama: str, *, email: str = "", phone: bool = False) -> Pelancong:
        """Somebody new; with an address, signed in with the demonstration's password."""
        person = self._make(nama, phone)
        self.everybody.append(person)
        if email:
            person.sign_in(email, settings.DEMO_PASSWORD)
        return person


@pytest.fixture
def cast(chromium, live_server):
    """Makes people: `cast("warga", phone=True)`."""
    people = Cast(chromium, live_server.url)
    yield people
    for person in people.everybody:
        person.context.close()


def own_entry() -> Pendaftaran:
    """The entry whose road is walked."""
    return Pendaftaran.objects.get(instansi__nama__endswith=masuk.KOTA)


def reader_of(jenis: str) -> str:
    """The address of somebody who judges the entry in a stage."""
    rows = Penugasan.objects.filter(pendaftaran=own_entry(), tahap__jenis=jenis, dicabut_pada=None)
    return rows.order_by("pk").first().evaluator.pengguna.email


@pytest.mark.timeout(600)
def test_the_whole_road(game, cast, wait_for):
    agency = cast("admin kota", phone=True)
    secretariat = cast("sekretariat", email="sekretariat@demo.test")
    chair = cast("ketua", email="ketua@demo.test")
    admin = cast("admin PANRB", email="admin@demo.test")
    citizen = cast("warga", phone=True)

    register(game, agency, secretariat, admin, wait_for)
    judge_documents(game, cast, chair)
    interview(game, cast, agency, secretariat, chair)
    verify_on_site(game, cast, agency, secretariat, chair)
    award(agency, secretariat, chair, admin, citizen)

    for person in (citizen, agency, secretariat, admin):
        person.open("/")
        person.stroll()
    assert verify_jejak().rusak is None
    assert not {page: found for page, found in cast.seen.items() if found}
    assert len(cast.seen) > 70


def register(game, agency, secretariat, admin, wait_for) -> None:
    """21 October to the administrative check."""
    at("10-21 09:00")
    masuk.sign_up(agency, admin, wait_for)
    masuk.represent(agency)
    masuk.approve(secretariat)
    masuk.begin(agency)
    masuk.fill(agency)
    receipt = masuk.send(agency)
    masuk.withdraw(agency)
    assert masuk.send(agency) != receipt
    assert play_pendaftaran(game, OTHERS) > 3
    at("11-02 00:01")
    masuk.too_late(agency)
    at("11-03 09:00")
    masuk.check(secretariat)
    play_administrasi(game)
    assert own_entry().status == "lolos_administrasi"


def judge_documents(game, cast, chair) -> None:
    """2 to 13 November, and the shortlist."""
    at("11-04 09:00")
    nilai.pledge(cast("evaluator 1", email="evaluator1@demo.test"))
    for row in Evaluator.objects.filter(benturan_dinyatakan_pada=None).order_by("pk"):
        sign_pakta(evaluator=row, oleh=row.pengguna)
        declare_benturan(evaluator=row, pernyataan=[], oleh=row.pengguna)
    nilai.assign(chair, "Evaluasi dokumen")
    nilai.judge(cast("pembaca", email=reader_of("dokumen")))
    with game.at("dokumen", 0.6):
        second = LembarPenilaian.objects.get(penugasan__pendaftaran=own_entry(), penguncian=None)
        score_lembar(second, "D")  # far from the first, so that a third has to read
        game.judge("dokumen")
    at("11-11 09:00")
    nilai.add_third_reader(chair)
    with game.at("dokumen", 0.9):
        game.judge("dokumen")
    at("11-14 08:00")
    nilai.shortlist(chair)
    assert own_entry().status == "masuk_daftar_pendek"


def interview(game, cast, agency, secretariat, chair) -> None:
    """18 to 22 November."""
    at("11-15 09:00")
    nilai.schedule_interviews(secretariat)
    nilai.assign(chair, "Presentasi dan wawancara")
    nilai.confirm_interview(agency)
    sessions = list(SesiWawancara.objects.select_related("tahap"))
    own = next(row for row in sessions if row.pendaftaran_id == own_entry().pk)
    set_jam(to=own.mulai + timedelta(minutes=1))
    nilai.hold_interview(cast("anggota panel", email=reader_of("wawancara"), phone=True))
    for row in sessions:
        hold_session(game, row)
    at("11-23 00:01")
    assert own_entry().status == "diwawancarai"


def verify_on_site(game, cast, agency, secretariat, chair) -> None:
    """25 to 29 November."""
    at("11-24 09:00")
    nilai.schedule_visit(secretariat)
    for row in game.entries("diwawancarai"):
        schedule_kunjungan(
            pendaftaran=row,
            tanggal=date(2019, 11, 25),
            tempat="Kantor",
            oleh=game.orang["sekretariat"],
        )
    nilai.assign(chair, "Verifikasi lapangan")
    at("11-26 10:00")
    nilai.visit(cast("tim lapangan", email=reader_of("lapangan"), phone=True), photo().read())
    with clock.travel(wib("11-26 15:00")):
        game.judge("lapangan")
    at("11-27 10:00")
    nilai.number_minutes(secretariat)
    assert nilai.fetch_minutes(agency).startswith(b"%PDF-")
    assert own_entry().status == "terverifikasi"


def award(agency, secretariat, chair, admin, citizen) -> None:
    """2 to 9 December."""
    at("12-02 10:00")
    putus.settle(chair)
    at("12-05 10:00")
    putus.publish(secretariat, admin, "10:00")
    at("12-06 09:59")
    assert citizen.page.goto("/hasil/2019/").status == 404
    at("12-06 10:00")
    putus.read_results(citizen)
    putus.issue(admin, ring)
    berkas = putus.fetch_piagam(agency)
    picture = pypdfium2.PdfDocument(berkas)[0].render(scale=3).to_pil()
    address = re.sub(r"^https?://[^/]+", "", putus.read_qr(picture))
    putus.check_piagam(citizen, address, berkas)
    putus.revoke(admin, "Kota Semarang")
    citizen.open(address)
    citizen.says("Piagam dicabut")
