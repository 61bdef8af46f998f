"""Conditional questions, documents and criteria, end to end in an edition that is not 2019."""

import random
from datetime import date

import pytest
from django.urls import reverse

from kompetisi import clock
from kompetisi.tests.factories import make_peran, wib
from registrasi.actions.akses import confirm_perlindungan
from registrasi.actions.berkas import attach_bukti
from registrasi.actions.isian import save_jawaban, save_kinerja, save_mandiri
from registrasi.actions.keanggotaan import add_unit
from registrasi.actions.pendaftaran import create_pendaftaran, save_identitas
from registrasi.actions.pengiriman import submit_pendaftaran
from registrasi.models import Pendaftaran
from registrasi.queries.cuplikan import cuplikan_of
from registrasi.queries.formulir import diminta_dari
from registrasi.queries.kekurangan import kurang_of
from registrasi.queries.kelengkapan import kelengkapan_of
from registrasi.queries.lengkap_sql import BAGIAN, annotate_kelengkapan
from registrasi.queries.pendaftaran import isian_of
from registrasi.tests.factories import make_admin, make_berkas, make_edisi_lain, make_instansi

pytestmark = pytest.mark.django_db
DIBUKA = wib("2031-03-10 09:00")


@pytest.fixture(autouse=True)
def _buka():
    with clock.travel(DIBUKA):
        yield


@pytest.fixture
def edisi():
    return make_edisi_lain()


@pytest.fixture
def dewi():
    return make_admin(make_instansi("Pemerintah Kabupaten Dewi"))


def draft(edisi, dewi, jalur="daerah"):
    instansi, unit = dewi.keanggotaan.get().instansi, None
    if jalur == "layanan":
        unit = add_unit(instansi=instansi, nama="RSUD Dewi", jenis="pelayanan", oleh=dewi)
    row = create_pendaftaran(
        edisi=edisi, jalur=edisi.jalur.get(kode=jalur), instansi=instansi, unit=unit, oleh=dewi
    )
    confirm_perlindungan(pendaftaran=row, oleh=dewi)
    return row


def answer(row, dewi, kode, isi):
    asked = row.edisi.pertanyaan.get(kode=kode)
    stored = row.jawaban.filter(pertanyaan=asked).first()
    versi = stored.versi if stored else 0
    save_jawaban(pendaftaran=row, pertanyaan=asked, isi=isi, versi=versi, oleh=dewi)


def level(row, dewi, kode, tingkat):
    asked = next(k for k in isian_of(row).kriteria_list if k.kode == kode)
    stored = row.penilaian_mandiri.filter(kriteria=asked).first()
    versi = stored.versi if stored else 0
    save_mandiri(pendaftaran=row, kriteria=asked, tingkat=tingkat, versi=versi, oleh=dewi)


def connect(row, dewi, *, yes: bool):
    row.refresh_from_db()
    save_identitas(
        pendaftaran=row, versi=row.versi, oleh=dewi, judul="Tanggap", terhubung_lapor=yes,
        mulai_pemakaian=date(2025, 1, 1), narahubung_nama="Narahubung",
        narahubung_telepon="021-000",
    )  # fmt: skip
    row.refresh_from_db()


def asked(row) -> set[str]:
    found = diminta_dari(row)
    return {item.kode for item in (*found.kriteria, *found.pertanyaan, *found.dokumen)}


def test_each_track_is_asked_its_own(edisi, dewi):
    daerah, layanan = draft(edisi, dewi), draft(edisi, dewi, "layanan")
    assert {"K1", "K2", "H1", "cerita", "bukti", "aplikasi", "keputusan"} <= asked(daerah)
    assert not {"antrean", "izin", "H3"} & asked(daerah)
    assert {"antrean", "izin", "H1", "H3"} <= asked(layanan)
    assert not {"K1", "K2", "H2"} & asked(layanan)


def test_an_answer_opens_and_closes_what_follows_and_loses_nothing(edisi, dewi):
    row = draft(edisi, dewi)
    assert not {"nama_aplikasi", "sambungan", "kendala"} & asked(row)
    answer(row, dewi, "aplikasi", "Ada")
    answer(row, dewi, "nama_aplikasi", "Tanggap 24 jam")
    answer(row, dewi, "sambungan", "Belum")
    answer(row, dewi, "kendala", "Biaya")
    assert {"nama_aplikasi", "sambungan", "kendala"} <= asked(row)
    answer(row, dewi, "aplikasi", "Tidak ada")
    assert not {"nama_aplikasi", "sambungan", "kendala"} & asked(row)
    assert cuplikan_of(row)["narasi"] == {"aplikasi": "Tidak ada"}
    answer(row, dewi, "aplikasi", "Ada")
    assert cuplikan_of(row)["narasi"]["kendala"] == "Biaya"


def test_levels_and_own_fields_decide_about_criteria_and_documents(edisi, dewi):
    row = draft(edisi, dewi)
    assert {"rencana"} <= asked(row)
    connect(row, dewi, yes=True)
    assert "rencana" not in asked(row)
    level(row, dewi, "H1", "A")
    level(row, dewi, "H2", "B")
    assert {"H2", "survei"} <= asked(row)
    level(row, dewi, "H1", "C")
    assert not {"H2", "survei"} & asked(row)
    assert set(cuplikan_of(row)["penilaian_mandiri"]) == {"H1"}


def test_only_what_is_asked_is_lacking_and_counted(edisi, dewi):
    row = draft(edisi, dewi)
    before = kelengkapan_of(row)
    assert not any("nama aplikasi" in item.pesan for item in before.kurang)
    answer(row, dewi, "aplikasi", "Ada")
    after = kelengkapan_of(row)
    assert after.total == before.total + 2  # the name, and whether it is connected
    assert any("nama aplikasi" in item.pesan for item in after.kurang)
    assert before.total - len(before.kurang) == before.terisi


def fill(row, dewi) -> None:
    """Everything asked of an agency that has no application and finishes few reports."""
    connect(row, dewi, yes=True)
    level(row, dewi, "H1", "C")
    for k in diminta_dari(row).kriteria:
        level(row, dewi, k.kode, k.tingkat[-1]["kode"])
        if k.butuh_bukti:
            attach_bukti(pendaftaran=row, kriteria=k, berkas=make_berkas(dewi), oleh=dewi)
    answer(row, dewi, "aplikasi", "Tidak ada")
    for p in diminta_dari(row).pertanyaan:
        if not p.pilihan:
            answer(row, dewi, p.kode, "Uraian kami.")
    for d in diminta_dari(row).dokumen:
        attach_bukti(pendaftaran=row, jenis_dokumen=d, berkas=make_berkas(dewi), oleh=dewi)
    data = {
        "periode_mulai": date(2030, 1, 1), "periode_selesai": date(2030, 12, 31),
        "diterima": 10, "selesai": 4, "berjalan": 6, "hari_selesai": "3.25",
    }  # fmt: skip
    save_kinerja(pendaftaran=row, data=data, oleh=dewi)


@pytest.mark.parametrize("jalur", ["daerah", "layanan"])
def test_the_form_of_another_edition_can_be_completed_and_sent(edisi, dewi, client, jalur):
    row = draft(edisi, dewi, jalur)
    fill(row, dewi)
    assert kelengkapan_of(row).kurang == []
    sent = submit_pendaftaran(
        pendaftaran=row, kunci="k", pernyataan=True, penandatangan_nama="Nama",
        penandatangan_jabatan="Jabatan", oleh=dewi,
    )  # fmt: skip
    assert "nama_aplikasi" not in sent.isi["narasi"]
    client.force_login(make_peran(edisi, "sekretariat"))
    page = client.get(reverse("registrasi_panitia:pendaftaran-rinci", args=[row.kode]))
    assert "Tidak ada" in page.text
    assert "Apa nama aplikasi itu" not in page.text


def test_the_page_hides_by_script_what_its_own_fields_decide(edisi, dewi, client):
    row = draft(edisi, dewi)
    client.force_login(dewi)
    page = client.get(reverse("registrasi:narasi", args=[row.kode])).text
    source = edisi.pertanyaan.get(kode="aplikasi")
    assert f'data-tampil-bila="p{source.pk}"' in page
    assert "Hanya diisi bila “Apakah memakai aplikasi sendiri” dijawab Ada." in page
    page = client.get(reverse("registrasi:mandiri", args=[row.kode, "hasil"])).text
    assert "data-tampil-bukan" in page


def test_a_choice_that_is_none_is_refused_and_the_rest_kept(edisi, dewi, client):
    row = draft(edisi, dewi)
    client.force_login(dewi)
    choice, text = (edisi.pertanyaan.get(kode=kode) for kode in ("aplikasi", "cerita"))
    posted = {f"p{choice.pk}": "Mungkin", f"p{text.pk}": "Cerita kami"}
    posted |= {f"p{p.pk}-versi": "0" for p in edisi.pertanyaan.all()}
    refused = client.post(reverse("registrasi:narasi", args=[row.kode]), posted)
    assert refused.status_code == 422
    assert "Cerita kami" in refused.text
    kept = {"nama": f"p{choice.pk}", "nilai": "Mungkin", "versi": "0"}
    answered = client.post(reverse("registrasi:simpan", args=[row.kode]), kept)
    assert answered.status_code == 422
    assert not row.jawaban.exists()


def test_a_document_that_is_not_asked_is_not_taken(edisi, dewi, client):
    row = draft(edisi, dewi)
    connect(row, dewi, yes=True)
    client.force_login(dewi)
    assert "Rencana penyambungan" not in client.get(
        reverse("registrasi:dokumen", args=[row.kode])
    ).text  # fmt: skip
    address = reverse("registrasi:dokumen-unggah", args=[row.kode, "rencana"])
    assert client.post(address, {}).status_code == 404


def test_the_database_finds_complete_what_the_list_finds_complete(edisi):
    chance = random.Random(7)
    for n in range(12):
        dewi = make_admin(make_instansi())
        row = draft(edisi, dewi, "layanan" if n % 3 == 0 else "daerah")
        fill(row, dewi)
        level(row, dewi, "H1", chance.choice("ABC"))
        answer(row, dewi, "aplikasi", chance.choice(["Ada", "Ada", "Tidak ada"]))
        answer(row, dewi, "sambungan", chance.choice(["", "Sudah", "Belum"]))
        answer(row, dewi, "kendala", chance.choice(["", "Biaya"]))
        answer(row, dewi, "nama_aplikasi", chance.choice(["", "Tanggap"]))
        connect(row, dewi, yes=chance.random() < 0.7)
        if n % 2 and n % 3:
            level(row, dewi, "H2", chance.choice("AC"))
    rows = list(Pendaftaran.objects.filter(edisi=edisi))
    names = {"kinerja": "angka"}
    expected = {
        pk: {names.get(item.bagian, item.bagian) for item in found}
        for pk, found in kurang_of(rows).items()
    }
    found = annotate_kelengkapan(Pendaftaran.objects.filter(edisi=edisi), edisi)
    told = {r.pk: {name for name in BAGIAN if not getattr(r, f"ada_{name}")} for r in found}
    assert told == expected
    assert len({frozenset(parts) for parts in expected.values()}) > 3
