"""Inviting people to act for an agency, handing over, giving a right up."""

import re
import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.pesan import deliver_pesan
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import JejakAudit, Pesan
from registrasi.actions.akun import revoke_akun
from registrasi.actions.jawaban import accept_undangan, decline_undangan, leave_hak
from registrasi.actions.undangan import cancel_undangan, invite, resend_undangan
from registrasi.models import Keanggotaan, Undangan, UnitPengelola
from registrasi.queries.keanggotaan import anggota_of, peran_di
from registrasi.queries.pendaftaran import pendaftaran_of
from registrasi.queries.tugas import tugas
from registrasi.queries.undangan import undangan_of
from registrasi.tests.factories_panitia import (
    make_anggota,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
AT = wib(25, month=10)


@pytest.fixture(autouse=True)
def _pagi():
    with clock.travel(AT):
        yield


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def hak(edisi):
    """The right of the first admin."""
    return make_anggota(make_instansi("Pemerintah Kota Alfa"), make_pengguna("Dewi"))


@pytest.fixture
def unit(hak):
    return UnitPengelola.objects.create(instansi=hak.instansi, nama="RSUD Alfa", jenis="pelayanan")


def verified(nama="Budi", alamat=None):
    """A person who has proved the address of the account, or another."""
    person = make_pengguna(nama)
    EmailAddress.objects.create(
        user=person, email=alamat or person.email, verified=True, primary=True
    )
    return person


def undang(hak, alamat, unit=None, **more):
    peran = "admin_unit" if unit else "admin_instansi"
    return invite(
        instansi=hak.instansi, alamat=alamat, peran=peran, unit=unit, oleh=hak.pengguna, **more
    )


def url(name, *args):
    return reverse(f"registrasi:{name}", args=args)


def link(pesan=None):
    return (pesan or Pesan.objects.filter(jenis="undangan").latest("pk")).tautan


def at(**more):
    return clock.travel(AT + timedelta(**more))


# Sending


def test_the_link_carries_a_secret_of_which_only_the_hash_is_kept(hak):
    row = undang(hak, " Budi@Alfa.go.id ")
    message = Pesan.objects.get()
    tanda = re.fullmatch(r"/registrasi/undangan/tautan/([\w-]{43})/", message.tautan)[1]
    assert row.sidik == sha256(tanda.encode()).hexdigest()
    assert (message.alamat, message.kepada) == ("budi@alfa.go.id", None)
    assert tanda not in str(JejakAudit.objects.latest("urutan").rincian)
    assert row.berlaku_sampai - row.dikirim_pada == timedelta(days=settings.INVITATION_DAYS)


def test_once_sent_the_outbox_keeps_no_link(hak, settings):
    undang(hak, "budi@alfa.go.id")
    settings.DEMO = False
    assert deliver_pesan(pk=Pesan.objects.get().pk)
    assert Pesan.objects.get().tautan == ""


def test_who_may_not_invite_is_refused(hak, unit):
    clerk = make_anggota(hak.instansi, unit=unit, peran="admin_unit")
    other = make_anggota(make_instansi())
    for person in (clerk.pengguna, other.pengguna, make_pengguna()):
        for serah_terima in (False, True):
            with pytest.raises(NotAllowedError):
                invite(
                    instansi=hak.instansi, alamat="x@uji.test", peran="admin_instansi",
                    oleh=person, serah_terima=serah_terima,
                )  # fmt: skip
    assert not Undangan.objects.exists()


def test_one_invitation_of_a_kind_waits_and_nobody_is_invited_to_what_they_are(hak, unit):
    undang(hak, "budi@alfa.go.id")
    undang(hak, "budi@alfa.go.id", unit)  # another role
    with pytest.raises(InvalidInputError, match="sudah menunggu"):
        undang(hak, "BUDI@alfa.go.id")
    with pytest.raises(InvalidInputError, match="sudah menjadi admin"):
        undang(hak, hak.pengguna.email)
    assert Undangan.objects.count() == 2


def test_an_agency_does_not_flood_the_world_with_invitations(hak):
    for number in range(50):
        undang(hak, f"orang{number}@luar.test")
    with pytest.raises(NotAllowedError, match="Batalkan dahulu"):
        undang(hak, "satu.lagi@luar.test")


def test_sending_again_makes_a_new_link_and_a_new_end(hak):
    row = undang(hak, "budi@alfa.go.id")
    old = link()
    with at(minutes=9), pytest.raises(NotAllowedError, match="sepuluh menit"):
        resend_undangan(undangan=row, oleh=hak.pengguna)
    with at(days=8):
        again = resend_undangan(undangan=row, oleh=hak.pengguna)
        assert again.keadaan == "menunggu"
    assert again.berlaku_sampai > row.berlaku_sampai
    assert link() != old
    assert Pesan.objects.count() == 2


def test_the_old_link_is_dead_after_a_new_one(hak, client):
    row = undang(hak, "budi@alfa.go.id")
    old = link()
    with at(days=1):
        resend_undangan(undangan=row, oleh=hak.pengguna)
    assert client.get(old).status_code == 404
    assert client.get(link()).status_code == 200


# The link


def test_the_link_says_who_invites_for_what_and_leads_in(hak, unit, client):
    undang(hak, "budi@alfa.go.id", unit)
    page = client.get(link())
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    for text in ("Dewi", "RSUD Alfa", "Pemerintah Kota Alfa", "budi@alfa.go.id"):
        assert text in page.text
    assert f"next=%2Fregistrasi%2Fundangan%2Ftautan%2F{link().split('/')[-2]}%2F" in page.text
    signup = re.search(r'href="(/akun/signup/[^"]+)"', page.text)[1].replace("&amp;", "&")
    assert 'value="budi@alfa.go.id"' in client.get(signup).text


def test_a_made_up_link_is_not_found(client):
    assert client.get(url("undangan-tautan", "x" * 43)).status_code == 404


def test_the_wrong_account_learns_nothing_of_the_agency(hak, client):
    row = undang(hak, "budi@alfa.go.id")
    client.force_login(verified("Tono"))
    page = client.get(link())
    assert page.status_code == 403
    assert "b…@alfa.go.id" in page.text
    assert "Pemerintah Kota Alfa" not in page.text
    for name in ("undangan", "undangan-terima", "undangan-tolak"):
        method = client.get if name == "undangan" else client.post
        assert method(url(name, row.pk)).status_code == 404


def test_an_address_that_is_not_proved_is_the_wrong_account(hak, client):
    person = make_pengguna("Budi")
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    row = undang(hak, person.email)
    client.force_login(person)
    assert client.get(link()).status_code == 403
    with pytest.raises(NotAllowedError, match="alamat surel lain"):
        accept_undangan(undangan=row, oleh=person)


def test_the_addressee_accepts_and_begins(edisi, hak, unit, client):
    budi = verified()
    entry = make_pendaftaran(edisi, hak.instansi)
    undang(hak, budi.email.upper())
    client.force_login(budi)
    assert any("Jawab undangan" in t["judul"] for t in tugas(budi, edisi, (), clock.now()))
    page = client.get(link(), follow=True)
    row = Undangan.objects.get()
    assert page.redirect_chain[-1][0] == url("undangan", row.pk)
    assert "Terima undangan" in page.text
    done = client.post(url("undangan-terima", row.pk))
    assert done.url == url("instansi", hak.instansi.kode)
    assert "Dewi" in client.get(done.url).text
    assert pendaftaran_of(budi).get() == entry
    used = client.get(url("undangan", row.pk))
    assert (used.status_code, "sudah diterima" in used.text) == (410, True)
    told = Pesan.objects.get(jenis="undangan_diterima")
    assert told.kepada == hak.pengguna


def test_an_address_of_the_account_beside_the_first_counts(hak):
    budi = verified(alamat="resmi@alfa.go.id")
    made = accept_undangan(undangan=undang(hak, "resmi@alfa.go.id"), oleh=budi)
    assert made.pengguna == budi


def test_a_units_admin_fills_in_for_the_unit_alone(hak, unit):
    budi = verified()
    accept_undangan(undangan=undang(hak, budi.email, unit), oleh=budi)
    assert peran_di(budi, hak.instansi) == frozenset()
    assert peran_di(budi, hak.instansi, unit) == {"admin_unit"}


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("lewat", "sudah lewat"),
        ("batal", "dibatalkan"),
        ("pakai", "sudah diterima"),
        ("tolak", "sudah ditolak"),
    ],
)
def test_each_dead_invitation_says_why(hak, client, what, words):
    budi = verified()
    row, tautan, later = undang(hak, budi.email), link(), 0
    if what == "lewat":
        later = 8
    elif what == "batal":
        cancel_undangan(undangan=row, oleh=hak.pengguna)
    elif what == "pakai":
        accept_undangan(undangan=row, oleh=budi)
    else:
        decline_undangan(undangan=row, oleh=budi)
    with at(days=later):
        page = client.get(tautan)
        assert (page.status_code, words in page.text) == (410, True)
        client.force_login(budi)
        page = client.get(tautan, follow=True)
        assert (page.status_code, words in page.text) == (410, True)
        assert "Terima undangan" not in page.text
        if what != "pakai":
            refused = client.post(url("undangan-terima", row.pk))
            assert (refused.status_code, words in refused.text) == (403, True)
    assert Keanggotaan.objects.filter(pengguna=budi).count() == (what == "pakai")


def test_accepting_and_declining_twice_is_once(hak):
    budi, sari = verified(), verified("Sari")
    row = undang(hak, budi.email)
    first = accept_undangan(undangan=row, oleh=budi)
    assert accept_undangan(undangan=row, oleh=budi) == first
    other = undang(hak, sari.email)
    for _ in range(2):
        decline_undangan(undangan=other, oleh=sari)
    kinds = list(Pesan.objects.values_list("jenis", flat=True))
    assert kinds.count("undangan_diterima") == kinds.count("undangan_ditolak") == 1
    with pytest.raises(NotAllowedError, match="sudah ditolak"):
        accept_undangan(undangan=other, oleh=sari)


def test_who_may_not_invite_any_more_has_invited_nobody(edisi, hak, client):
    budi = verified()
    row = undang(hak, budi.email)
    revoke_akun(
        keanggotaan=hak, alasan="Surat palsu.", edisi=edisi,
        oleh=make_pengguna("", "sekretariat", edisi=edisi),
    )  # fmt: skip
    client.force_login(budi)
    assert "tidak lagi mewakili" in client.get(url("undangan", row.pk)).text
    with pytest.raises(NotAllowedError, match="tidak lagi mewakili"):
        accept_undangan(undangan=row, oleh=budi)
    assert not anggota_of(hak.instansi)


def test_a_second_admins_right_ends_with_the_letter_it_rests_on(hak, unit):
    Keanggotaan.objects.update(berlaku_sampai=wib(11, 0))
    budi, sari = verified(), verified("Sari")
    second = accept_undangan(undangan=undang(hak, budi.email), oleh=budi)
    clerk = accept_undangan(undangan=undang(hak, sari.email, unit), oleh=sari)
    assert (second.berlaku_sampai, clerk.berlaku_sampai) == (wib(11, 0), None)


def test_an_own_request_that_waits_is_settled_by_the_invitation(hak):
    budi = verified()
    asked = make_anggota(hak.instansi, budi, status="diajukan")
    made = accept_undangan(undangan=undang(hak, budi.email), oleh=budi)
    asked.refresh_from_db()
    assert (asked.status, made.status) == ("berakhir", "disetujui")


def test_the_secretariat_sees_and_revokes_a_second_admin(edisi, hak, client):
    budi, panitia = verified(), make_pengguna("", "sekretariat", edisi=edisi)
    made = accept_undangan(undangan=undang(hak, budi.email), oleh=budi)
    client.force_login(panitia)
    listed = client.get(reverse("registrasi_panitia:akun"), {"status": "disetujui"}).text
    assert "Budi" in listed
    page = client.get(reverse("registrasi_panitia:akun-rinci", args=[made.pk])).text
    assert "Dewi melalui undangan" in page
    revoke_akun(keanggotaan=made, alasan="Bukan pejabat.", oleh=panitia, edisi=edisi)
    assert not peran_di(budi, hak.instansi)


# The agency's page


def test_the_agencys_page_invites_resends_and_cancels(hak, unit, client):
    client.force_login(hak.pengguna)
    kode = hak.instansi.kode
    for data, words in (
        ({"email": "bukan", "peran": "admin_instansi"}, "alamat surel yang benar"),
        ({"email": "x@uji.test", "peran": "admin_unit"}, "Pilih unit"),
        ({"email": hak.pengguna.email, "peran": "admin_instansi"}, "sudah menjadi admin"),
    ):
        wrong = client.post(url("undangan-kirim", kode), data)
        assert (wrong.status_code, words in wrong.text) == (422, True)
        assert data["email"] in wrong.text  # what was typed is kept
    data = {"email": "budi@alfa.go.id", "peran": "admin_unit", "unit": unit.pk}
    assert client.post(url("undangan-kirim", kode), data).status_code == 302
    row = Undangan.objects.get()
    page = client.get(url("instansi", kode)).text
    assert "budi@alfa.go.id" in page
    assert "sepuluh menit" in page  # why it cannot be sent again yet
    assert client.post(url("undangan-ulang", kode, row.pk)).status_code == 403
    with at(days=8):
        assert "Kedaluwarsa" in client.get(url("instansi", kode)).text
        assert client.post(url("undangan-ulang", kode, row.pk)).status_code == 302
        assert client.post(url("undangan-batal", kode, row.pk)).status_code == 302
        client.get(url("instansi", kode))  # with the word that it was done
        assert "budi@alfa.go.id" not in client.get(url("instansi", kode)).text
        assert client.post(url("undangan-batal", kode, row.pk)).status_code == 404


def test_another_agencys_invitations_are_not_found(hak, client):
    row = undang(hak, "budi@alfa.go.id")
    other = make_anggota(make_instansi())
    client.force_login(other.pengguna)
    for name in ("undangan-ulang", "undangan-batal"):
        for kode in (hak.instansi.kode, other.instansi.kode):
            assert client.post(url(name, kode, row.pk)).status_code == 404
    with pytest.raises(NotAllowedError):
        cancel_undangan(undangan=row, oleh=other.pengguna)


# Handing over


def test_a_hand_over_ends_the_predecessors_right_as_the_successor_accepts(edisi, hak, client):
    entry, budi = make_pendaftaran(edisi, hak.instansi), verified()
    undang(hak, "lain@alfa.go.id")
    rival = undang(hak, "rival@alfa.go.id", serah_terima=True)
    client.force_login(hak.pengguna)
    client.post(url("serah-terima", hak.instansi.kode), {"email": budi.email})
    row = Undangan.objects.get(alamat=budi.email)
    assert peran_di(hak.pengguna, hak.instansi)  # until then
    made = accept_undangan(undangan=row, oleh=budi)
    hak.refresh_from_db()
    assert (hak.status, hak.alasan) == ("berakhir", "Serah terima kepada Budi.")
    assert anggota_of(hak.instansi) == [made]
    assert pendaftaran_of(budi).get() == entry
    assert not pendaftaran_of(hak.pengguna).exists()
    assert Pesan.objects.filter(kepada=hak.pengguna, jenis="akun_berakhir").count() == 1
    left = undangan_of(hak.instansi)  # went over to the successor; the rival one did not
    assert [(x.alamat, x.diundang_oleh) for x in left] == [("lain@alfa.go.id", budi)]
    rival.refresh_from_db()
    assert rival.status == "dibatalkan"


def test_a_declined_hand_over_changes_nothing(hak):
    budi = verified()
    decline_undangan(undangan=undang(hak, budi.email, serah_terima=True), oleh=budi)
    assert anggota_of(hak.instansi) == [hak]


def test_nobody_hands_over_to_oneself_or_another_admin(hak, client):
    other = make_anggota(hak.instansi)
    client.force_login(hak.pengguna)
    for alamat in (hak.pengguna.email, other.pengguna.email):
        page = client.post(url("serah-terima", hak.instansi.kode), {"email": alamat})
        assert (page.status_code, "sudah menjadi admin" in page.text) == (422, True)


# Giving a right up


def test_the_last_admin_does_not_leave(hak, unit, client):
    make_anggota(hak.instansi, unit=unit, peran="admin_unit")
    make_anggota(hak.instansi, berlaku_sampai=AT - timedelta(days=1))  # ended
    client.force_login(hak.pengguna)
    assert "satu-satunya admin" in client.get(url("instansi", hak.instansi.kode)).text
    page = client.post(url("pengunduran", hak.pk))
    assert (page.status_code, "Serahkan tugas" in page.text) == (403, True)
    assert hak in anggota_of(hak.instansi)


def test_one_of_two_admins_leaves_and_a_units_admin_always_may(hak, unit, client):
    clerk = make_anggota(hak.instansi, unit=unit, peran="admin_unit")
    second = make_anggota(hak.instansi)
    for member in (clerk, second):
        client.force_login(member.pengguna)
        assert client.post(url("pengunduran", member.pk)).status_code == 302
        member.refresh_from_db()
        assert member.status == "berakhir"
    assert anggota_of(hak.instansi) == [hak]


def test_nobody_gives_up_anothers_right(hak, client):
    other = make_anggota(hak.instansi)
    client.force_login(other.pengguna)
    assert client.post(url("pengunduran", hak.pk)).status_code == 404
    with pytest.raises(NotAllowedError, match="Hanya pemegang"):
        leave_hak(keanggotaan=hak, oleh=other.pengguna)


@pytest.mark.django_db(transaction=True)
def test_of_two_admins_leaving_at_once_one_stays():
    instansi = make_instansi()
    rights = [make_anggota(instansi), make_anggota(instansi)]
    refused, gate = [], threading.Barrier(2)

    def leave(row):
        try:
            with clock.travel(AT):
                gate.wait(20)
                leave_hak(keanggotaan=row, oleh=row.pengguna)
        except NotAllowedError as error:
            refused.append(error.alasan)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[row]) for row in rights]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert Keanggotaan.objects.berlaku().count() == 1
