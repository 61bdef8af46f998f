"""How long a right to act for an agency holds, and what ends it."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.pesan import deliver_due_pesan
from kompetisi.errors import InvalidInputError, NotAllowedError
from kompetisi.models import JejakAudit, Pesan
from kompetisi.queries.jejak import verify_jejak
from registrasi.actions.akun import approve_akun, revoke_akun, set_masa_akun
from registrasi.actions.keanggotaan import request_keanggotaan
from registrasi.actions.tenggat_hak import enforce_hak
from registrasi.models import Keanggotaan
from registrasi.queries.keanggotaan import (
    admin_of,
    anggota_of,
    instansi_of,
    peran_di,
    peserta_of,
)
from registrasi.queries.navigasi import navigasi
from registrasi.queries.pendaftaran import pendaftaran_of
from registrasi.queries.penerima import penerima_of
from registrasi.queries.tugas import tugas
from registrasi.rules.akun import end_of
from registrasi.tests.factories_panitia import (
    make_anggota,
    make_berkas,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    make_pengguna,
    wib,
)

pytestmark = pytest.mark.django_db
LAST = date(2019, 11, 10)
END = wib(11, 0)


@pytest.fixture
def edisi():
    return make_edisi()


@pytest.fixture
def sekretariat(edisi):
    return make_pengguna("Sekretariat", "sekretariat", edisi=edisi)


def ask(instansi, oleh, **more):
    return request_keanggotaan(
        instansi=instansi, nomor_surat_tugas="ST/9", tanggal_surat=date(2019, 10, 1),
        surat_tugas=make_berkas(oleh), oleh=oleh, **more,
    )  # fmt: skip


def approve(row, sekretariat, edisi, **more):
    return approve_akun(keanggotaan=row, oleh=sekretariat, edisi=edisi, **more)


# One place says what is in force


@pytest.mark.parametrize(("at", "holds"), [(END - timedelta(seconds=1), True), (END, False)])
def test_every_question_agrees_on_the_instant_a_right_ends(edisi, at, holds):
    row = make_pendaftaran(edisi)
    member = Keanggotaan.objects.get()
    Keanggotaan.objects.update(berlaku_sampai=end_of(LAST))
    user, instansi = member.pengguna, row.instansi
    with clock.travel(at):
        member.refresh_from_db()
        answers = {
            "peran_di": bool(peran_di(user, instansi)),
            "pendaftaran": pendaftaran_of(user).exists(),
            "instansi": bool(instansi_of(user)),
            "peserta": bool(peserta_of(user)),
            "anggota": bool(anggota_of(instansi)),
            "admin": bool(admin_of(instansi)),
            "penerima": bool(penerima_of([row])[row.pk]),
            "menu": bool(navigasi(user, edisi, {"evaluator"})),
            "keadaan": member.keadaan == "disetujui",
        }
    assert answers == dict.fromkeys(answers, holds)
    assert member.status == "disetujui"  # derived, not flipped


def test_nobody_else_asks_for_the_approved_status():
    """A query of its own for `disetujui` would forget the end; actions and rules decide on it."""
    wrong = re.compile(r"(status|status__in)\s*=\s*\[?\s*(StatusKeanggotaan\.DISETUJUI|.disetujui)")
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for app in ("registrasi", "evaluasi", "penghargaan", "kompetisi")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if not {"tests", "migrations", "models"}.intersection(path.parts)
        and wrong.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["registrasi/actions/jawaban.py"]  # which makes one


# Given by the letter, changed by the secretariat


def test_the_letters_last_day_is_kept_at_approval(edisi, sekretariat):
    row = make_anggota(make_instansi(), status="diajukan")
    with clock.travel(wib(1)):
        approve(row, sekretariat, edisi, berlaku_sampai=LAST)
    row.refresh_from_db()
    assert row.berlaku_sampai == END
    assert "sampai 10 November 2019" in Pesan.objects.get().isi


def test_a_day_that_is_past_is_refused(edisi, sekretariat):
    row = make_anggota(make_instansi(), status="diajukan")
    with clock.travel(END), pytest.raises(NotAllowedError, match="sudah lewat"):
        approve(row, sekretariat, edisi, berlaku_sampai=LAST)
    row.refresh_from_db()
    assert row.status == "diajukan"


def test_the_secretariat_moves_the_end_with_a_reason_that_is_told(edisi, sekretariat):
    row = make_anggota(make_instansi(), berlaku_sampai=END)
    args = {"keanggotaan": row, "oleh": sekretariat, "edisi": edisi}
    with clock.travel(wib(12)):  # also after it ended: the letter came by post
        for alasan, hari in ((" ", date(2019, 12, 31)), ("Surat baru.", LAST)):
            with pytest.raises(NotAllowedError):
                set_masa_akun(**args, berlaku_sampai=hari, alasan=alasan)
        for _ in range(2):
            set_masa_akun(**args, berlaku_sampai=date(2019, 12, 31), alasan="Surat baru.")
        assert peran_di(row.pengguna, row.instansi)
    message = Pesan.objects.get()
    assert "31 Desember 2019" in message.isi
    assert "Surat baru." in message.isi
    assert JejakAudit.objects.filter(tindakan="akun.masa").count() == 1
    assert verify_jejak().rusak is None


@pytest.mark.parametrize("peran", ["ketua", "pengamat", "evaluator"])
def test_others_do_not_move_the_end(edisi, peran):
    row = make_anggota(make_instansi())
    with pytest.raises(NotAllowedError):
        set_masa_akun(
            keanggotaan=row, berlaku_sampai=None, alasan="x", edisi=edisi,
            oleh=make_pengguna("", peran, edisi=edisi),
        )  # fmt: skip


def test_only_an_approved_right_has_an_end(edisi, sekretariat):
    row = make_anggota(make_instansi(), status="diajukan")
    with pytest.raises(NotAllowedError, match="Hanya hak yang disetujui"):
        set_masa_akun(
            keanggotaan=row, berlaku_sampai=None, alasan="x", oleh=sekretariat, edisi=edisi
        )


def test_a_right_that_has_ended_is_not_revoked(edisi, sekretariat):
    row = make_anggota(make_instansi(), berlaku_sampai=END)
    with clock.travel(END), pytest.raises(NotAllowedError):
        revoke_akun(keanggotaan=row, alasan="x", oleh=sekretariat, edisi=edisi)


# Going on by a new letter


def test_a_new_letter_extends_without_a_gap(edisi, sekretariat):
    old = make_anggota(make_instansi(), berlaku_sampai=END)
    with clock.travel(wib(9)):
        new = ask(old.instansi, old.pengguna)
        assert peran_di(old.pengguna, old.instansi)  # while it waits
        approve(new, sekretariat, edisi, berlaku_sampai=date(2019, 12, 31))
        assert anggota_of(old.instansi) == [new]
    old.refresh_from_db()
    assert (old.status, "surat tugas baru" in old.alasan) == ("berakhir", True)
    assert Pesan.objects.count() == 1  # of the approval alone


def test_a_right_that_has_ended_can_be_asked_for_again(edisi, sekretariat):
    old = make_anggota(make_instansi(), berlaku_sampai=END)
    with clock.travel(wib(20)):
        assert not peran_di(old.pengguna, old.instansi)
        approve(ask(old.instansi, old.pengguna), sekretariat, edisi)
        assert peran_di(old.pengguna, old.instansi)


def test_what_has_no_end_needs_no_extension_and_one_request_waits_at_a_time():
    endless = make_anggota(make_instansi())
    with pytest.raises(InvalidInputError, match="tanpa batas waktu"):
        ask(endless.instansi, endless.pengguna)
    row = make_anggota(make_instansi(), berlaku_sampai=END)
    with clock.travel(wib(9)):
        ask(row.instansi, row.pengguna)
        with pytest.raises(InvalidInputError, match="tunggu keputusan"):
            ask(row.instansi, row.pengguna)


# When the predecessor is gone already


def test_one_approval_ends_the_right_of_who_has_moved(edisi, sekretariat):
    entry = make_pendaftaran(edisi)
    old = Keanggotaan.objects.get()
    other = make_anggota(entry.instansi)  # a second admin, who stays
    new = ask(entry.instansi, make_pengguna("Penerus"), menggantikan="Pak Lama")
    assert new.menggantikan == "Pak Lama"
    approve(new, sekretariat, edisi, akhiri=[old])
    assert {m.pk for m in anggota_of(entry.instansi)} == {other.pk, new.pk}
    assert not pendaftaran_of(old.pengguna).exists()
    assert pendaftaran_of(new.pengguna).get() == entry  # entries stay with the agency
    told = Pesan.objects.get(kepada=old.pengguna)
    assert "Digantikan" in told.isi


def test_an_approval_ends_no_right_of_another_agency(edisi, sekretariat):
    elsewhere = make_anggota(make_instansi())
    new = make_anggota(make_instansi(), status="diajukan")
    approve(new, sekretariat, edisi, akhiri=[elsewhere])
    elsewhere.refresh_from_db()
    assert elsewhere.status == "disetujui"


def test_the_secretariats_page_does_all_of_it(edisi, sekretariat, client):
    old = make_anggota(make_instansi(), make_pengguna("Admin Lama"))
    new = make_anggota(old.instansi, status="diajukan", menggantikan="Admin Lama")
    client.force_login(sekretariat)
    page = reverse("registrasi_panitia:akun-rinci", args=[new.pk])
    shown = client.get(page).text
    assert "Menggantikan" in shown
    assert "Akhiri hak admin yang digantikan" in shown
    act = reverse("registrasi_panitia:akun-persetujuan", args=[new.pk])
    with clock.travel(wib(5)):
        wrong = client.post(act, {"berlaku_sampai": "besok", "akhiri": [old.pk]})
        assert (wrong.status_code, "tanggal yang benar" in wrong.text) == (422, True)
        stranger = make_anggota(make_instansi())
        assert client.post(act, {"akhiri": [stranger.pk]}).status_code == 422
        right = client.post(act, {"berlaku_sampai": "2019-11-10", "akhiri": [old.pk]})
        assert right.status_code == 302
        assert "11 November" not in client.get(page).text
        assert "10 November 2019 23.59 WIB" in client.get(page).text
        act = reverse("registrasi_panitia:akun-masa", args=[new.pk])
        assert client.post(act, {"berlaku_sampai": "2019-12-31"}).status_code == 422
        moved = {"berlaku_sampai": "2019-12-31", "alasan": "Surat baru."}
        assert client.post(act, moved).status_code == 302
    new.refresh_from_db()
    assert new.berlaku_sampai == end_of(date(2019, 12, 31))
    listed = reverse("registrasi_panitia:akun")
    assert old.instansi.nama in client.get(listed, {"status": "berakhir"}).text


def test_the_list_counts_a_right_past_its_end_as_ended(edisi, sekretariat, client):
    row = make_anggota(make_instansi(), berlaku_sampai=END)
    client.force_login(sekretariat)
    listed = reverse("registrasi_panitia:akun")
    for at, status in ((wib(10), "disetujui"), (wib(11), "berakhir")):
        with clock.travel(at):
            for asked in ("disetujui", "berakhir"):
                page = client.get(listed, {"status": asked}).text
                assert (row.instansi.nama in page) == (asked == status)


# Words before it ends


def run(at):
    with clock.travel(at):
        return enforce_hak(at)


def test_reminders_come_once_at_each_day_and_once_after(edisi):
    make_anggota(make_instansi(), berlaku_sampai=END)
    make_anggota(make_instansi())  # without an end
    counts = []
    for days in (31, 30, 29, 7, 1, 0, -1, -40):
        run(END - timedelta(days=days))
        run(END - timedelta(days=days))
        counts.append(Pesan.objects.count())
    assert counts == [0, 1, 1, 2, 3, 4, 4, 4]
    assert set(Pesan.objects.values_list("jenis", flat=True)) == {"pengingat_hak", "hak_berakhir"}


def test_an_end_that_was_moved_is_announced_anew(edisi):
    make_anggota(make_instansi(), berlaku_sampai=END)
    run(END - timedelta(days=7))
    Keanggotaan.objects.update(berlaku_sampai=END + timedelta(days=1))
    run(END - timedelta(days=6))
    assert Pesan.objects.count() == 2


def test_a_revoked_right_is_not_spoken_of(edisi):
    make_anggota(make_instansi(), status="dicabut", berlaku_sampai=END)
    run(END - timedelta(days=1))
    assert not Pesan.objects.exists()


def test_the_task_list_says_when_a_right_ends_and_ended(edisi):
    row = make_anggota(make_instansi(), berlaku_sampai=END)
    with clock.travel(wib(5)):
        titles = [t["judul"] for t in tugas(row.pengguna, edisi, frozenset(), clock.now())]
    assert any("Perpanjang hak" in title for title in titles)
    with clock.travel(END):
        titles = [t["judul"] for t in tugas(row.pengguna, edisi, frozenset(), clock.now())]
    assert titles == ["Hak Anda mewakili instansi telah berakhir"]


def test_the_person_is_led_to_a_new_letter(edisi, client):
    row = make_anggota(make_instansi(), berlaku_sampai=END)
    client.force_login(row.pengguna)
    ask_page = reverse("registrasi:permohonan", args=[row.instansi.kode])
    with clock.travel(wib(5)):
        assert ask_page in client.get(reverse("registrasi:keanggotaan")).text
        assert "10 November 2019 23.59 WIB" in client.get(ask_page).text
    with clock.travel(END):
        page = client.get(reverse("registrasi:daftar")).text  # nothing to act for: begin again
        assert "Hak ini berakhir" in page
        assert ask_page in page


@pytest.mark.parametrize(
    ("change", "sent"),
    [
        ({}, 1),
        ({"status": "dicabut"}, 0),
        ({"berlaku_sampai": END + timedelta(days=30)}, 0),
        ({"berlaku_sampai": None}, 0),
    ],
)
def test_a_reminder_of_a_right_that_changed_meanwhile_does_not_leave(edisi, change, sent):
    make_anggota(make_instansi(), berlaku_sampai=END)
    run(END - timedelta(days=7))
    Keanggotaan.objects.update(**change)
    Pesan.objects.update(jalankan_setelah=clock.real_now())
    with clock.travel(END - timedelta(days=6)):
        assert deliver_due_pesan() == sent
