"""The lists of the evaluation are searched as the directory is: every word, in any of its forms."""

import pytest
from django.urls import reverse

from evaluasi.tests import factories as f
from kompetisi import clock
from registrasi.tests.factories import make_instansi

pytestmark = pytest.mark.django_db
FOUND = ["kab. zamrud", "Zamrud pemkab", "pemerintah kabupaten zamrud", "ZAMRUD dan"]
NOT_FOUND = ["kota zamrud", "zamrud intan", "pemprov"]


@pytest.fixture
def entries():
    edisi = f.make_edisi()
    rows = []
    for nama in ("Pemerintah Kabupaten Zamrud", "Pemerintah Kabupaten Intan"):
        row = f.make_pendaftaran(edisi, status="lolos_administrasi", instansi=make_instansi(nama))
        rows.append(row)
    rows[0].pembaca = f.make_evaluator(edisi)
    for row in rows:
        f.make_lembar(rows[0].pembaca, row)
    with clock.travel(f.IN_STAGE):
        yield rows


def lists_of(entries) -> list[tuple[str, object]]:
    """Address and reader of every list of entries in the evaluation's document stage."""
    edisi = entries[0].edisi
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    return [
        (reverse("evaluasi:dasbor"), entries[0].pembaca.pengguna),
        (reverse("evaluasi_panitia:nilai-tahap", args=["dokumen"]), ketua),
        (reverse("evaluasi_panitia:penugasan-tahap", args=["dokumen"]), ketua),
    ]


@pytest.mark.parametrize("cari", FOUND + NOT_FOUND)
def test_every_list_finds_the_same(entries, client, cari):
    zamrud, intan = entries
    for url, reader in lists_of(entries):
        client.force_login(reader)
        page = client.get(url, {"cari": cari}).text
        assert (zamrud.kode in page) is (cari in FOUND), (url, cari)
        assert intan.kode not in page


def test_a_code_is_found_by_its_end(entries, client):
    zamrud, intan = entries
    for url, reader in lists_of(entries):
        client.force_login(reader)
        page = client.get(url, {"cari": zamrud.kode[-6:].lower()}).text
        assert zamrud.kode in page
        assert intan.kode not in page
