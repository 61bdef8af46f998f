"""Files without their author's traces: made apart, confirmed by a person, and read only then."""

import io
import json

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from evaluasi.actions.samaran import (
    carry_out_samaran,
    confirm_samaran,
    ensure_salinan,
    forget_samaran,
    refuse_samaran,
    replace_samaran,
)
from evaluasi.actions.tenggat import enforce_evaluasi
from evaluasi.models import SalinanSamaran
from evaluasi.queries.samaran_berkas import files_of_samaran, names_of
from evaluasi.rules.penyamaran import make, names_in
from evaluasi.rules.penyamaran_pdf import strip_jpeg
from evaluasi.rules.samaran import HIDDEN, mask_text
from evaluasi.tests import factories as f
from evaluasi.tests.factories_samaran import NAME, made, make_tersamar, owner, traced_pdf, unpacked
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import Edisi, JejakAudit, Pekerjaan
from registrasi.actions.berkas import store_berkas
from registrasi.models import Berkas, BuktiDukung, JawabanNarasi, PenilaianMandiri
from registrasi.tests.corpus import picture
from registrasi.tests.factories import pdf_bytes

NAMES = ["pemerintah kota zamrud", "pemkot zamrud", "kota zamrud", "zamrud", "kz"]


@pytest.mark.fast
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Pemerintah KOTA\n Zamrud",
            ["pemerintah kota zamrud", "kota zamrud", "zamrud"],
        ),
        ("PEMERINTAHKOTAZAMRUD", ["pemerintah kota zamrud", "kota zamrud"]),
        ("zamrudin", []),
        ("Kota Intan, surat kz/12", ["kz"]),
        ("", []),
    ],
)
def test_a_name_is_found_as_words_and_run_together(text, found):
    assert names_in(text, NAMES) == found


@pytest.mark.fast
def test_names_are_masked_in_whatever_writing_and_nothing_else():
    text = "Pemerintah  Kota-Zamrud (PEMKOT ZAMRUD) menerima zamrudin dari kz."
    assert mask_text(text, NAMES) == f"{HIDDEN} ({HIDDEN}) menerima zamrudin dari kz."
    assert mask_text("", NAMES) == ""
    assert mask_text("Kota Intan", []) == "Kota Intan"


@pytest.mark.fast
def test_a_copy_of_a_pdf_keeps_the_page_and_no_trace(tmp_path):
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(traced_pdf())
    assert b"Zamrud" in unpacked(source.read_bytes())
    found = make(source, target, NAMES)
    assert found == {"tipe": "application/pdf", "halaman": 1, "temuan": [], "tanpa_teks": []}
    assert b"Zamrud" not in unpacked(target.read_bytes())
    with pikepdf.open(target) as pdf:
        assert [note.Subtype for note in pdf.pages[0].obj.Annots] == ["/Square"]
        assert "/Info" not in pdf.trailer


@pytest.mark.fast
def test_a_name_on_the_page_is_told_with_its_page(tmp_path):
    source = tmp_path / "a"
    source.write_bytes(pdf_bytes(f"Keputusan {NAME}"))
    found = make(source, tmp_path / "b", NAMES[:1])
    assert found["temuan"] == [{"halaman": 1, "frasa": "pemerintah kota zamrud"}]


@pytest.mark.fast
def test_pictures_lose_their_notes_and_are_for_eyes_alone(tmp_path):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = NAME  # artist
    Image.open(io.BytesIO(picture("JPEG"))).save(out, "JPEG", exif=exif, comment=NAME)
    assert b"Zamrud" in out.getvalue()
    assert b"Zamrud" not in strip_jpeg(out.getvalue())
    assert Image.open(io.BytesIO(strip_jpeg(out.getvalue()))).size == (40, 40)
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(out.getvalue())
    found = make(source, target, NAMES)
    assert (found["tipe"], found["tanpa_teks"]) == ("image/jpeg", [1])
    assert b"Zamrud" not in target.read_bytes()
    source.write_bytes(b"bukan gambar")
    assert "alasan" in make(source, target, NAMES)


@pytest.fixture
def lembar(db):
    """A sheet of an edition without names; one file of its entry, with traces, wants a copy."""
    with clock.travel(f.IN_STAGE):
        yield make_tersamar()


def fetch(client, lembar, **headers):
    address = reverse("evaluasi:berkas", args=[lembar.pk, lembar.berkas.pk])
    return client.get(address, headers=headers)


def test_nothing_of_a_file_is_given_out_before_a_person_confirmed_its_copy(lembar, client):
    client.force_login(owner(lembar))
    sheet = reverse("evaluasi:lembar", args=[lembar.pk])
    for state in ("none", "menunggu", "ditolak"):
        if state == "menunggu":
            row = made(lembar)
        if state == "ditolak":
            refuse_samaran(salinan=row, alasan="Kop surat.", oleh=lembar.petugas)
        assert fetch(client, lembar).status_code == 403, state
        assert fetch(client, lembar, range="bytes=0-9").status_code == 403
        address = reverse("evaluasi:berkas", args=[lembar.pk, lembar.berkas.pk])
        assert client.get(f"{address}?kecil").status_code == 403
        page = client.get(sheet).text
        assert "Sedang disamarkan" in page
        assert "?kecil" not in page


def test_once_confirmed_the_reader_gets_the_copy_alone(lembar, client):
    row = made(lembar)
    confirm_samaran(salinan=row, sha256=row.sha256, oleh=lembar.petugas)
    client.force_login(owner(lembar))
    answer = fetch(client, lembar)
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert b"Zamrud" not in unpacked(content)
    assert "Zamrud" not in answer["Content-Disposition"]
    part = fetch(client, lembar, range="bytes=0-4")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF-")
    page = client.get(reverse("evaluasi:lembar", args=[lembar.pk])).text
    assert "Sedang disamarkan" not in page
    assert f'data-berkas="{lembar.berkas.pk}"' in page
    trace = JejakAudit.objects.get(tindakan="samaran.sahkan")
    assert trace.rincian["asli"] == lembar.berkas.sha256


def test_answers_and_notes_are_read_without_the_name(lembar, client):
    entry = lembar.penugasan.pendaftaran
    JawabanNarasi.objects.filter(pendaftaran=entry).update(isi="Pemkot ZAMRUD menjawab aduan.")
    PenilaianMandiri.objects.filter(pendaftaran=entry).update(catatan="Milik kota zamrud.")
    type(entry).objects.filter(pk=entry.pk).update(judul="Zamrud Tanggap")
    client.force_login(owner(lembar))
    for url in (reverse("evaluasi:lembar", args=[lembar.pk]), reverse("evaluasi:dasbor")):
        page = client.get(url).text
        assert "zamrud" not in page.casefold()
        assert HIDDEN in page


def test_without_the_rule_nothing_is_made_and_the_original_is_read(lembar, client):
    edisi = lembar.penugasan.tahap.edisi
    Edisi.objects.update(aturan=edisi.aturan | {"samarkan_peserta": False})
    client.force_login(owner(lembar))
    with default_storage.open(lembar.berkas.kunci) as stored:
        assert b"".join(fetch(client, lembar).streaming_content) == stored.read()


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "evaluator"])
def test_only_the_secretariat_and_the_ministry_decide(lembar, peran):
    row = made(lembar)
    other = f.make_pengguna("Lain", peran, edisi=lembar.penugasan.tahap.edisi)
    for act in (
        lambda: confirm_samaran(salinan=row, sha256=row.sha256, oleh=other),
        lambda: refuse_samaran(salinan=row, alasan="Kop.", oleh=other),
        lambda: replace_samaran(salinan=row, isi=ContentFile(b"x"), oleh=other),
    ):
        with pytest.raises(NotAllowedError):
            act()
    row.refresh_from_db()
    assert row.keadaan == "menunggu"


def test_what_is_confirmed_is_what_was_seen_and_only_once(lembar):
    row = made(lembar)
    with pytest.raises(NotAllowedError):
        confirm_samaran(salinan=row, sha256="0" * 64, oleh=lembar.petugas)
    with pytest.raises(NotAllowedError, match="Tulis mengapa"):
        refuse_samaran(salinan=row, alasan=" ", oleh=lembar.petugas)
    confirm_samaran(salinan=row, sha256=row.sha256, oleh=lembar.petugas)
    with pytest.raises(NotAllowedError, match="tidak sedang menunggu"):
        refuse_samaran(salinan=row, alasan="Terlambat.", oleh=lembar.petugas)


def test_a_version_blacked_out_by_hand_is_inspected_copied_and_looked_at_again(lembar, client):
    row = made(lembar)
    client.force_login(lembar.petugas)
    queue = reverse("evaluasi_panitia:samaran")
    assert NAME in client.get(queue).text
    address = reverse("evaluasi_panitia:samaran-rinci", args=[row.pk])
    assert "Tidak ada nama peserta" in client.get(address).text
    refuse = reverse("evaluasi_panitia:samaran-penolakan", args=[row.pk])
    assert client.post(refuse, {"alasan": ""}).status_code == 422
    assert client.post(refuse, {"alasan": "Kop surat halaman 1."}).status_code == 302
    assert "Kop surat halaman 1." in client.get(address).text
    replace = reverse("evaluasi_panitia:samaran-penggantian", args=[row.pk])
    bad = {"berkas": SimpleUploadedFile("x.pdf", b"MZ")}
    assert client.post(replace, bad).status_code == 422
    good = {"berkas": SimpleUploadedFile("x.pdf", pdf_bytes("Hitam"))}
    assert client.post(replace, good).status_code == 302
    row.refresh_from_db()
    assert (row.keadaan, row.percobaan) == ("dibuat", 2)
    work = Pekerjaan.objects.get(kunci=f"samaran:{row.pk}:2")
    assert carry_out_samaran(pk=work.pk)
    row.refresh_from_db()
    shown = client.get(reverse("evaluasi_panitia:samaran-berkas", args=[row.pk]))
    assert b"".join(shown.streaming_content).startswith(b"%PDF-")
    confirm = reverse("evaluasi_panitia:samaran-pengesahan", args=[row.pk])
    assert client.post(confirm, {"sha256": row.sha256}).url == queue
    row.refresh_from_db()
    assert (row.keadaan, row.diputus_oleh) == ("sah", lembar.petugas)


def test_what_cannot_be_copied_waits_for_a_hand(lembar):
    name = default_storage.save("rusak", ContentFile(b"%PDF-1.4 rusak"))
    Berkas.objects.filter(pk=lembar.berkas.pk).update(kunci=name)
    row = made(lembar)
    assert (row.keadaan, row.kunci) == ("gagal", "")
    assert "Unggah versi yang disamarkan" in row.alasan


def test_asked_twice_it_is_made_once_and_goes_with_its_source(lembar):
    row = made(lembar)
    assert ensure_salinan(f.tahap_dokumen(lembar.penugasan.tahap.edisi)) == 0
    assert [item.kunci for item in files_of_samaran()] == [row.kunci]
    Berkas.objects.filter(pk=lembar.berkas.pk).update(dimusnahkan_pada=f.IN_STAGE)
    assert forget_samaran(f.IN_STAGE) == 1
    row.refresh_from_db()
    assert (row.keadaan, row.kunci) == ("gagal", "")
    assert not default_storage.exists(SalinanSamaran.objects.get().kunci or "tidak/ada")
    assert forget_samaran(f.IN_STAGE) == 0


def test_a_name_is_every_phrase_the_directory_knows(lembar):
    names = names_of(lembar.penugasan.pendaftaran)
    assert {"pemerintah kota zamrud", "pemkot zamrud", "zamrud"} <= set(names)
    assert json.dumps(names)
    with pytest.raises(InvalidInputError):
        replace_samaran(salinan=made(lembar), isi=ContentFile(b""), oleh=lembar.petugas)


def test_a_name_that_a_machine_still_reads_is_confirmed_only_by_who_looked(lembar):
    isi = ContentFile(pdf_bytes(f"SK {NAME}"), name="a.pdf")
    stored = store_berkas(isi=isi, oleh=lembar.petugas, maks_mb=5)
    BuktiDukung.objects.filter(berkas=lembar.berkas).update(berkas=stored)
    row = made(lembar)
    assert row.temuan
    with pytest.raises(NotAllowedError, match="masih membaca"):
        confirm_samaran(salinan=row, sha256=row.sha256, oleh=lembar.petugas)
    confirm_samaran(salinan=row, sha256=row.sha256, temuan_dilihat=True, oleh=lembar.petugas)
    row.refresh_from_db()
    assert row.keadaan == "sah"


def test_original_and_copy_open_in_place_beside_each_other(lembar, client):
    row = made(lembar)
    client.force_login(lembar.petugas)
    page = client.get(reverse("evaluasi_panitia:samaran-rinci", args=[row.pk])).text
    for name, kunci in (("asli", row.berkas.kunci), ("berkas", row.kunci)):
        address = reverse(f"evaluasi_panitia:samaran-{name}", args=[row.pk])
        assert f'<iframe src="{address}"' in page
        answer = client.get(address)
        assert "sandbox" not in answer["Content-Security-Policy"]  # no viewer starts in one
        with default_storage.open(kunci) as stored:
            assert b"".join(answer.streaming_content) == stored.read()
    client.force_login(owner(lembar))
    assert client.get(reverse("evaluasi_panitia:samaran-asli", args=[row.pk])).status_code == 404


def test_what_was_blacked_out_by_hand_goes_with_its_source(lembar):
    row = made(lembar)
    isi = ContentFile(pdf_bytes("Versi tangan"), name="tangan.pdf")
    by_hand = replace_samaran(salinan=row, isi=isi, oleh=lembar.petugas).pengganti
    forget_samaran(f.IN_STAGE)
    by_hand.refresh_from_db()
    assert by_hand.dimusnahkan_pada is None
    Berkas.objects.filter(pk=lembar.berkas.pk).update(dimusnahkan_pada=f.IN_STAGE)
    forget_samaran(f.IN_STAGE)
    by_hand.refresh_from_db()
    assert by_hand.dimusnahkan_pada == f.IN_STAGE


@pytest.mark.parametrize("day", [f.BEFORE, f.IN_STAGE])
def test_the_calendar_asks_for_copies_before_the_stage_opens_and_only_where_wanted(lembar, day):
    with clock.travel(day):
        assert enforce_evaluasi(day)["samaran"] == 1
    edisi = lembar.penugasan.tahap.edisi
    SalinanSamaran.objects.all().delete()
    Edisi.objects.update(aturan=edisi.aturan | {"samarkan_peserta": False})
    with CaptureQueriesContext(connection) as asked, clock.travel(day):
        assert enforce_evaluasi(day)["samaran"] == 0
    assert not [q for q in asked if "salinansamaran" in q["sql"]]


def test_a_version_with_other_pages_is_refused(lembar):
    row = made(lembar)
    with pytest.raises(InvalidInputError, match="berisi 3 halaman, sedangkan aslinya 1"):
        replace_samaran(
            salinan=row, isi=ContentFile(pdf_bytes("Hitam", 3), name="x.pdf"), oleh=lembar.petugas
        )
    row.refresh_from_db()
    assert (row.keadaan, row.pengganti) == ("menunggu", None)
