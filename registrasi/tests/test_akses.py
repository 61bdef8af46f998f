"""Every file given out is noted: who, when, which, from where; nobody can take it back."""

import pytest
from django.core.management import call_command
from django.db import InternalError, transaction
from django.urls import reverse

from kompetisi import clock
from kompetisi.tests.factories import make_pengguna, make_peran
from registrasi.actions.berkas import attach_bukti, store_berkas
from registrasi.models import AksesBerkas
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _buka():
    with clock.travel(BUKA):
        yield


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def bukti(edisi):
    dewi = make_admin(make_instansi())
    row = make_pendaftaran(edisi, dewi)
    stored = store_berkas(isi=pdf_file("sk"), oleh=dewi, maks_mb=5)
    jenis = edisi.jenis_dokumen.first()
    return attach_bukti(pendaftaran=row, jenis_dokumen=jenis, berkas=stored, oleh=dewi)


def open_file(client, bukti, query="", **headers):
    return client.get(reverse("registrasi:berkas", args=[bukti.pk]) + query, headers=headers)


def test_who_opens_a_file_is_noted_with_the_page(bukti, client):
    dewi = bukti.dilampirkan_oleh
    client.force_login(dewi)
    open_file(client, bukti, referer="http://testserver/registrasi/P19/dokumen/?x=1")
    open_file(client, bukti, "?unduh", referer="http://lain.test/rahasia/")
    noted = list(AksesBerkas.objects.order_by("pk").values_list("oleh", "cara", "halaman"))
    own = reverse("registrasi:berkas", args=[bukti.pk])
    assert noted == [
        (dewi.pk, "lihat", "/registrasi/P19/dokumen/"),
        (dewi.pk, "unduh", own),
    ]


def test_who_may_not_see_it_leaves_no_note(bukti, client):
    client.force_login(make_pengguna())
    assert open_file(client, bukti).status_code == 404
    assert client.head(reverse("registrasi:berkas", args=[bukti.pk])).status_code == 404
    assert not AksesBerkas.objects.exists()


def test_an_archive_notes_each_file_in_it(bukti, client):
    client.force_login(bukti.dilampirkan_oleh)
    answer = client.get(reverse("registrasi:dosir", args=[bukti.pendaftaran.kode, "zip"]))
    b"".join(answer.streaming_content)
    assert list(AksesBerkas.objects.values_list("cara", "berkas")) == [("arsip", bukti.berkas_id)]


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_log_only_grows(bukti, client, act):
    client.force_login(bukti.dilampirkan_oleh)
    open_file(client, bukti)
    rows = AksesBerkas.objects.all()
    with pytest.raises(InternalError, match="hanya bertambah"), transaction.atomic():
        rows.update(cara="unduh") if act == "update" else rows.delete()


def test_an_agency_sees_its_people_by_name_and_all_others_by_their_role(edisi, bukti, client):
    dewi, evaluator = bukti.dilampirkan_oleh, make_peran(edisi, "evaluator", nama="Rahasia Nama")
    for person in (dewi, evaluator, make_peran(edisi, "sekretariat", nama="Petugas Satu")):
        AksesBerkas.objects.create(berkas=bukti.berkas, oleh=person, pada=BUKA, cara="lihat")
    client.force_login(dewi)
    page = client.get(reverse("registrasi:akses", args=[bukti.pendaftaran.kode])).text
    assert str(dewi) in page
    assert "Tim Evaluasi" in page
    assert "Panitia" in page
    assert "Rahasia Nama" not in page
    assert "Petugas Satu" not in page


def test_admins_and_observers_ask_who_saw_what(edisi, bukti, client, capsys):
    dewi, address = bukti.dilampirkan_oleh, reverse("registrasi_panitia:akses")
    AksesBerkas.objects.create(berkas=bukti.berkas, oleh=dewi, pada=BUKA, cara="lihat")
    client.force_login(make_peran(edisi, "pengamat"))
    for query in (
        {"orang": dewi.email},
        {"pendaftaran": bukti.pendaftaran.kode},
        {"berkas": bukti.berkas.sha256, "sejak": "2019-10-25T00:00"},
    ):
        assert dewi.email in client.get(address, query).text, query
    assert "Tidak ada akses" in client.get(address, {"orang": "lain@uji.test"}).text
    assert "Tidak ada akses" in client.get(address, {"sejak": "2019-10-26T00:00"}).text
    assert client.get(address, {"sejak": "kemarin"}).status_code == 422
    client.force_login(make_peran(edisi, "sekretariat"))
    assert client.get(address).status_code in (403, 404)
    call_command("lihat_akses", "--orang", dewi.email)
    told = capsys.readouterr().out
    assert bukti.berkas.sha256 in told
    assert dewi.email in told


def test_many_accesses_ask_no_more_than_few(edisi, bukti, client, django_assert_max_num_queries):
    dewi = bukti.dilampirkan_oleh
    client.force_login(dewi)
    address = reverse("registrasi:akses", args=[bukti.pendaftaran.kode])
    AksesBerkas.objects.create(berkas=bukti.berkas, oleh=dewi, pada=BUKA, cara="lihat")
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for _ in range(20):
        person = make_peran(edisi, "evaluator")
        AksesBerkas.objects.create(berkas=bukti.berkas, oleh=person, pada=BUKA, cara="lihat")
    with django_assert_max_num_queries(len(few)):
        client.get(address)
