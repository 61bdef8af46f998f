"""Mails about accounts: texts of the catalogue, links that only their reader sees, never late."""

import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.naskah import save_naskah
from kompetisi.actions.pesan import deliver_due_pesan, retry_pesan
from kompetisi.actions.pilihan import update_pilihan
from kompetisi.actions.pribadi import erase_pengguna
from kompetisi.adapter import KINDS
from kompetisi.errors import NotAllowedError
from kompetisi.models import Pengguna, Pesan, PesanGerbang
from kompetisi.rules.katalog import katalog
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna, make_peran, wib

APPS = ("account", "mfa", "socialaccount")
BY_CODE = {"account/email/login_code", "account/email/password_reset_code"}
PASSWORD, OTHER = "Xk9-pejabat-7-lama", "Qv4-pejabat-2-baru"
NIGHT = wib("2019-10-25 23:30")


@pytest.mark.fast
def test_every_mail_that_allauth_may_send_has_its_kind():
    folder = Path(allauth.__file__).parent / "templates"
    names = {
        f"{app}/email/{path.name.removesuffix('_subject.txt')}"
        for app in APPS
        for path in (folder / app / "email").glob("*_subject.txt")
    }
    assert names - set(KINDS) == BY_CODE
    assert set(KINDS) <= names
    switches = [name for name in dir(settings) if name.endswith("_BY_CODE_ENABLED")]
    assert not any(getattr(settings, name) for name in switches)


@pytest.mark.fast
@pytest.mark.parametrize("kode", sorted(set(KINDS.values())))
def test_no_mail_about_an_account_can_be_refused_or_waits_or_is_read_by_others(kode):
    kind = katalog()[kode]
    assert (kind.harus, kind.segera, kind.rahasia) == (True, True, True)


@pytest.fixture
def edisi(db):
    return make_edisi_kosong()


@pytest.fixture
def dewi(db):
    person = make_pengguna("Dewi Lestari")
    person.set_password(PASSWORD)
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person


def sign_up(client, email="baru@contoh.go.id"):
    words = dict.fromkeys(("password1", "password2"), PASSWORD)
    return client.post(reverse("account_signup"), {"email": email, **words})


def ask_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def change_password(client, person):
    client.login(email=person.email, password=PASSWORD)
    data = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    return client.post(reverse("account_change_password"), data)


def test_the_first_mail_names_the_competition_and_leads_to_the_proof(client, edisi, mailoutbox):
    assert sign_up(client).status_code == 302
    sent = Pesan.objects.get()
    assert sent.subjek == "Buktikan alamat surel Anda"
    assert "Kompetisi Pengelolaan Pengaduan Pelayanan Publik" in sent.isi
    assert sent.tautan.startswith("/akun/confirm-email/")
    assert "confirm-email" not in sent.isi

    assert deliver_due_pesan() == 1
    (mail,) = mailoutbox
    link = f"{settings.SITE_URL}{sent.tautan}"
    assert link in mail.body and f'href="{link}"' in mail.alternatives[0].content
    assert ">Buktikan alamat surel</a>" in mail.alternatives[0].content
    assert client.post(sent.tautan).status_code == 302
    assert Pengguna.objects.get().emailaddress_set.get().verified


def test_the_link_that_resets_a_password_is_in_the_mail_alone(
    client, edisi, dewi, mailoutbox, settings
):
    settings.DEMO, settings.GERBANG_URL = False, "https://gerbang.test/"
    update_pilihan(oleh=dewi, cara="harian", ditolak=[], nomor="081234567890", setuju=True)
    ask_reset(client, dewi.email)
    sent = Pesan.objects.get()
    secret = re.search(r"/key/(.+)/$", sent.tautan)[1]
    assert (sent.kepada, sent.alamat, sent.isian) == (None, dewi.email, {})

    client.force_login(make_peran(edisi, "admin_panrb"))
    page = client.get(reverse("panitia:pesan-rinci", args=[sent.pk])).text
    assert secret not in page and "tidak ditampilkan" in page
    client.force_login(dewi)
    assert secret not in client.get(reverse("publik:pesan")).text
    assert not PesanGerbang.objects.exists()

    deliver_due_pesan()
    assert secret in mailoutbox[0].body
    sent.refresh_from_db()
    assert sent.tautan == ""
    assert not Pesan.objects.filter(isi__contains=secret).exists()


def test_a_returned_mail_whose_link_is_gone_is_not_sent_again_without_it(
    client, edisi, dewi, settings
):
    settings.DEMO = False
    admin = make_peran(edisi, "admin_panrb")
    ask_reset(client, dewi.email)
    deliver_due_pesan()
    Pesan.objects.update(status="terpantul")
    sent = Pesan.objects.get()
    with pytest.raises(NotAllowedError, match="Tautan rahasia"):
        retry_pesan(pesan=sent, oleh=admin, edisi=edisi)
    client.force_login(admin)
    assert "Tautan rahasia" in client.get(reverse("panitia:pesan-rinci", args=[sent.pk])).text


def test_a_change_is_told_at_once_by_mail_and_in_the_application(client, edisi, dewi, mailoutbox):
    edisi.aturan = {**edisi.aturan, "waktu_tenang": {"mulai": 21, "selesai": 6}}
    edisi.save()
    with clock.travel(NIGHT):
        assert change_password(client, dewi).status_code == 302
        assert deliver_due_pesan() == 1
    (mail,) = mailoutbox
    assert mail.subject == "Kata sandi Anda telah diubah"
    assert "Yth. Dewi Lestari" in mail.body
    assert "25 Oktober 2019 23.30 WIB" in mail.body and "127.0.0.1" in mail.body
    assert dewi.pesan.get().isian == {}  # where somebody was stands in no preview of texts


def test_a_change_of_address_is_told_to_the_old_one(client, edisi, dewi, mailoutbox):
    old = dewi.email
    client.force_login(dewi)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.real_now().timestamp()}
    ]
    session.save()
    client.post(reverse("account_email"), {"email": "pindah@contoh.go.id", "action_add": ""})
    client.post(Pesan.objects.get(jenis="surel_bukti").tautan)
    notice = Pesan.objects.get(jenis="surel_diubah")
    assert notice.alamat == old
    assert f"dari {old} menjadi pindah@contoh.go.id" in notice.isi


def test_who_has_no_account_and_who_has_one_already_are_told_what_to_do(client, edisi, dewi):
    ask_reset(client, "asing@contoh.go.id")
    sign_up(client, dewi.email)
    links = dict(Pesan.objects.values_list("jenis", "tautan"))
    assert links == {
        "akun_tidak_ada": reverse("account_signup"),
        "akun_sudah_ada": reverse("account_reset_password"),
    }


def test_an_edited_text_holds_and_the_link_stays(client, edisi, dewi, mailoutbox):
    kind = katalog()["sandi_atur_ulang"]
    save_naskah(
        edisi=edisi, jenis=kind, subjek="Sandi baru", isi="Buka tautan ini.", versi=0,
        oleh=make_peran(edisi, "admin_panrb"),
    )  # fmt: skip
    ask_reset(client, dewi.email)
    deliver_due_pesan()
    assert mailoutbox[0].subject == "Sandi baru"
    assert "/akun/password/reset/key/" in mailoutbox[0].body


@pytest.mark.parametrize("kode", ["sandi_atur_ulang", "kunci_dihapus"])
def test_the_texts_are_on_the_page_of_the_committee_with_a_preview(client, edisi, kode):
    client.force_login(make_peran(edisi, "sekretariat"))
    assert katalog()[kode].nama in client.get(reverse("panitia:naskah")).text
    page = client.get(reverse("panitia:naskah-rinci", args=[kode]))
    assert page.context["pratinjau"]["subjek"] == katalog()[kode].subjek


def test_what_cannot_be_told_is_not_done(client, edisi, dewi):
    """The change and its notice are one transaction: without the outbox nothing changes."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kompetisi_pesan ADD CHECK (jenis <> 'sandi_diubah') NOT VALID")
    client.raise_request_exception = False
    assert change_password(client, dewi).status_code == 500
    dewi.refresh_from_db()
    assert dewi.check_password(PASSWORD)


def test_erasing_a_person_empties_the_mails_to_their_address_too(client, edisi, dewi):
    address = dewi.email
    ask_reset(client, address)
    erase_pengguna(orang=dewi, edisi=None, oleh=None)
    assert not Pesan.objects.filter(alamat=address).exists()
    assert Pesan.objects.get().tautan == ""
