"""Earlier agencies and consultancies, and rights to represent that ended, as conflicts."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from evaluasi.actions.benturan import (
    Riwayat,
    add_riwayat,
    remove_riwayat,
)
from evaluasi.actions.tenggat import enforce_evaluasi
from evaluasi.models import JenisRiwayat, Penugasan, RiwayatEvaluator
from evaluasi.queries.benturan import riwayat_list, sebab_between
from evaluasi.queries.penugasan import penugasan_own
from evaluasi.queries.pribadi import data_evaluasi
from evaluasi.rules.benturan import can_note_riwayat, within_riwayat
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit, Pesan
from registrasi.tests.factories_panitia import make_anggota

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2018, 12, 31, 17, tzinfo=UTC)  # midnight of 1 January 2019 in WIB


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def kota():
    return f.make_instansi("Pemerintah Kota Uji Malang")


def note(evaluator, instansi, mulai, selesai, jenis=JenisRiwayat.INSTANSI):
    return RiwayatEvaluator.objects.create(
        evaluator=evaluator, jenis=jenis, instansi=instansi, tahun_mulai=mulai,
        tahun_selesai=selesai, dicatat_oleh=evaluator.pengguna, dicatat_pada=f.BEFORE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("aturan", "selesai", "barred"),
    [
        ({}, 2014, True),
        ({}, 2013, False),
        ({}, None, True),
        ({"benturan_riwayat_tahun": 2}, 2016, False),
        ({"benturan_riwayat_tahun": 2}, 2017, True),
        ({"benturan_riwayat_tahun": 0}, 2018, False),
        ({"benturan_riwayat_tahun": 0}, 2019, True),
        ({"benturan_riwayat_tahun": None}, 2014, True),
    ],
)
def test_history_bars_within_the_years_of_the_edition(edisi, kota, aturan, selesai, barred):
    edisi.aturan.pop("benturan_riwayat_tahun", None)
    edisi.aturan |= aturan
    edisi.save()
    evaluator = f.make_evaluator(edisi)
    note(evaluator, kota, 2010, selesai)
    assert bool(sebab_between(evaluator, kota)) is barred
    assert within_riwayat(selesai, tahun=2019, aturan=edisi.aturan) is barred
    assert riwayat_list(evaluator)[0].berlaku is barred


@pytest.mark.parametrize(
    ("jenis", "words"),
    [("instansi", "pernah bekerja di sana"), ("pendampingan", "pernah mendampinginya")],
)
def test_the_cause_names_what_it_was(edisi, kota, jenis, words):
    evaluator = f.make_evaluator(edisi)
    note(evaluator, kota, 2017, 2018, jenis)
    assert sebab_between(evaluator, kota) == words


def test_history_outside_the_directory_bars_nobody(edisi, kota):
    evaluator = f.make_evaluator(edisi)
    RiwayatEvaluator.objects.create(
        evaluator=evaluator, jenis="instansi", nama_lain="Universitas Uji", tahun_mulai=2015,
        dicatat_oleh=evaluator.pengguna, dicatat_pada=f.BEFORE,
    )  # fmt: skip
    assert not sebab_between(evaluator, kota)
    assert not riwayat_list(evaluator)[0].berlaku


def test_committee_adding_history_ends_what_is_now_in_conflict(edisi, kota):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    evaluator = f.make_evaluator(edisi)
    f.make_penugasan(evaluator, f.make_pendaftaran(edisi, kota, "lolos_administrasi"))
    given = Riwayat("instansi", 2016, 2018, kota)
    with pytest.raises(NotAllowedError), clock.travel(f.IN_STAGE):
        add_riwayat(evaluator=evaluator, riwayat=given, oleh=evaluator.pengguna)
    with clock.travel(f.IN_STAGE):
        ended = add_riwayat(evaluator=evaluator, riwayat=given, oleh=ketua)
        assert add_riwayat(evaluator=evaluator, riwayat=given, oleh=ketua) == []
    assert [row.sebab_cabut for row in ended] == ["benturan"]
    assert not penugasan_own(evaluator.pengguna).exists()
    assert RiwayatEvaluator.objects.count() == 1
    assert data_evaluasi(evaluator.pengguna)["riwayat_evaluator"][0]["tahun_mulai"] == 2016


def test_only_the_committee_takes_history_away_and_says_why(edisi, kota):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    evaluator = f.make_evaluator(edisi)
    row = note(evaluator, kota, 2017, 2018)
    for who, why in ((evaluator.pengguna, "Salah ketik"), (ketua, " ")):
        with pytest.raises(NotAllowedError):
            remove_riwayat(riwayat=row, alasan=why, oleh=who)
    remove_riwayat(riwayat=row, alasan="Salah orang.", oleh=ketua)
    assert not sebab_between(evaluator, kota)
    trace = JejakAudit.objects.get(tindakan="riwayat_evaluator.hapus")
    assert trace.rincian["alasan"] == "Salah orang."


@pytest.mark.parametrize(
    ("mulai", "selesai", "can"),
    [(2010, 2012, True), (2019, None, True), (2020, None, False), (2012, 2010, False),
     (1950, 1970, False), (2010, 2020, False)],
)  # fmt: skip
def test_years_must_be_possible(mulai, selesai, can):
    assert can_note_riwayat(mulai, selesai, now=2019).ok is can


def test_evaluator_declares_history_with_the_conflicts(client, edisi, kota):
    evaluator = f.make_evaluator(edisi)
    f.make_penugasan(evaluator, f.make_pendaftaran(edisi, kota, "lolos_administrasi"))
    client.force_login(evaluator.pengguna)
    url = reverse("evaluasi:benturan")
    forms = {"b-TOTAL_FORMS": 0, "b-INITIAL_FORMS": 0, "r-TOTAL_FORMS": 2, "r-INITIAL_FORMS": 0}
    given = forms | {"tidak_ada": "on", "r-0-instansi": kota.nama, "r-0-jenis": "pendampingan"}
    with clock.travel(f.IN_STAGE):
        assert "2014" in client.get(url).text
        assert client.post(url, given).status_code == 422
        assert client.post(url, given | {"r-0-tahun_mulai": "2025"}).status_code == 422
        years = {"r-0-tahun_mulai": "2016", "r-0-tahun_selesai": "2017"}
        far = {"r-1-instansi": "Universitas Jauh", "r-1-tahun_mulai": "2015"}
        assert client.post(url, given | years | far).status_code == 302
        page = client.get(url).text
    assert "Universitas Jauh" in page
    assert sebab_between(evaluator, kota) == "pernah mendampinginya"
    assert Penugasan.objects.get().sebab_cabut == "benturan"


def test_chair_edits_history_on_the_page_of_the_evaluator(client, edisi, kota):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    evaluator = f.make_evaluator(edisi)
    client.force_login(ketua)
    page = reverse("evaluasi_panitia:evaluator-rinci", args=[evaluator.pk])
    url = reverse("evaluasi_panitia:evaluator-riwayat", args=[evaluator.pk])
    with clock.travel(f.IN_STAGE):
        assert client.post(url, {"r-instansi": kota.nama}).status_code == 422
        given = {"r-instansi": kota.nama, "r-tahun_mulai": "2018", "r-jenis": "instansi"}
        assert client.post(url, given).url == page
        row = RiwayatEvaluator.objects.get()
        assert kota.nama in client.get(page).text
        gone = reverse("evaluasi_panitia:evaluator-riwayat-hapus", args=[evaluator.pk, row.pk])
        assert client.post(gone, {"alasan": "Keliru."}).url == page
    assert not RiwayatEvaluator.objects.exists()


def test_a_conflict_that_arose_elsewhere_ends_the_assignment_within_a_minute(edisi, kota):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    evaluator = f.make_evaluator(edisi)
    f.make_penugasan(evaluator, f.make_pendaftaran(edisi, kota, "lolos_administrasi"))
    f.make_penugasan(evaluator, f.make_pendaftaran(edisi, status="lolos_administrasi"))
    with clock.travel(f.IN_STAGE):
        assert enforce_evaluasi(clock.now())["benturan"] == 0
        make_anggota(kota, evaluator.pengguna)
        assert enforce_evaluasi(clock.now())["benturan"] == 1
        assert enforce_evaluasi(clock.now())["benturan"] == 0
    row = Penugasan.objects.get(pendaftaran__instansi=kota)
    assert (row.sebab_cabut, row.dicabut_oleh) == ("benturan", None)
    assert Pesan.objects.filter(kepada=ketua, jenis="benturan_baru").count() == 1
    assert penugasan_own(evaluator.pengguna).count() == 1


# --- Rights to represent -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "decided", "until", "barred"),
    [
        ("disetujui", f.BEFORE, None, True),
        ("berakhir", f.BEFORE, None, True),
        ("dicabut", f.BEFORE, None, True),
        ("ditolak", f.BEFORE, None, False),
        ("ditarik", f.BEFORE, None, False),
        ("diajukan", None, None, False),
        ("disetujui", datetime(2017, 5, 1, tzinfo=UTC), f.BEFORE, True),
        ("disetujui", datetime(2017, 5, 1, tzinfo=UTC), datetime(2018, 5, 1, tzinfo=UTC), False),
        ("berakhir", datetime(2018, 12, 31, 16, 59, tzinfo=UTC), None, False),
        ("berakhir", NEW_YEAR, None, True),
    ],
)
def test_a_right_held_since_the_edition_began_bars_however_it_ended(
    edisi, kota, status, decided, until, barred
):
    evaluator = f.make_evaluator(edisi)
    make_anggota(
        kota, evaluator.pengguna, status=status, diputus_pada=decided, berlaku_sampai=until
    )
    expected = "instansi yang diwakili akunnya" if barred else ""
    assert sebab_between(evaluator, kota) == expected
