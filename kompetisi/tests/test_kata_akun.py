"""Pages and mails about accounts speak the house's Indonesian."""

import io
import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse

from kompetisi.adapter import KINDS
from kompetisi.rules.katalog import katalog
from kompetisi.rules.naskah import fill_isi, fill_subjek

WORDS = settings.BASE_DIR / "kompetisi" / "locale" / "id" / "LC_MESSAGES"
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


@pytest.mark.fast
@pytest.mark.parametrize("kode", sorted(set(KINDS.values())))
def test_mails_about_accounts_use_the_words_of_the_house(kode):
    kind = katalog()[kode]
    text = f"{fill_subjek(kind.subjek, kind.contoh)} {fill_isi(kind.isi, kind.contoh)}"
    assert FOREIGN.findall(re.sub(r"https?://\S+|\S+@\S+", "", text)) == []
    assert "WIB" in text or "abaikan surel ini" in text
