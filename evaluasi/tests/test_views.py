"""Doors of the evaluation: who sees what, refusals, saving, counts of queries."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluasi.models import BenturanKepentingan, Evaluator, Nilai, Penguncian, Penugasan
from evaluasi.queries.lembar import butir_of, lembar_visible_to
from evaluasi.tests import factories as f
from kompetisi import clock
from registrasi.models import Berkas, BuktiDukung
from registrasi.tests.factories_panitia import make_berkas

pytestmark = pytest.mark.django_db
BOOKKEEPING = re.compile(r"^(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)")


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def entry(edisi):
    return f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))


@pytest.fixture
def lembar(edisi, entry):
    return f.make_lembar(f.make_evaluator(edisi), entry)


@pytest.fixture
def sari(client, lembar):
    """The client, signed in as the reader of the sheet."""
    client.force_login(lembar.penugasan.evaluator.pengguna)
    return client


def login(client, edisi, *peran):
    user = f.make_pengguna("Seseorang", *peran, edisi=edisi)
    client.force_login(user)
    return user


def statements(seen) -> list[str]:
    return [q["sql"] for q in seen.captured_queries if not BOOKKEEPING.match(q["sql"])]


def whole(lembar, **changes):
    """The POST of a whole sheet: the best level everywhere."""
    data = {"catatan_umum": "", "versi": lembar.versi, "aksi": "simpan"}
    for item in butir_of(lembar.pk):
        key = item.kriteria_id
        data |= {f"tingkat-{key}": item.tingkat[0]["kode"], f"catatan-{key}": "", f"versi-{key}": 0}
    return data | changes


# --- Conflicts leave no trace --------------------------------------------------------------------


def test_a_conflicted_evaluator_finds_no_trace(sari, lembar, entry):
    berkas = Berkas.objects.filter(bukti__pendaftaran=entry).first()
    berkas.kunci = default_storage.save(berkas.kunci, ContentFile(b"%PDF-1.4"))
    berkas.save()
    pages = [
        reverse("evaluasi:lembar", args=[lembar.pk]),
        reverse("evaluasi:penguncian", args=[lembar.pk]),
        reverse("evaluasi:berkas", args=[lembar.pk, berkas.pk]),
    ]
    assert [sari.get(url).status_code for url in pages] == [200, 200, 200]
    board = reverse("evaluasi:dasbor")
    assert entry.kode in sari.get(board).content.decode()
    evaluator = lembar.penugasan.evaluator
    BenturanKepentingan.objects.create(
        evaluator=evaluator,
        instansi=entry.instansi,
        alasan="Keluarga.",
        dicatat_oleh=evaluator.pengguna,
        dicatat_pada=f.IN_STAGE,
    )
    assert [sari.get(url).status_code for url in pages] == [404, 404, 404]
    for url in (board, f"{board}?cari={entry.kode}", f"{board}?tahap=dokumen"):
        page = sari.get(url).content.decode()
        assert entry.kode not in page.replace(f'value="{entry.kode}"', "")
        assert entry.instansi.nama not in page
        assert "Belum ada penugasan" in page
    kriteria = butir_of(lembar.pk)[0].kriteria_id
    save = reverse("evaluasi:nilai", args=[lembar.pk, kriteria])
    assert sari.post(save, {"tingkat": "A", "versi": 0}).status_code == 404
    assert sari.post(pages[0], whole(lembar)).status_code == 404
    following = reverse("evaluasi:lembar-berikutnya", args=[lembar.pk])
    assert sari.get(following).status_code == 404
    assert not Nilai.objects.exists()


def test_a_chair_who_is_an_evaluator_in_conflict_does_not_see_the_entry(client, edisi, entry):
    f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry))
    ketua = login(client, edisi, "ketua")
    pages = [
        reverse("evaluasi_panitia:nilai-tahap", args=["dokumen"]),
        reverse("evaluasi_panitia:penugasan-tahap", args=["dokumen"]),
    ]
    assert all(entry.kode in client.get(url).content.decode() for url in pages)
    f.make_evaluator(edisi, entry.instansi, pengguna=ketua)
    assert not any(entry.kode in client.get(url).content.decode() for url in pages)
    detail = reverse("evaluasi_panitia:penugasan-rinci", args=["dokumen", entry.kode])
    assert client.get(detail).status_code == 404


def test_peers_see_each_other_only_when_both_have_locked(client, edisi, entry):
    one, two = (f.make_lembar(f.make_evaluator(edisi), entry) for _ in range(2))
    sari, budi = (row.penugasan.evaluator.pengguna for row in (one, two))
    f.score_lembar(one)
    assert set(lembar_visible_to(sari)) == {one}
    assert set(lembar_visible_to(budi)) == {two}
    client.force_login(budi)
    assert client.get(reverse("evaluasi:lembar", args=[one.pk])).status_code == 404
    f.score_lembar(two)
    assert set(lembar_visible_to(sari)) == {one, two}
    page = client.get(reverse("evaluasi:lembar", args=[one.pk]))
    assert page.status_code == 200
    assert 'name="tingkat-' not in page.content.decode()
    stranger = f.make_evaluator(edisi).pengguna
    assert not lembar_visible_to(stranger).exists()


@pytest.mark.parametrize("peran", [(), ("sekretariat",), ("ketua",), ("pengamat",)])
def test_only_the_circle_sees_scores_and_only_the_chair_reopens(client, edisi, entry, peran):
    lembar = f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry))
    login(client, edisi, *peran)
    seen = 200 if peran else 404
    for url in (
        reverse("evaluasi_panitia:nilai-tahap", args=["dokumen"]),
        reverse("evaluasi:lembar", args=[lembar.pk]),
    ):
        assert client.get(url).status_code == seen
    reopen = reverse("evaluasi_panitia:pembukaan", args=[lembar.pk])
    assert client.get(reopen).status_code == (200 if peran == ("ketua",) else 404)


def test_files_of_other_entries_are_not_served(sari, edisi, lembar):
    other = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
    foreign = Berkas.objects.filter(bukti__pendaftaran=other).first()
    url = reverse("evaluasi:berkas", args=[lembar.pk, foreign.pk])
    assert sari.get(url).status_code == 404


def test_files_show_what_the_secretariat_sees_of_them_but_no_other_entries(sari, edisi, lembar):
    entry = lembar.penugasan.pendaftaran
    first, second = (make_berkas(entry.dibuat_oleh) for _ in range(2))
    for bukti, stored in zip(entry.bukti.order_by("pk"), (first, second), strict=False):
        BuktiDukung.objects.filter(pk=bukti.pk).update(berkas=stored)
    look = {"halaman": 7, "halaman_kosong": [3], "berteks": False, "gambar_kecil": "aa/bb/kecil"}
    Berkas.objects.filter(pk=first.pk).update(**look)
    Berkas.objects.filter(pk=second.pk).update(pemindaian="menunggu", gambar_kecil="aa/bb/kecil")
    other = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
    Berkas.objects.filter(bukti__pendaftaran=other).update(sha256=first.sha256)
    page = sari.get(reverse("evaluasi:lembar", args=[lembar.pk])).text
    for words in ("7 halaman, hasil pindaian", "Halaman kosong: 3", "Menunggu pemindaian virus"):
        assert words in page
    small = [f"{reverse('evaluasi:berkas', args=[lembar.pk, b.pk])}?kecil" for b in (first, second)]
    assert small[0] in page
    assert small[1] not in page
    assert other.kode not in page


def test_a_file_that_may_not_be_opened_does_not_lie_open(sari, lembar):
    rows = Berkas.objects.filter(bukti__pendaftaran=lembar.penugasan.pendaftaran)
    url = reverse("evaluasi:lembar", args=[lembar.pk])
    assert "data-pembaca" in sari.get(url).text
    rows.update(pemindaian="menunggu")
    page = sari.get(url).text
    assert "data-pembaca" not in page
    assert "data-tipe" not in page


# --- First visit ---------------------------------------------------------------------------------


def test_the_first_visit_leads_through_pact_and_declaration(client, edisi, entry):
    evaluator = f.make_evaluator(edisi, siap=False)
    f.make_lembar(evaluator, entry)
    client.force_login(evaluator.pengguna)
    board = reverse("evaluasi:dasbor")
    assert client.get(board).url == reverse("evaluasi:pakta")
    assert client.post(reverse("evaluasi:pakta"), {}).status_code == 422
    answer = client.post(reverse("evaluasi:pakta"), {"setuju": "on"})
    assert answer.url == reverse("evaluasi:benturan")
    assert client.get(board).url == reverse("evaluasi:benturan")
    rows = {"b-TOTAL_FORMS": 1, "b-INITIAL_FORMS": 0}
    url = reverse("evaluasi:benturan")
    assert client.post(url, rows).status_code == 422
    wrong = client.post(url, rows | {"b-0-instansi": "Kota Entah", "b-0-alasan": "Ayah"})
    assert wrong.status_code == 422
    assert "Ayah" in wrong.content.decode()
    far = f.make_instansi("Pemerintah Kota Jauh Sekali")
    given = {"b-0-instansi": "pemerintah kota jauh sekali", "b-0-alasan": "Pernah bekerja."}
    assert client.post(url, rows | given).url == board
    assert BenturanKepentingan.objects.get().instansi == far
    assert entry.kode in client.get(board).content.decode()


@pytest.mark.parametrize("peran", [(), ("ketua",), ("admin_panrb",)])
def test_others_do_not_find_the_evaluators_pages(client, edisi, peran):
    login(client, edisi, *peran)
    for name in ("dasbor", "pakta", "benturan"):
        assert client.get(reverse(f"evaluasi:{name}")).status_code == 404


# --- The sheet -----------------------------------------------------------------------------------


def test_saving_a_score_costs_at_most_eight_statements(sari, lembar):
    kriteria = butir_of(lembar.pk)[0].kriteria_id
    url = reverse("evaluasi:nilai", args=[lembar.pk, kriteria])
    for versi in (0, 1):
        with CaptureQueriesContext(connection) as seen:
            answer = sari.post(url, {"tingkat": "AB"[versi], "catatan": "Cukup.", "versi": versi})
        assert answer.json()["versi"] == versi + 1
        assert len(statements(seen)) <= 8, "\n".join(statements(seen))


def test_the_score_form_costs_at_most_ten_statements(sari, lembar):
    url = reverse("evaluasi:lembar", args=[lembar.pk])
    for locked in (False, True):
        if locked:
            f.score_lembar(lembar)
        with CaptureQueriesContext(connection) as seen:
            assert sari.get(url).status_code == 200
        assert len(statements(seen)) <= 10, "\n".join(statements(seen))


def test_two_tabs_meet_in_a_choice(sari, lembar):
    kriteria = butir_of(lembar.pk)[0].kriteria_id
    url = reverse("evaluasi:nilai", args=[lembar.pk, kriteria])
    assert sari.post(url, {"tingkat": "A", "catatan": "satu", "versi": 0}).status_code == 200
    second = sari.post(url, {"tingkat": "B", "catatan": "dua", "versi": 0})
    assert second.status_code == 409
    assert second.json()["tersimpan"] == {"tingkat": "A", "catatan": "satu"}
    assert second.json()["versi"] == 1
    assert sari.post(url, {"catatan": "tanpa tingkat", "versi": 1}).status_code == 422
    whole_page = sari.post(
        reverse("evaluasi:lembar", args=[lembar.pk]),
        whole(lembar, **{f"catatan-{kriteria}": "tiga", f"tingkat-{kriteria}": "C"}),
    )
    text = whole_page.content.decode()
    assert whole_page.status_code == 409
    assert "tiga" in text
    assert "satu" in text
    assert Nilai.objects.count() == 1


def test_the_whole_sheet_works_without_scripts_up_to_the_lock(sari, lembar):
    page = reverse("evaluasi:lembar", args=[lembar.pk])
    answer = sari.post(page, whole(lembar, aksi="kunci", catatan_umum="Baik."))
    assert answer.url == reverse("evaluasi:penguncian", args=[lembar.pk])
    assert "100,00" in sari.get(answer.url).content.decode()
    assert sari.post(answer.url).url == page
    kunci = Penguncian.objects.get(lembar=lembar)
    shown = sari.get(page).content.decode()
    assert kunci.hash in shown
    assert 'name="tingkat-' not in shown
    again = sari.post(page, whole(lembar))
    assert again.status_code == 403
    assert "terkunci" in again.content.decode()


def test_after_closing_the_typed_text_comes_back_with_the_reason(sari, edisi, lembar):
    key = butir_of(lembar.pk)[0].kriteria_id
    page = reverse("evaluasi:lembar", args=[lembar.pk])
    data = whole(lembar, **{f"catatan-{key}": "catatan yang hampir hilang"})
    with clock.travel(f.tahap_dokumen(edisi).selesai):
        answer = sari.post(page, data)
        one = sari.post(
            reverse("evaluasi:nilai", args=[lembar.pk, key]), {"tingkat": "A", "versi": 0}
        )
    assert (answer.status_code, one.status_code) == (403, 403)
    assert "sudah ditutup" in answer.content.decode()
    assert "catatan yang hampir hilang" in answer.content.decode()
    assert not Nilai.objects.exists()


def test_a_note_without_a_level_is_kept_and_explained(sari, lembar):
    key = butir_of(lembar.pk)[0].kriteria_id
    answer = sari.post(
        reverse("evaluasi:lembar", args=[lembar.pk]),
        whole(lembar, **{f"tingkat-{key}": "", f"catatan-{key}": "belum yakin"}),
    )
    assert answer.status_code == 422
    assert "belum yakin" in answer.content.decode()


def test_get_never_writes_and_other_methods_are_refused(sari, lembar):
    assert sari.get(reverse("evaluasi:nilai", args=[lembar.pk, 1])).status_code == 405
    assert sari.get(reverse("evaluasi:catatan", args=[lembar.pk])).status_code == 405
    assert sari.post(reverse("evaluasi:dasbor")).status_code == 405


# --- Committee -----------------------------------------------------------------------------------


@pytest.fixture
def ketua(client, edisi):
    return login(client, edisi, "ketua")


@pytest.mark.usefixtures("ketua")
def test_plan_edit_release_through_the_pages(client, edisi):
    entries = [f.make_pendaftaran(edisi, status="lolos_administrasi") for _ in range(4)]
    for _ in range(3):
        f.make_evaluator(edisi)
    page = reverse("evaluasi_panitia:penugasan-tahap", args=["dokumen"])
    assert client.post(reverse("evaluasi_panitia:penugasan-rencana", args=["dokumen"])).url == page
    assert Penugasan.objects.filter(dirilis_pada=None).count() == 8
    row = Penugasan.objects.filter(pendaftaran=entries[0]).first()
    third = Evaluator.objects.exclude(penugasan__pendaftaran=entries[0]).get()
    swap = reverse("evaluasi_panitia:penugasan-ganti", args=["dokumen", row.pk])
    assert client.post(swap, {"evaluator": third.pk}).status_code == 302
    detail = reverse("evaluasi_panitia:penugasan-rinci", args=["dokumen", entries[0].kode])
    assert client.get(detail).status_code == 200
    assert client.get(page).status_code == 200
    client.post(reverse("evaluasi_panitia:penugasan-rilis", args=["dokumen"]))
    assert Penugasan.objects.filter(dirilis_pada__isnull=False).count() == 8
    assert client.get(reverse("evaluasi_panitia:penugasan")).status_code == 200
    assert (
        client.get(reverse("evaluasi_panitia:pembaca-ketiga", args=["dokumen"])).status_code == 200
    )


@pytest.mark.usefixtures("ketua")
def test_assigning_a_conflict_is_refused_with_its_cause(client, edisi, entry):
    evaluator = f.make_evaluator(edisi, entry.instansi)
    url = reverse("evaluasi_panitia:penugasan-tambah", args=["dokumen", entry.kode])
    answer = client.post(url, {"evaluator": evaluator.pk})
    assert answer.status_code == 403
    assert "instansi asal" in answer.content.decode()
    assert not Penugasan.objects.exists()


@pytest.mark.usefixtures("ketua")
def test_third_reader_is_assigned_by_one_click(client, edisi, entry):
    for level in "AD":
        f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), level)
    idle = f.make_evaluator(edisi)
    page = reverse("evaluasi_panitia:pembaca-ketiga", args=["dokumen"])
    assert entry.kode in client.get(page).content.decode()
    client.post(reverse("evaluasi_panitia:pembaca-ketiga-tambah", args=["dokumen", entry.kode]))
    assert Penugasan.objects.get(evaluator=idle).urutan == 3
    assert "Tidak ada yang memerlukan" in client.get(page).content.decode()


@pytest.mark.usefixtures("ketua")
def test_the_chair_is_told_that_the_third_reader_is_not_ready(client, edisi, entry):
    for level in "AD":
        f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), level)
    f.make_evaluator(edisi, siap=False)
    add = reverse("evaluasi_panitia:pembaca-ketiga-tambah", args=["dokumen", entry.kode])
    text = client.post(add, follow=True).content.decode()
    assert "belum menyetujui pakta integritas" in text


@pytest.mark.usefixtures("ketua")
def test_evaluators_stand_in_the_order_people_count(client, edisi):
    for nama in ("Evaluator 10", "Evaluator 2", "Evaluator 1"):
        f.make_evaluator(edisi, pengguna=f.make_pengguna(nama))
    page = client.get(reverse("evaluasi_panitia:evaluator")).content.decode()
    places = [page.index(f">{nama}<") for nama in ("Evaluator 1", "Evaluator 2", "Evaluator 10")]
    assert places == sorted(places)


@pytest.mark.usefixtures("ketua")
def test_the_team_is_managed_through_the_pages(client, edisi):
    home = f.make_instansi("Pemerintah Kota Rumah")
    add = reverse("evaluasi_panitia:evaluator-tambah")
    data = {"email": "e@uji.test", "nama": "E", "instansi_asal": home.nama, "kapasitas": 9}
    assert client.post(add, data | {"kapasitas": ""}).status_code == 422
    asked = client.post(add, data)  # neither given nor known from the agency
    assert asked.status_code == 422
    assert "Pilih provinsi asal" in asked.content.decode()
    province = f.make_instansi("Pemerintah Provinsi Rumah", "provinsi")
    data["provinsi"] = province.pk
    assert client.post(add, data).status_code == 302
    assert client.post(add, data).status_code == 422
    row = Evaluator.objects.get()
    assert row.provinsi == province
    page = reverse("evaluasi_panitia:evaluator-rinci", args=[row.pk])
    assert client.get(page).status_code == 200
    assert client.get(reverse("evaluasi_panitia:evaluator")).status_code == 200
    change = {"instansi_asal": home.nama, "kapasitas": 12, "aktif": "on", "versi": 1}
    change["provinsi"] = province.pk
    assert "Pemerintah Provinsi Rumah" in client.get(page).content.decode()
    assert client.post(page, change).status_code == 302
    assert client.post(page, change).status_code == 409
    note = reverse("evaluasi_panitia:evaluator-benturan", args=[row.pk])
    assert client.post(note, {"instansi": "x"}).status_code == 422


@pytest.mark.parametrize("peran", [(), ("evaluator",), ("pengamat",)])
def test_others_change_no_assignments(client, edisi, entry, peran):
    login(client, edisi, *peran)
    for name, args in (
        ("penugasan-rencana", ["dokumen"]),
        ("penugasan-rilis", ["dokumen"]),
        ("penugasan-tambah", ["dokumen", entry.kode]),
        ("evaluator-tambah", []),
    ):
        url = reverse(f"evaluasi_panitia:{name}", args=args)
        assert client.post(url, {"evaluator": 1}).status_code == 404
    seen = 200 if peran == ("pengamat",) else 404
    assert client.get(reverse("evaluasi_panitia:penugasan")).status_code == seen


# --- Lists do not ask more when they grow --------------------------------------------------------


def count_of(client, url) -> int:
    client.get(url)  # the first visit may fill caches
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(statements(seen))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("evaluasi:dasbor", []),
        ("evaluasi_panitia:evaluator", []),
        ("evaluasi_panitia:penugasan", []),
        ("evaluasi_panitia:penugasan-tahap", ["dokumen"]),
        ("evaluasi_panitia:pembaca-ketiga", ["dokumen"]),
        ("evaluasi_panitia:nilai-tahap", ["dokumen"]),
    ],
)
def test_lists_cost_the_same_at_n_and_4n(client, edisi, name, args):
    sari = f.make_evaluator(edisi)
    client.force_login(
        sari.pengguna if name.startswith("evaluasi:") else login(client, edisi, "ketua")
    )

    def grow(n):
        for _ in range(n):
            entry = f.make_pendaftaran(edisi, status="lolos_administrasi")
            f.make_lembar(sari, entry)
            f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), "AD"[n % 2])

    grow(2)
    url = reverse(name, args=args)
    few = count_of(client, url)
    grow(6)
    assert count_of(client, url) == few
