"""A refusal needs two people; nobody checks unknowingly what another has in hand."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kompetisi import clock
from kompetisi.errors import NotAllowedError
from kompetisi.models import JejakAudit, Pesan
from registrasi.actions.administrasi import (
    HasilPeriksa,
    hold_pemeriksaan,
    save_pemeriksaan,
    take_over_pemeriksaan,
)
from registrasi.actions.putusan import confirm_penolakan, decide_seleksi, return_penolakan
from registrasi.models import PeganganPeriksa, SeleksiAdministrasi, UsulanPenolakan
from registrasi.queries.administrasi import antrean_administrasi, butir_of, next_administrasi
from registrasi.queries.tugas_panitia import tugas
from registrasi.rules.administrasi import PEGANGAN
from registrasi.tests.factories_panitia import (
    fill_pendaftaran,
    make_edisi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
GATE = wib(3)
ROLE = {"sekretariat"}


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def satu(edisi):
    return make_pengguna("Petugas Satu", "sekretariat", edisi=edisi)


@pytest.fixture
def dua(edisi):
    return make_pengguna("Petugas Dua", "sekretariat", edisi=edisi)


@pytest.fixture
def entry(edisi):
    return fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))


def findings(row, **changes):
    found = {item.kode: HasilPeriksa("memenuhi") for item in butir_of(row)}
    return found | {kode: HasilPeriksa(value, "Tidak sah.") for kode, value in changes.items()}


def propose(row, oleh) -> UsulanPenolakan:
    with clock.travel(GATE):
        found = findings(row, sk_tim="tidak_memenuhi")
        save_pemeriksaan(pendaftaran=row, hasil=found, oleh=oleh)
        decide_seleksi(pendaftaran=row, putusan="tidak_lolos", alasan="Catatan.", oleh=oleh)
    return UsulanPenolakan.objects.get(diputus_pada=None)


def status_of(row) -> str:
    row.refresh_from_db()
    return row.status


def address(name, row):
    return reverse(f"registrasi_panitia:{name}", args=[row.kode])


# Two people


def test_proposed_refusal_tells_nobody_and_changes_nothing(entry, satu):
    propose(entry, satu)
    assert status_of(entry) == "dikirim"
    assert not Pesan.objects.exists()
    assert SeleksiAdministrasi.objects.get().diputus_pada is None
    assert JejakAudit.objects.latest("urutan").tindakan == "administrasi.usulkan_penolakan"


def test_second_person_makes_it_hold_and_the_agency_is_told(entry, satu, dua):
    usulan = propose(entry, satu)
    with clock.travel(GATE):
        confirm_penolakan(usulan=usulan, oleh=dua)
    assert status_of(entry) == "tidak_lolos_administrasi"
    letter = Pesan.objects.get(jenis="administrasi_tidak_lolos")
    assert "Tidak sah." in letter.isi
    assert "Catatan." in letter.isi
    seleksi = SeleksiAdministrasi.objects.get()
    assert (seleksi.putusan, seleksi.diputus_oleh) == ("tidak_lolos", dua)
    assert JejakAudit.objects.latest("urutan").rincian["diusulkan_oleh"] == satu.pk


def test_proposer_neither_confirms_nor_returns(entry, satu):
    usulan = propose(entry, satu)
    with clock.travel(GATE):
        with pytest.raises(NotAllowedError, match="orang lain"):
            confirm_penolakan(usulan=usulan, oleh=satu)
        with pytest.raises(NotAllowedError, match="orang lain"):
            return_penolakan(usulan=usulan, alasan="Keliru.", oleh=satu)
    assert status_of(entry) == "dikirim"


def test_same_person_in_another_session_is_refused(client, entry, satu):
    """The person counts, not the browser: a fresh sign-in of the proposer changes nothing."""
    propose(entry, satu)
    client.force_login(satu)
    with clock.travel(GATE):
        assert client.post(address("penolakan-persetujuan", entry)).status_code == 403
        page = client.get(address("administrasi-putusan", entry))
    assert "bukan pengusulnya" in page.text
    assert status_of(entry) == "dikirim"


def test_proposer_with_a_second_role_is_still_the_same_person(edisi, entry):
    both = make_pengguna("Rangkap", "sekretariat", "admin_panrb", edisi=edisi)
    usulan = propose(entry, both)
    with clock.travel(GATE), pytest.raises(NotAllowedError, match="orang lain"):
        confirm_penolakan(usulan=usulan, oleh=both)


def test_database_itself_refuses_one_person_twice(entry, satu):
    usulan = propose(entry, satu)
    with pytest.raises(IntegrityError), transaction.atomic():
        UsulanPenolakan.objects.filter(pk=usulan.pk).update(diputus_oleh=satu)


def test_returned_proposal_can_be_checked_again(entry, satu, dua):
    usulan = propose(entry, satu)
    with clock.travel(GATE):
        with pytest.raises(NotAllowedError, match="alasan"):
            return_penolakan(usulan=usulan, alasan=" ", oleh=dua)
        return_penolakan(usulan=usulan, alasan="Surat terbaca pada halaman 2.", oleh=dua)
        note = Pesan.objects.get()
        assert note.kepada == satu
        assert "halaman 2" in note.isi
        save_pemeriksaan(pendaftaran=entry, hasil=findings(entry), oleh=satu)
        decide_seleksi(pendaftaran=entry, putusan="lolos", oleh=satu)
    assert status_of(entry) == "lolos_administrasi"


def test_findings_stand_still_while_a_second_person_is_awaited(entry, satu, dua):
    propose(entry, satu)
    with clock.travel(GATE), pytest.raises(NotAllowedError, match="orang kedua"):
        save_pemeriksaan(pendaftaran=entry, hasil=findings(entry), oleh=dua)


def test_proposal_is_settled_once(entry, satu, dua, edisi):
    usulan = propose(entry, satu)
    third = make_pengguna("Tiga", "admin_panrb", edisi=edisi)
    with clock.travel(GATE):
        confirm_penolakan(usulan=usulan, oleh=third)
        with pytest.raises(NotAllowedError, match="sudah diputuskan"):
            return_penolakan(usulan=usulan, alasan="Terlambat.", oleh=dua)


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "evaluator"])
def test_others_do_not_confirm(edisi, entry, satu, peran):
    usulan = propose(entry, satu)
    other = make_pengguna("Lain", peran, edisi=edisi)
    with clock.travel(GATE), pytest.raises(NotAllowedError):
        confirm_penolakan(usulan=usulan, oleh=other)


def test_closed_stage_confirms_nothing(entry, satu, dua):
    usulan = propose(entry, satu)
    with clock.travel(wib(7, 0)), pytest.raises(NotAllowedError):
        confirm_penolakan(usulan=usulan, oleh=dua)


def test_edition_may_leave_refusals_to_one_person(edisi, entry, satu):
    edisi.aturan["penolakan_dua_orang"] = False
    edisi.save()
    with clock.travel(GATE):
        found = findings(entry, sk_tim="tidak_memenuhi")
        save_pemeriksaan(pendaftaran=entry, hasil=found, oleh=satu)
        decide_seleksi(pendaftaran=entry, putusan="tidak_lolos", oleh=satu)
    assert status_of(entry) == "tidak_lolos_administrasi"
    assert not UsulanPenolakan.objects.exists()


def test_passing_needs_one_person(entry, satu):
    with clock.travel(GATE):
        save_pemeriksaan(pendaftaran=entry, hasil=findings(entry), oleh=satu)
        decide_seleksi(pendaftaran=entry, putusan="lolos", oleh=satu)
    assert status_of(entry) == "lolos_administrasi"


def test_second_person_finds_it_among_the_tasks_and_the_proposer_does_not(
    client, edisi, entry, satu, dua
):
    propose(entry, satu)
    titles = [t["judul"] for t in tugas(dua, edisi, ROLE, GATE)]
    assert "Putuskan usulan tidak lolos administrasi" in titles
    titles = [t["judul"] for t in tugas(satu, edisi, ROLE, GATE)]
    assert "Putuskan usulan tidak lolos administrasi" not in titles
    assert not antrean_administrasi(ROLE, edisi).exists()
    client.force_login(dua)
    with clock.travel(GATE):
        assert entry.kode in client.get(reverse("registrasi_panitia:administrasi")).text
        client.post(address("penolakan-persetujuan", entry))
    assert status_of(entry) == "tidak_lolos_administrasi"


# Who holds it


def test_opening_an_entry_holds_it(client, entry, satu, dua):
    client.force_login(satu)
    with clock.travel(GATE):
        client.get(address("administrasi-rinci", entry))
        client.force_login(dua)
        page = client.get(address("administrasi-rinci", entry))
    assert PeganganPeriksa.objects.get().oleh == satu
    assert "sedang diperiksa Petugas Satu" in page.text
    assert "Ambil alih" in page.text


def test_held_entry_is_saved_by_its_holder_alone(client, entry, satu, dua):
    with clock.travel(GATE):
        hold_pemeriksaan(pendaftaran=entry, oleh=satu)
        client.force_login(dua)
        sent = {"hasil_akun": "memenuhi", "alasan_akun": "Diketik dua."}
        answer = client.post(address("administrasi-pemeriksaan", entry), sent)
        assert answer.status_code == 409
        assert "Diketik dua." in answer.text
        assert not SeleksiAdministrasi.objects.exists()
        client.post(address("administrasi-pemeriksaan", entry), sent | {"ambil_alih": "1"})
        assert SeleksiAdministrasi.objects.get().butir.get().oleh == dua
        with pytest.raises(NotAllowedError, match="Petugas Dua"):
            save_pemeriksaan(pendaftaran=entry, hasil=findings(entry), oleh=satu)
    assert JejakAudit.objects.filter(tindakan="administrasi.ambil_alih").count() == 1


def test_hold_lapses(entry, satu, dua):
    with clock.travel(GATE):
        hold_pemeriksaan(pendaftaran=entry, oleh=satu)
    with clock.travel(GATE + PEGANGAN + timedelta(seconds=5)):
        assert hold_pemeriksaan(pendaftaran=entry, oleh=dua).oleh == dua
    assert not JejakAudit.objects.filter(tindakan="administrasi.ambil_alih").exists()


def test_next_in_queue_passes_over_what_another_has_open(edisi, entry, satu, dua):
    later = fill_pendaftaran(make_pendaftaran(edisi, status="dikirim"))
    with clock.travel(GATE):
        hold_pemeriksaan(pendaftaran=entry, oleh=satu)
        at = clock.now()
        assert next_administrasi(ROLE, edisi, dua.pk, at) == later
        assert next_administrasi(ROLE, edisi, satu.pk, at) == entry


@pytest.mark.parametrize("peran", ["pengamat", "ketua"])
def test_who_only_reads_holds_nothing(client, edisi, entry, peran):
    client.force_login(make_pengguna("Pembaca", peran, edisi=edisi))
    with clock.travel(GATE):
        assert client.get(address("administrasi-rinci", entry)).status_code == 200
    assert not PeganganPeriksa.objects.exists()


def test_take_over_needs_the_role(edisi, entry, satu):
    hold_pemeriksaan(pendaftaran=entry, oleh=satu)
    with clock.travel(GATE), pytest.raises(NotAllowedError):
        take_over_pemeriksaan(
            pendaftaran=entry, oleh=make_pengguna("Admin", "admin_panrb", edisi=edisi)
        )
