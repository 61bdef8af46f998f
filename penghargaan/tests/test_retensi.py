"""How long an edition keeps what: never before its date, once, and receipts still hold."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from evaluasi.models import SalinanSamaran
from kompetisi import clock
from kompetisi.actions.berkas import periksa_berkas
from kompetisi.models import JejakAudit
from kompetisi.queries.jejak import verify_jejak
from penghargaan.actions.retensi import carry_out_retensi
from penghargaan.queries.retensi import retensi_of
from penghargaan.rules.retensi import due_at
from penghargaan.tests.factories import AFTER, PUBLISHED, Panggung
from registrasi.actions.berkas import store_berkas
from registrasi.models import BuktiDukung, Pendaftaran
from registrasi.tests.factories import pdf_file
from registrasi.tests.factories_panitia import fill_pendaftaran, make_pendaftaran

pytestmark = pytest.mark.django_db
DRAFT_DUE = due_at(PUBLISHED, 6)
FILES_DUE = due_at(PUBLISHED, 24)


@pytest.fixture
def stage():
    return Panggung()


@pytest.fixture
def entries(stage):
    """A winner, one that lost, and a draft, each with a file of its own."""
    stage.kuota(1)
    made = {
        "menang": stage.masuk("Pemenang"),
        "kalah": stage.masuk("Lain", dokumen="0.33"),
        "draf": fill_pendaftaran(make_pendaftaran(stage.edisi)),
    }
    jenis = stage.edisi.jenis_dokumen.get(kode="sop")
    for name, row in made.items():
        Pendaftaran.objects.filter(pk=row.pk).update(narahubung_nama=f"Narahubung {name}")
        stored = store_berkas(isi=pdf_file(f"sop-{name}"), oleh=row.dibuat_oleh, maks_mb=5)
        row.bukti.filter(jenis_dokumen=jenis).update(dilepas_pada=AFTER)
        row.own = BuktiDukung.objects.create(
            pendaftaran=row, jenis_dokumen=jenis, berkas=stored, dilampirkan_oleh=row.dibuat_oleh,
            dilampirkan_pada=AFTER,
        ).berkas  # fmt: skip
    stage.umumkan()
    return made


def there(row) -> bool:
    row.own.refresh_from_db()
    return default_storage.exists(row.own.kunci) and row.own.dimusnahkan_pada is None


def test_months_are_counted_to_the_same_hour_in_wib():
    assert due_at(PUBLISHED, 6).isoformat() == "2020-06-09T19:00:00+07:00"


def test_nothing_goes_before_its_date(stage, entries):
    records = JejakAudit.objects.count()
    for at in (AFTER, DRAFT_DUE - timedelta(seconds=1)):
        assert not any(carry_out_retensi(at=at).values())
    assert all(there(row) for row in entries.values())
    assert JejakAudit.objects.count() == records


def test_drafts_go_first_then_files_of_those_who_did_not_win_and_contacts(stage, entries):
    assert carry_out_retensi(at=DRAFT_DUE)["draf_tidak_dikirim_bulan"] == 1
    draft = Pendaftaran.objects.get(pk=entries["draf"].pk)
    assert (draft.judul, draft.narahubung_nama, draft.status) == ("", "", "draf")
    assert not draft.jawaban.exists()
    assert not there(entries["draf"])
    assert there(entries["kalah"])
    done = carry_out_retensi(at=FILES_DUE)
    assert done["berkas_bukan_pemenang_bulan"] >= 1
    assert not there(entries["kalah"])
    assert there(entries["menang"])
    assert not Pendaftaran.objects.exclude(narahubung_nama="").exists()
    assert [item.jumlah for item in retensi_of(stage.edisi, FILES_DUE)] == [0, 0, 0]


def test_a_second_run_does_nothing_and_each_kind_is_recorded_once(stage, entries):
    carry_out_retensi(at=FILES_DUE)
    acts = JejakAudit.objects.filter(tindakan="retensi.laksanakan")
    assert acts.count() == 3
    assert not any(carry_out_retensi(at=FILES_DUE + timedelta(days=1)).values())
    assert acts.count() == 3
    assert verify_jejak().rusak is None


def test_bytes_that_another_entry_needs_stay_and_no_alarm_is_raised(stage, entries):
    winner, loser = entries["menang"], entries["kalah"]
    same = store_berkas(isi=pdf_file("sop-kalah"), oleh=winner.dibuat_oleh, maks_mb=5)
    winner.bukti.filter(berkas=winner.own).update(berkas=same)
    carry_out_retensi(at=FILES_DUE)
    loser.own.refresh_from_db()
    assert loser.own.dimusnahkan_pada == FILES_DUE
    assert default_storage.exists(same.kunci)
    named = [item["apa"] for item in periksa_berkas(semua=False).temuan]
    assert not any("dimusnahkan" in text for text in named)


def test_copies_without_names_and_what_was_blacked_out_by_hand_go_too(stage, entries):
    made = {}
    for name in ("menang", "kalah"):
        row = entries[name]
        by_hand = store_berkas(isi=pdf_file(f"tangan-{name}"), oleh=row.dibuat_oleh, maks_mb=5)
        SalinanSamaran.objects.create(
            pendaftaran=row, berkas=row.own, pengganti=by_hand, keadaan="sah",
            kunci=default_storage.save("x", pdf_file(f"tersamar-{name}")), sha256="0" * 64,
            dibuat_pada=AFTER, diputus_oleh=row.dibuat_oleh, diputus_pada=AFTER,
        )  # fmt: skip
        made[name] = [by_hand.kunci, SalinanSamaran.objects.get(pendaftaran=row).kunci]
    carry_out_retensi(at=FILES_DUE)
    assert [default_storage.exists(kunci) for kunci in made["kalah"]] == [False, False]
    assert [default_storage.exists(kunci) for kunci in made["menang"]] == [True, True]


def test_a_run_that_died_before_the_bytes_is_made_up_for(stage, entries, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(OSError, match="mati"):
        patch.setattr("penghargaan.actions.retensi.purge_berkas", die)
        carry_out_retensi(at=FILES_DUE)
    assert default_storage.exists(entries["kalah"].own.kunci)
    carry_out_retensi(at=FILES_DUE)
    assert not default_storage.exists(entries["kalah"].own.kunci)


def die(*_):
    raise OSError("mati")


def test_an_erased_file_is_refused_in_words(stage, entries, client):
    carry_out_retensi(at=FILES_DUE)
    row = entries["kalah"]
    client.force_login(row.dibuat_oleh)
    with clock.travel(FILES_DUE):
        bukti = row.bukti.get(berkas=row.own)
        answer = client.get(reverse("registrasi:berkas", args=[bukti.pk]))
    assert answer.status_code == 403
    assert "masa simpannya berakhir" in answer.text


def test_the_preview_says_what_goes_and_when(stage, entries, client):
    client.force_login(stage.admin)
    with clock.travel(AFTER):
        page = client.get(reverse("penghargaan_panitia:retensi")).text
        assert "9 Juni 2020" in page
        assert "Belum waktunya" in page
        client.force_login(stage.sekretariat)
        assert client.get(reverse("penghargaan_panitia:retensi")).status_code == 403
