"""The committee's lists of the evaluation as files: as their pages, and no more than these."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from evaluasi.actions.lapangan import schedule_kunjungan
from evaluasi.actions.wawancara import schedule_wawancara
from evaluasi.models import BenturanKepentingan
from evaluasi.tests import factories as f
from evaluasi.tests.test_lapangan import DAY
from kompetisi import clock
from kompetisi.models import JejakAudit

pytestmark = pytest.mark.django_db
PAYLOAD = '=HYPERLINK("http://jahat.test","x")'
PLANNING = f.wib(15, 9)  # after the document stage, before the interviews
LISTS = {
    "evaluator": ("evaluator-ekspor", ()),
    "penugasan-dokumen": ("penugasan-ekspor", ("dokumen",)),
    "wawancara": ("wawancara-ekspor", ()),
    "lapangan": ("lapangan-ekspor", ()),
}


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def ketua(client, edisi):
    user = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    client.force_login(user)
    return user


@pytest.fixture
def world(edisi, ketua):
    """Two entries with a reader, an interview and a visit each; one has a name that attacks."""
    evaluator = f.make_evaluator(edisi)
    return [add(edisi, ketua, evaluator, nama) for nama in (PAYLOAD, "Pemerintah Kota Alfa")]


def add(edisi, ketua, evaluator, nama):
    entry = f.make_pendaftaran(edisi, f.make_instansi(nama), status="lolos_administrasi")
    f.make_lembar(evaluator, entry)
    type(entry).objects.filter(pk=entry.pk).update(status="masuk_daftar_pendek")
    entry.refresh_from_db()
    with clock.travel(PLANNING):
        hour = 8 + entry.pk % 8
        schedule_wawancara(
            pendaftaran=entry, mulai=f.wib(18 + entry.pk % 3, hour), ruang=f"Ruang {entry.pk}",
            oleh=ketua,
        )  # fmt: skip
    visited(entry, ketua)
    return entry


def visited(entry, ketua):
    """A day for the visit, as the interviews will have ended by then."""
    type(entry).objects.filter(pk=entry.pk).update(status="diwawancarai")
    entry.refresh_from_db()
    with clock.travel(f.wib(24, 9)):
        schedule_kunjungan(pendaftaran=entry, tanggal=DAY, tempat="Balai Kota", oleh=ketua)


def take(client, name, **query):
    page, args = LISTS[name]
    with clock.travel(PLANNING):
        answer = client.get(reverse(f"evaluasi_panitia:{page}", args=args), query)
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


def rows_of(content: bytes) -> list[dict]:
    """The rows of an XLSX file by the heads of its columns."""
    head, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", list(LISTS))
def test_every_list_goes_as_both_and_is_recorded(client, world, ketua, name):
    answer, content = take(client, name)
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(content)).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    answer, text = take(client, name, bentuk="csv")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-2019.csv"'
    assert ";=" not in text.decode()
    assert len(text.decode().splitlines()) == sheet.max_row
    taken = JejakAudit.objects.filter(tindakan="unduh.daftar", oleh=ketua).order_by("urutan")
    assert [(t.rincian["daftar"], t.rincian["bentuk"]) for t in taken] == [
        (name, "xlsx"),
        (name, "csv"),
    ]


def test_lists_say_what_their_pages_show(client, edisi, world):
    (team,) = rows_of(take(client, "evaluator")[1])
    assert (team["Evaluasi dokumen: ditugaskan"], team["Evaluasi dokumen: terkunci"]) == (2, 0)
    reader = rows_of(take(client, "penugasan-dokumen")[1])[0]
    assert (reader["Evaluator"], reader["Keadaan"]) == (team["Nama"], "Belum terkunci")
    session = next(r for r in rows_of(take(client, "wawancara")[1]) if r["Instansi"] != PAYLOAD)
    assert session["Ruang"] == f"Ruang {world[1].pk}"
    assert session["Keadaan"] == "Belum mulai"
    visit = rows_of(take(client, "lapangan")[1])[0]
    assert (visit["Tanggal"].date(), visit["Tempat"]) == (DAY, "Balai Kota")


@pytest.mark.parametrize("name", ["penugasan-dokumen", "wawancara", "lapangan"])
def test_the_filter_of_the_page_holds_in_the_file(client, world, name):
    rows = rows_of(take(client, name, cari="Alfa")[1])
    assert {row["Kode"] for row in rows} == {world[1].kode}
    assert JejakAudit.objects.latest("urutan").rincian["saring"] == {"cari": "Alfa"}


@pytest.mark.parametrize("name", ["penugasan-dokumen", "wawancara", "lapangan"])
def test_what_is_in_conflict_with_the_reader_is_in_no_file(client, edisi, ketua, world, name):
    judge = f.make_evaluator(edisi, pengguna=ketua)
    BenturanKepentingan.objects.create(
        evaluator=judge, instansi=world[0].instansi, alasan="Pernah bekerja di sana.",
        dicatat_oleh=ketua, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    rows = rows_of(take(client, name)[1])
    assert {row["Kode"] for row in rows} == {world[1].kode}


@pytest.mark.parametrize("name", list(LISTS))
def test_nobody_outside_the_committee_takes_a_list(client, edisi, world, name):
    client.force_login(f.make_evaluator(edisi).pengguna)
    assert take(client, name)[0].status_code == 404
    assert not JejakAudit.objects.filter(tindakan="unduh.daftar").exists()


@pytest.mark.parametrize("name", list(LISTS))
def test_a_longer_list_asks_no_more(client, edisi, ketua, world, name):
    def count():
        with CaptureQueriesContext(connection) as asked:
            take(client, name)
        return len(asked)

    count()
    first = count()
    for _ in range(3):
        add(edisi, ketua, f.make_evaluator(edisi), f"Pemerintah Kota {len(world)}")
        world.append(None)
    assert count() == first


def test_each_page_leads_to_its_files(client, edisi, world):
    pages = {
        "evaluator": "/panitia/evaluator/",
        "penugasan-dokumen": "/panitia/penugasan/dokumen/",
        "wawancara": "/panitia/wawancara/",
        "lapangan": "/panitia/lapangan/",
    }
    with clock.travel(PLANNING):
        for name, address in pages.items():
            page, args = LISTS[name]
            assert reverse(f"evaluasi_panitia:{page}", args=args) in client.get(address).text
