"""Certificates: issued together, rendered for real, revoked, replaced, and checked by anyone."""

import hashlib
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import Pekerjaan, Pesan
from penghargaan.actions.antrean import carry_out_piagam
from penghargaan.actions.piagam import (
    issue_piagam,
    reissue_piagam,
    render_and_store,
    retry_rendering,
    revoke_piagam,
)
from penghargaan.models import Peringkat, Piagam
from penghargaan.pdf import render_piagam
from penghargaan.queries.piagam import find_by_kode, kemajuan_of, peringkat_without_piagam
from penghargaan.tasks import render_piagam as render_task
from penghargaan.tasks import tuntaskan_penerbitan
from penghargaan.tests.factories import AFTER, Panggung
from registrasi.actions.tanda_terima import keep_tanda_terima
from registrasi.tests.factories_panitia import make_anggota, make_instansi, make_pendaftaran, wib

pytestmark = pytest.mark.django_db
POLA = "B/{urut:3}/PP.00.05/2019"
DAY = date(2019, 12, 9)


@pytest.fixture
def panggung():
    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Pemerintah Kota Semarang")
    stage.masuk("Pemerintah Kabupaten Banjar", lapangan="0.5")
    stage.umumkan()
    with clock.travel(AFTER):
        yield stage


@pytest.fixture
def issued(panggung):
    issue_piagam(edisi=panggung.edisi, pola=POLA, awal=7, tanggal=DAY, oleh=panggung.admin)
    return panggung


@pytest.fixture
def rendered(issued):
    for pk in Pekerjaan.objects.values_list("pk", flat=True):
        carry_out_piagam(pk=pk)
    return issued


def winner():
    return Piagam.objects.get(jenis="pemenang")


def test_none_before_the_result_is_public():
    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Kota A")
    stage.umumkan()
    with clock.travel(wib(5, month=12)), pytest.raises(NotAllowedError, match="diumumkan"):
        issue_piagam(edisi=stage.edisi, pola=POLA, awal=1, tanggal=DAY, oleh=stage.admin)


def test_issued_to_winners_and_shortlist_with_their_work_in_one_transaction(issued):
    rows = list(Piagam.objects.order_by("pk"))
    assert [(r.nomor, r.jenis, r.penerima) for r in rows] == [
        ("B/007/PP.00.05/2019", "pemenang", "Pemerintah Kota Semarang"),
        ("B/008/PP.00.05/2019", "daftar_pendek", "Pemerintah Kabupaten Banjar"),
    ]
    assert rows[1].predikat.startswith("Nominasi")
    assert Pekerjaan.objects.filter(tugas="penghargaan.render_piagam").count() == 2
    assert len({r.kode_verifikasi for r in rows}) == 2
    assert kemajuan_of({"sekretariat"}, issued.edisi) == {
        "jumlah": 2, "siap": 0, "gagal": 0, "menunggu": 2,
    }  # fmt: skip


def test_shortlisted_entry_without_a_complete_score_gets_its_certificate(client):
    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Kota A")
    entry = stage.masuk("Kota B", lapangan=None)
    stage.umumkan()
    assert not Peringkat.objects.filter(pendaftaran=entry).exists()
    assert Pesan.objects.filter(jenis="hasil_daftar_pendek").count() == 1
    with clock.travel(AFTER):
        issue_piagam(edisi=stage.edisi, pola=POLA, awal=1, tanggal=DAY, oleh=stage.admin)
        row = Piagam.objects.get(pendaftaran=entry)
        assert (row.jenis, row.predikat.startswith("Nominasi")) == ("daftar_pendek", True)
        for pk in Pekerjaan.objects.values_list("pk", flat=True):
            carry_out_piagam(pk=pk)
        own = entry.instansi.keanggotaan.get().pengguna
        client.force_login(own)
        page = client.get(reverse("penghargaan:hasil-pendaftaran", args=[entry.kode]))
        assert "Unduh piagam" in page.content.decode()
        assert "Masuk daftar pendek" in page.content.decode()
        text = client.get(f"/verifikasi/{row.kode_verifikasi}/").content.decode()
        assert "Piagam sah" in text
        made = reissue_piagam(
            piagam=row, nomor="B/9/2019", penerima="Pemerintah Kota B", tanggal=DAY, alasan="Nama.",
            oleh=stage.admin,
        )  # fmt: skip
        assert (made.pendaftaran, made.predikat) == (entry, row.predikat)
        again = issue_piagam(edisi=stage.edisi, pola=POLA, awal=9, tanggal=DAY, oleh=stage.admin)
    assert again == []


def test_second_call_issues_nothing(issued):
    again = issue_piagam(edisi=issued.edisi, pola=POLA, awal=7, tanggal=DAY, oleh=issued.admin)
    assert again == []
    assert Piagam.objects.count() == 2


def test_numbers_taken_are_refused_and_nothing_is_issued(panggung):
    row = Peringkat.objects.get(menang=True)
    Piagam.objects.create(
        pendaftaran=row.pendaftaran, peringkat=row, jenis="pemenang",
        nomor="B/008/PP.00.05/2019", kode_verifikasi="A" * 26,
        penerima="x", predikat="x", tanggal=DAY, dibuat_oleh=panggung.admin, dibuat_pada=AFTER,
    )  # fmt: skip
    with pytest.raises(InvalidInputError, match="sudah dipakai"):
        issue_piagam(edisi=panggung.edisi, pola=POLA, awal=8, tanggal=DAY, oleh=panggung.admin)
    assert Piagam.objects.count() == 1


def test_revoked_certificate_is_not_issued_again_in_bulk(issued, client):
    revoke_piagam(piagam=winner(), alasan="Salah.", oleh=issued.admin)
    assert peringkat_without_piagam(issued.edisi) == []
    again = issue_piagam(edisi=issued.edisi, pola=POLA, awal=50, tanggal=DAY, oleh=issued.admin)
    assert again == []
    client.force_login(issued.sekretariat)
    text = client.get(reverse("penghargaan_panitia:piagam")).content.decode()
    assert "belum mempunyai piagam" not in text
    made = reissue_piagam(
        piagam=winner(), nomor="B/099/2019", penerima="Pemerintah Kota Semarang", tanggal=DAY,
        alasan="Diperbaiki.", oleh=issued.admin,
    )  # fmt: skip
    assert made.menggantikan.dicabut_pada


@pytest.mark.parametrize("pola", ["B/2019", "{urut}/{urut}", "{urut}/{tahun}", "{urut"])
def test_pattern_has_one_place_for_the_number(panggung, pola):
    with pytest.raises(NotAllowedError):
        issue_piagam(edisi=panggung.edisi, pola=pola, awal=1, tanggal=DAY, oleh=panggung.admin)


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "evaluator"])
def test_others_issue_nothing(panggung, peran):
    with pytest.raises(NotAllowedError, match="Hanya"):
        issue_piagam(
            edisi=panggung.edisi, pola=POLA, awal=1, tanggal=DAY, oleh=panggung.orang(peran)
        )


def test_rendering_keeps_the_pdf_under_its_hash_and_tells_its_people(rendered):
    row = winner()
    with default_storage.open(row.berkas) as file:
        content = file.read()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == row.sha256
    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert "Pemerintah Kota Semarang" in text
    assert "B/007/PP.00.05/2019" in text
    assert "345 Tahun 2019" in text
    assert Pesan.objects.filter(jenis="piagam_siap").count() == 2
    assert set(Pekerjaan.objects.values_list("status", flat=True)) == {"selesai"}


def test_rendering_twice_is_rendering_once(rendered):
    row = winner()
    assert not render_and_store(pk=row.pk)
    for pk in Pekerjaan.objects.values_list("pk", flat=True):
        render_task(pk)
    assert hashlib.sha256(render_piagam(row)).hexdigest() == row.sha256
    assert Pesan.objects.filter(jenis="piagam_siap").count() == 2


def test_qr_code_leads_to_the_page_that_says_valid(rendered, client):
    row = winner()
    with default_storage.open(row.berkas) as file:
        page = pypdfium2.PdfDocument(file.read())[0]
    found = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert found[0].text == f"{settings.SITE_URL}/verifikasi/{row.kode_verifikasi}/"
    answer = client.get(found[0].text.removeprefix(settings.SITE_URL))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Piagam sah" in text
    assert "Valid certificate" in text
    assert row.nomor in text
    assert row.sha256 in text


def test_failed_rendering_is_noted_and_tried_again(issued, monkeypatch):
    def broken(piagam):
        raise OSError("penyimpanan penuh")

    monkeypatch.setattr("penghargaan.actions.piagam.render_piagam", broken)
    work = Pekerjaan.objects.first()
    assert not carry_out_piagam(pk=work.pk)
    work.refresh_from_db()
    assert (work.status, work.percobaan) == ("menunggu", 1)
    assert "penyimpanan penuh" in work.galat
    Pekerjaan.objects.update(status="gagal")
    assert kemajuan_of({"sekretariat"}, issued.edisi)["gagal"] == 2
    assert retry_rendering(edisi=issued.edisi, oleh=issued.sekretariat) == 2
    assert set(Pekerjaan.objects.values_list("status", flat=True)) == {"menunggu"}


def test_revoked_says_so_for_good(rendered, client):
    row = winner()
    with pytest.raises(NotAllowedError, match="Hanya admin"):
        revoke_piagam(piagam=row, alasan="x", oleh=rendered.sekretariat)
    with pytest.raises(NotAllowedError, match="alasan"):
        revoke_piagam(piagam=row, alasan=" ", oleh=rendered.admin)
    revoke_piagam(piagam=row, alasan="Data tidak benar.", oleh=rendered.admin)
    with pytest.raises(NotAllowedError, match="sudah dicabut"):
        revoke_piagam(piagam=row, alasan="x", oleh=rendered.admin)
    text = client.get(f"/verifikasi/{row.kode_verifikasi}/").content.decode()
    assert "Piagam dicabut" in text
    assert "revoked" in text
    assert "Data tidak benar" not in text
    assert Pesan.objects.filter(jenis="piagam_dicabut", isi__contains="Data tidak benar").exists()


def test_reissue_names_the_corrected_holder_and_both_point_to_each_other(rendered, client):
    old = winner()
    made = reissue_piagam(
        piagam=old, nomor="B/099/PP.00.05/2019", penerima="Pemerintah Kota Semarang, Jawa Tengah",
        tanggal=DAY, alasan="Nama belum lengkap.", oleh=rendered.admin,
    )  # fmt: skip
    old.refresh_from_db()
    assert old.dicabut_pada
    assert made.menggantikan_id == old.pk
    assert Pekerjaan.objects.filter(kunci=f"piagam:{made.pk}").exists()
    text = client.get(f"/verifikasi/{old.kode_verifikasi}/").content.decode()
    assert made.nomor in text
    assert made.kode_verifikasi in text
    with pytest.raises(InvalidInputError):
        reissue_piagam(
            piagam=old, nomor=made.nomor, penerima="", tanggal=DAY, alasan="x",
            oleh=rendered.admin,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    ["penerima = 'Kota Lain'", "sha256 = repeat('0', 64)", "nomor = 'x'", "isi = '{}'"],
)
def test_database_keeps_what_was_issued(rendered, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE penghargaan_piagam SET {change}")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM penghargaan_piagam")


# What the public checks


def upload(client, content, name="piagam.pdf"):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(reverse("penghargaan:verifikasi"), {"berkas": file})


def test_file_is_confirmed_and_one_changed_byte_is_not(rendered, client):
    row = winner()
    with default_storage.open(row.berkas) as file:
        content = file.read()
    assert "Berkas asli, piagam sah" in upload(client, content).content.decode()
    for place in (0, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        assert "Berkas tidak dikenal" in upload(client, bytes(changed)).content.decode()
    for other in (content + b"\n", b"", b"%PDF-1.7"):
        assert "Berkas tidak dikenal" in upload(client, other).content.decode()


def test_file_of_a_revoked_certificate_is_not_called_valid(rendered, client):
    row = winner()
    with default_storage.open(row.berkas) as file:
        content = file.read()
    revoke_piagam(piagam=row, alasan="x", oleh=rendered.admin)
    text = upload(client, content).content.decode()
    assert "Piagam dicabut" in text
    assert "Berkas asli" not in text


def test_code_may_be_typed_with_dashes_and_small_letters(issued, client):
    kode = winner().kode_verifikasi
    typed = "-".join(kode[i : i + 4] for i in range(0, 26, 4)).lower()
    answer = client.post(reverse("penghargaan:verifikasi"), {"kode": f" {typed} "}, follow=True)
    assert "Piagam sah" in answer.content.decode()
    assert find_by_kode(typed)["piagam"] == winner()


def test_unknown_code_says_what_to_do(client, db):
    answer = client.get("/verifikasi/ABCDEFGHIJKLMNOP/")
    assert answer.status_code == 404
    assert "Kode tidak dikenal" in answer.content.decode()
    assert "Unknown code" in answer.content.decode()


def test_empty_form_is_answered(client, db):
    answer = client.post(reverse("penghargaan:verifikasi"), {"kode": ""})
    assert answer.status_code == 422
    assert "Isi kode" in answer.content.decode()
    answer = client.post(reverse("penghargaan:verifikasi"))
    assert answer.status_code == 422
    assert "Pilih berkas" in answer.content.decode()
    answer = client.post(reverse("penghargaan:verifikasi"), {"kode": "!!!"})
    assert answer.status_code == 422


def test_receipt_is_checked_without_showing_the_entry(client, panggung):
    row = make_pendaftaran(panggung.edisi, status="dikirim", judul="Rahasia Dapur")
    receipt = row.pengiriman.get()
    text = client.get(f"/verifikasi/{receipt.kode_verifikasi}/").content.decode()
    assert "Tanda terima sah" in text
    assert receipt.nomor in text
    assert receipt.hash in text
    assert "Rahasia Dapur" not in text


def test_receipts_number_is_told_from_its_code(client, panggung):
    row = make_pendaftaran(panggung.edisi, status="dikirim")
    answer = client.post("/verifikasi/", {"kode": row.pengiriman.get().nomor})
    assert answer.status_code == 422
    assert "bukan kode verifikasi" in answer.content.decode()


def test_receipts_file_is_confirmed_and_one_changed_byte_is_not(client, panggung):
    row = make_pendaftaran(panggung.edisi, status="dikirim", judul="Rahasia Dapur")
    pdf = read_salinan(row.pengiriman.get())
    assert pdf == read_salinan(row.pengiriman.get())  # the same file for everybody, always
    text = upload(client, pdf, "tanda-terima.pdf").content.decode()
    assert "Berkas asli, tanda terima sah" in text
    assert row.pengiriman.get().nomor in text and "Rahasia Dapur" not in text
    changed = pdf[:-9] + bytes([pdf[-9] ^ 1]) + pdf[-8:]
    assert "Berkas tidak dikenal" in upload(client, changed).content.decode()


def read_salinan(pengiriman) -> bytes:
    with default_storage.open(keep_tanda_terima(pengiriman=pengiriman).kunci) as file:
        return file.read()


def test_asking_too_often_is_slowed_down(client, db):
    codes = {client.get("/verifikasi/XX/").status_code for _ in range(70)}
    assert codes == {404, 429}


# Who fetches what


def test_agency_fetches_its_own_and_nobody_elses(rendered, client):
    rank = Peringkat.objects.get(menang=True)
    own = rank.pendaftaran.instansi.keanggotaan.get().pengguna
    stranger = make_anggota(make_instansi("Kota Lain")).pengguna
    address = reverse("penghargaan:piagam-unduh", args=[rank.pendaftaran.kode])
    page = reverse("penghargaan:hasil-pendaftaran", args=[rank.pendaftaran.kode])
    client.force_login(own)
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    text = client.get(page).content.decode()
    assert "Selamat" in text
    assert "Unduh piagam" in text
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    assert client.get(page).status_code == 404


def test_result_of_an_entry_is_hidden_until_the_instant(rendered, client):
    rank = Peringkat.objects.get(menang=False)
    own = rank.pendaftaran.instansi.keanggotaan.get().pengguna
    page = reverse("penghargaan:hasil-pendaftaran", args=[rank.pendaftaran.kode])
    client.force_login(own)
    with clock.travel(wib(5, month=12)):
        assert client.get(page).status_code == 404
    text = client.get(page).content.decode()
    assert "daftar pendek" in text
    names = rank.pleno.samaran["peserta"]
    assert next(n for n, pk in names.items() if pk == rank.pendaftaran_id) in text


def test_all_in_one_zip(rendered, client):
    client.force_login(rendered.sekretariat)
    answer = client.get(reverse("penghargaan_panitia:piagam-semua"))
    archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert len(archive.namelist()) == 2
    assert all(archive.read(name).startswith(b"%PDF-") for name in archive.namelist())


def test_page_shows_progress_and_stops_asking_when_done(issued, client):
    client.force_login(issued.sekretariat)
    address = reverse("penghargaan_panitia:piagam")
    text = client.get(address).content.decode()
    assert 'hx-trigger="every' in text
    assert "0 dari 2" in text
    for pk in Pekerjaan.objects.values_list("pk", flat=True):
        carry_out_piagam(pk=pk)
    text = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in text
    assert "<html" not in text
    assert "2 dari 2" in text


def test_task_of_the_calendar_runs(panggung):
    tuntaskan_penerbitan()


@pytest.mark.django_db(transaction=True)
def test_real_worker_renders_from_the_row_alone(celery_worker_process, wait_for):
    """The sweeper rings, the worker renders: through a real Celery and Redis."""
    from kompetisi.tasks import sweep  # noqa: PLC0415 - as beat calls it

    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Pemerintah Kota Semarang")
    stage.umumkan()
    with clock.travel(AFTER):
        issue_piagam(edisi=stage.edisi, pola=POLA, awal=1, tanggal=DAY, oleh=stage.admin)
        sweep()
    wait_for(lambda: Piagam.objects.exclude(sha256="").exists(), seconds=60)
