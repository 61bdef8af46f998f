"""Scores changed behind the application's back are found out, whatever was changed."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from evaluasi.models import BenturanKepentingan, Nilai, Penguncian
from evaluasi.queries.periksa_nilai import check_nilai
from evaluasi.rules.lembar import hash_isi
from evaluasi.tests import factories as f
from kompetisi import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def lembar(edisi):
    entry = f.make_pendaftaran(edisi, status="lolos_administrasi")
    for _ in range(2):
        sheet = f.quick_lembar(f.make_evaluator(edisi), entry, 0.7)
    return sheet


def as_superuser(sql, *given):
    """Run SQL with every trigger off, as a superuser or the owner of the tables can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = ("evaluasi_nilai", "evaluasi_penguncian", "evaluasi_penugasan",
                  "kompetisi_jejakaudit")  # fmt: skip
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, given)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def only(edisi):
    hasil = check_nilai(edisi)
    (beda,) = hasil.beda
    return beda


def test_untouched_sheets_agree_and_drafts_are_not_looked_at(edisi, lembar):
    entry = f.make_pendaftaran(edisi, status="lolos_administrasi")
    f.score_lembar(f.make_lembar(f.make_evaluator(edisi), entry), "A", kunci=False)
    hasil = check_nilai(edisi)
    assert (hasil.terkunci, hasil.beda) == (2, ())


def test_a_raised_level_is_named_with_criterion_and_total(edisi, lembar):
    row = Nilai.objects.filter(lembar=lembar, faktor__lt=1).select_related("kriteria").first()
    as_superuser("UPDATE evaluasi_nilai SET faktor = 1, tingkat = 'A' WHERE id = %s", row.pk)
    beda = only(edisi)
    assert beda.lembar == lembar.pk
    text = "; ".join(beda.rincian)
    assert f"{row.kriteria.kode}: faktor dikunci" in text
    assert "kini 1" in text
    assert "total: dikunci" in text


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE evaluasi_nilai SET catatan = 'lain' WHERE lembar_id = %s", "catatan"),
        ("DELETE FROM evaluasi_nilai WHERE lembar_id = %s", "tidak ada lagi"),
        ("DELETE FROM evaluasi_penguncian WHERE lembar_id = %s", "tidak ada lagi"),
        ("UPDATE evaluasi_penguncian SET dibuka = true WHERE lembar_id = %s", "tidak ada lagi"),
        ("UPDATE evaluasi_penguncian SET hash = repeat('0', 64) WHERE lembar_id = %s", "sidik"),
        ("UPDATE evaluasi_lembarpenilaian SET catatan_umum = 'x' WHERE id = %s", "catatan umum"),
        (
            "UPDATE evaluasi_penugasan SET dicabut_pada = now() WHERE id = "
            "(SELECT penugasan_id FROM evaluasi_lembarpenilaian WHERE id = %s)",
            "tanpa catatan",
        ),
        (
            "UPDATE kompetisi_jejakaudit SET rincian = '{}' "
            "WHERE tindakan = 'lembar.kunci' AND objek_kunci = %s::bigint::text",
            "jejak audit",
        ),
        (
            "DELETE FROM kompetisi_jejakaudit "
            "WHERE tindakan = 'lembar.kunci' AND objek_kunci = %s::bigint::text",
            "tidak tercatat",
        ),
    ],
)
def test_every_other_change_is_found_too(edisi, lembar, sql, found):
    as_superuser(sql, lembar.pk)
    assert found in "; ".join(only(edisi).rincian)


def test_a_lock_rewritten_with_a_matching_hash_disagrees_with_the_audit_log(edisi, lembar):
    lock = Penguncian.objects.get(lembar=lembar)
    isi = json.loads(json.dumps(lock.isi))
    row = next(item for item in isi["nilai"] if item["faktor"] != "1")
    row["faktor"], row["tingkat"] = "1", "A"
    as_superuser(
        "UPDATE evaluasi_penguncian SET isi = %s, hash = %s WHERE id = %s",
        json.dumps(isi), hash_isi(isi), lock.pk,
    )  # fmt: skip
    as_superuser(
        "UPDATE evaluasi_nilai n SET faktor = 1, tingkat = 'A' FROM kompetisi_kriteria k "
        "WHERE k.id = n.kriteria_id AND n.lembar_id = %s AND k.kode = %s",
        lembar.pk, row["kriteria"],
    )  # fmt: skip
    assert "sidik penguncian tidak sama dengan jejak audit" in only(edisi).rincian


def test_another_weight_of_a_criterion_is_found_on_every_sheet(edisi, lembar):
    row = Nilai.objects.filter(lembar=lembar, faktor__gt=0).first()
    as_superuser("UPDATE kompetisi_kriteria SET bobot = bobot + 1 WHERE id = %s", row.kriteria_id)
    assert len(check_nilai(edisi).beda) == 2


def test_a_sheet_that_vanished_is_missed(edisi, lembar):
    pk = lembar.pk
    as_superuser("DELETE FROM evaluasi_nilai WHERE lembar_id = %s", pk)
    as_superuser("DELETE FROM evaluasi_penguncian WHERE lembar_id = %s", pk)
    as_superuser("DELETE FROM evaluasi_lembarpenilaian WHERE id = %s", pk)
    beda = only(edisi)
    assert (beda.lembar, beda.rincian) == (pk, ("lembar terkunci tidak ada lagi",))


def test_the_command_names_the_sheet_and_fails(edisi, lembar, capsys):
    call_command("periksa_nilai", "2019")
    assert "2 lembar terkunci diperiksa" in capsys.readouterr().out
    as_superuser("UPDATE evaluasi_nilai SET faktor = 0 WHERE lembar_id = %s", lembar.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("periksa_nilai")
    assert ended.value.code == 1
    assert f"Lembar nomor {lembar.pk}" in capsys.readouterr().err


def test_the_page_names_entries_only_to_whom_they_may_be_known(client, edisi, lembar):
    as_superuser("UPDATE evaluasi_nilai SET faktor = 0 WHERE lembar_id = %s", lembar.pk)
    entry, ketua = lembar.penugasan.pendaftaran, f.make_pengguna("Ketua", "ketua", edisi=edisi)
    client.force_login(ketua)
    with clock.travel(f.IN_STAGE):
        assert entry.kode in client.get(reverse("evaluasi_panitia:nilai-periksa")).text
        BenturanKepentingan.objects.create(
            evaluator=f.make_evaluator(edisi, pengguna=ketua), instansi=entry.instansi,
            alasan="Saudara.", dicatat_oleh=ketua, dicatat_pada=f.BEFORE,
        )  # fmt: skip
        page = client.get(reverse("evaluasi_panitia:nilai-periksa")).text
    assert f"Nomor {lembar.pk}" in page
    assert entry.kode not in page
