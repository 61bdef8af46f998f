"""The later stages ask the same place which rights are in force."""

import pytest

from evaluasi.queries.lapangan import kunjungan_peserta
from evaluasi.queries.wawancara import sesi_peserta
from kompetisi import clock
from penghargaan.queries.peserta import pendaftaran_of_user
from registrasi.models import Keanggotaan
from registrasi.tests.factories_panitia import make_edisi, make_pendaftaran, wib

pytestmark = pytest.mark.django_db


def test_interviews_visits_and_results_close_when_the_right_ends():
    entry = make_pendaftaran(make_edisi())
    Keanggotaan.objects.update(berlaku_sampai=wib(11, 0))
    user = entry.dibuat_oleh
    with clock.travel(wib(10)):
        assert pendaftaran_of_user(user).get() == entry
    with clock.travel(wib(11, 0)):
        assert not pendaftaran_of_user(user).exists()
    for rows in (sesi_peserta(user), kunjungan_peserta(user)):
        assert "berlaku_sampai" in str(rows.query)
