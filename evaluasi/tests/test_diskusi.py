"""Discussions after locking: who reads and writes, requests to reopen, what changed since."""

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.actions.diskusi import ask_reopen, decline_reopen, write_tanggapan
from evaluasi.actions.lembar import lock_lembar, reopen_lembar, save_nilai
from evaluasi.models import BenturanKepentingan, Tanggapan
from evaluasi.queries.diskusi import count_unread, diskusi_visible_to, thread_of
from evaluasi.queries.lembar import butir_of
from evaluasi.queries.pribadi import data_evaluasi
from evaluasi.queries.tugas import tugas
from evaluasi.rules.diskusi import (
    KeadaanDiskusi,
    can_ask_reopen,
    can_decline,
    can_write,
    compare_isi,
)
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import JejakAudit, Pesan
from tests.formulir import lost_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


class Dunia:
    """An entry with two readers who have locked, the chair, and an evaluator in conflict."""

    def __init__(self):
        self.edisi = f.make_edisi()
        self.tahap = f.tahap_dokumen(self.edisi)
        self.entry = f.fill_pendaftaran(f.make_pendaftaran(self.edisi, status="lolos_administrasi"))
        self.lembar = [self.sheet(kunci=True), self.sheet(kunci=True)]
        self.sari, self.budi = (row.penugasan.evaluator.pengguna for row in self.lembar)
        self.ketua = f.make_pengguna("Ketua", "ketua", edisi=self.edisi)

    def sheet(self, *, kunci: bool):
        row = f.make_lembar(f.make_evaluator(self.edisi), self.entry)
        return f.score_lembar(row, kunci=kunci)

    def say(self, oleh, isi="Lihat halaman 3.", kunci="k1"):
        return write_tanggapan(
            tahap=self.tahap, pendaftaran=self.entry, isi=isi, kunci=kunci, oleh=oleh
        )

    def ask(self, oleh, kunci="m1"):
        return ask_reopen(
            tahap=self.tahap, pendaftaran=self.entry, alasan="Bukti terlewat.", kunci=kunci,
            oleh=oleh,
        )  # fmt: skip

    def thread(self, user):
        diskusi = diskusi_visible_to(user).filter(pendaftaran=self.entry).first()
        return thread_of(diskusi, self.tahap, self.entry, user)


@pytest.fixture
def dunia():
    return Dunia()


def keadaan(**changes):
    given = {
        "peran": frozenset({"evaluator"}), "tahap": "berjalan", "bebas": True, "pembaca": True,
        "terkunci": True, "lengkap": True, "sudah": False, "diminta": False,
    }  # fmt: skip
    return KeadaanDiskusi(**(given | changes))


CHAIR = {"peran": frozenset({"ketua"}), "pembaca": False, "terkunci": False}


@pytest.mark.parametrize(
    ("changes", "tulis", "minta"),
    [
        ({}, True, True),
        ({"terkunci": False}, False, False),
        ({"lengkap": False}, False, False),
        ({"lengkap": False, "sudah": True}, True, True),  # a third reader stops nobody
        ({"pembaca": False}, False, False),
        ({"bebas": False}, False, False),
        ({"tahap": "selesai"}, True, False),
        ({"diminta": True}, True, False),
        (CHAIR, True, False),
        (CHAIR | {"bebas": False}, False, False),
        (CHAIR | {"lengkap": False}, False, False),
        ({"peran": frozenset({"sekretariat"}), "pembaca": False}, False, False),
        ({"peran": frozenset({"admin_instansi"})}, False, False),
    ],
)
def test_who_writes_and_who_asks(changes, tulis, minta):
    assert can_write(keadaan(**changes)).ok is tulis
    assert can_ask_reopen(keadaan(**changes)).ok is minta


def test_only_the_chair_without_conflict_declines_what_waits():
    assert can_decline(keadaan(**CHAIR), menunggu=True)
    assert not can_decline(keadaan(**CHAIR), menunggu=False)
    assert not can_decline(keadaan(**CHAIR | {"bebas": False}), menunggu=True)
    assert not can_decline(keadaan(), menunggu=True)


def test_what_changed_names_each_criterion_once_in_order():
    def isi(*rows):
        return {"nilai": [{"kriteria": k, "tingkat": t, "catatan": c} for k, t, c in rows]}

    old = isi(("A1", "A", ""), ("A2", "B", "x"), ("A3", "C", "y"))
    new = isi(("A1", "B", ""), ("A2", "B", "z"), ("A3", "C", "y"))
    found = [(p.kriteria, p.dari, p.ke, p.tingkat_berubah) for p in compare_isi(old, new)]
    assert found == [("A1", "A", "B", True), ("A2", "B", "B", False)]
    assert compare_isi(old, old) == []


def test_readers_talk_once_all_have_locked_and_the_others_are_told_without_the_text(dunia):
    dunia.say(dunia.sari, "Rahasia di halaman 3.")
    dunia.say(dunia.budi, "Setuju.", "k2")
    assert [row.teks for row in dunia.thread(dunia.sari)] == ["Rahasia di halaman 3.", "Setuju."]
    told = Pesan.objects.filter(jenis="diskusi_baru")
    assert {row.kepada for row in told} == {dunia.sari, dunia.budi}
    assert not any("Rahasia" in row.isi for row in told)
    assert JejakAudit.objects.filter(tindakan="diskusi.pesan").count() == 2


def test_the_same_form_twice_says_it_once(dunia):
    assert dunia.say(dunia.sari) == dunia.say(dunia.sari)
    assert Tanggapan.objects.count() == Pesan.objects.filter(jenis="diskusi_baru").count() == 1


def test_nothing_empty_or_endless_is_said(dunia):
    for text in ("  ", "x" * 4001):
        with pytest.raises(InvalidInputError):
            dunia.say(dunia.sari, text)
    assert not Tanggapan.objects.exists()


def test_nobody_writes_before_all_have_locked(dunia):
    dunia.sheet(kunci=False)
    with pytest.raises(NotAllowedError, match="semua pembaca"):
        dunia.say(dunia.sari)
    with pytest.raises(NotAllowedError, match="semua pembaca"):
        dunia.say(dunia.ketua)


def test_a_later_reader_stops_nobody_and_joins_by_locking(dunia):
    dunia.say(dunia.sari)
    third = dunia.sheet(kunci=False)
    person = third.penugasan.evaluator.pengguna
    dunia.say(dunia.budi, kunci="k2")
    assert not diskusi_visible_to(person).exists()
    assert not Pesan.objects.filter(jenis="diskusi_baru", kepada=person).exists()
    with pytest.raises(NotAllowedError, match="terkunci"):
        dunia.say(person, kunci="k3")
    lock_lembar(lembar=third, oleh=person)
    assert diskusi_visible_to(person).count() == 1
    dunia.say(person, kunci="k3")


def test_a_conflict_takes_the_thread_away_at_once(dunia):
    dunia.say(dunia.sari)
    dunia.say(dunia.budi, kunci="k0")
    assert len(data_evaluasi(dunia.budi)["tanggapan_diskusi"]) == 1
    BenturanKepentingan.objects.create(
        evaluator=dunia.lembar[1].penugasan.evaluator, instansi=dunia.entry.instansi,
        alasan="Pernah bekerja di sana.", dicatat_oleh=dunia.budi, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    chair = f.make_evaluator(dunia.edisi, pengguna=dunia.ketua)
    BenturanKepentingan.objects.create(
        evaluator=chair, instansi=dunia.entry.instansi, alasan="Keluarga.",
        dicatat_oleh=dunia.ketua, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    assert data_evaluasi(dunia.budi)["tanggapan_diskusi"] == []
    for person in (dunia.budi, dunia.ketua):
        assert not diskusi_visible_to(person).exists()
        with pytest.raises(NotAllowedError):
            dunia.say(person, kunci="k9")
    dunia.say(dunia.sari, kunci="k3")
    assert Pesan.objects.filter(jenis="diskusi_baru", kepada=dunia.budi).count() == 1
    assert not Pesan.objects.filter(jenis="diskusi_baru", kepada=dunia.ketua).exists()


def test_agencies_and_strangers_see_no_thread(dunia, client):
    dunia.say(dunia.sari)
    agency, other = dunia.entry.dibuat_oleh, f.make_evaluator(dunia.edisi).pengguna
    pages = [
        reverse("evaluasi:diskusi", args=[dunia.lembar[0].pk]),
        reverse("evaluasi_panitia:diskusi", args=["dokumen", dunia.entry.kode]),
    ]
    for person in (agency, other):
        client.force_login(person)
        assert not diskusi_visible_to(person).exists()
        assert [client.get(page).status_code for page in pages] == [404, 404]


def test_what_was_said_stays_as_it_was(dunia):
    row = dunia.say(dunia.sari)
    for act in (row.delete, lambda: Tanggapan.objects.update(isi="Lain")):
        with pytest.raises(InternalError, match="hanya bertambah"), transaction.atomic():
            act()


def test_a_request_is_a_task_of_the_chair_until_the_sheet_is_open(dunia):
    dunia.ask(dunia.sari)
    with pytest.raises(NotAllowedError, match="menunggu"):
        dunia.ask(dunia.sari, "m2")
    assert Pesan.objects.filter(jenis="diskusi_baru", kepada=dunia.ketua).count() == 1
    assert asked_tasks(dunia) == 1
    reopen_lembar(lembar=dunia.lembar[0], alasan="Bukti terlewat.", oleh=dunia.ketua)
    assert asked_tasks(dunia) == 0


def asked_tasks(dunia) -> int:
    rows = tugas(dunia.ketua, dunia.edisi, ["ketua"], f.IN_STAGE)
    return sum(row.get("jumlah", 0) for row in rows if "membuka kembali" in row["judul"])


def test_the_chair_may_say_no_and_the_reader_may_ask_again(dunia):
    asked = dunia.ask(dunia.sari)
    act = {
        "tahap": dunia.tahap, "pendaftaran": dunia.entry, "permintaan": asked.pk,
        "alasan": "Nilainya tidak berubah.",
    }  # fmt: skip
    with pytest.raises(NotAllowedError):
        decline_reopen(**act, kunci="t1", oleh=dunia.budi)
    decline_reopen(**act, kunci="t1", oleh=dunia.ketua)
    assert asked_tasks(dunia) == 0
    with pytest.raises(NotAllowedError, match="sudah dijawab"):
        decline_reopen(**act, kunci="t2", oleh=dunia.ketua)
    dunia.ask(dunia.sari, "m2")
    assert asked_tasks(dunia) == 1


def test_the_earlier_sheet_stands_beside_the_new_one_with_the_reason(dunia):
    dunia.ask(dunia.sari)
    lembar = dunia.lembar[0]
    reopen_lembar(lembar=lembar, alasan="Bukti terlewat.", oleh=dunia.ketua)
    first = butir_of(lembar.pk)[0]
    # While the sheet is open its reader reads on, and nobody sees the draft.
    assert [row.jenis for row in dunia.thread(dunia.sari)] == ["minta_buka", "dibuka"]
    assert [row.jenis for row in dunia.thread(dunia.budi)] == ["minta_buka"]
    with pytest.raises(NotAllowedError):
        dunia.say(dunia.sari, kunci="k5")
    save_nilai(
        lembar=lembar, kriteria=first.kriteria_id, tingkat=first.tingkat[-1]["kode"],
        catatan="Surat keputusannya sudah dicabut.", versi=first.versi, oleh=dunia.sari,
    )  # fmt: skip
    lock_lembar(lembar=lembar, oleh=dunia.sari)
    for person in (dunia.sari, dunia.budi, dunia.ketua):
        last = next(row for row in dunia.thread(person) if row.jenis == "dikunci_lagi")
        assert [(p.kriteria, p.dari, p.ke) for p in last.perubahan] == [
            (first.kode, first.dinilai, first.tingkat[-1]["kode"])
        ]
        assert last.teks == "Bukti terlewat."
        assert last.total_dari != last.total_ke


def test_what_is_new_counts_until_the_page_was_seen(dunia, client):
    dunia.say(dunia.sari)
    assert count_unread(dunia.sari, dunia.edisi) == 0
    assert count_unread(dunia.budi, dunia.edisi) == 1
    client.force_login(dunia.budi)
    page = reverse("evaluasi:diskusi", args=[dunia.lembar[1].pk])
    assert "1 baru" in client.get(reverse("evaluasi:diskusi-daftar")).text
    assert "1 baru" in client.get(reverse("evaluasi:lembar", args=[dunia.lembar[1].pk])).text
    client.head(page)
    assert count_unread(dunia.budi, dunia.edisi) == 1
    assert "Lihat halaman 3." in client.get(page).text
    assert count_unread(dunia.budi, dunia.edisi) == 0


def test_the_page_takes_a_plain_post_and_says_what_is_lacking(dunia, client):
    client.force_login(dunia.sari)
    page = reverse("evaluasi:diskusi", args=[dunia.lembar[0].pk])
    assert client.post(page, {"isi": "", "kunci": "a"}).status_code == 422
    assert client.post(page, {"isi": "Halo.", "kunci": "a"}).status_code == 302
    assert client.post(page, {"aksi": "minta", "alasan": "Salah.", "kunci": "b"}).status_code == 302
    answer = client.post(page, {"aksi": "minta", "alasan": "Lagi pula.", "kunci": "c"})
    assert answer.status_code == 403 and "Lagi pula." in answer.text
    client.force_login(dunia.ketua)
    page = reverse("evaluasi_panitia:diskusi", args=["dokumen", dunia.entry.kode])
    asked = Tanggapan.objects.get(jenis="minta_buka")
    answer = client.get(page)
    assert reverse("evaluasi_panitia:pembukaan", args=[dunia.lembar[0].pk]) in answer.text
    no = {"aksi": "tolak", "permintaan": asked.pk, "alasan": "Tetap.", "kunci": "d"}
    assert client.post(page, no).status_code == 302
    assert "Jangan buka" not in client.get(page).text


def test_what_was_typed_when_a_session_ended_stands_there_again(dunia):
    own = reverse("evaluasi:diskusi", args=[dunia.lembar[0].pk])
    chair = reverse("evaluasi_panitia:diskusi", args=["dokumen", dunia.entry.kode])
    dunia.ask(dunia.budi)
    for person, page in ((dunia.sari, own), (dunia.ketua, chair)):
        lost, seen = lost_on(person, page)
        assert seen and not lost, lost  # the first form of each page


def test_before_locking_the_page_is_refused_with_the_reason(dunia, client):
    third = dunia.sheet(kunci=False)
    client.force_login(third.penugasan.evaluator.pengguna)
    answer = client.get(reverse("evaluasi:diskusi", args=[third.pk]))
    assert answer.status_code == 403 and "terkunci" in answer.text


def test_lists_ask_no_more_when_there_are_more_discussions(dunia, client):
    dunia.say(dunia.sari)
    client.force_login(dunia.ketua)
    pages = [
        reverse("evaluasi_panitia:diskusi-daftar", args=["dokumen"]),
        reverse("evaluasi_panitia:nilai-tahap", args=["dokumen"]),
    ]
    before = [count(client, page) for page in pages]
    for number in range(3):
        dunia.entry = f.make_pendaftaran(dunia.edisi, status="lolos_administrasi")
        one, _ = dunia.sheet(kunci=True), dunia.sheet(kunci=True)
        dunia.say(one.penugasan.evaluator.pengguna, kunci=f"n{number}")
    assert [count(client, page) for page in pages] == before


def count(client, page) -> int:
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
