"""Conflicts: derived and declared, in the one view, in the database, at once."""

import pytest
from django.db import IntegrityError, connection, transaction

from evaluasi.actions.benturan import Pernyataan, declare_benturan, record_benturan, sign_pakta
from evaluasi.actions.evaluator import add_evaluator, update_evaluator
from evaluasi.models import BenturanEfektif, Evaluator, PaktaIntegritas, Penugasan
from evaluasi.queries.benturan import sebab_between
from evaluasi.queries.nilai import nilai_tahap
from evaluasi.queries.penugasan import pendaftaran_assigned_to, penugasan_own
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit, Peran, Pesan

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def negeri():
    """Two provinces with a city each, a ministry with an agency under it, a state company."""
    jateng = f.make_instansi("Pemerintah Provinsi Uji Tengah", "provinsi")
    jatim = f.make_instansi("Pemerintah Provinsi Uji Timur", "provinsi")
    kementerian = f.make_instansi("Kementerian Uji", "kementerian")
    return {
        "jateng": jateng,
        "semarang": f.make_instansi("Pemerintah Kota Uji Semarang", provinsi=jateng),
        "demak": f.make_instansi("Pemerintah Kabupaten Uji Demak", "kabupaten", provinsi=jateng),
        "jatim": jatim,
        "malang": f.make_instansi("Pemerintah Kota Uji Malang", provinsi=jatim),
        "kementerian": kementerian,
        "badan": f.make_instansi("Badan Uji", "lembaga", induk=kementerian),
        "bumn": f.make_instansi("PT Uji Negara", "bumn"),
    }


@pytest.mark.parametrize(
    ("asal", "terlarang"),
    [
        ("semarang", {"semarang", "jateng", "demak"}),
        ("jateng", {"jateng", "semarang", "demak"}),
        ("kementerian", {"kementerian", "badan"}),
        ("badan", {"badan", "kementerian"}),
        ("bumn", {"bumn"}),
        (None, set()),
    ],
)
def test_home_agency_bars_its_province_parent_and_children(edisi, negeri, asal, terlarang):
    evaluator = f.make_evaluator(edisi, negeri[asal] if asal else None)
    barred = {name for name, row in negeri.items() if sebab_between(evaluator, row)}
    assert barred == terlarang


def test_own_province_of_an_evaluator_is_barred_whatever_the_home_agency(edisi, negeri):
    evaluator = f.make_evaluator(edisi, negeri["kementerian"], provinsi=negeri["jatim"])
    assert sebab_between(evaluator, negeri["malang"]) == "berada di provinsi asal"
    assert sebab_between(evaluator, negeri["jatim"]) == "pemerintah provinsi asal"


def test_agencies_that_the_account_represents_and_declared_ones_are_barred(edisi, negeri):
    evaluator = f.make_evaluator(edisi)
    entry = f.make_pendaftaran(edisi, negeri["bumn"])
    other = f.make_evaluator(edisi, pengguna=entry.dibuat_oleh)
    assert sebab_between(other, negeri["bumn"]) == "instansi yang diwakili akunnya"
    declare_benturan(
        evaluator=evaluator,
        pernyataan=[Pernyataan(negeri["malang"], "Pernah menjadi konsultan.")],
        oleh=evaluator.pengguna,
    )
    assert "dinyatakan" in sebab_between(evaluator, negeri["malang"])
    assert not sebab_between(evaluator, negeri["bumn"])


def test_the_database_refuses_an_assignment_in_conflict_by_raw_sql(edisi, negeri):
    evaluator = f.make_evaluator(edisi, negeri["semarang"])
    own = f.make_pendaftaran(edisi, negeri["semarang"], "lolos_administrasi")
    insert = (
        "INSERT INTO evaluasi_penugasan (tahap_id, pendaftaran_id, evaluator_id, urutan,"
        " sebab_cabut, alasan_cabut) VALUES (%s, %s, %s, 1, '', '')"
    )
    values = [f.tahap_dokumen(edisi).pk, own.pk, evaluator.pk]
    refused = pytest.raises(IntegrityError, match="berbenturan")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert, values)
    far = f.make_pendaftaran(edisi, negeri["malang"], "lolos_administrasi")
    row = f.make_penugasan(evaluator, far)
    with pytest.raises(IntegrityError, match="berbenturan"), transaction.atomic():
        Penugasan.objects.filter(pk=row.pk).update(pendaftaran=own)


def test_nothing_is_shown_before_pact_and_declaration(edisi, negeri):
    evaluator = f.make_evaluator(edisi, negeri["bumn"], siap=False)
    f.make_penugasan(evaluator, f.make_pendaftaran(edisi, negeri["malang"], "lolos_administrasi"))
    assert not penugasan_own(evaluator.pengguna).exists()
    with pytest.raises(NotAllowedError, match="pakta"):
        declare_benturan(evaluator=evaluator, pernyataan=[], oleh=evaluator.pengguna)
    sign_pakta(evaluator=evaluator, oleh=evaluator.pengguna)
    assert not penugasan_own(evaluator.pengguna).exists()
    declare_benturan(evaluator=evaluator, pernyataan=[], oleh=evaluator.pengguna)
    assert penugasan_own(evaluator.pengguna).count() == 1
    assert "menilai setiap peserta" in PaktaIntegritas.objects.get(evaluator=evaluator).teks


def test_pact_is_signed_once_and_only_by_oneself(edisi):
    evaluator = f.make_evaluator(edisi, siap=False)
    with pytest.raises(NotAllowedError):
        sign_pakta(evaluator=evaluator, oleh=f.make_pengguna())
    sign_pakta(evaluator=evaluator, oleh=evaluator.pengguna)
    with pytest.raises(NotAllowedError, match="sudah"):
        sign_pakta(evaluator=evaluator, oleh=evaluator.pengguna)


def test_a_later_conflict_ends_the_assignment_drops_its_sheet_and_tells_the_chair(edisi, negeri):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    entry = f.make_pendaftaran(edisi, negeri["malang"], "lolos_administrasi")
    one, two = f.make_evaluator(edisi), f.make_evaluator(edisi)
    f.score_lembar(f.make_lembar(one, entry), "A")
    f.score_lembar(f.make_lembar(two, entry), "D")
    tahap = f.tahap_dokumen(edisi)
    assert nilai_tahap(edisi, tahap)[0].jumlah == 2
    ended = declare_benturan(
        evaluator=one,
        pernyataan=[Pernyataan(negeri["malang"], "Saudara menjadi pejabat di sana.")],
        oleh=one.pengguna,
    )
    assert [row.pendaftaran for row in ended] == [entry]
    row = Penugasan.objects.get(evaluator=one)
    assert (row.sebab_cabut, row.dicabut_oleh) == ("benturan", one.pengguna)
    assert not pendaftaran_assigned_to(one.pengguna, "dokumen").exists()
    score = nilai_tahap(edisi, tahap)[0]
    assert (score.jumlah, score.nilai) == (1, 0)
    message = Pesan.objects.get(kepada=ketua, jenis="benturan_baru")
    assert entry.kode in message.isi
    assert JejakAudit.objects.filter(tindakan="penugasan.cabut").count() == 1


def test_a_conflict_without_any_action_hides_the_entry_and_its_sheet_at_once(edisi, negeri):
    """Also when the row comes into the database by another way, the rule excludes it."""
    entry = f.make_pendaftaran(edisi, negeri["malang"], "lolos_administrasi")
    evaluator = f.make_evaluator(edisi)
    f.score_lembar(f.make_lembar(evaluator, entry))
    Evaluator.objects.filter(pk=evaluator.pk).update(instansi_asal=negeri["malang"])
    assert not penugasan_own(evaluator.pengguna).exists()
    assert nilai_tahap(edisi) == []


def test_chair_records_a_conflict_others_may_not(edisi, negeri):
    evaluator = f.make_evaluator(edisi)
    with pytest.raises(NotAllowedError):
        record_benturan(
            evaluator=evaluator, instansi=negeri["bumn"], alasan="x", oleh=f.make_pengguna()
        )
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    with pytest.raises(InvalidInputError):
        record_benturan(evaluator=evaluator, instansi=negeri["bumn"], alasan=" ", oleh=ketua)
    record_benturan(evaluator=evaluator, instansi=negeri["bumn"], alasan="Komisaris.", oleh=ketua)
    assert BenturanEfektif.objects.filter(evaluator=evaluator, sebab="dinyatakan").count() == 1


def test_adding_an_evaluator_makes_account_role_and_province(edisi, negeri):
    sekretariat = f.make_pengguna("Sek", "sekretariat", edisi=edisi)
    evaluator = add_evaluator(
        edisi=edisi,
        email="Baru@Uji.test",
        nama="Evaluator Baru",
        instansi_asal=negeri["semarang"],
        kapasitas=30,
        oleh=sekretariat,
    )
    assert evaluator.pengguna.email == "baru@uji.test"
    assert evaluator.provinsi == negeri["jateng"]
    assert Peran.objects.filter(pengguna=evaluator.pengguna, jenis="evaluator").count() == 1
    assert Pesan.objects.filter(kepada=evaluator.pengguna).count() == 1
    with pytest.raises(InvalidInputError, match="sudah"):
        add_evaluator(edisi=edisi, email="baru@uji.test", nama="Lagi", oleh=sekretariat)
    with pytest.raises(NotAllowedError):
        add_evaluator(edisi=edisi, email="x@uji.test", nama="X", oleh=evaluator.pengguna)


def test_origin_outside_the_directory_bars_its_province(edisi, negeri):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    with clock.travel(f.IN_STAGE):
        evaluator = add_evaluator(
            edisi=edisi, email="dosen@uji.test", nama="Dosen", asal_lain="Universitas Uji",
            provinsi=negeri["jateng"], oleh=ketua,
        )  # fmt: skip
    entry = f.make_pendaftaran(edisi, negeri["semarang"], "lolos_administrasi")
    assert sebab_between(evaluator, negeri["semarang"]) == "berada di provinsi asal"
    with pytest.raises(IntegrityError, match="berbenturan"), transaction.atomic():
        f.make_penugasan(evaluator, entry)
    ended = update_evaluator(
        evaluator=evaluator, instansi_asal=None, asal_lain="Universitas Uji", kapasitas=5,
        aktif=True, provinsi=negeri["jatim"], versi=1, oleh=ketua,
    )  # fmt: skip
    assert ended == []
    assert sebab_between(evaluator, negeri["semarang"]) == ""
    assert sebab_between(evaluator, negeri["malang"]) == "berada di provinsi asal"


def test_a_changed_home_agency_ends_what_is_now_in_conflict(edisi, negeri):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    evaluator = f.make_evaluator(edisi, negeri["bumn"])
    f.make_penugasan(evaluator, f.make_pendaftaran(edisi, negeri["malang"], "lolos_administrasi"))
    changes = {"asal_lain": "", "kapasitas": 5, "aktif": True, "oleh": ketua}
    ended = update_evaluator(evaluator=evaluator, instansi_asal=negeri["jatim"], versi=1, **changes)
    assert len(ended) == 1
    with pytest.raises(StaleVersionError):
        update_evaluator(evaluator=evaluator, instansi_asal=None, versi=1, **changes)


def test_setting_an_evaluator_aside_takes_the_role_and_all_they_see(edisi, negeri):
    ketua = f.make_pengguna("Ketua", "ketua", edisi=edisi)
    evaluator = f.make_evaluator(edisi, negeri["bumn"])
    f.make_penugasan(evaluator, f.make_pendaftaran(edisi, negeri["malang"], "lolos_administrasi"))
    common = {"instansi_asal": negeri["bumn"], "asal_lain": "", "kapasitas": 9, "oleh": ketua}
    update_evaluator(evaluator=evaluator, aktif=False, versi=1, **common)
    assert not penugasan_own(evaluator.pengguna).exists()
    assert not Peran.objects.filter(pengguna=evaluator.pengguna, dicabut_pada=None).exists()
    with clock.travel(f.IN_STAGE):
        update_evaluator(evaluator=evaluator, aktif=True, versi=2, **common)
    assert penugasan_own(evaluator.pengguna).count() == 1
