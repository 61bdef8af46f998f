"""Every address of evaluators, as a conflicted evaluator of each cause: no trace of the agency.

All of them had sheets of A (locked ones too) and of B in every stage before the conflict became
known, by rows alone: no action was there to end what they had. One more evaluator, without a
conflict, shows that each address does lead to A.
"""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from evaluasi.actions.tenggat import remind_evaluators
from evaluasi.models import BenturanEfektif, BenturanKepentingan, Evaluator, RiwayatEvaluator
from evaluasi.queries.dasbor import stages_of
from evaluasi.queries.kalender import acara_evaluasi
from evaluasi.queries.pribadi import data_evaluasi
from evaluasi.queries.tugas import tugas
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.actions.token import create_token
from kompetisi.models import Pesan, TautanKalender
from kompetisi.queries.kalender import hash_token
from penghargaan.tests.factories import Panggung
from registrasi.models import Instansi
from registrasi.tests.factories_panitia import BEFORE, make_anggota, make_instansi
from tests.cast import A, B, Cast
from tests.test_izin_semua_url import addresses

SEBAB = tuple(BenturanEfektif.Sebab.values)
ONE_OWN = {"evaluasi:benturan"}  # one's own profile and declaration name what is barred
DIRECTORY = {"api:instansi", "api:peserta", "evaluasi:instansi"}  # known to everybody
STAGES = ("dokumen", "wawancara", "lapangan")
SECRET = "rahasia-{}"  # of the calendar's address, by cause
LEADS = {  # where somebody without a conflict meets A
    "evaluasi:dasbor", "evaluasi:lembar", "evaluasi:pengembalian", "evaluasi:lapangan",
    "evaluasi:lapangan-rinci", "evaluasi:wawancara", "evaluasi:wawancara-kalender",
    "publik:kalender-berkas", "publik:kalender-umpan", "api:penugasan",
}  # fmt: skip
PAGES = {  # of one's own, beside those of evaluators and the API
    "publik:beranda", "publik:kalender", "publik:kalender-berkas", "publik:kalender-umpan",
    "publik:pesan", "publik:data-pribadi", "publik:profil",
}  # fmt: skip
FILES = {"evaluasi:berkas", "evaluasi:lapangan-foto", "evaluasi:wawancara-bahan"}


class World(Cast):
    """Entries A and B before any result is public, and nine people in conflict with A."""

    def __init__(self) -> None:
        self.stage = stage = Panggung()
        self.edisi, self.b = stage.edisi, stage.masuk(B)
        self.a = stage.masuk(A)
        self.store_files()
        self.visit = self.make_visits()
        self.session = self.make_interview()
        self.people = {sebab: self.reader() for sebab in ("", *SEBAB)}
        self.sheets = {
            sebab: {row.penugasan.tahap.kode: row for row in self.give(person)}
            for sebab, person in self.people.items()
        }
        self.tokens = {}
        for sebab, person in self.people.items():
            self.open_doors(sebab, person)
            if sebab:
                getattr(self, f"become_{sebab}", self.become_tied)(person, sebab)

    def reader(self) -> Evaluator:
        """An evaluator of no agency and province."""
        return f.make_evaluator(self.edisi)

    def give(self, person):
        """Sheets of A and B in every stage; that of A in documents is locked."""
        for kode in STAGES:
            f.make_lembar(person, self.b, self.stage.tahap[kode])
            make = f.quick_lembar if kode == "dokumen" else f.make_lembar
            more = (0.5, self.stage.tahap[kode]) if kode == "dokumen" else (self.stage.tahap[kode],)
            yield make(person, self.a, *more)

    def open_doors(self, sebab: str, person: Evaluator) -> None:
        """A token of the API for everything, and the address of a calendar."""
        with clock.travel(f.IN_STAGE):
            self.tokens[sebab] = create_token(
                oleh=person.pengguna, nama="Uji", cakupan=["pendaftaran", "penugasan"], hari=365
            )
        TautanKalender.objects.create(
            pengguna=person.pengguna, sidik=hash_token(SECRET.format(sebab)), dibuat_pada=BEFORE
        )

    def set(self, person: Evaluator, **fields) -> None:
        """Change the profile by the row alone."""
        Evaluator.objects.filter(pk=person.pk).update(**fields)

    def become_asal(self, person, _) -> None:
        """From A itself."""
        self.set(person, instansi_asal=self.a.instansi)

    def become_induk(self, person, _) -> None:
        """From a body under A."""
        self.set(person, instansi_asal=make_instansi("Badan Bawahan", induk=self.a.instansi))

    def become_anak(self, person, _) -> None:
        """From the body above A."""
        above = make_instansi("Badan Atasan")
        Instansi.objects.filter(pk=self.a.instansi_id).update(induk=above)
        self.set(person, instansi_asal=above)

    def become_provinsi(self, person, _) -> None:
        """A is the government of the own province."""
        self.set(person, provinsi=self.a.instansi)

    def become_wilayah(self, person, _) -> None:
        """A lies in the own province."""
        province = make_instansi("Pemerintah Provinsi Uji", "provinsi")
        Instansi.objects.filter(pk=self.a.instansi_id).update(provinsi=province)
        self.set(person, provinsi=province)

    def become_mewakili(self, person, _) -> None:
        """Once represented A in this edition's year; the right has ended."""
        make_anggota(self.a.instansi, person.pengguna, status="berakhir")

    def become_dinyatakan(self, person, _) -> None:
        """Declared it."""
        BenturanKepentingan.objects.create(
            evaluator=person, instansi=self.a.instansi, alasan="Saudara.",
            dicatat_oleh=person.pengguna, dicatat_pada=BEFORE,
        )  # fmt: skip

    def become_tied(self, person, sebab: str) -> None:
        """Worked there, or advised it."""
        jenis = "pendampingan" if sebab == "pendampingan" else "instansi"
        RiwayatEvaluator.objects.create(
            evaluator=person, jenis=jenis, instansi=self.a.instansi, tahun_mulai=2016,
            tahun_selesai=2018, dicatat_oleh=person.pengguna, dicatat_pada=BEFORE,
        )  # fmt: skip

    def value_for(self, sebab: str, name: str, argument: str) -> object:
        """What leads this person to A, as far as it is theirs or A's."""
        sheet = self.sheets[sebab]["dokumen"]
        known = {**self.visit, **self.session} | {
            "evaluasi:penugasan-buka:pk": sheet.penugasan_id,
            "evaluasi:pengembalian:pk": sheet.penugasan_id,
            "evaluasi:pk": sheet.pk,
            "evaluasi:berkas": self.file.pk,
            "evaluasi:kriteria": sheet.nilai.first().kriteria_id,
            "evaluasi:kode": self.a.kode,
            "evaluasi:penerimaan:kode": "dokumen",
            "publik:kalender-umpan:token": SECRET.format(sebab),
            "api:kode": self.a.kode,
            "tahun": self.edisi.tahun,
        }
        space = name.partition(":")[0]
        keys = (f"{name}:{argument}", f"{space}:{argument}", argument)
        return next((known[key] for key in keys if key in known), 1)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def walk(world: World, sebab: str) -> dict[str, tuple[int, str]]:
    """Name -> status and text of every address of evaluators, their own pages and the API."""
    cache.clear()
    client = Client(raise_request_exception=False)
    client.force_login(world.people[sebab].pengguna)
    found = {}
    for name, arguments in addresses():
        space = name.partition(":")[0]
        if name not in PAGES and space not in ("evaluasi", "api"):
            continue
        values = {a: world.value_for(sebab, name, a) for a in arguments}
        try:
            address = reverse(name, kwargs=values)
        except NoReverseMatch:  # a kind of value that none of A's has
            continue
        headers = {"Authorization": f"Bearer {world.tokens[sebab]}"} if space == "api" else {}
        with transaction.atomic():
            answer = client.get(address, headers=headers)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        found[name] = answer.status_code, body.decode(errors="replace").replace("\r\n ", "")
    return found


def shows(world: World, text: str) -> bool:
    return A in text or world.a.kode in text


@pytest.mark.django_db  # one test must ask for the database, or none is made for `world`
def test_without_a_conflict_each_address_leads_to_the_entry(world):
    with clock.travel(f.IN_STAGE):
        seen = walk(world, "")
    assert LEADS - {name for name, (_, text) in seen.items() if shows(world, text)} == set()
    assert {name: seen[name][0] for name in FILES} == dict.fromkeys(FILES, 200)


@pytest.mark.parametrize("sebab", SEBAB)
def test_in_conflict_no_address_shows_a_trace(world, sebab):
    person = world.people[sebab]
    causes = BenturanEfektif.objects.filter(evaluator=person, instansi=world.a.instansi)
    assert sebab in set(causes.values_list("sebab", flat=True))
    with clock.travel(f.IN_STAGE):
        seen = walk(world, sebab)
    traces = [
        name
        for name, (_, text) in seen.items()
        if shows(world, text) and name not in ONE_OWN | DIRECTORY
    ]
    assert not traces
    assert not [name for name in ONE_OWN if world.a.kode in seen[name][1]]
    assert not [name for name, (status, _) in seen.items() if status >= 500]
    of_entry = [*FILES, "evaluasi:lembar", "evaluasi:pengembalian", "evaluasi:lapangan-rinci"]
    assert {seen[name][0] for name in of_entry} == {404}


@pytest.mark.parametrize("sebab", SEBAB)
def test_in_conflict_counts_tasks_and_calendar_are_those_of_the_other_entry(world, sebab):
    user = world.people[sebab].pengguna
    with clock.travel(f.IN_STAGE):
        stages = stages_of(user, world.edisi, f.IN_STAGE)
        assert [row["jumlah"] for row in stages] == [1, 1, 1]
        assert A not in str(tugas(user, world.edisi, ["evaluator"], f.IN_STAGE))
        assert A not in str(acara_evaluasi(user, world.edisi, f.IN_STAGE))
        headers = {"Authorization": f"Bearer {world.tokens[sebab]}"}
        address = reverse("api:penugasan", args=[world.edisi.tahun])
        told = Client().get(address, headers=headers).json()
    assert told["jumlah"] == 3
    assert {row["pendaftaran"] for row in told["butir"]} == {world.b.kode}
    assert data_evaluasi(user)["lembar_terkunci"] == []


@pytest.mark.parametrize("sebab", SEBAB)
def test_in_conflict_nothing_is_posted_to_the_entry(world, sebab):
    client = Client(raise_request_exception=False)
    client.force_login(world.people[sebab].pengguna)
    answers = defaultdict(set)
    with clock.travel(f.IN_STAGE):
        for name, arguments in addresses():
            if not name.startswith("evaluasi:") or "pk" not in arguments:
                continue
            values = {a: world.value_for(sebab, name, a) for a in arguments}
            with transaction.atomic():
                answers[client.post(reverse(name, kwargs=values)).status_code].add(name)
                transaction.set_rollback(True)
    assert set(answers) <= {404, 405}, dict(answers)


def test_messages_written_after_the_conflict_count_without_it(world):
    tahap = world.stage.tahap["dokumen"]
    soon = tahap.selesai - timedelta(hours=20)
    barred = [world.people[sebab].pengguna_id for sebab in SEBAB]
    with transaction.atomic(), clock.travel(soon):
        remind_evaluators(tahap, tahap.selesai, soon)
        written = Pesan.objects.filter(kepada__in=barred, jenis="pengingat_lembar")
        texts = [f"{row.subjek} {row.isi}" for row in written]
        transaction.set_rollback(True)
    assert not [text for text in texts if shows(world, text)]
    assert [text[:2] for text in texts] == ["1 "] * len(SEBAB)
