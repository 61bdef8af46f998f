"""Assignments from a file: the export comes back unchanged, mistakes row by row, same rules."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluasi.actions.impor_penugasan import import_penugasan, plan_penugasan
from evaluasi.actions.penugasan import release_rencana
from evaluasi.actions.rencana import propose_rencana
from evaluasi.models import BenturanKepentingan, Penugasan, RencanaPenugasan
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import JejakAudit
from registrasi.rules.berkas_tabel import Tabel, read_tabel

pytestmark = pytest.mark.django_db
HEADS = ("Kode", "Surel evaluator")


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
def ketua(client, edisi):
    user = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    client.force_login(user)
    return user


@pytest.fixture
def rows(edisi):
    return [f.make_pendaftaran(edisi, status="lolos_administrasi") for _ in range(4)]


@pytest.fixture
def team(edisi):
    return [f.make_evaluator(edisi) for _ in range(4)]


def table(*pairs):
    lines = [
        (n, {"Kode": entry.kode, "Surel evaluator": who.pengguna.email if who else ""})
        for n, (entry, who) in enumerate(pairs, start=2)
    ]
    return Tabel(HEADS, tuple(lines))


def do(tahap, oleh, tabel):
    return import_penugasan(tahap=tahap, tabel=tabel, nama="b.csv", sha256="0" * 64, oleh=oleh)


def pairs():
    live = Penugasan.objects.filter(dicabut_pada=None)
    return set(live.values_list("pendaftaran", "evaluator"))


@pytest.mark.parametrize("bentuk", ["xlsx", "csv"])
@pytest.mark.usefixtures("rows", "team")
def test_the_export_comes_back_as_it_went(client, tahap, ketua, bentuk):
    propose_rencana(tahap=tahap, oleh=ketua)
    before = pairs()
    answer = client.get(
        reverse("evaluasi_panitia:penugasan-ekspor", args=["dokumen"]), {"bentuk": bentuk}
    )
    tabel = read_tabel(b"".join(answer.streaming_content))
    plan = plan_penugasan(tahap, ketua, tabel)
    assert (plan.salah, plan.tambah, plan.ubah, len(plan.tetap)) == ([], [], [], 8)
    Penugasan.objects.all().delete()
    assert do(tahap, ketua, tabel) == (8, 0)
    assert pairs() == before
    assert do(tahap, ketua, tabel) == (0, 0)
    assert JejakAudit.objects.filter(tindakan="penugasan.impor").count() == 1


def test_named_entries_get_the_named_readers_and_others_stay(tahap, ketua, rows, team):
    propose_rencana(tahap=tahap, oleh=ketua, benih=1)
    others = {pair for pair in pairs() if pair[0] not in (rows[0].pk, rows[1].pk)}
    wanted = table((rows[0], team[0]), (rows[0], team[1]), (rows[1], None))
    do(tahap, ketua, wanted)
    assert pairs() == others | {(rows[0].pk, team[0].pk), (rows[0].pk, team[1].pk)}
    places = Penugasan.objects.filter(pendaftaran=rows[0]).values_list("urutan", flat=True)
    assert sorted(places) == [1, 2]
    plan = RencanaPenugasan.objects.get()
    assert release_rencana(rencana=plan, oleh=ketua) == len(pairs())


def test_without_a_plan_one_is_made_and_a_new_draw_keeps_what_was_imported(
    tahap, ketua, rows, team
):
    assert do(tahap, ketua, table((rows[0], team[0]), (rows[1], team[0]))) == (2, 0)
    assert not Penugasan.objects.exclude(dirilis_pada=None).exists()
    propose_rencana(tahap=tahap, oleh=ketua)
    assert {(rows[0].pk, team[0].pk), (rows[1].pk, team[0].pk)} <= pairs()
    assert len(pairs()) == 8


def test_released_readers_stay_and_it_is_said(tahap, ketua, rows, team):
    plan = propose_rencana(tahap=tahap, oleh=ketua)
    release_rencana(rencana=plan, oleh=ketua)
    before = pairs()
    seen = plan_penugasan(tahap, ketua, table((rows[0], None)))
    assert (seen.ubah, seen.boleh) == ([], False)
    assert "2 penugasan yang sudah dirilis" in seen.peringatan[0]
    reader = next(e for e in team if (rows[0].pk, e.pk) not in before)
    do(tahap, ketua, table((rows[0], reader)))
    assert pairs() == before | {(rows[0].pk, reader.pk)}


def test_every_mistake_is_told_with_its_row_and_nothing_is_done(edisi, tahap, ketua, rows, team):
    barred = f.make_evaluator(edisi, rows[0].instansi)
    away = f.make_evaluator(edisi, aktif=False)
    draft = f.make_pendaftaran(edisi)
    bad = table(
        (rows[0], barred),
        (rows[0], away),
        (rows[1], team[0]),
        (rows[1], team[0]),
        (draft, team[0]),
    )
    unknown = {"Kode": rows[2].kode, "Surel evaluator": "siapa@uji.test"}
    bad = Tabel(HEADS, (*bad.baris, (7, unknown)))
    plan = plan_penugasan(tahap, ketua, bad)
    assert [(s.baris, s.kolom) for s in plan.salah] == [
        (2, "Surel evaluator"),
        (3, "Surel evaluator"),
        (5, "Surel evaluator"),
        (6, "Kode"),
        (7, "Surel evaluator"),
    ]
    said = [s.pesan for s in plan.salah]
    assert "instansi asal" in said[0]
    assert "tidak aktif" in said[1]
    assert "baris 4" in said[2]
    assert "tidak ada pada tahap ini" in said[3]
    assert "siapa@uji.test" in said[4]
    with pytest.raises(InvalidInputError, match="5 kesalahan"):
        do(tahap, ketua, bad)
    assert not Penugasan.objects.exists()
    (head,) = plan_penugasan(tahap, ketua, Tabel(("Kode",), ())).salah
    assert (head.baris, head.kolom) == (1, "Surel evaluator")


def test_what_should_be_minded_is_said_before_it_is_done(edisi, tahap, ketua, rows, team):
    home = {"asal_lain": "Universitas Sama"}
    one, two = f.make_evaluator(edisi, kapasitas=1, **home), f.make_evaluator(edisi, **home)
    plan = plan_penugasan(
        tahap,
        ketua,
        table((rows[0], one), (rows[0], two), (rows[1], one), (rows[2], team[0]),
              (rows[2], team[1]), *((rows[3], who) for who in team[:3])),
    )  # fmt: skip
    text = " ".join(plan.peringatan)
    assert f"1 pendaftaran masih kekurangan pembaca: {rows[1].kode}" in text
    assert f"1 pendaftaran mendapat pembaca dari instansi yang sama: {rows[0].kode}" in text
    assert f"{one.pengguna} (2 dari 1)" in text
    assert f"1 pendaftaran mendapat lebih dari 2 pembaca: {rows[3].kode}" in text
    assert "2 kelompok" in text
    assert plan.boleh


def test_who_is_in_conflict_cannot_name_the_entry(edisi, tahap, ketua, rows, team):
    judge = f.make_evaluator(edisi, pengguna=ketua)
    BenturanKepentingan.objects.create(
        evaluator=judge, instansi=rows[0].instansi, alasan="Pernah di sana.",
        dicatat_oleh=ketua, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    (mistake,) = plan_penugasan(tahap, ketua, table((rows[0], team[0]))).salah
    assert "tidak ada pada tahap ini" in mistake.pesan


def test_only_chair_and_secretariat_and_only_until_the_stage_closes(
    edisi, tahap, ketua, rows, team
):
    pengamat = f.make_pengguna("P", "pengamat", edisi=edisi)
    with pytest.raises(NotAllowedError):
        do(tahap, pengamat, table((rows[0], team[0])))
    with clock.travel(tahap.selesai), pytest.raises(NotAllowedError, match="ditutup"):
        do(tahap, ketua, table((rows[0], team[0])))


def test_the_page_shows_first_and_does_then(client, ketua, tahap, rows, team):
    page = reverse("evaluasi_panitia:penugasan-impor", args=["dokumen"])
    assert "Surel evaluator" in client.get(page).content.decode()
    text = f"Kode;Surel evaluator\n{rows[0].kode};{team[0].pengguna.email}\n"
    seen = client.post(page, {"berkas": SimpleUploadedFile("b.csv", text.encode())})
    assert seen.status_code == 200
    assert "Ditambahkan (baris 2)" in seen.content.decode()
    assert "kekurangan pembaca" in seen.content.decode()
    assert not Penugasan.objects.exists()
    sealed = seen.context["muatan"]
    assert client.post(page, {"muatan": sealed}).status_code == 302
    assert pairs() == {(rows[0].pk, team[0].pk)}
    again = client.post(page, {"muatan": sealed})  # something else would be done now: shown again
    assert again.status_code == 409
    wrong = SimpleUploadedFile("b.csv", b"Kode;Surel evaluator\nX;y@uji.test\n")
    refused = client.post(page, {"berkas": wrong})
    assert refused.status_code == 422
    assert "tidak ada pada tahap ini" in refused.content.decode()
    client.force_login(f.make_pengguna("P", "pengamat", edisi=tahap.edisi))
    assert client.get(page).status_code == 404


def test_looking_asks_no_more_when_the_file_is_longer(
    edisi, tahap, ketua, rows, team, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        plan_penugasan(tahap, ketua, table(*((e, r) for e in rows for r in team)))
