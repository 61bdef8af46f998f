"""Evidence a score points at, questions for the site team, what was read, and parts of files."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from evaluasi.actions.bacaan import add_titik, note_bacaan, save_pertanyaan
from evaluasi.actions.lembar import lock_lembar
from evaluasi.models import Bacaan, PertanyaanLapangan, TitikBukti
from evaluasi.queries.bacaan import samping_of
from evaluasi.queries.lembar import butir_of
from evaluasi.queries.periksa_nilai import check_nilai
from evaluasi.rules.bacaan import MOST_TITIK, read_kotak, sisa_baca
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from registrasi.actions.berkas import store_berkas
from registrasi.models import AksesBerkas, BuktiDukung
from registrasi.tests.factories import pdf_bytes

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def lembar():
    """An own sheet in the middle of the stage, the first document a real one of four pages."""
    with clock.travel(f.IN_STAGE):
        edisi = f.make_edisi()
        entry = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
        berkas = store_berkas(
            isi=ContentFile(pdf_bytes("Standar pelayanan", 4), name="sp.pdf"),
            oleh=entry.dibuat_oleh,
            maks_mb=5,
        )
        bukti = BuktiDukung.objects.filter(pendaftaran=entry, jenis_dokumen__isnull=False).first()
        bukti.berkas = berkas
        bukti.save()
        row = f.make_lembar(f.make_evaluator(edisi), entry)
        row.uji_berkas = berkas
        yield row


def orang(lembar):
    return lembar.penugasan.evaluator.pengguna


def point(lembar, **more):
    first = butir_of(lembar.pk)[0].kriteria_id
    act = {"kriteria": first, "berkas": lembar.uji_berkas.pk, "halaman": 2, "kotak": ""}
    return add_titik(lembar=lembar, oleh=orang(lembar), **(act | more))


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("", (0, 0, 0, 0)),
        ("100,200,300,400", (100, 200, 300, 400)),
        ("0,0,1000,1000", (0, 0, 1000, 1000)),
        ("900,0,200,10", None),
        ("1,2,3", None),
        ("1,2,0,4", None),
        ("a,b,c,d", None),
        ("-1,0,5,5", None),
    ],
)
def test_a_region_lies_within_its_page(text, box):
    assert read_kotak(text) == box


def test_what_is_left_to_read_counts_each_page_once():
    files = [{"pk": 1, "halaman": 10}, {"pk": 2, "halaman": None}]
    assert sisa_baca(files, {}) == {"semua": 11, "sudah": 0, "menit": 17}
    assert sisa_baca(files, {1: [1, 2, 2], 2: [1], 9: [1]}) == {
        "semua": 11, "sudah": 3, "menit": 12,
    }  # fmt: skip


def test_a_place_is_kept_once_and_only_on_a_page_of_the_entrys_documents(lembar):
    assert point(lembar, kotak="10,20,30,40") == point(lembar, kotak="10,20,30,40")
    with pytest.raises(NotAllowedError):
        point(lembar, halaman=5)
    with pytest.raises(InvalidInputError):
        point(lembar, berkas=f.fill_pendaftaran(
            f.make_pendaftaran(lembar.penugasan.tahap.edisi)).bukti.first().berkas_id)  # fmt: skip
    with pytest.raises(InvalidInputError):
        point(lembar, kriteria=0)
    with pytest.raises(InvalidInputError):
        point(lembar, kotak="900,900,900,900")
    for place in range(1, MOST_TITIK):
        point(lembar, kotak=f"{place},1,1,1")
    with pytest.raises(NotAllowedError):
        point(lembar)
    assert TitikBukti.objects.count() == MOST_TITIK


def test_a_lock_seals_the_places_and_the_database_keeps_them(lembar):
    titik = point(lembar, kotak="10,20,30,40")
    first = butir_of(lembar.pk)[0]
    f.score_lembar(lembar, kunci=False)
    lock = lock_lembar(lembar=lembar, oleh=orang(lembar))
    sealed = next(n for n in lock.isi["nilai"] if n["kriteria"] == first.kode)
    place = {"berkas": lembar.uji_berkas.sha256, "halaman": 2, "kotak": [10, 20, 30, 40]}
    assert sealed["bukti"] == [place]
    assert not check_nilai(lembar.penugasan.tahap.edisi).beda
    with pytest.raises(NotAllowedError):
        point(lembar, halaman=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        titik.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evaluasi_titikbukti DISABLE TRIGGER titik_terkunci")
        cursor.execute("UPDATE evaluasi_titikbukti SET halaman = 1")
    beda = check_nilai(lembar.penugasan.tahap.edisi).beda
    assert "bukti yang ditunjuk" in beda[0].rincian[0]


def test_a_question_saves_with_its_version_and_an_empty_one_is_taken_back(lembar):
    key = butir_of(lembar.pk)[0].kriteria_id
    act = {"lembar": lembar, "kriteria": key, "oleh": orang(lembar)}
    assert save_pertanyaan(teks="Apakah loketnya ada?", versi=0, **act) == 1
    assert save_pertanyaan(teks="Apakah loketnya ada?", versi=0, **act) == 1  # a repeated request
    with pytest.raises(StaleVersionError) as caught:
        save_pertanyaan(teks="Lain", versi=0, **act)
    assert caught.value.rincian == {"tersimpan": "Apakah loketnya ada?", "versi": 1}
    with pytest.raises(InvalidInputError):
        save_pertanyaan(teks="x" * 1001, versi=1, **act)
    assert save_pertanyaan(teks=" ", versi=1, **act) == 0
    assert not PertanyaanLapangan.objects.exists()


def test_reading_is_noted_page_by_page_and_no_more_than_a_minute_at_a_time(lembar):
    act = {"lembar": lembar, "berkas": lembar.uji_berkas.pk, "oleh": orang(lembar)}
    note_bacaan(halaman=2, detik=3000, **act)
    note_bacaan(halaman=1, detik=5, **act)
    note_bacaan(halaman=9, detik=5, **act)
    row = Bacaan.objects.get()
    assert (row.detik, row.halaman) == (65, [1, 2])
    assert samping_of(lembar.pk).dibaca == {lembar.uji_berkas.pk: [1, 2]}


def test_without_scripts_a_page_does_the_same(client, lembar):
    client.force_login(orang(lembar))
    item = butir_of(lembar.pk)[0]
    args = [lembar.pk, item.kriteria_id]
    address = reverse("evaluasi:bukti", args=args)
    assert client.get(address).status_code == 200
    typed = {"berkas": lembar.uji_berkas.pk, "halaman": 9}
    refused = client.post(address, typed)
    assert refused.status_code == 422 and "4 halaman" in refused.text
    assert client.post(address, typed | {"halaman": 3}).url.endswith(f"#k-{item.kode}")
    ask = reverse("evaluasi:tanya-lapangan", args=args)
    assert client.post(ask, {"teks": "Lihat loketnya.", "versi": 0}).status_code == 302
    stale = client.post(ask, {"teks": "Lain.", "versi": 0})
    assert stale.status_code == 409
    assert "Lihat loketnya." in stale.text and "Lain." in stale.text
    page = client.get(reverse("evaluasi:lembar", args=[lembar.pk])).text
    assert "Halaman 3" in page and "Lihat loketnya." in page
    off = reverse("evaluasi:bukti-lepas", args=[*args, TitikBukti.objects.get().pk])
    assert client.post(off).status_code == 302
    assert not TitikBukti.objects.exists()


def test_the_script_is_answered_in_json(client, lembar):
    client.force_login(orang(lembar))
    args = [lembar.pk, butir_of(lembar.pk)[0].kriteria_id]
    typed = {"berkas": lembar.uji_berkas.pk, "halaman": 2, "kotak": "1,2,3,4"}
    made = client.post(reverse("evaluasi:bukti", args=args), typed, headers=JSON)
    assert made.status_code == 201 and made.json()["kotak"] == "1,2,3,4"
    bad = client.post(reverse("evaluasi:bukti", args=args), typed | {"halaman": 0}, headers=JSON)
    assert bad.status_code == 422 and bad.json()["pesan"]
    assert client.post(made.json()["lepas"], headers=JSON).status_code == 204
    read = {"berkas": lembar.uji_berkas.pk, "halaman": 1, "detik": 30}
    assert client.post(reverse("evaluasi:bacaan", args=[lembar.pk]), read).status_code == 204


def test_the_second_reader_sees_places_only_after_both_have_locked(client, lembar):
    point(lembar)
    peer = f.make_lembar(
        f.make_evaluator(lembar.penugasan.tahap.edisi), lembar.penugasan.pendaftaran, urutan=2
    )
    f.score_lembar(lembar)
    client.force_login(orang(peer))
    address = reverse("evaluasi:lembar", args=[lembar.pk])
    assert client.get(address).status_code == 404
    f.score_lembar(peer)
    assert "Halaman 2" in client.get(address).text
    add = reverse("evaluasi:bukti", args=[lembar.pk, butir_of(lembar.pk)[0].kriteria_id])
    assert client.post(add, {"berkas": lembar.uji_berkas.pk, "halaman": 1}).status_code == 404


def part(client, address, header):
    return client.get(address, headers={"Range": header})


def test_a_file_is_given_in_parts_and_noted_once(client, lembar):
    client.force_login(orang(lembar))
    address = reverse("evaluasi:berkas", args=[lembar.pk, lembar.uji_berkas.pk])
    whole = client.get(address)
    content = b"".join(whole.streaming_content)
    assert whole["Accept-Ranges"] == "bytes" and len(content) == lembar.uji_berkas.ukuran
    for header, expected in [
        ("bytes=0-9", content[:10]),
        ("bytes=10-19", content[10:20]),
        ("bytes=10-", content[10:]),
        ("bytes=-7", content[-7:]),
        (f"bytes=5-{len(content) * 2}", content[5:]),
    ]:
        answer = part(client, address, header)
        assert answer.status_code == 206
        assert b"".join(answer.streaming_content) == expected
        assert int(answer["Content-Length"]) == len(expected)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Range"].endswith(f"/{len(content)}")
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    beyond = part(client, address, f"bytes={len(content)}-")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")
    for header in ("bytes=0-1,4-5", "bytes=-", "zeilen=1-2", "bytes=x-2"):
        assert b"".join(part(client, address, header).streaming_content) == content
    begun = 3  # each reading from the beginning; what follows within the hour belongs to it
    assert AksesBerkas.objects.filter(berkas=lembar.uji_berkas).count() == begun


def test_whoever_asks_for_later_parts_alone_is_noted_too(client, lembar):
    client.force_login(orang(lembar))
    address = reverse("evaluasi:berkas", args=[lembar.pk, lembar.uji_berkas.pk])
    for header in ("bytes=10-19", "bytes=20-29"):
        assert len(b"".join(part(client, address, header).streaming_content)) == 10
    assert AksesBerkas.objects.filter(berkas=lembar.uji_berkas).count() == 1
