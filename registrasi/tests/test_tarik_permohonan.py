"""A request to represent an agency is taken back by who made it, before it is decided."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit
from registrasi.actions.akun import approve_akun
from registrasi.actions.keanggotaan import withdraw_keanggotaan
from registrasi.models import Keanggotaan
from registrasi.queries.akun import keanggotaan_visible_to_panitia, next_keanggotaan
from registrasi.queries.keanggotaan import peran_di
from registrasi.queries.tugas import tugas
from registrasi.queries.tugas_panitia import tugas as tugas_panitia
from registrasi.tests.factories_panitia import (
    make_edisi,
    make_instansi,
    make_pengguna,
    wib,
)
from registrasi.tests.test_hak import ask

pytestmark = pytest.mark.django_db
NOW = wib(25, month=10)
PANITIA = {"sekretariat"}


@pytest.fixture(autouse=True)
def _now():
    with clock.travel(NOW):
        yield


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def sekretariat(edisi):
    return make_pengguna("Sekretariat", "sekretariat", edisi=edisi)


@pytest.fixture
def waiting(edisi):
    return ask(make_instansi(), make_pengguna("Budi"))


def test_it_leaves_the_queue_and_another_may_be_made_at_once(edisi, sekretariat, waiting):
    budi = waiting.pengguna
    withdraw_keanggotaan(keanggotaan=waiting, oleh=budi)
    assert next_keanggotaan(PANITIA) is None
    assert [task["judul"] for task in tugas_panitia(sekretariat, edisi, PANITIA, NOW)] == []
    assert tugas(budi, edisi, frozenset(), NOW)[0]["judul"] == "Wakili instansi Anda"
    again = ask(waiting.instansi, budi)
    assert next_keanggotaan(PANITIA) == again
    approve_akun(keanggotaan=again, oleh=sekretariat, edisi=edisi)
    assert peran_di(budi, waiting.instansi) == {"admin_instansi"}
    noted = JejakAudit.objects.get(tindakan="akun.ditarik")
    assert (noted.oleh, noted.objek_kunci) == (budi, str(waiting.pk))


def test_taking_back_twice_does_nothing_more(waiting):
    for _ in range(2):
        withdraw_keanggotaan(keanggotaan=waiting, oleh=waiting.pengguna)
    assert JejakAudit.objects.filter(tindakan="akun.ditarik").count() == 1


def test_not_by_another_nor_after_the_decision(edisi, sekretariat, waiting):
    with pytest.raises(NotAllowedError, match="Hanya pemohon"):
        withdraw_keanggotaan(keanggotaan=waiting, oleh=make_pengguna())
    approve_akun(keanggotaan=waiting, oleh=sekretariat, edisi=edisi)
    with pytest.raises(NotAllowedError, match="sudah diputuskan"):
        withdraw_keanggotaan(keanggotaan=waiting, oleh=waiting.pengguna)


def test_an_open_decision_page_is_refused_clearly(client, edisi, sekretariat, waiting):
    withdraw_keanggotaan(keanggotaan=waiting, oleh=waiting.pengguna)
    client.force_login(sekretariat)
    for name, data in (("akun-persetujuan", {}), ("akun-penolakan", {"alasan": "Tidak sah."})):
        answer = client.post(reverse(f"registrasi_panitia:{name}", args=[waiting.pk]), data)
        assert answer.status_code == 403
        assert "sudah ditarik kembali oleh pemohon" in answer.text
    page = client.get(reverse("registrasi_panitia:akun-rinci", args=[waiting.pk])).text
    assert "Pemohon menarik kembali permohonan ini" in page
    assert "Setujui" not in page
    assert waiting.instansi.nama not in client.get(reverse("registrasi_panitia:akun")).text
    listed = client.get(reverse("registrasi_panitia:akun"), {"status": "ditarik"}).text
    assert waiting.instansi.nama in listed
    assert not peran_di(waiting.pengguna, waiting.instansi)


def test_the_person_does_it_on_the_page_of_requests(client, waiting):
    client.force_login(waiting.pengguna)
    address = reverse("registrasi:permohonan-penarikan", args=[waiting.pk])
    status = reverse("registrasi:keanggotaan")
    assert address in client.get(status).text
    assert client.post(address)["Location"] == status
    page = client.get(status).text
    assert "Anda menarik kembali permohonan ini" in page
    assert address not in page
    assert reverse("registrasi:permohonan", args=[waiting.instansi.kode]) in page


def test_a_stranger_finds_no_such_request(client, waiting):
    client.force_login(make_pengguna())
    address = reverse("registrasi:permohonan-penarikan", args=[waiting.pk])
    assert client.post(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_deciding_and_taking_back_at_once_one_wins_whole():
    edisi = make_edisi()
    sekretariat = make_pengguna("Sekretariat", "sekretariat", edisi=edisi)
    row = ask(make_instansi(), make_pengguna("Budi"))
    barrier, done = Barrier(2), []
    acts = {
        "disetujui": lambda: approve_akun(keanggotaan=row, oleh=sekretariat, edisi=edisi),
        "ditarik": lambda: withdraw_keanggotaan(keanggotaan=row, oleh=row.pengguna),
    }

    def act(name):
        try:
            barrier.wait(10)
            acts[name]()
            done.append(name)
        except NotAllowedError as error:
            assert "sudah" in error.alasan
        finally:
            connection.close()

    threads = [Thread(target=act, args=[name]) for name in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == 1
    assert Keanggotaan.objects.get(pk=row.pk).status == done[0]
    assert keanggotaan_visible_to_panitia(PANITIA).get().status == done[0]
