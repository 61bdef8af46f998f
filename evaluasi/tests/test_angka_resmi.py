"""Claim and official figure side by side in the reading room."""

from datetime import date

import pytest
from django.urls import reverse

from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.models import Edisi
from registrasi.actions.angka_resmi import save_angka_resmi

SOURCE = "Dasbor nasional SP4N-LAPOR!"


@pytest.fixture
def lembar(db, client):
    with clock.travel(f.IN_STAGE):
        edisi = f.make_edisi()
        entry = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
        row = f.make_lembar(f.make_evaluator(edisi), entry)
        row.petugas = f.make_pengguna("Petugas", "sekretariat", edisi=edisi)
        client.force_login(row.penugasan.evaluator.pengguna)
        yield row


def keep(lembar, **angka):
    return save_angka_resmi(
        pendaftaran=lembar.penugasan.pendaftaran, periode="periode_2", angka=angka, sumber=SOURCE,
        per_tanggal=date(2019, 11, 1), oleh=lembar.petugas,
    )  # fmt: skip


def page_of(client, lembar):
    return client.get(reverse("evaluasi:lembar", args=[lembar.pk]))


def measures(page) -> dict[str, dict]:
    groups = page.context["ruang"].kelompok
    return {i["b"].kode: i["ukuran"] for g in groups for i in g["butir"] if i["ukuran"]}


def test_without_official_figures_the_claim_is_called_a_claim(lembar, client):
    page = page_of(client, lembar)
    assert "Belum ada angka resmi untuk periode ini" in page.text
    c1 = measures(page)["C1"]
    assert (c1["resmi"], c1["saran_resmi"]) == (None, "")
    assert "Angka resmi: belum ada" in page.text


def test_the_level_each_figure_suggests_stands_beside_the_criterion(lembar, client):
    keep(lembar, diterima=1000, selesai=300, proses=100)
    page = page_of(client, lembar)
    c1 = measures(page)["C1"]
    assert (c1["resmi"], c1["saran_resmi"]) == (40, "D")
    assert c1["saran"] != "D"
    assert "berbeda dari klaim" in page.text
    assert SOURCE in page.text
    periode = next(p for p in page.context["ruang"].kinerja if p["kode"] == "periode_2")
    assert periode["lewat"] >= 1


def test_where_names_are_kept_the_source_is_too(lembar, client):
    keep(lembar, diterima=1000)
    edisi = lembar.penugasan.tahap.edisi
    Edisi.objects.update(aturan=edisi.aturan | {"samarkan_peserta": True})
    page = page_of(client, lembar).text
    assert "keadaan 1 November 2019" in page
    assert SOURCE not in page


def test_the_mark_changes_no_score(lembar, client):
    before = page_of(client, lembar).context["total"]
    keep(lembar, diterima=1)
    assert page_of(client, lembar).context["total"] == before
