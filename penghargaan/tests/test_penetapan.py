"""The decree, the publication by two people, and its consequences, once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import JejakAudit, Pengumuman, Pesan
from penghargaan.actions.penetapan import (
    approve_penerbitan,
    cancel_penerbitan,
    propose_penerbitan,
    set_keputusan,
)
from penghargaan.actions.pengumuman import complete_due, complete_penerbitan
from penghargaan.actions.tenggat import enforce_penghargaan
from penghargaan.models import Keputusan, Penerbitan
from penghargaan.tests.factories import AFTER, DECREED, PUBLISHED, Panggung
from registrasi.models import Pendaftaran
from registrasi.tests.factories_panitia import make_pendaftaran

pytestmark = pytest.mark.django_db


@pytest.fixture
def panggung():
    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Kota A")
    stage.masuk("Kota B", lapangan="0.5")
    return stage


@pytest.fixture
def decreed(panggung):
    panggung.tetapkan()
    with clock.travel(DECREED):
        yield panggung


def page(client, tahun=2019):
    return client.get(reverse("penghargaan:hasil", args=[tahun]))


def test_decree_needs_a_frozen_list(panggung):
    panggung.buka()
    with clock.travel(DECREED), pytest.raises(NotAllowedError, match="dibekukan"):
        enter(panggung)


def enter(panggung, **fields):
    return set_keputusan(
        **{
            "edisi": panggung.edisi,
            "nomor": "346 Tahun 2019",
            "tanggal": date(2019, 12, 4),
            "tentang": "Penetapan",
            "penandatangan_jabatan": "Menteri",
            "oleh": panggung.sekretariat,
        }
        | fields
    )


def test_decree_is_corrected_until_a_publication_is_proposed(decreed):
    assert enter(decreed).nomor == "346 Tahun 2019"
    assert Keputusan.objects.count() == 1
    with pytest.raises(InvalidInputError, match="masa depan"):
        enter(decreed, tanggal=date(2019, 12, 5))
    propose_penerbitan(edisi=decreed.edisi, terbit_pada=PUBLISHED, oleh=decreed.sekretariat)
    with pytest.raises(NotAllowedError, match="diajukan"):
        enter(decreed, nomor="347")


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "evaluator"])
def test_others_neither_decree_nor_publish(decreed, peran):
    person = decreed.orang(peran)
    with pytest.raises(NotAllowedError, match="Hanya"):
        enter(decreed, oleh=person)
    with pytest.raises(NotAllowedError, match="Hanya"):
        propose_penerbitan(edisi=decreed.edisi, terbit_pada=PUBLISHED, oleh=person)


def test_publication_needs_two_people(decreed):
    propose_penerbitan(edisi=decreed.edisi, terbit_pada=PUBLISHED, oleh=decreed.admin)
    with pytest.raises(NotAllowedError, match="orang lain"):
        approve_penerbitan(edisi=decreed.edisi, oleh=decreed.admin)
    with pytest.raises(NotAllowedError, match="Hanya admin PANRB"):
        approve_penerbitan(edisi=decreed.edisi, oleh=decreed.sekretariat)
    approve_penerbitan(edisi=decreed.edisi, oleh=decreed.orang("admin_panrb"))
    with pytest.raises(NotAllowedError, match="sudah disetujui"):
        approve_penerbitan(edisi=decreed.edisi, oleh=decreed.orang("admin_panrb"))


def test_instant_in_the_past_is_refused(decreed):
    with pytest.raises(InvalidInputError, match="lewat"):
        propose_penerbitan(
            edisi=decreed.edisi, terbit_pada=DECREED - timedelta(minutes=1), oleh=decreed.admin
        )


def test_result_is_404_until_the_instant_and_public_from_it_on(client, panggung):
    assert page(client).status_code == 404
    panggung.tetapkan()
    with clock.travel(DECREED):
        propose_penerbitan(edisi=panggung.edisi, terbit_pada=PUBLISHED, oleh=panggung.sekretariat)
    with clock.travel(AFTER):
        assert page(client).status_code == 404  # never approved
    with clock.travel(DECREED):
        approve_penerbitan(edisi=panggung.edisi, oleh=panggung.admin)
    for at, code in ((PUBLISHED - timedelta(seconds=5), 404), (PUBLISHED, 200)):
        with clock.travel(at):
            assert page(client).status_code == code
            assert client.get("/hasil/2019/berkas/").status_code == code
            assert client.get("/hasil/").status_code == (302 if code == 200 else 404)
    # Nobody had to run anything for it: no consequence has been carried out yet.
    assert Penerbitan.objects.get().dituntaskan_pada is None


def test_public_page_names_winners_and_no_score(client, panggung):
    pleno = panggung.umumkan()
    with clock.travel(AFTER):
        text = page(client).content.decode()
        file = client.get("/hasil/2019/berkas/").content.decode()
    assert "Kota A" in text
    assert "Top 1 Pengelola" in text
    assert "345 Tahun 2019" in text
    assert pleno.hash in text
    assert "Kota B" not in text
    assert "Kota B" not in file
    assert "87,5" not in text
    assert "100,00" not in text


def test_consequences_once(panggung):
    panggung.umumkan(tuntas=False)
    silent = make_pendaftaran(panggung.edisi, status="tidak_masuk")
    make_pendaftaran(panggung.edisi)  # a draft was never sent: nobody is told
    with clock.travel(PUBLISHED - timedelta(seconds=1)):
        assert complete_due(at=clock.now()) == 0
    with clock.travel(AFTER):
        assert enforce_penghargaan(AFTER) == {"penerbitan_dituntaskan": 1}
        assert enforce_penghargaan(AFTER) == {"penerbitan_dituntaskan": 0}
        assert not complete_penerbitan(pk=Penerbitan.objects.get().pk)
    states = dict(Pendaftaran.objects.values_list("instansi__nama", "status"))
    assert states["Kota A"] == "ditetapkan"
    assert states["Kota B"] == "tidak_ditetapkan"
    assert states[silent.instansi.nama] == "tidak_masuk"
    assert Pesan.objects.filter(jenis__startswith="hasil_").count() == 3
    assert Pengumuman.objects.filter(kunci="hasil:2019").count() == 1
    assert JejakAudit.objects.filter(tindakan="penerbitan.tuntas").count() == 1
    letter = Pesan.objects.get(kunci__contains=silent.kode).isi
    assert "belum ditetapkan" in letter
    winner = Pesan.objects.get(jenis="hasil_pemenang", isi__contains="Kota A").isi
    assert "Top 1 Pengelola" in winner


def test_publication_is_undone_only_before_its_instant(decreed):
    edisi = decreed.edisi
    propose_penerbitan(edisi=edisi, terbit_pada=PUBLISHED, oleh=decreed.sekretariat)
    approve_penerbitan(edisi=edisi, oleh=decreed.admin)
    with pytest.raises(NotAllowedError, match="Hanya admin"):
        cancel_penerbitan(edisi=edisi, alasan="x", oleh=decreed.sekretariat)
    with clock.travel(PUBLISHED), pytest.raises(NotAllowedError, match="sudah diumumkan"):
        cancel_penerbitan(edisi=edisi, alasan="x", oleh=decreed.admin)
    with pytest.raises(InvalidInputError):
        cancel_penerbitan(edisi=edisi, alasan=" ", oleh=decreed.admin)
    cancel_penerbitan(edisi=edisi, alasan="Acara ditunda.", oleh=decreed.admin)
    assert not Penerbitan.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE penghargaan_penerbitan SET terbit_pada = now()",
        "DELETE FROM penghargaan_penerbitan",
        "UPDATE penghargaan_keputusan SET nomor = 'lain'",
    ],
)
def test_database_keeps_what_was_published(panggung, statement):
    panggung.umumkan()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
