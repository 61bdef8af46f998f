"""Acts of the committee against the database: accounts, the gate, reminders, extensions."""

from datetime import timedelta

import pytest

from kompetisi import clock
from kompetisi.actions.perpanjangan import decide_perpanjangan, propose_perpanjangan
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import JejakAudit, Pengumuman, Pesan
from registrasi.actions.administrasi import HasilPeriksa, save_pemeriksaan
from registrasi.actions.akun import approve_akun, reject_akun, revoke_akun
from registrasi.actions.panitia import remind_all, remind_pendaftaran
from registrasi.actions.putusan import confirm_penolakan, decide_seleksi
from registrasi.models import MasaPerbaikan, PemeriksaanButir, RiwayatStatus, SeleksiAdministrasi
from registrasi.queries.administrasi import butir_of
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.queries.temuan import temuan_of
from registrasi.tests.factories_panitia import (
    approve_perpanjangan,
    fill_pendaftaran,
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    make_pengiriman,
    wib,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def sekretariat(edisi):
    return make_pengguna("Sekretariat", "sekretariat", edisi=edisi)


def findings(row, hasil="memenuhi", **changes):
    """A finding on every item; `changes` by the item's code."""
    found = {
        item.kode: HasilPeriksa(hasil, "" if hasil == "memenuhi" else "Tidak terbaca.")
        for item in butir_of(row)
    }
    return found | {kode: HasilPeriksa(value, "Unggah ulang.") for kode, value in changes.items()}


def check(row, oleh, putusan, at=None, **changes):
    with clock.travel(at or wib(3)):
        save_pemeriksaan(pendaftaran=row, hasil=findings(row, **changes), oleh=oleh)
        return decide_seleksi(pendaftaran=row, putusan=putusan, oleh=oleh)


@pytest.fixture
def entry(edisi):
    return fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))


# Accounts


def test_approved_account_is_told_and_recorded(edisi, sekretariat):
    row = make_anggota(make_instansi(), status="diajukan")
    approve_akun(keanggotaan=row, oleh=sekretariat, edisi=edisi)
    row.refresh_from_db()
    assert (row.status, row.diputus_oleh) == ("disetujui", sekretariat)
    assert Pesan.objects.get().kepada == row.pengguna
    assert JejakAudit.objects.latest("urutan").tindakan == "akun.disetujui"


def test_refusal_of_an_account_needs_a_reason_which_is_sent(edisi, sekretariat):
    row = make_anggota(make_instansi(), status="diajukan")
    with pytest.raises(NotAllowedError):
        reject_akun(keanggotaan=row, alasan="  ", oleh=sekretariat, edisi=edisi)
    assert not Pesan.objects.exists()
    reject_akun(keanggotaan=row, alasan="Surat kedaluwarsa.", oleh=sekretariat, edisi=edisi)
    row.refresh_from_db()
    assert row.status == "ditolak"
    assert "Surat kedaluwarsa." in Pesan.objects.get().isi


def test_account_is_decided_once(edisi, sekretariat):
    row = make_anggota(make_instansi(), status="diajukan")
    approve_akun(keanggotaan=row, oleh=sekretariat, edisi=edisi)
    with pytest.raises(NotAllowedError, match="sudah diputuskan"):
        reject_akun(keanggotaan=row, alasan="Lain.", oleh=sekretariat, edisi=edisi)


def test_revoked_account_no_longer_acts(edisi, sekretariat):
    row = make_anggota(make_instansi())
    revoke_akun(keanggotaan=row, alasan="Pindah tugas.", oleh=sekretariat, edisi=edisi)
    row.refresh_from_db()
    assert row.status == "dicabut"
    with pytest.raises(NotAllowedError):
        revoke_akun(keanggotaan=row, alasan="Lagi.", oleh=sekretariat, edisi=edisi)


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "evaluator"])
def test_others_do_not_decide_on_accounts(edisi, peran):
    row = make_anggota(make_instansi(), status="diajukan")
    with pytest.raises(NotAllowedError):
        approve_akun(keanggotaan=row, oleh=make_pengguna("", peran, edisi=edisi), edisi=edisi)


# The administrative gate


def test_complete_entry_lacks_nothing(entry):
    assert kekurangan_of([entry]) == {entry.pk: []}
    with_machine = temuan_of(entry, butir_of(entry), entry.pengiriman.get())
    assert "tidak_memenuhi" not in {t.hasil for t in with_machine.values()}


def test_empty_entry_lacks_everything_asked(edisi):
    row = make_pendaftaran(edisi)
    missing = kekurangan_of([row])[row.pk]
    asked = edisi.pertanyaan.filter(wajib=True, jalur=None).count()
    assert sum(text.startswith("Jawaban:") for text in missing) == asked
    assert any(text.startswith("Angka kinerja:") for text in missing)


def test_entry_passes_when_every_item_is_met(entry, sekretariat):
    check(entry, sekretariat, "lolos")
    entry.refresh_from_db()
    assert entry.status == "lolos_administrasi"
    assert "lolos" in Pesan.objects.get().subjek
    assert RiwayatStatus.objects.get().oleh == sekretariat
    assert JejakAudit.objects.latest("urutan").tindakan == "administrasi.putuskan"


def test_failed_entry_is_told_every_reason(edisi, entry, sekretariat):
    seleksi = check(entry, sekretariat, "tidak_lolos", sk_tim="tidak_memenuhi")
    with clock.travel(wib(3, 13)):
        second = make_pengguna("Kedua", "sekretariat", edisi=edisi)
        confirm_penolakan(usulan=seleksi.usulan.get(), oleh=second)
    entry.refresh_from_db()
    assert entry.status == "tidak_lolos_administrasi"
    pesan = Pesan.objects.get()
    assert "Unggah ulang." in pesan.isi
    assert RiwayatStatus.objects.get().alasan in pesan.isi


def test_refusal_without_reason_changes_nothing(entry, sekretariat):
    found = findings(entry) | {"sk_tim": HasilPeriksa("tidak_memenuhi", " ")}
    with clock.travel(wib(3)), pytest.raises(InvalidInputError) as refusal:
        save_pemeriksaan(pendaftaran=entry, hasil=found, oleh=sekretariat)
    assert set(refusal.value.rincian) == {"sk_tim"}
    assert not SeleksiAdministrasi.objects.exists()


def test_person_who_differs_from_the_machine_says_why(edisi, sekretariat):
    row = make_pendaftaran(edisi, status="dikirim")  # nothing filled in
    with clock.travel(wib(3)), pytest.raises(InvalidInputError) as refusal:
        save_pemeriksaan(pendaftaran=row, hasil=findings(row), oleh=sekretariat)
    assert "kelengkapan" in refusal.value.rincian


def test_decision_waits_for_every_item(entry, sekretariat):
    with clock.travel(wib(3)):
        save_pemeriksaan(
            pendaftaran=entry, hasil={"akun": HasilPeriksa("memenuhi")}, oleh=sekretariat
        )
        with pytest.raises(NotAllowedError, match="belum diperiksa"):
            decide_seleksi(pendaftaran=entry, putusan="lolos", oleh=sekretariat)


def test_decision_must_agree_with_the_findings(entry, sekretariat):
    with pytest.raises(NotAllowedError):
        check(entry, sekretariat, "lolos", sk_tim="tidak_memenuhi")
    entry.refresh_from_db()
    assert entry.status == "dikirim"
    with pytest.raises(NotAllowedError, match="Pilih putusan"):
        check(entry, sekretariat, "menang")


@pytest.mark.parametrize("at", [wib(1), wib(7, 0)])
def test_gate_is_closed_outside_its_stage(entry, sekretariat, at):
    with pytest.raises(NotAllowedError):
        check(entry, sekretariat, "lolos", at=at)


def test_gate_is_open_again_under_an_extension(edisi, entry, sekretariat):
    approve_perpanjangan(edisi, "administrasi", wib(9))
    check(entry, sekretariat, "lolos", at=wib(8))
    entry.refresh_from_db()
    assert entry.status == "lolos_administrasi"


def resubmit(row, at):
    """What the agency's side does when a correction is sent."""
    row.status = "dikirim"
    row.save()
    MasaPerbaikan.objects.filter(pendaftaran=row).update(dikirim_pada=at)
    make_pengiriman(row, pada=at, perbaikan=True)


def test_correction_opens_once_with_its_deadline(entry, sekretariat):
    check(entry, sekretariat, "perbaikan", sk_tim="perlu_perbaikan")
    entry.refresh_from_db()
    masa = MasaPerbaikan.objects.get()
    assert entry.status == "perlu_perbaikan"
    assert abs(masa.tenggat - wib(5)) < timedelta(minutes=1)
    assert "5 November 2019 12.00 WIB" in Pesan.objects.get().isi


def test_second_correction_is_refused(entry, sekretariat):
    check(entry, sekretariat, "perbaikan", sk_tim="perlu_perbaikan")
    resubmit(entry, wib(4))
    with clock.travel(wib(4, 13)), pytest.raises(InvalidInputError) as refusal:
        save_pemeriksaan(
            pendaftaran=entry, hasil=findings(entry, sk_tim="perlu_perbaikan"), oleh=sekretariat
        )
    assert "sudah dipakai" in refusal.value.rincian["sk_tim"]
    with clock.travel(wib(4, 13)):
        save_pemeriksaan(pendaftaran=entry, hasil=findings(entry), oleh=sekretariat)
    PemeriksaanButir.objects.filter(
        butir__kode="sk_tim", seleksi__pengiriman__perbaikan=True
    ).update(hasil="perlu_perbaikan", alasan="Lagi.")
    with clock.travel(wib(4, 13)), pytest.raises(NotAllowedError, match="satu kali"):
        decide_seleksi(pendaftaran=entry, putusan="perbaikan", oleh=sekretariat)
    assert MasaPerbaikan.objects.count() == 1


def test_corrected_entry_gets_a_check_of_its_own(entry, sekretariat):
    check(entry, sekretariat, "perbaikan", sk_tim="perlu_perbaikan")
    resubmit(entry, wib(4))
    check(entry, sekretariat, "lolos", at=wib(4, 13))
    entry.refresh_from_db()
    assert entry.status == "lolos_administrasi"
    assert SeleksiAdministrasi.objects.count() == 2


def test_correction_just_before_closing_asks_for_an_extension(entry, sekretariat):
    with pytest.raises(NotAllowedError, match="perpanjangan"):
        check(entry, sekretariat, "perbaikan", at=wib(6, 23, 30), sk_tim="perlu_perbaikan")
    entry.refresh_from_db()
    assert entry.status == "dikirim"
    assert not MasaPerbaikan.objects.exists()


def test_decided_entry_is_not_decided_again(entry, sekretariat):
    check(entry, sekretariat, "lolos")
    with pytest.raises(NotAllowedError):
        check(entry, sekretariat, "tidak_lolos", sk_tim="tidak_memenuhi")


def test_unit_is_asked_for_its_letter(edisi):
    unit = make_pendaftaran(edisi, jalur="unit", status="dikirim")
    whole = make_pendaftaran(edisi, status="dikirim")
    assert "rekomendasi" in {item.kode for item in butir_of(unit)}
    assert "rekomendasi" not in {item.kode for item in butir_of(whole)}


# Reminders


def test_reminder_is_sent_once_a_day(edisi, sekretariat):
    row = make_pendaftaran(edisi)
    with clock.travel(wib(28, month=10)):
        assert remind_pendaftaran(pendaftaran=row, oleh=sekretariat) == 1
        with pytest.raises(NotAllowedError, match="hari ini"):
            remind_pendaftaran(pendaftaran=row, oleh=sekretariat)
    with clock.travel(wib(29, 0, 5, month=10)):  # the next day in WIB
        remind_pendaftaran(pendaftaran=row, oleh=sekretariat)
    assert Pesan.objects.count() == 2
    assert "Yang masih kurang" in Pesan.objects.first().isi


def test_reminding_all_passes_over_those_reminded_today(edisi, sekretariat):
    rows = [make_pendaftaran(edisi) for _ in range(3)]
    with clock.travel(wib(28, month=10)):
        remind_pendaftaran(pendaftaran=rows[0], oleh=sekretariat)
        assert remind_all(rows=rows, oleh=sekretariat) == 2
        with pytest.raises(NotAllowedError):
            remind_all(rows=rows, oleh=sekretariat)


def test_sent_entry_is_not_reminded(edisi, entry, sekretariat):
    with clock.travel(wib(28, month=10)), pytest.raises(NotAllowedError):
        remind_pendaftaran(pendaftaran=entry, oleh=sekretariat)


# Extensions


def test_extension_needs_two_people_and_is_announced(edisi, sekretariat):
    other = make_pengguna("Lain", "admin_panrb", edisi=edisi)
    tahap = edisi.tahap.get(jenis="pendaftaran")
    with clock.travel(wib(1)):
        row = propose_perpanjangan(
            tahap=tahap, selesai_baru=wib(4, 0), alasan="Gangguan.", oleh=sekretariat
        )
        with pytest.raises(NotAllowedError, match="orang lain"):
            decide_perpanjangan(perpanjangan=row, setuju=True, oleh=sekretariat)
        decide_perpanjangan(perpanjangan=row, setuju=True, oleh=other)
    row.refresh_from_db()
    assert row.disetujui_oleh == other
    assert "Gangguan." in Pengumuman.objects.get().isi
    tindakan = set(JejakAudit.objects.values_list("tindakan", flat=True))
    assert {"perpanjangan.ajukan", "perpanjangan.setujui"} <= tindakan


def test_extension_of_one_entry_is_not_announced(edisi, sekretariat):
    entry = make_pendaftaran(edisi)
    other = make_pengguna("Lain", "sekretariat", edisi=edisi)
    with clock.travel(wib(3)):
        row = propose_perpanjangan(
            tahap=edisi.tahap.get(jenis="pendaftaran"),
            selesai_baru=wib(4, 0),
            alasan="Gangguan.",
            oleh=sekretariat,
            kode_pendaftaran=entry.kode,
        )
        decide_perpanjangan(perpanjangan=row, setuju=True, oleh=other)
    assert not Pengumuman.objects.exists()


def test_acts_use_few_queries(entry, sekretariat, django_assert_max_num_queries):
    with clock.travel(wib(3)), django_assert_max_num_queries(45):
        save_pemeriksaan(pendaftaran=entry, hasil=findings(entry), oleh=sekretariat)
    with clock.travel(wib(3)), django_assert_max_num_queries(40):
        decide_seleksi(pendaftaran=entry, putusan="lolos", oleh=sekretariat)
