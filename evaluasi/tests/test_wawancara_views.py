"""Doors of the interviews: who sees and does what, refusals, typed text kept, query counts."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.actions.wawancara import schedule_wawancara
from evaluasi.models import SesiWawancara
from evaluasi.queries.wawancara import find_tahap_wawancara
from evaluasi.tests import factories as f
from kompetisi import clock
from registrasi.models import Keanggotaan
from registrasi.tests.factories import pdf_bytes

pytestmark = pytest.mark.django_db
PLANNING = f.wib(15, 9)  # after the document stage, before the interviews
NINE = f.wib(18, 9)
FORM = {
    "ruang": "Ruang 1\nhttps://rapat.example/dua",
    "jeda": "10",
    "jam_mulai": "08:00",
    "jam_selesai": "16:00",
    "istirahat_mulai": "12:00",
    "istirahat_selesai": "13:00",
}


@pytest.fixture(autouse=True)
def _before_the_stage():
    with clock.travel(PLANNING):
        yield


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def entry(edisi):
    return more(edisi)


@pytest.fixture
def sesi(edisi, entry):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    return schedule_wawancara(pendaftaran=entry, mulai=NINE, ruang="Ruang 1", oleh=ketua)


@pytest.fixture
def member(edisi, sesi):
    """A member of the panel."""
    return make_member(edisi, sesi.pendaftaran)


@pytest.fixture
def admin(entry):
    return Keanggotaan.objects.get(instansi=entry.instansi).pengguna


def more(edisi):
    return f.make_pendaftaran(edisi, status="masuk_daftar_pendek")


def make_member(edisi, entry):
    evaluator = f.make_evaluator(edisi)
    f.make_lembar(evaluator, entry, find_tahap_wawancara(edisi))
    return evaluator.pengguna


def login(client, edisi, *peran):
    user = f.make_pengguna("Seseorang", *peran, edisi=edisi)
    client.force_login(user)
    return user


def pages_of(sesi):
    kode = sesi.pendaftaran.kode
    return {
        "daftar": reverse("evaluasi_panitia:wawancara"),
        "usulan": reverse("evaluasi_panitia:wawancara-usulan"),
        "cetak": reverse("evaluasi_panitia:wawancara-cetak"),
        "rinci": reverse("evaluasi_panitia:wawancara-rinci", args=[kode]),
        "papan": reverse("evaluasi:wawancara"),
        "peserta": reverse("evaluasi:jadwal", args=[kode]),
        "ics": reverse("evaluasi:jadwal-kalender", args=[kode]),
    }


def statuses(client, sesi):
    found = {name: client.get(url).status_code for name, url in pages_of(sesi).items()}
    return {name for name, status in found.items() if status == 200}, set(found.values())


def confirmation(sesi, **changes):
    given = {"penyaji_nama": "Kepala Dinas", "penyaji_jabatan": "Kepala", "versi": sesi.versi}
    return given | changes


def test_each_reader_finds_what_is_theirs_and_nobody_elses(client, edisi, sesi, member, admin):
    client.force_login(member)
    assert statuses(client, sesi) == ({"papan"}, {200, 404})
    client.force_login(admin)
    assert statuses(client, sesi) == ({"peserta", "ics"}, {200, 404})
    client.force_login(Keanggotaan.objects.get(instansi=more(edisi).instansi).pengguna)
    assert statuses(client, sesi) == (set(), {404})
    for peran in ("ketua", "sekretariat", "pengamat"):
        login(client, edisi, peran)
        assert statuses(client, sesi) == ({"daftar", "usulan", "cetak", "rinci"}, {200, 404})


def test_an_edition_without_interviews_has_no_such_page(client, sesi, edisi):
    login(client, edisi, "ketua")
    aturan = {k: v for k, v in edisi.aturan.items() if k != "panel_wawancara"}
    type(edisi).objects.filter(pk=edisi.pk).update(aturan=aturan)
    assert statuses(client, sesi) == (set(), {404})
    assert "/panitia/wawancara/" not in client.get("/beranda/").content.decode()


def test_an_observer_changes_nothing(client, edisi, sesi):
    login(client, edisi, "pengamat")
    kode = sesi.pendaftaran.kode
    posts = [
        (pages_of(sesi)["usulan"], FORM),
        (pages_of(sesi)["rinci"], {}),
        (reverse("evaluasi_panitia:wawancara-pembatalan", args=[kode]), {}),
    ]
    assert [client.post(url, data).status_code for url, data in posts] == [403] * 3
    assert SesiWawancara.objects.get().versi == sesi.versi


def test_a_member_in_conflict_does_not_find_the_session(client, edisi, sesi, member, admin):
    client.force_login(member)
    assert str(sesi.pendaftaran.peserta) in client.get("/evaluasi/wawancara/").content.decode()
    Keanggotaan.objects.filter(pengguna=admin).update(pengguna=member)
    assert str(sesi.pendaftaran.peserta) not in client.get("/evaluasi/wawancara/").content.decode()
    start = reverse("evaluasi:wawancara-mulai", args=[sesi.pk])
    assert client.post(start).status_code == 404


# --- The timetable -------------------------------------------------------------------------------


def test_a_proposal_is_shown_and_stored_as_it_was_seen(client, edisi):
    for _ in range(3):
        more(edisi)
    for _ in range(5):
        f.make_evaluator(edisi)
    login(client, edisi, "sekretariat")
    url = reverse("evaluasi_panitia:wawancara-usulan")
    page = client.get(url, FORM).content.decode()
    assert "Simpan 3 sesi" in page and not SesiWawancara.objects.exists()
    sidik = re.search(r'name="sidik" value="([^"]+)"', page)[1]
    more(edisi)  # the shortlist grew meanwhile
    late = client.post(url, FORM | {"sidik": sidik})
    assert late.status_code == 409 and "Simpan 4 sesi" in late.content.decode()
    sidik = re.search(r'name="sidik" value="([^"]+)"', late.content.decode())[1]
    assert client.post(url, FORM | {"sidik": sidik}).status_code == 302
    assert SesiWawancara.objects.count() == 4
    page = client.get(reverse("evaluasi_panitia:wawancara")).content.decode()
    assert "Senin, 18 November 2019" in page and "Semua peserta daftar pendek" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ruang": ""}, "Ruang"),
        ({"ruang": "http://rapat.example/"}, "https://"),
        ({"jam_selesai": "07:00"}, "sesudah jam mulai"),
    ],
)
def test_a_proposal_that_cannot_be_made_says_why(client, edisi, entry, changes, said):
    login(client, edisi, "ketua")
    url = reverse("evaluasi_panitia:wawancara-usulan")
    answer = client.get(url, FORM | changes)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert 'value="08:00"' in answer.content.decode()


def test_the_secretariat_sets_changes_and_cancels_one_session(client, edisi, entry):
    login(client, edisi, "sekretariat")
    url = reverse("evaluasi_panitia:wawancara-rinci", args=[entry.kode])
    typed = {"tanggal": "2019-11-19", "mulai": "10:00", "ruang": "Ruang Anggrek", "versi": "0"}
    assert client.post(url, typed).status_code == 302
    page = client.get(url).content.decode()
    assert "Selasa, 19 November 2019" in page and "Menunggu konfirmasi" in page
    row = SesiWawancara.objects.get()
    answer = client.post(url, typed | {"versi": row.versi, "mulai": "11:00"})
    assert answer.status_code == 302
    stale = client.post(url, typed | {"versi": row.versi, "ruang": "Ruang Melati"})
    assert stale.status_code == 409 and "Ruang Melati" in stale.content.decode()
    cancel = reverse("evaluasi_panitia:wawancara-pembatalan", args=[entry.kode])
    assert client.post(cancel, {"alasan": ""}).status_code == 422
    assert client.post(cancel, {"alasan": "Banjir."}).status_code == 302
    assert not SesiWawancara.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"tanggal": "2019-12-19"}, 403, "harus berada di antara"),
        ({"tanggal": ""}, 422, "Tanggal"),
        ({"ruang": ""}, 422, "Isi ruang"),
        ({"selesai": "09:00"}, 422, "sesudah jam mulai"),
    ],
)
def test_a_refused_schedule_keeps_what_was_typed(client, edisi, entry, changes, status, said):
    login(client, edisi, "ketua")
    url = reverse("evaluasi_panitia:wawancara-rinci", args=[entry.kode])
    typed = {"tanggal": "2019-11-19", "mulai": "10:40", "ruang": "Ruang Anggrek", "versi": "0"}
    answer = client.post(url, typed | changes)
    page = answer.content.decode()
    assert answer.status_code == status and said in page and 'value="10:40"' in page
    assert not SesiWawancara.objects.exists()


def test_the_list_filters_and_its_queries_do_not_grow(client, edisi, sesi):
    login(client, edisi, "ketua")
    url = reverse("evaluasi_panitia:wawancara")

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    count()
    one = count()
    for number in range(6):
        other = more(edisi)
        by = f.make_pengguna(f"Ketua {number}", "ketua", edisi=edisi)
        begin = NINE + timedelta(hours=1 + number)
        schedule_wawancara(pendaftaran=other, mulai=begin, ruang="Ruang 1", oleh=by)
        make_member(edisi, other)
    assert count() == one
    found = client.get(url, {"cari": sesi.pendaftaran.kode}).content.decode()
    assert sesi.pendaftaran.kode in found and other.kode not in found
    assert "Tidak ada sesi" in client.get(url, {"cari": "tidak ada ini"}).content.decode()


# --- The agency ----------------------------------------------------------------------------------


def test_the_agency_confirms_with_slides_and_changes_them(client, sesi, admin, edisi, member):
    client.force_login(admin)
    assert "Konfirmasi jadwal wawancara" in client.get("/beranda/").content.decode()
    url = pages_of(sesi)["peserta"]
    slides = SimpleUploadedFile("paparan.pdf", pdf_bytes("paparan"), "application/pdf")
    assert client.post(url, confirmation(sesi, bahan=slides)).status_code == 302
    page = client.get(url).content.decode()
    assert "Dikonfirmasi" in page and "paparan.pdf" in page
    assert "Konfirmasi jadwal wawancara" not in client.get("/beranda/").content.decode()
    client.force_login(member)
    answer = client.get(reverse("evaluasi:wawancara-bahan", args=[sesi.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_bad_slides_are_refused_and_names_stay(client, sesi, admin):
    client.force_login(admin)
    program = SimpleUploadedFile("paparan.pdf", b"MZ" + b"\0" * 600, "application/pdf")
    answer = client.post(pages_of(sesi)["peserta"], confirmation(sesi, bahan=program))
    page = answer.content.decode()
    assert answer.status_code == 422 and "PDF" in page and 'value="Kepala Dinas"' in page
    sesi.refresh_from_db()
    assert sesi.dikonfirmasi_pada is None


def test_a_confirmation_of_an_old_schedule_or_after_the_limit_is_refused(client, sesi, admin):
    client.force_login(admin)
    url = pages_of(sesi)["peserta"]
    old = client.post(url, confirmation(sesi, versi=sesi.versi - 1))
    assert old.status_code == 409 and 'value="Kepala Dinas"' in old.content.decode()
    with clock.travel(NINE):
        late = client.post(url, confirmation(sesi))
        assert late.status_code == 403 and "Batas konfirmasi" in late.content.decode()
    assert SesiWawancara.objects.get().dikonfirmasi_pada is None


def test_the_calendar_file_names_the_session_in_utc(client, sesi, admin):
    client.force_login(admin)
    answer = client.get(pages_of(sesi)["ics"])
    text = b"".join(answer.streaming_content).decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20191118T020000Z" in text and "LOCATION:Ruang 1" in text


# --- The panel -----------------------------------------------------------------------------------


def test_a_member_begins_the_session_and_all_see_its_timer(client, edisi, sesi, member):
    other = make_member(edisi, sesi.pendaftaran)
    start = reverse("evaluasi:wawancara-mulai", args=[sesi.pk])
    client.force_login(member)
    assert client.post(start).status_code == 403
    with clock.travel(NINE):
        assert "Mulai sesi" in client.get("/evaluasi/wawancara/").content.decode()
        assert client.post(start).status_code == 302
        client.force_login(other)
        page = client.get("/evaluasi/wawancara/").content.decode()
        assert "data-penghitung" in page and "hx-trigger" in page and "Mulai sesi" not in page
        assert client.get("/evaluasi/wawancara/kalender.ics").status_code == 200
