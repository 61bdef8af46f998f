"""The committee's pages: who sees them, what a mistake does, how many questions they ask."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from kompetisi import clock
from kompetisi.models import Perpanjangan, Pesan
from registrasi.models import MasaPerbaikan, SeleksiAdministrasi, UsulanPenolakan
from registrasi.queries.administrasi import butir_of
from registrasi.queries.navigasi_panitia import navigasi
from registrasi.queries.tugas_panitia import tugas
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
OCTOBER, GATE = wib(28, month=10), wib(3)


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def enter(client, edisi):
    """Sign in somebody with roles of the committee; returns the person."""

    def as_role(*peran):
        user = make_pengguna("Petugas", *peran, edisi=edisi)
        client.force_login(user)
        return user

    return as_role


def url(name, *args):
    return reverse(f"registrasi_panitia:{name}", args=args)


@pytest.fixture
def cases(edisi):
    """Every address of the module: (name, arguments, method)."""
    row = make_pendaftaran(edisi, status="dikirim")
    draft = make_pendaftaran(edisi)
    proposed = make_pendaftaran(edisi, status="dikirim")
    UsulanPenolakan.objects.create(
        seleksi=SeleksiAdministrasi.objects.create(
            pengiriman=proposed.pengiriman.get(), pemeriksa=make_pengguna(), dimulai_pada=GATE
        ),
        diusulkan_oleh=make_pengguna(),
        diusulkan_pada=GATE,
    )
    agency = make_anggota(make_instansi()).instansi  # has an account but no entry
    request = make_anggota(make_instansi(), status="diajukan")
    extension = Perpanjangan.objects.create(
        tahap=edisi.tahap.get(jenis="pendaftaran"),
        selesai_baru=wib(9),
        alasan="Gangguan.",
        diajukan_oleh=make_pengguna(),
        diajukan_pada=OCTOBER,
    )
    return {
        ("beranda", (), "get"),
        ("akun", (), "get"),
        ("akun-berikutnya", (), "get"),
        ("akun-rinci", (request.pk,), "get"),
        ("akun-surat", (request.pk,), "get"),
        ("akun-persetujuan", (request.pk,), "post"),
        ("akun-penolakan", (request.pk,), "post"),
        ("akun-masa", (request.pk,), "post"),
        ("akun-pencabutan", (request.pk,), "post"),
        ("pendaftaran", (), "get"),
        ("pendaftaran-ekspor", (), "get"),
        ("ekspor", ("belum-dikirim",), "get"),
        ("belum-dikirim", (), "get"),
        ("pengingat-semua", (), "post"),
        ("pengingat-sebab", ("dokumen",), "post"),
        ("pengingat-instansi", (agency.kode,), "post"),
        ("pendaftaran-rinci", (row.kode,), "get"),
        ("pengingat", (draft.kode,), "post"),
        ("berkas", (row.kode, 1), "get"),
        ("administrasi", (), "get"),
        ("administrasi-berikutnya", (), "get"),
        ("administrasi-sekaligus", (), "get"),
        ("administrasi-rinci", (row.kode,), "get"),
        ("administrasi-pemeriksaan", (row.kode,), "post"),
        ("administrasi-putusan", (row.kode,), "get"),
        ("administrasi-putusan", (row.kode,), "post"),
        ("penolakan-persetujuan", (proposed.kode,), "post"),
        ("penolakan-pengembalian", (proposed.kode,), "post"),
        ("instansi-impor", (), "get"),
        ("instansi-contoh", (), "get"),
        ("angka-resmi", (), "get"),
        ("angka-resmi-contoh", (), "get"),
        ("angka-resmi-isi", (row.kode, "periode_1"), "get"),
        ("perpanjangan", (), "get"),
        ("akses", (), "get"),
        ("keadaan-berkas", (), "get"),
        ("perpanjangan-pengajuan", (extension.pk,), "post"),
        ("perpanjangan-usulan", (), "get"),
        ("perpanjangan-usulan", (), "post"),
        ("perpanjangan-persetujuan", (extension.pk,), "post"),
        ("perpanjangan-penolakan", (extension.pk,), "post"),
    }


def answers(client, cases, at=OCTOBER):
    with clock.travel(at):
        return {
            (name, method): getattr(client, method)(url(name, *args)).status_code
            for name, args, method in sorted(cases, key=str)
        }


def test_cases_name_every_address(cases):
    from registrasi.urls_panitia import urlpatterns  # noqa: PLC0415

    assert {name for name, _, _ in cases} == {pattern.name for pattern in urlpatterns}


def test_agency_and_evaluator_find_nothing(client, edisi, cases, enter):
    enter("evaluator")
    assert set(answers(client, cases).values()) == {404}
    client.force_login(make_anggota(make_instansi()).pengguna)
    assert set(answers(client, cases).values()) == {404}


def test_visitor_is_asked_to_sign_in(client, cases):
    assert set(answers(client, cases).values()) == {302}


def test_observer_reads_everything_and_changes_nothing(client, cases, enter):
    enter("pengamat")
    found = answers(client, cases, at=GATE)
    writes = {code for (_, method), code in found.items() if method == "post"}
    assert writes == {403}
    assert {found["beranda", "get"], found["akun", "get"], found["pendaftaran", "get"]} == {200}
    assert not Pesan.objects.exists()
    assert not Perpanjangan.objects.exclude(disetujui_pada=None, ditolak_pada=None).exists()


def test_chair_does_not_see_accounts(client, cases, enter):
    enter("ketua")
    found = answers(client, cases, at=GATE)
    assert {code for (name, _), code in found.items() if name.startswith("akun")} == {404}
    assert found["administrasi-rinci", "get"] == 200
    assert found["pengingat", "post"] == 403


def test_role_of_another_edition_opens_nothing(client, edisi, cases, enter):
    user = enter("sekretariat")
    user.peran.update(dicabut_pada=OCTOBER)
    assert set(answers(client, cases).values()) == {404}


@pytest.mark.parametrize(
    "name", ["akun-persetujuan", "pengingat-instansi", "perpanjangan-persetujuan"]
)
def test_writing_needs_post(client, enter, name):
    enter("sekretariat")
    assert client.get(url(name, 1)).status_code == 405


def test_dashboard_says_what_waits_and_what_blocks(client, edisi, enter):
    user = enter("sekretariat")
    make_anggota(make_instansi(), status="diajukan")
    make_pendaftaran(edisi, status="dikirim")
    with clock.travel(wib(6, 12)):
        page = client.get(url("beranda")).content.decode()
        found = tugas(user, edisi, {"sekretariat"}, clock.now())
    assert "1 pendaftaran belum diputus administrasinya" in page
    assert [(task["jumlah"], task["urgensi"]) for task in found] == [(1, 1), (1, 1)]
    assert tugas(user, edisi, {"evaluator"}, clock.now()) == []


def test_closed_gate_with_entries_left_asks_for_an_extension(client, edisi, enter):
    enter("sekretariat")
    make_pendaftaran(edisi, status="dikirim")
    with clock.travel(wib(8)):
        page = client.get(url("beranda")).content.decode()
    assert "ajukan perpanjangan" in page


def test_menu_counts_entries_only_once_they_can_be_checked(edisi):
    user = make_pengguna()
    make_pendaftaran(edisi, status="dikirim")
    for at, number in ((OCTOBER, None), (GATE, 1)):
        with clock.travel(at):
            entries = navigasi(user, edisi, frozenset({"sekretariat"}))
        assert [e["jumlah"] for e in entries if e["label"] == "Administrasi"] == [number]


def test_a_second_request_shows_why_the_first_was_refused(client, edisi, enter):
    person, agency = make_pengguna("Pemohon"), make_instansi()
    make_anggota(agency, person, status="ditolak", alasan="Surat tugas belum ditandatangani")
    again = make_anggota(agency, person, status="diajukan")
    enter("sekretariat")
    page = client.get(url("akun-rinci", again.pk)).text
    assert "Pernah ditolak" in page
    assert "Surat tugas belum ditandatangani" in page


def test_menu_asks_one_question_and_nothing_of_others(edisi, django_assert_num_queries):
    user = make_pengguna()
    with django_assert_num_queries(1):
        entries = navigasi(user, edisi, frozenset({"sekretariat"}))
    assert {entry["label"] for entry in entries} >= {"Akun", "Administrasi", "Perpanjangan"}
    with django_assert_num_queries(0):
        assert navigasi(user, edisi, frozenset({"evaluator"})) == []


# Accounts


def test_account_is_approved_and_the_next_shown(client, enter):
    enter("sekretariat")
    first = make_anggota(make_instansi(), status="diajukan")
    second = make_anggota(make_instansi(), status="diajukan")
    with clock.travel(OCTOBER):
        answer = client.post(url("akun-persetujuan", first.pk))
    assert answer.url == url("akun-rinci", second.pk)


def test_refusing_without_reason_keeps_the_page(client, enter):
    enter("sekretariat")
    row = make_anggota(make_instansi(), status="diajukan")
    with clock.travel(OCTOBER):
        answer = client.post(url("akun-penolakan", row.pk), {"alasan": " "})
    assert answer.status_code == 422
    assert "Tuliskan alasan" in answer.content.decode()
    row.refresh_from_db()
    assert row.status == "diajukan"


def test_page_shows_who_represents_the_agency_already(client, enter):
    enter("sekretariat")
    admin = make_anggota(make_instansi(), make_pengguna("Admin Lama"))
    row = make_anggota(admin.instansi, status="diajukan")
    with clock.travel(OCTOBER):
        page = client.get(url("akun-rinci", row.pk)).content.decode()
        assert "Instansi sudah mempunyai admin" in client.get(url("akun")).content.decode()
    assert "Admin Lama" in page


# Entries


def test_list_finds_what_is_typed(client, edisi, enter):
    enter("sekretariat")
    make_pendaftaran(edisi, make_instansi("Pemerintah Kota Semarang"))
    make_pendaftaran(edisi, make_instansi("Pemerintah Kota Surabaya"))
    with clock.travel(OCTOBER):
        page = client.get(
            url("pendaftaran"), {"cari": "semar"}, headers={"HX-Request": "true"}
        ).content.decode()
    assert "Kota Semarang" in page
    assert "Surabaya" not in page
    assert "<html" not in page


def test_going_back_gets_the_whole_page(client, enter):
    enter("sekretariat")
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    with clock.travel(OCTOBER):
        assert "<html" in client.get(url("pendaftaran"), headers=headers).content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"status": "draf"}, 1),
        ({"status": "dikirim"}, 1),
        ({"jalur": "unit"}, 1),
        ({"jenis": "kota"}, 2),
        ({"provinsi": "jateng"}, 1),
        ({"status": "aneh", "urut": "; drop", "halaman": "x"}, 2),
        ({"urut": "-dikirim"}, 2),
    ],
)
def test_list_is_filtered_by_the_address(client, edisi, enter, query, count):
    enter("sekretariat")
    provinsi = make_instansi("Pemerintah Provinsi Jawa Tengah", jenis="provinsi")
    type(provinsi).objects.filter(pk=provinsi.pk).update(kode="jateng")
    make_pendaftaran(edisi, make_instansi(provinsi=provinsi))
    make_pendaftaran(edisi, jalur="unit", status="dikirim")
    with clock.travel(OCTOBER):
        answer = client.get(url("pendaftaran"), query)
    assert answer.context["halaman"].paginator.count == count


def test_export_keeps_formulas_as_text(client, edisi, enter):
    enter("sekretariat")
    make_pendaftaran(edisi, judul='=HYPERLINK("http://jahat.test","klik")')
    make_pendaftaran(edisi, judul="+62 \x07 program", status="dikirim")
    with clock.travel(OCTOBER):
        answer = client.get(url("pendaftaran-ekspor"), {"status": "draf"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 2
    cell = next(c for c in sheet[2] if str(c.value).startswith("=HYPER"))
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_entry_of_another_edition_is_unknown(client, enter):
    enter("sekretariat")
    assert client.get(url("pendaftaran-rinci", "TIDAK-ADA")).status_code == 404


def test_file_is_shown_only_through_its_entry(client, edisi, enter):
    enter("sekretariat")
    row = fill_pendaftaran(make_pendaftaran(edisi))
    other = make_pendaftaran(edisi)
    berkas = row.bukti.first().berkas
    berkas.kunci = default_storage.save("x", ContentFile(b"%PDF-1.4 isi"))
    berkas.save()
    with clock.travel(OCTOBER):
        answer = client.get(url("berkas", row.kode, berkas.pk))
        assert client.get(url("berkas", other.kode, berkas.pk)).status_code == 404
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 isi"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_reminder_goes_to_the_outbox_once_a_day(client, edisi, enter):
    enter("sekretariat")
    row = make_pendaftaran(edisi)
    with clock.travel(OCTOBER):
        assert client.post(url("pengingat", row.kode)).status_code == 302
        assert client.post(url("pengingat", row.kode)).status_code == 403
        page = client.get(url("belum-dikirim")).content.decode()
    assert Pesan.objects.count() == 1
    assert "sudah dikirim hari ini" in page


def test_late_draft_is_marked(client, edisi, enter):
    enter("sekretariat")
    row = make_pendaftaran(edisi)
    with clock.travel(wib(2, 0)):
        pages = [client.get(url(name)) for name in ("pendaftaran", "belum-dikirim")]
        pages.append(client.get(url("pendaftaran-rinci", row.kode)))
    for page in pages:
        assert "sampai p" in page.content.decode()


# The gate


def findings(row, **changes):
    data = {}
    for item in butir_of(row):
        hasil, alasan = changes.get(item.kode, ("memenuhi", ""))
        data |= {f"hasil_{item.kode}": hasil, f"alasan_{item.kode}": alasan}
    return data


def test_gate_from_queue_to_decision(client, edisi, enter):
    enter("sekretariat")
    first = fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))
    second = make_pendaftaran(edisi, status="dikirim")
    with clock.travel(GATE):
        assert client.get(url("administrasi-berikutnya")).url == url(
            "administrasi-rinci", first.kode
        )
        data = findings(first, sk_tim=("perlu_perbaikan", "Unggah SK 2019.")) | {"lanjut": "1"}
        answer = client.post(url("administrasi-pemeriksaan", first.kode), data)
        assert answer.url == url("administrasi-putusan", first.kode)
        page = client.get(answer.url).content.decode()
        assert "5 November 2019 12.0" in page
        answer = client.post(url("administrasi-putusan", first.kode), {"putusan": "perbaikan"})
    assert answer.url == url("administrasi-rinci", second.kode)
    assert MasaPerbaikan.objects.get().pendaftaran == first


def test_refused_item_keeps_what_was_typed(client, edisi, enter):
    enter("sekretariat")
    row = fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))
    data = findings(row, sk_tim=("tidak_memenuhi", ""), terhubung=("memenuhi", "Sudah dilihat."))
    with clock.travel(GATE):
        answer = client.post(url("administrasi-pemeriksaan", row.kode), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tuliskan alasan dan apa yang harus dilakukan peserta." in page
    assert "Sudah dilihat." in page
    assert not SeleksiAdministrasi.objects.exists()


def test_decision_before_the_check_says_what_is_left(client, edisi, enter):
    enter("sekretariat")
    row = make_pendaftaran(edisi, status="dikirim")
    with clock.travel(GATE):
        page = client.get(url("administrasi-putusan", row.kode)).content.decode()
        answer = client.post(url("administrasi-putusan", row.kode), {"putusan": "lolos"})
    assert "butir yang belum diperiksa" in page
    assert answer.status_code == 422


def test_closed_gate_shows_why_and_writes_nothing(client, edisi, enter):
    enter("sekretariat")
    row = fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))
    with clock.travel(wib(8)):
        page = client.get(url("administrasi-rinci", row.kode)).content.decode()
        answer = client.post(url("administrasi-pemeriksaan", row.kode), findings(row))
    assert "sudah ditutup" in page
    assert answer.status_code == 403


# Extensions


def test_extension_is_typed_as_its_last_minute(client, edisi, enter):
    enter("sekretariat")
    tahap = edisi.tahap.get(jenis="pendaftaran")
    data = {"tahap": tahap.pk, "tanggal": "2019-11-03", "pukul": "23:59", "alasan": "Gangguan."}
    with clock.travel(OCTOBER):
        early = client.post(url("perpanjangan-usulan"), data | {"tanggal": "2019-11-01"})
        unknown = client.post(url("perpanjangan-usulan"), data | {"kode_pendaftaran": "X"})
        assert client.post(url("perpanjangan-usulan"), data).status_code == 302
    assert "1 November 2019 23.59 WIB" in early.content.decode()
    assert {early.status_code, unknown.status_code} == {422}
    assert Perpanjangan.objects.get().selesai_baru == wib(4, 0)


def test_extension_is_approved_by_another_person(client, edisi, enter):
    enter("sekretariat")
    tahap = edisi.tahap.get(jenis="pendaftaran")
    data = {"tahap": tahap.pk, "tanggal": "3-11-2019", "pukul": "23.59", "alasan": "Gangguan."}
    with clock.travel(OCTOBER):
        client.post(url("perpanjangan-usulan"), data)
        pk = Perpanjangan.objects.get().pk
        assert client.post(url("perpanjangan-persetujuan", pk)).status_code == 403
        enter("sekretariat")
        assert client.post(url("perpanjangan-persetujuan", pk)).status_code == 302
    assert Perpanjangan.objects.get().disetujui_pada


# Questions to the database


def count_queries(client, address, at):
    with clock.travel(at):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("beranda", GATE),
        ("akun", OCTOBER),
        ("pendaftaran", OCTOBER),
        ("pendaftaran-ekspor", OCTOBER),
        ("belum-dikirim", OCTOBER),
        ("administrasi", GATE),
        ("perpanjangan", OCTOBER),
    ],
)
def test_lists_ask_no_more_when_they_grow(client, edisi, enter, name, at):
    enter("sekretariat")

    def grow(rows):
        for _ in range(rows):
            make_pendaftaran(edisi, status="dikirim")
            make_pendaftaran(edisi, jalur="unit")
            make_anggota(make_instansi(), status="diajukan")
            back = make_pendaftaran(edisi, status="perlu_perbaikan")
            MasaPerbaikan.objects.create(
                pendaftaran=back, dibuka_pada=at, dibuka_oleh=back.dibuat_oleh, tenggat=wib(5)
            )
            Perpanjangan.objects.create(
                tahap=edisi.tahap.get(jenis="pendaftaran"),
                selesai_baru=wib(9),
                alasan="Gangguan.",
                diajukan_oleh=make_pengguna(),
                diajukan_pada=OCTOBER,
            )

    grow(2)
    few = count_queries(client, url(name), at)
    grow(6)
    assert count_queries(client, url(name), at) == few


def test_pages_of_one_entry_ask_a_fixed_number(client, edisi, enter):
    enter("sekretariat")
    empty = make_pendaftaran(edisi, status="dikirim")
    full = fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))
    for name in ("pendaftaran-rinci", "administrasi-rinci"):
        few = count_queries(client, url(name, empty.kode), GATE)
        assert count_queries(client, url(name, full.kode), GATE) <= few


def test_a_check_typed_while_the_session_ran_out_comes_back_after_signing_in(edisi, enter, client):
    row = make_pendaftaran(edisi, status="dikirim")
    fill_pendaftaran(row)
    officer = enter("sekretariat")
    page, item = url("administrasi-rinci", row.kode), butir_of(row)[0].kode
    with clock.travel(GATE):
        names = [str(f.html_name) for f in client.get(page).context["form"]]
        hasil, alasan = [name for name in names if item in name][:2]
        Session.objects.all().delete()
        answer = client.post(
            url("administrasi-pemeriksaan", row.kode),
            {hasil: "tidak_memenuhi", alasan: "Surat tidak bertanda tangan"},
        )
        assert parse_qs(urlsplit(answer.url).query)["next"] == [page]
        client.force_login(officer)
        shown = client.get(page)
    assert shown.status_code == 200
    assert "Surat tidak bertanda tangan" in shown.text
    assert "Sesi Anda berakhir" in shown.text


def test_a_decision_typed_while_the_session_ran_out_comes_back(edisi, enter, client):
    row = make_pendaftaran(edisi, status="dikirim")
    officer = enter("sekretariat")
    page = url("administrasi-putusan", row.kode)
    with clock.travel(GATE):
        client.get(page)
        Session.objects.all().delete()
        client.post(page, {"alasan": "Alasan yang panjang"})
        client.force_login(officer)
        shown = client.get(page)
    assert shown.context["form"].data["alasan"] == "Alasan yang panjang"
