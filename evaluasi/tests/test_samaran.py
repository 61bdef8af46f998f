"""Names of participants kept from those who judge documents, where the edition asks for it."""

import pytest
from django.urls import reverse

from evaluasi.actions.bacaan import add_titik
from evaluasi.actions.diskusi import write_tanggapan
from evaluasi.queries.lembar import butir_of
from evaluasi.rules.samaran import is_masked, nama_berkas, nama_samaran
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.models import Edisi
from registrasi.models import Berkas, BuktiDukung

NAME = "Pemerintah Kota Zamrud"


@pytest.mark.parametrize(
    ("aturan", "jenis", "masked"),
    [
        ({}, "dokumen", False),
        ({"samarkan_peserta": False}, "dokumen", False),
        ({"samarkan_peserta": True}, "dokumen", True),
        ({"samarkan_peserta": True}, "wawancara", False),
        ({"samarkan_peserta": True}, "lapangan", False),
    ],
)
def test_names_are_kept_in_the_document_stage_only(aturan, jenis, masked):
    assert is_masked(aturan, jenis) is masked


def test_what_stands_in_place_of_a_name():
    assert nama_samaran("2019-0042") == "Peserta 0042"
    assert nama_berkas(7, "SK Kota Zamrud.PDF") == "dokumen-7.pdf"
    assert nama_berkas(7, "tanpa akhiran") == "dokumen-7"


@pytest.fixture
def lembar(db):
    """A locked sheet of an entry whose name stands on its files too, read by two."""
    with clock.travel(f.IN_STAGE):
        edisi = f.make_edisi()
        Edisi.objects.update(aturan=edisi.aturan | {"samarkan_peserta": True})
        entry = f.fill_pendaftaran(
            f.make_pendaftaran(edisi, status="lolos_administrasi", instansi=f.make_instansi(NAME))
        )
        files = BuktiDukung.objects.filter(pendaftaran=entry).values("berkas")
        Berkas.objects.filter(pk__in=files).update(nama_asli=f"SK {NAME}.pdf", halaman=3)
        own, other = (f.make_lembar(f.make_evaluator(edisi), entry) for _ in range(2))
        own.uji_rekan = other
        yield own


def owner(row):
    return row.penugasan.evaluator.pengguna


def pages_of(row) -> list[str]:
    """Every page on which the reader of a sheet meets its entry."""
    first = butir_of(row.pk)[0].kriteria_id
    return [
        reverse("evaluasi:dasbor"),
        reverse("evaluasi:lembar", args=[row.pk]),
        reverse("evaluasi:penguncian", args=[row.pk]),
        reverse("evaluasi:bukti", args=[row.pk, first]),
    ]


def point(row):
    file = BuktiDukung.objects.filter(pendaftaran=row.penugasan.pendaftaran).first().berkas_id
    first = butir_of(row.pk)[0].kriteria_id
    add_titik(lembar=row, oleh=owner(row), kriteria=first, berkas=file, halaman=1, kotak="")
    return file


def test_no_page_of_the_reader_says_the_name(lembar, client):
    point(lembar)
    client.force_login(owner(lembar))
    for page in pages_of(lembar):
        answer = client.get(page)
        assert answer.status_code == 200 and "Zamrud" not in answer.text, page
    masked = nama_samaran(lembar.penugasan.pendaftaran.kode)
    for page in pages_of(lembar)[:3]:
        assert masked in client.get(page).text, page


def test_without_the_rule_the_name_stands_there(lembar, client):
    Edisi.objects.update(aturan=lembar.penugasan.tahap.edisi.aturan | {"samarkan_peserta": False})
    client.force_login(owner(lembar))
    for page in pages_of(lembar)[:3]:
        assert "Zamrud" in client.get(page).text, page


def test_a_search_by_name_finds_nothing_and_by_code_the_entry(lembar, client):
    client.force_login(owner(lembar))
    board, kode = reverse("evaluasi:dasbor"), lembar.penugasan.pendaftaran.kode
    assert kode not in client.get(board, {"cari": "Zamrud"}).text
    assert kode in client.get(board, {"cari": kode}).text


def test_colleagues_and_discussions_keep_the_name_and_the_committee_sees_it(lembar, client):
    rows = [f.score_lembar(row) for row in (lembar, lembar.uji_rekan)]
    write_tanggapan(
        tahap=lembar.penugasan.tahap, pendaftaran=lembar.penugasan.pendaftaran, isi="Halo.",
        kunci="k", oleh=owner(lembar),
    )  # fmt: skip
    client.force_login(owner(lembar))
    pages = [
        reverse("evaluasi:lembar", args=[rows[1].pk]),
        reverse("evaluasi:diskusi", args=[lembar.pk]),
        reverse("evaluasi:diskusi-daftar"),
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200 and "Zamrud" not in answer.text, page
    client.force_login(f.make_pengguna("Ketua", "ketua", edisi=lembar.penugasan.tahap.edisi))
    assert "Zamrud" in client.get(pages[0]).text
    matrix = reverse("evaluasi_panitia:nilai-tahap", args=["dokumen"])
    assert "Zamrud" in client.get(matrix).text
