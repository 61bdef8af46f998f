"""Pages and mails about accounts speak the house's Indonesian, and name the competition."""

import io
import re

import pytest
from allauth.account.adapter import get_adapter
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse

from kompetisi import clock
from kompetisi.models import Pesan

WORDS = settings.BASE_DIR / "kompetisi" / "locale" / "id" / "LC_MESSAGES"
MAILS = settings.BASE_DIR / "templates"
PREFIXES = sorted(
    f"{app}/email/{path.name.removesuffix('_subject.txt')}"
    for app in ("account", "mfa")
    for path in (MAILS / app / "email").glob("*_subject.txt")
)
FOREIGN = re.compile(r"e-mail|\bemail\b(?![\w.@=\"'])|passkey|\banda\b|\blink\b|\breset\b|browser")


@pytest.mark.fast
def test_the_compiled_words_are_those_of_the_source():
    source = read_po(io.BytesIO((WORDS / "django.po").read_bytes()))
    compiled = read_mo(io.BytesIO((WORDS / "django.mo").read_bytes()))
    said = {message.id: message.string for message in source if message.id}
    assert {message.id: message.string for message in compiled if message.id} == said


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_account_pages_use_the_words_of_the_house(client, name):
    page = client.get(reverse(name)).content.decode()
    body = page.partition("<main")[2].partition("</main>")[0]
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", body, flags=re.S)
    assert FOREIGN.findall(text) == []


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_mail_about_accounts_is_queued_in_the_words_of_the_house(prefix):
    facts = {
        "activate_url": "https://contoh.test/a/",
        "password_reset_url": "https://contoh.test/b/",
        "signup_url": "https://contoh.test/c/",
        "email": "lama@contoh.go.id",
        "ip": "127.0.0.1",
        "timestamp": clock.now(),
    }
    get_adapter().send_mail(prefix, "lama@contoh.go.id", facts)
    sent = Pesan.objects.get()
    assert sent.subjek and sent.isi
    text = re.sub(r"https?://\S+|\S+@\S+", "", f"{sent.subjek} {sent.isi}")
    assert FOREIGN.findall(text) == []
    assert "WIB" in sent.isi or "abaikan surel ini" in sent.isi


@pytest.mark.django_db
def test_the_first_mail_names_the_competition_and_carries_the_link(client):
    words = dict.fromkeys(("password1", "password2"), "Xk9-pejabat-7")
    data = {"email": "baru@contoh.go.id", **words}
    assert client.post(reverse("account_signup"), data).status_code == 302
    sent = Pesan.objects.get()
    assert sent.subjek == "Buktikan alamat surel Anda"
    assert "Kompetisi Pengelolaan Pengaduan Pelayanan Publik" in sent.isi
    assert "/akun/confirm-email/" in sent.isi
