"""Forms that only a competition in the middle of its course shows give back what was typed."""

import pytest
from django.urls import reverse

from evaluasi.actions.wawancara import schedule_wawancara
from evaluasi.tests.factories import IN_STAGE, make_evaluator, make_lembar
from kompetisi import clock
from penghargaan.tests.factories import PLENO, Panggung
from registrasi.actions.administrasi import HasilPeriksa, save_pemeriksaan
from registrasi.models import Keanggotaan
from registrasi.queries.administrasi import butir_of
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_instansi,
    make_pendaftaran,
    wib,
)
from tests.formulir import lost_on

pytestmark = pytest.mark.django_db
OCTOBER, GATE, PLANNING = wib(25, month=10), wib(5), wib(15)


def test_the_gate_gives_back_checks_decisions_and_withdrawals():
    stage = Panggung()
    entry = fill_pendaftaran(make_pendaftaran(stage.edisi, make_instansi(), status="dikirim"))
    owner = Keanggotaan.objects.filter(instansi=entry.instansi).first().pengguna
    walk = [
        (owner, OCTOBER, "registrasi:rinci"),
        (stage.sekretariat, GATE, "registrasi_panitia:administrasi-rinci"),
        (stage.sekretariat, GATE, "registrasi_panitia:administrasi-putusan"),
    ]
    with clock.travel(GATE):
        found = {item.kode: HasilPeriksa("memenuhi") for item in butir_of(entry)}
        save_pemeriksaan(pendaftaran=entry, hasil=found, oleh=stage.sekretariat)
    for person, moment, name in walk:
        with clock.travel(moment):
            lost, seen = lost_on(person, reverse(name, args=[entry.kode]))
        assert seen, name
        assert not lost, "\n".join(lost)


def test_the_plenary_gives_back_decisions_and_reasons():
    stage = Panggung()
    stage.kuota(1)
    entry = stage.masuk("Kota Alfa")
    stage.buka()
    with clock.travel(PLENO):
        for page in (
            reverse("penghargaan_panitia:pleno"),
            reverse("penghargaan_panitia:pleno-putusan", args=[entry.kode]),
        ):
            lost, seen = lost_on(stage.ketua, page)
            assert seen, page
            assert not lost, "\n".join(lost)


def test_an_interview_and_a_sheet_give_back_what_was_typed():
    stage = Panggung()
    entry = make_pendaftaran(stage.edisi, make_instansi(), status="masuk_daftar_pendek")
    with clock.travel(PLANNING):
        schedule_wawancara(
            pendaftaran=entry, mulai=wib(18, 9), ruang="Ruang 1", oleh=stage.ketua
        )  # fmt: skip
        page = reverse("evaluasi_panitia:wawancara-rinci", args=[entry.kode])
        lost, seen = lost_on(stage.ketua, page)
    assert seen
    assert not lost, "\n".join(lost)
    judge = make_evaluator(stage.edisi)
    other = make_pendaftaran(stage.edisi, make_instansi(), status="lolos_administrasi")
    sheet = make_lembar(judge, other)
    with clock.travel(IN_STAGE):
        lost, seen = lost_on(judge.pengguna, reverse("evaluasi:lembar", args=[sheet.pk]))
    assert seen
    assert not lost, "\n".join(lost)
