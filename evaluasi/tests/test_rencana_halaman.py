"""The committee's pages about plans: expertise and capacity, reasons, warnings, files."""

import pytest
from django.urls import reverse

from evaluasi.tests import factories as f
from kompetisi import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def ketua(client, edisi):
    user = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    client.force_login(user)
    return user


@pytest.mark.usefixtures("ketua")
def test_fields_and_capacity_per_stage_are_kept_where_the_evaluator_is_edited(client, edisi):
    home = f.make_instansi("Pemerintah Provinsi Rumah", "provinsi")
    row = f.make_evaluator(edisi, home)
    page = reverse("evaluasi_panitia:evaluator-rinci", args=[row.pk])
    change = {
        "instansi_asal": home.nama, "kapasitas": 12, "aktif": "on", "versi": 1,
        "kapasitas_tahap_dokumen": 7, "keahlian": ["jenis:kota", "jalur:instansi"],
    }  # fmt: skip
    assert client.post(page, change | {"keahlian": ["jenis:bukan"]}).status_code == 422
    assert client.post(page, change | {"kapasitas_tahap_dokumen": -1}).status_code == 422
    assert client.post(page, change).status_code == 302
    row.refresh_from_db()
    assert (row.kapasitas, row.kapasitas_tahap) == (12, {"dokumen": 7})
    assert row.keahlian == ["jalur:instansi", "jenis:kota"]
    assert 'value="7"' in client.get(page).content.decode()
    listed = client.get(reverse("evaluasi_panitia:evaluator")).content.decode()
    assert "Bidang: Pemerintah kota; Jalur" in listed
    assert (
        client.post(page, change | {"versi": 2, "kapasitas_tahap_dokumen": ""}).status_code == 302
    )
    row.refresh_from_db()
    assert row.kapasitas_tahap == {}
