"""Doors of the site visits: who sees and does what, refusals, typed text kept, query counts."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.actions.lapangan import schedule_kunjungan
from evaluasi.models import FotoLapangan, KunjunganLapangan, Penugasan, TemuanLapangan
from evaluasi.queries.temuan import kriteria_kunjungan
from evaluasi.tests import factories as f
from evaluasi.tests.test_lapangan import DAY, IN_VISITS, photo
from kompetisi import clock
from registrasi.models import Keanggotaan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(IN_VISITS):
        yield


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def tahap(edisi):
    return edisi.tahap.select_related("edisi").get(jenis="lapangan")


@pytest.fixture
def entry(edisi):
    return f.make_pendaftaran(edisi, status="diwawancarai")


@pytest.fixture
def team(edisi, entry, tahap):
    return [f.make_lembar(f.make_evaluator(edisi), entry, tahap) for _ in range(2)]


@pytest.fixture
def visit(edisi, entry, team):
    by = f.make_pengguna("Sekretaris", "sekretariat", edisi=edisi)
    return schedule_kunjungan(pendaftaran=entry, tanggal=DAY, tempat="Balai Kota", oleh=by)


def login(client, edisi, *peran):
    user = f.make_pengguna("Seseorang", *peran, edisi=edisi)
    client.force_login(user)
    return user


def typed(visit, **changes):
    data = {"penerima_nama": "", "penerima_jabatan": "", "temuan_material": ""}
    return data | {"versi": visit.versi} | changes


def pages_of(visit):
    return {
        "tim": reverse("evaluasi:lapangan-rinci", args=[visit.pk]),
        "panitia": reverse("evaluasi_panitia:lapangan-rinci", args=[visit.pendaftaran.kode]),
        "daftar": reverse("evaluasi_panitia:lapangan"),
        "peserta": reverse("evaluasi:kunjungan", args=[visit.pk]),
        "ba": reverse("evaluasi:kunjungan-berita-acara", args=[visit.pk]),
    }


def statuses(client, pages):
    return {name: client.get(url).status_code for name, url in pages.items()}


def test_each_reader_finds_what_is_theirs(client, edisi, visit, team, entry):
    pages = pages_of(visit)
    client.force_login(team[0].penugasan.evaluator.pengguna)
    assert statuses(client, pages) == {
        "tim": 200,
        "panitia": 404,
        "daftar": 404,
        "peserta": 404,
        "ba": 403,
    }
    assert client.get(reverse("evaluasi:lapangan")).status_code == 200
    client.force_login(entry.dibuat_oleh)
    assert statuses(client, pages) == {
        "tim": 404,
        "panitia": 404,
        "daftar": 404,
        "peserta": 200,
        "ba": 403,
    }
    for peran in ("ketua", "sekretariat", "pengamat"):
        login(client, edisi, peran)
        assert statuses(client, pages) == {
            "tim": 200,
            "panitia": 200,
            "daftar": 200,
            "peserta": 404,
            "ba": 403,
        }


def test_strangers_find_nothing(client, edisi, visit):
    pages = pages_of(visit)
    client.force_login(f.make_evaluator(edisi).pengguna)  # not of the team
    assert set(statuses(client, pages).values()) == {404}
    assert client.post(pages["tim"], typed(visit)).status_code == 404
    other = f.make_pendaftaran(edisi, status="diwawancarai")
    client.force_login(other.dibuat_oleh)
    assert set(statuses(client, pages).values()) == {404}


def test_a_member_in_conflict_finds_nothing(client, edisi, visit, team, entry):
    client.force_login(team[0].penugasan.evaluator.pengguna)
    url = pages_of(visit)["tim"]
    assert client.get(url).status_code == 200
    Keanggotaan.objects.filter(instansi=entry.instansi).update(
        pengguna=team[0].penugasan.evaluator.pengguna
    )
    assert client.get(url).status_code == 404


def test_minutes_come_once_enough_sheets_are_locked(client, visit, team, entry):
    for lembar in team:
        f.score_lembar(lembar, "S")
    for reader in (entry.dibuat_oleh, team[0].penugasan.evaluator.pengguna):
        client.force_login(reader)
        answer = client.get(pages_of(visit)["ba"])
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_an_observer_changes_nothing(client, edisi, visit, team, entry):
    login(client, edisi, "pengamat")
    kode = entry.kode
    member = team[0].penugasan
    posts = [
        (pages_of(visit)["panitia"], {"tanggal": "2019-11-27", "tempat": "Lain", "versi": 1}),
        (pages_of(visit)["tim"], typed(visit, penerima_nama="Lain")),
        (
            reverse("evaluasi_panitia:lapangan-tim", args=[kode]),
            {"evaluator": f.make_evaluator(edisi).pk},
        ),
        (
            reverse("evaluasi_panitia:lapangan-cabut", args=[kode, member.pk]),
            {"alasan": "Sakit."},
        ),
        (reverse("evaluasi_panitia:lapangan-nomor", args=[kode]), {"nomor": "BA/1"}),
    ]
    assert [client.post(url, data).status_code for url, data in posts] == [403] * 5
    visit.refresh_from_db()
    assert (visit.versi, visit.tanggal, visit.nomor_berita_acara) == (1, DAY, "")
    assert Penugasan.objects.filter(dicabut_pada=None).count() == 2


def test_the_secretariat_schedules_staffs_and_numbers(client, edisi, entry, tahap):
    login(client, edisi, "sekretariat")
    url = reverse("evaluasi_panitia:lapangan-rinci", args=[entry.kode])
    members = [f.make_evaluator(edisi) for _ in range(2)]
    assert "Belum ada anggota" in client.get(url).content.decode()
    for row in members:
        answer = client.post(
            reverse("evaluasi_panitia:lapangan-tim", args=[entry.kode]), {"evaluator": row.pk}
        )
        assert answer.status_code == 302
    answer = client.post(url, {"tanggal": "2019-11-26", "tempat": "Balai Kota", "versi": 0})
    assert answer.status_code == 302
    page = client.get(url).content.decode()
    assert "Selasa, 26 November 2019" in page
    for place in Penugasan.objects.select_related("lembar"):
        f.score_lembar(place.lembar, "S")
    answer = client.post(
        reverse("evaluasi_panitia:lapangan-nomor", args=[entry.kode]), {"nomor": "BA/7/2019"}
    )
    assert answer.status_code == 302
    assert "BA/7/2019" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"tanggal": "2019-12-24", "tempat": "Kantor", "versi": 0}, 403, "Pilih tanggal"),
        ({"tanggal": "", "tempat": "Kantor", "versi": 0}, 422, "Pilih tanggal kunjungan"),
        ({"tanggal": "2019-11-26", "tempat": "", "versi": 0}, 422, "Tuliskan tempat"),
    ],
)
def test_a_refused_schedule_keeps_what_was_typed(client, edisi, entry, data, status, said):
    login(client, edisi, "sekretariat")
    url = reverse("evaluasi_panitia:lapangan-rinci", args=[entry.kode])
    answer = client.post(url, data)
    assert answer.status_code == status
    page = answer.content.decode()
    assert said in page
    assert all(f'value="{data[name]}"' in page for name in ("tanggal", "tempat") if data[name])
    assert not KunjunganLapangan.objects.exists()


def test_a_stale_schedule_is_refused_with_the_text_kept(client, edisi, visit, entry):
    login(client, edisi, "sekretariat")
    url = pages_of(visit)["panitia"]
    answer = client.post(url, {"tanggal": "2019-11-28", "tempat": "Kantor baru", "versi": 0})
    assert answer.status_code == 409
    assert "Kantor baru" in answer.content.decode()
    assert (
        client.post(url, {"tanggal": "2019-11-28", "tempat": "Kantor baru", "versi": 1}).status_code
        == 302
    )


def test_the_team_writes_and_sends_photographs_in_one_form(client, visit, team):
    client.force_login(team[0].penugasan.evaluator.pengguna)
    url = pages_of(visit)["tim"]
    key = kriteria_kunjungan(visit)[0].pk
    sent = SimpleUploadedFile("a.jpg", photo().read(), content_type="image/jpeg")
    answer = client.post(
        url,
        typed(
            visit,
            penerima_nama="Kepala Dinas",
            aksi=str(key),
            **{f"uraian-{key}": "Sesuai keputusan.", f"versi-{key}": 0, f"foto-{key}": sent},
        ),
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#k-{key}")
    page = client.get(url).content.decode()
    assert "Sesuai keputusan." in page
    assert 'value="Kepala Dinas"' in page
    row = FotoLapangan.objects.get()
    image = reverse("evaluasi:lapangan-foto", args=[visit.pk, row.pk])
    assert image in page
    assert client.get(image)["Content-Type"] == "image/jpeg"
    off = reverse("evaluasi:lapangan-foto-lepas", args=[visit.pk, row.pk])
    assert client.post(off).status_code == 302
    assert not FotoLapangan.objects.exists()


def test_a_false_photograph_is_named_and_the_text_is_stored(client, visit, team):
    client.force_login(team[0].penugasan.evaluator.pengguna)
    key = kriteria_kunjungan(visit)[0].pk
    false = SimpleUploadedFile("palsu.jpg", b"<script>", content_type="image/jpeg")
    answer = client.post(
        pages_of(visit)["tim"],
        typed(visit, **{f"uraian-{key}": "Ada.", f"versi-{key}": 0, f"foto-{key}": false}),
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "palsu.jpg" in text
    assert "Catatan tersimpan, tetapi ada foto yang ditolak" in text
    assert f'<a href="#foto-{key}">' in text.split("<form")[0] + text.split('id="galat"')[1][:900]
    assert TemuanLapangan.objects.get().uraian == "Ada."


def test_two_members_at_one_criterion_see_both_texts(client, visit, team):
    key = kriteria_kunjungan(visit)[0].pk
    url = pages_of(visit)["tim"]
    field, version = f"uraian-{key}", f"versi-{key}"
    client.force_login(team[0].penugasan.evaluator.pengguna)
    assert client.post(url, typed(visit, **{field: "Satu.", version: 0})).status_code == 302
    client.force_login(team[1].penugasan.evaluator.pengguna)
    answer = client.post(url, typed(visit, **{field: "Dua.", version: 0}))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Satu." in page
    assert "Dua." in page
    assert f'name="{version}" value="1"' in page
    assert client.post(url, typed(visit, **{field: "Dua.", version: 1})).status_code == 302


def test_an_edition_without_visits_has_no_page_and_no_menu_entry(client, edisi, tahap):
    tahap.rubrik.all().delete()
    tahap.delete()
    evaluator = f.make_evaluator(edisi).pengguna
    for user in (login(client, edisi, "ketua"), evaluator):
        client.force_login(user)
        page = client.get("/beranda/").content.decode()
        assert reverse("evaluasi_panitia:lapangan") not in page
        assert reverse("evaluasi:lapangan") not in page
        assert client.get(reverse("evaluasi_panitia:lapangan")).status_code == 404
        assert client.get(reverse("evaluasi:lapangan")).status_code == 404


def test_visits_are_reached_from_the_start_page(client, edisi, visit, team, entry):
    pages = pages_of(visit)
    for user, url in (
        (team[0].penugasan.evaluator.pengguna, pages["tim"]),
        (entry.dibuat_oleh, pages["peserta"]),
        (login(client, edisi, "ketua"), pages["daftar"]),
    ):
        client.force_login(user)
        assert f'href="{url}"' in client.get("/beranda/").content.decode()


def count(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len([q for q in seen.captured_queries if not q["sql"].startswith(("BEGIN", "COMMIT"))])


def test_lists_need_as_many_queries_for_many_visits_as_for_few(client, edisi, tahap):
    ketua = login(client, edisi, "ketua")
    people = [f.make_evaluator(edisi) for _ in range(2)]

    def add(n):
        for _ in range(n):
            row = f.make_pendaftaran(edisi, status="terjadwal_verifikasi")
            for person in people:
                f.make_lembar(person, row, tahap)
            KunjunganLapangan.objects.create(
                tahap=tahap,
                pendaftaran=row,
                tanggal=date(2019, 11, 27),
                tempat="Kantor",
                dijadwalkan_pada=IN_VISITS,
            )

    def counts():
        client.force_login(ketua)
        committee = count(client, reverse("evaluasi_panitia:lapangan"))
        client.force_login(people[0].pengguna)
        return committee, count(client, reverse("evaluasi:lapangan"))

    add(3)
    counts()
    few = counts()
    add(9)
    assert counts() == few
