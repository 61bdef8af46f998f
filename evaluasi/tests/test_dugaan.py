"""What a profile seems to mean: found, decided by a person, and warned of until then."""

import pytest
from django.urls import reverse

from evaluasi.actions.dugaan import seek_all, seek_dugaan
from evaluasi.actions.evaluator import add_evaluator
from evaluasi.actions.penugasan import release_rencana
from evaluasi.actions.putusan_dugaan import confirm_dugaan, ignore_dugaan
from evaluasi.actions.rencana import propose_rencana
from evaluasi.models import DugaanBenturan, Penugasan
from evaluasi.queries.benturan import sebab_between
from evaluasi.queries.dugaan import assigned_in_doubt, dugaan_open
from evaluasi.queries.pribadi import data_evaluasi
from evaluasi.rules.dugaan import Nama, match_domain, match_text
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit

SEMARANG = ("pemerintah kota semarang", "semarang", "kota semarang", "pemkot semarang")
NAMES = [
    Nama(1, SEMARANG, wilayah=True),
    Nama(2, ("pemerintah kabupaten semarang", "semarang", "kabupaten semarang"), wilayah=True),
    Nama(3, ("badan kepegawaian negara", "bkn")),
]


@pytest.mark.parametrize(
    ("teks", "found"),
    [
        ("dinas kominfo kota semarang", [1]),
        ("pemkot semrang", [1]),
        ("pemerintah kabupaten semarang", [2]),
        ("universitas uji semarang", []),
        ("semarang", []),
        ("peneliti pada bkn", [3]),
        ("badan kepegawaian negra", [3]),
        ("perkumpulan warga", []),
        ("", []),
    ],
)
def test_a_text_names_an_agency_by_a_run_of_words(teks, found):
    assert [row.instansi for row in match_text(teks, NAMES)] == found


@pytest.mark.parametrize(
    ("surel", "found"),
    [
        ("a@semarangkota.go.id", [1]),
        ("a@dinkes.semarangkab.go.id", [2]),
        ("a@kotasemarang.go.id", [1]),
        ("a@semarang.go.id", [1, 2]),
        ("a@bkn.go.id", [3]),
        ("a@gmail.com", []),
        ("a@semarangkota.com", []),
    ],
)
def test_a_domain_names_an_agency(surel, found):
    assert sorted(row.instansi for row in match_domain(surel, NAMES)) == found


@pytest.fixture
def edisi(db):
    return f.make_edisi()


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


@pytest.fixture
def kota(db):
    return f.make_instansi("Pemerintah Kota Ujimalang")


def add(edisi, ketua, **fields):
    with clock.travel(f.IN_STAGE):
        return add_evaluator(
            edisi=edisi, nama="Sari", oleh=ketua, **{"email": "sari@uji.test"} | fields
        )


def test_adding_somebody_suggests_and_bars_nothing(edisi, ketua, kota):
    person = add(edisi, ketua, asal_lain="Mantan staf Pemkot Ujimalang")
    (row,) = dugaan_open(edisi)
    assert (row.evaluator, row.instansi, row.sumber) == (person, kota, "asal")
    assert not sebab_between(person, kota)


def test_the_domain_of_the_address_is_a_source(edisi, ketua, kota):
    add(edisi, ketua, email="sari@ujimalangkota.go.id", asal_lain="Konsultan")
    assert dugaan_open(edisi).get().sumber == "surel"


def test_what_is_barred_already_is_no_suggestion(edisi, ketua, kota):
    add(edisi, ketua, email="sari@ujimalangkota.go.id", instansi_asal=kota)
    assert not dugaan_open(edisi).exists()


def test_confirmed_it_is_a_conflict_and_ends_what_is_assigned(edisi, ketua, kota):
    person = f.make_evaluator(edisi, asal_lain="Pemkot Ujimalang")
    f.make_penugasan(person, f.make_pendaftaran(edisi, kota, "lolos_administrasi"))
    with pytest.raises(NotAllowedError):
        seek_all(edisi=edisi, oleh=person.pengguna)
    assert seek_all(edisi=edisi, oleh=ketua) == 1
    row = dugaan_open(edisi).get()
    for who, why in ((person.pengguna, "Benar."), (ketua, " ")):
        with pytest.raises(NotAllowedError):
            confirm_dugaan(dugaan=row, alasan=why, oleh=who)
    ended = confirm_dugaan(dugaan=row, alasan="Ia masih pegawainya.", oleh=ketua)
    assert len(ended) == 1
    assert Penugasan.objects.get().sebab_cabut == "benturan"
    assert "dinyatakan" in sebab_between(person, kota)
    trace = JejakAudit.objects.get(tindakan="dugaan.benar")
    assert trace.rincian["alasan"] == "Ia masih pegawainya."
    with pytest.raises(NotAllowedError, match="sudah diputus"):
        ignore_dugaan(dugaan=row, alasan="Salah.", oleh=ketua)


def test_ignored_it_does_not_come_again_and_undecided_goes_with_its_text(edisi, ketua, kota):
    person = f.make_evaluator(edisi, asal_lain="Pemkot Ujimalang")
    seek_dugaan(person)
    ignore_dugaan(dugaan=dugaan_open(edisi).get(), alasan="Hanya magang.", oleh=ketua)
    assert seek_dugaan(person) == 0
    assert not dugaan_open(edisi).exists()
    other = f.make_evaluator(edisi, asal_lain="Pemkot Ujimalang")
    seek_dugaan(other)
    other.asal_lain = "Universitas"
    seek_dugaan(other)
    assert not DugaanBenturan.objects.filter(evaluator=other).exists()


def test_team_page_lists_counts_and_decides_and_assigning_warns(client, edisi, ketua, kota):
    person = f.make_evaluator(edisi, asal_lain="Pemkot Ujimalang")
    entry = f.make_pendaftaran(edisi, kota, "lolos_administrasi")
    seek_dugaan(person)
    client.force_login(ketua)
    page = reverse("evaluasi_panitia:evaluator")
    args = ["dokumen", entry.kode]
    with clock.travel(f.IN_STAGE):
        assert "1 dugaan benturan belum diputus" in client.get(page).text
        assign = reverse("evaluasi_panitia:penugasan-tambah", args=args)
        answer = client.post(assign, {"evaluator": person.pk}, follow=True)
        assert "Dugaan benturan belum diputus" in answer.text
        assert len(assigned_in_doubt(f.tahap_dokumen(edisi))) == 1
        row = DugaanBenturan.objects.get()
        url = reverse("evaluasi_panitia:dugaan-benar", args=[row.pk])
        assert client.post(url, {"alasan": "Benar."}).url == page
        assert "belum diputus" not in client.get(page).text
        assert client.post(url, {"alasan": "Benar."}).status_code == 404


def test_a_plan_under_undecided_suggestions_is_released_only_by_who_says_to_know(
    client, edisi, ketua, kota
):
    entry = f.make_pendaftaran(edisi, kota, "lolos_administrasi")
    for text in ("Pemkot Ujimalang", "Universitas Uji"):
        seek_dugaan(f.make_evaluator(edisi, asal_lain=text))
    client.force_login(ketua)
    stage = reverse("evaluasi_panitia:penugasan-tahap", args=["dokumen"])
    release = reverse("evaluasi_panitia:penugasan-rilis", args=["dokumen"])
    with clock.travel(f.IN_STAGE):
        plan = propose_rencana(tahap=f.tahap_dokumen(edisi), oleh=ketua)
        page = client.get(stage).text
        assert "berdugaan benturan yang belum diputuskan" in page
        assert f"{entry.kode}: " in page
        with pytest.raises(NotAllowedError, match="Putuskan dahulu"):
            release_rencana(rencana=plan, oleh=ketua)
        assert client.post(release).status_code == 403
        assert not Penugasan.objects.exclude(dirilis_pada=None).exists()
        assert client.post(release, {"dugaan_diketahui": "on"}).status_code == 302
        assert Penugasan.objects.exclude(dirilis_pada=None).exists()
    trace = JejakAudit.objects.get(tindakan="penugasan.rilis")
    assert len(trace.rincian["dugaan_terbuka"]) == 1


def test_decided_suggestions_hold_no_plan_back(edisi, ketua, kota):
    f.make_pendaftaran(edisi, kota, "lolos_administrasi")
    person = f.make_evaluator(edisi, asal_lain="Pemkot Ujimalang")
    seek_dugaan(person)
    ignore_dugaan(dugaan=dugaan_open(edisi).get(), alasan="Hanya magang.", oleh=ketua)
    with clock.travel(f.IN_STAGE):
        plan = propose_rencana(tahap=f.tahap_dokumen(edisi), oleh=ketua)
        assert release_rencana(rencana=plan, oleh=ketua) == 1
    (kept,) = data_evaluasi(person.pengguna)["dugaan_benturan"]
    assert (kept["teks"], kept["putusan"]) == ("Pemkot Ujimalang", "diabaikan")
