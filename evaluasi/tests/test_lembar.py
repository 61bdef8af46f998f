"""The engine of sheets: windows, versions, locks, reopening, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from evaluasi.actions.lembar import (
    Isian,
    lock_lembar,
    open_lembar,
    reopen_lembar,
    save_catatan_umum,
    save_lembar,
    save_nilai,
)
from evaluasi.models import LembarPenilaian, Nilai, Pembukaan, Penguncian
from evaluasi.queries.lembar import butir_of
from evaluasi.rules.lembar import hash_isi
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.errors import InvalidInputError, NotAllowedError, StaleVersionError
from kompetisi.models import JejakAudit, Pesan
from registrasi.tests.factories_panitia import approve_perpanjangan

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return f.make_edisi()


@pytest.fixture
def lembar(edisi):
    entry = f.make_pendaftaran(edisi, status="lolos_administrasi")
    return f.make_lembar(f.make_evaluator(edisi), entry)


@pytest.fixture
def ketua(edisi):
    return f.make_pengguna("Ketua", "ketua", edisi=edisi)


@pytest.fixture
def _in_stage():
    with clock.travel(f.IN_STAGE):
        yield


def owner(lembar):
    return lembar.penugasan.evaluator.pengguna


def save(lembar, item, tingkat="A", catatan="", versi=None, oleh=None):
    return save_nilai(
        lembar=lembar,
        kriteria=item.kriteria_id,
        tingkat=tingkat,
        catatan=catatan,
        versi=item.versi if versi is None else versi,
        oleh=oleh or owner(lembar),
    )


@pytest.mark.usefixtures("_in_stage")
def test_a_saved_level_counts_in_the_running_total(lembar):
    first, second = butir_of(lembar.pk)[:2]
    assert save(lembar, first).total == first.bobot
    hasil = save(lembar, second, "B", "Sebagian besar ada.")
    assert hasil.total == first.bobot + second.bobot * second.faktor_of("B")
    assert (hasil.terisi, hasil.nilai.versi) == (2, 1)
    assert not JejakAudit.objects.filter(objek_jenis="evaluasi.nilai").exists()


@pytest.mark.usefixtures("_in_stage")
def test_the_second_tab_is_told_what_stands_and_loses_nothing(lembar):
    item = butir_of(lembar.pk)[0]
    save(lembar, item, "A", "dari tab pertama")
    with pytest.raises(StaleVersionError) as caught:
        save(lembar, item, "B", "dari tab kedua")
    assert caught.value.rincian == {
        "tersimpan": {"tingkat": "A", "catatan": "dari tab pertama"},
        "versi": 1,
    }
    assert save(lembar, item, "B", "dari tab kedua", versi=1).nilai.versi == 2


@pytest.mark.usefixtures("_in_stage")
def test_the_same_save_again_is_no_conflict(lembar):
    item = butir_of(lembar.pk)[0]
    assert save(lembar, item, "A", "x").nilai.versi == 1
    assert save(lembar, item, "A", "x").nilai.versi == 1


@pytest.mark.usefixtures("_in_stage")
def test_unknown_levels_and_criteria_are_refused(lembar):
    item = butir_of(lembar.pk)[0]
    with pytest.raises(InvalidInputError):
        save(lembar, item, "Z")
    with pytest.raises(InvalidInputError):
        save_nilai(lembar=lembar, kriteria=0, tingkat="A", catatan="", versi=0, oleh=owner(lembar))
    with pytest.raises(InvalidInputError, match="panjang"):
        save(lembar, item, "A", "x" * 4001)
    assert not Nilai.objects.exists()


def test_the_window_is_half_open_and_extensions_count(edisi, lembar):
    tahap, item = f.tahap_dokumen(edisi), butir_of(lembar.pk)[0]
    second = timedelta(seconds=1)
    with clock.travel(tahap.mulai - second), pytest.raises(NotAllowedError, match="belum dibuka"):
        save(lembar, item)
    with clock.travel(tahap.selesai - 5 * second):
        assert save(lembar, item).nilai.versi == 1
    with clock.travel(tahap.selesai), pytest.raises(NotAllowedError, match="sudah ditutup"):
        save(lembar, item, "B", versi=1)
    approve_perpanjangan(edisi, "dokumen", tahap.selesai + timedelta(hours=1))
    with clock.travel(tahap.selesai):
        assert save(lembar, item, "B", versi=1).nilai.versi == 2


@pytest.mark.usefixtures("_in_stage")
@pytest.mark.parametrize("change", ["withdrawn", "inactive", "unreleased", "stranger"])
def test_only_the_reader_in_force_writes(lembar, change):
    item, oleh = butir_of(lembar.pk)[0], owner(lembar)
    tugas = lembar.penugasan
    if change == "withdrawn":
        type(tugas).objects.filter(pk=tugas.pk).update(dicabut_pada=f.BEFORE)
    elif change == "inactive":
        type(tugas.evaluator).objects.update(aktif=False)
    elif change == "unreleased":
        type(tugas).objects.filter(pk=tugas.pk).update(dirilis_pada=None)
    else:
        oleh = f.make_evaluator(tugas.evaluator.edisi).pengguna
    with pytest.raises(NotAllowedError):
        save(lembar, item, oleh=oleh)


@pytest.mark.usefixtures("_in_stage")
def test_an_incomplete_sheet_is_not_locked_and_says_what_is_missing(lembar):
    items = butir_of(lembar.pk)
    for item in items[1:]:
        save(lembar, item, item.tingkat[0]["kode"])
    with pytest.raises(NotAllowedError, match=f"{items[0].kode}: pilih tingkat"):
        lock_lembar(lembar=lembar, oleh=owner(lembar))


def test_a_level_that_differs_from_the_claim_needs_a_note(edisi):
    entry = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
    lembar = f.make_lembar(f.make_evaluator(edisi), entry)
    f.score_lembar(lembar, {"": "A", "A1": "B"}, kunci=False, catatan="")
    with clock.travel(f.IN_STAGE):
        with pytest.raises(NotAllowedError, match="A1: tulis alasan"):
            lock_lembar(lembar=lembar, oleh=owner(lembar))
        item = next(b for b in butir_of(lembar.pk) if b.kode == "A1")
        save(lembar, item, "B", "Surat keputusan belum memuat uraian tugas.")
        assert lock_lembar(lembar=lembar, oleh=owner(lembar)).hash


def test_a_lock_seals_the_content_and_its_hash_and_refuses_further_writes(lembar):
    f.score_lembar(lembar)
    kunci = Penguncian.objects.get(lembar=lembar)
    assert kunci.hash == hash_isi(kunci.isi)
    assert kunci.isi["total"] == "100"
    assert kunci.isi["pendaftaran"] == lembar.penugasan.pendaftaran.kode
    item = butir_of(lembar.pk)[0]
    with clock.travel(f.IN_STAGE):
        with pytest.raises(NotAllowedError, match="terkunci"):
            save(lembar, item, "B")
        with pytest.raises(NotAllowedError, match="terkunci"):
            lock_lembar(lembar=lembar, oleh=owner(lembar))
    assert JejakAudit.objects.filter(tindakan="lembar.kunci").count() == 1


def test_the_database_refuses_changes_to_a_locked_sheet(lembar):
    f.score_lembar(lembar)
    kunci = Penguncian.objects.get(lembar=lembar)
    for sql, key in (
        ("UPDATE evaluasi_nilai SET faktor = 0 WHERE lembar_id = %s", lembar.pk),
        ("DELETE FROM evaluasi_nilai WHERE lembar_id = %s", lembar.pk),
        ("UPDATE evaluasi_penguncian SET hash = 'x' WHERE id = %s", kunci.pk),
        ("DELETE FROM evaluasi_penguncian WHERE id = %s", kunci.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [key])


def test_the_chair_reopens_with_a_reason_and_the_locked_state_is_kept(lembar, ketua):
    f.score_lembar(lembar)
    before = Penguncian.objects.get(lembar=lembar)
    with clock.travel(f.IN_STAGE):
        with pytest.raises(NotAllowedError, match="ketua"):
            reopen_lembar(lembar=lembar, alasan="x", oleh=owner(lembar))
        with pytest.raises(NotAllowedError, match="alasan"):
            reopen_lembar(lembar=lembar, alasan=" ", oleh=ketua)
        reopen_lembar(lembar=lembar, alasan="Bukti C2 keliru dibaca.", oleh=ketua)
        item = butir_of(lembar.pk)[0]
        save(lembar, item, item.tingkat[1]["kode"], "Diperiksa lagi.")
        after = lock_lembar(lembar=lembar, oleh=owner(lembar))
    assert Pembukaan.objects.get().alasan == "Bukti C2 keliru dibaca."
    kept = Penguncian.objects.get(pk=before.pk)
    assert (kept.dibuka, kept.isi, kept.hash) == (True, before.isi, before.hash)
    assert after.hash != before.hash
    assert Pesan.objects.filter(jenis="lembar_dibuka", kepada=owner(lembar)).count() == 1


def test_after_closing_a_sheet_is_not_reopened(edisi, lembar, ketua):
    f.score_lembar(lembar)
    closed = clock.travel(f.tahap_dokumen(edisi).selesai)
    with closed, pytest.raises(NotAllowedError, match="Perpanjang"):
        reopen_lembar(lembar=lembar, alasan="x", oleh=ketua)


@pytest.mark.usefixtures("_in_stage")
def test_a_whole_sheet_is_stored_at_once_or_not_at_all(lembar):
    items = butir_of(lembar.pk)
    isian = {b.kriteria_id: Isian(b.tingkat[0]["kode"], "ok", 0) for b in items}
    oleh = owner(lembar)
    save_lembar(lembar=lembar, isian=isian, catatan_umum="Baik.", versi=1, oleh=oleh)
    assert LembarPenilaian.objects.get(pk=lembar.pk).catatan_umum == "Baik."
    save(lembar, items[0], "B", "tab lain", versi=1)
    isian = {b.kriteria_id: Isian(b.tingkat[1]["kode"], "baru", 1) for b in items}
    with pytest.raises(StaleVersionError) as caught:
        save_lembar(lembar=lembar, isian=isian, catatan_umum="Lain.", versi=2, oleh=oleh)
    assert list(caught.value.rincian["butir"]) == [items[0].kriteria_id]
    assert Nilai.objects.filter(catatan="baru").count() == 0


@pytest.mark.usefixtures("_in_stage")
def test_the_general_note_has_a_version_of_its_own(lembar):
    oleh = owner(lembar)
    saved = save_catatan_umum(lembar=lembar, catatan="satu", versi=1, oleh=oleh)
    assert saved.versi == 2
    with pytest.raises(StaleVersionError) as caught:
        save_catatan_umum(lembar=lembar, catatan="dua", versi=1, oleh=oleh)
    assert caught.value.rincian == {"tersimpan": "satu", "versi": 2}


def test_opening_a_sheet_twice_gives_the_same_one(edisi, lembar):
    assert open_lembar(penugasan=lembar.penugasan, oleh=owner(lembar)) == lembar
    with pytest.raises(NotAllowedError):
        open_lembar(penugasan=lembar.penugasan, oleh=f.make_pengguna())
