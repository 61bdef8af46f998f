"""Sign-in through an OpenID Connect provider: who gets in, who is refused, who is joined."""

import base64
import http.client
import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.conf import settings as site
from django.urls import reverse

from kompetisi.models import Pengguna, Pesan
from kompetisi.tests.factories import make_pengguna
from kompetisi.tests.oidc import CLIENT, SECRET, Penyedia, make_key

# Limits on mails to one address are counted in the cache.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
LOGIN = "/akun/oidc/sso/login/?process=login"
CALLBACK = "/akun/oidc/sso/login/callback/"
ALAMAT = "budi@alfa.go.id"


def switch_on(settings, url):
    app = {
        "provider_id": "sso", "name": "Akun ASN", "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": url},
    }  # fmt: skip
    kept = site.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": kept | {"APPS": [app]}}


@pytest.fixture
def penyedia(settings):
    with Penyedia() as provider:
        switch_on(settings, provider.url)
        yield provider


def ask_provider(address):
    """Where the provider sends the browser, as a path of this site."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(client, login=LOGIN):
    """All the way round; the answer of the page one comes back to."""
    leave = client.post(login)
    assert leave.status_code == 302
    return client.get(ask_provider(leave.url))


def signed_in(client):
    key = client.session.get("_auth_user_id")
    return Pengguna.objects.get(pk=key) if key else None


def make_local(*, verified=True):
    """An account of ours with the address that the provider speaks of."""
    person = Pengguna.objects.create_user(ALAMAT, "rahasia-uji-123", nama="Budi di sini")
    EmailAddress.objects.create(user=person, email=ALAMAT, verified=verified, primary=True)
    return person


# Off and on


def test_without_configuration_there_is_no_button_and_no_address(client):
    assert "/akun/oidc/" not in client.get(reverse("account_login")).text
    assert client.post(LOGIN).status_code == 404
    assert client.get(CALLBACK).status_code == 404


def test_a_row_in_the_database_switches_nothing_on(client):
    SocialApp.objects.create(
        provider="openid_connect", provider_id="sso", name="Akun ASN", client_id=CLIENT,
        settings={"server_url": "https://masuk.example.go.id"},
    )  # fmt: skip
    assert "Akun ASN" not in client.get(reverse("account_login")).text
    assert client.post(LOGIN).status_code == 404


def test_the_sign_in_page_shows_the_button(client, penyedia):
    assert "Masuk dengan Akun ASN" in client.get(reverse("account_login")).text


def test_the_question_carries_state_nonce_and_challenge(client, penyedia):
    asked = [parse_qs(urlsplit(client.post(LOGIN).url).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert asked[0]["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert set(asked[0]["scope"][0].split()) == {"openid", "profile", "email"}


# Getting in


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_somebody_new_gets_an_account_with_a_verified_address(client, settings, alg):
    with Penyedia(alg) as provider:
        switch_on(settings, provider.url)
        answer = sign_in(client)
        assert (answer.status_code, answer.url) == (302, "/beranda/")
        user = signed_in(client)
        assert (user.email, user.nama, user.is_staff) == (ALAMAT, "Budi", False)
        assert not user.has_usable_password()
        address = EmailAddress.objects.get(user=user)
        assert (address.email, address.verified) == (ALAMAT, True)
        client.logout()
        sign_in(client)  # known now by the provider's own name for the person
    assert signed_in(client) == user
    assert Pengguna.objects.count() == 1


def test_one_comes_back_to_where_one_was_going(client, penyedia):
    answer = sign_in(client, f"{LOGIN}&next=/registrasi/")
    assert answer.url == "/registrasi/"


def test_an_account_with_the_same_verified_address_is_joined(client, penyedia):
    person = make_local()
    sign_in(client)
    assert signed_in(client) == person
    assert SocialAccount.objects.get().user == person
    person.refresh_from_db()
    assert person.check_password("rahasia-uji-123")
    assert person.nama == "Budi di sini"
    assert Pesan.objects.filter(alamat=ALAMAT, jenis="penyedia_tersambung").count() == 1


# Not getting in


def test_an_account_begun_with_somebodys_address_is_not_joined(client, penyedia):
    squatter = make_local(verified=False)
    sign_in(client)
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()
    squatter.refresh_from_db()
    assert squatter.check_password("rahasia-uji-123")
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize("claim", [False, None, "false", 0])
def test_an_unverified_claim_opens_nobodys_account(client, penyedia, claim):
    penyedia.orang["email_verified"] = claim
    make_local()
    sign_in(client)
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


def test_a_new_account_with_an_unverified_address_confirms_it_first(client, penyedia):
    penyedia.orang["email_verified"] = False
    answer = sign_in(client)
    assert answer.url == reverse("account_email_verification_sent")
    assert signed_in(client) is None
    assert not EmailAddress.objects.get().verified
    assert list(Pesan.objects.values_list("alamat", flat=True)) == [ALAMAT]


def without_signature(claims):
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "kunci-1"})


def by_shared_secret(claims):
    return jwt.encode(claims, SECRET * 4, algorithm="HS256", headers={"kid": "kunci-1"})


def by_another_key(claims):
    return jwt.encode(claims, make_key("RS256"), algorithm="RS256", headers={"kid": "kunci-1"})


def by_an_unknown_key(claims):
    return jwt.encode(claims, make_key("RS256"), algorithm="RS256", headers={"kid": "lain"})


def changed_after_signing(provider):
    def sign(claims):
        head, body, seal = provider.signed(claims).split(".")
        body = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        body = base64.urlsafe_b64encode(json.dumps(body | {"name": "Lain"}).encode())
        return ".".join([head, body.rstrip(b"=").decode(), seal])

    return sign


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "lain"},
        {"nonce": None},
        {"iss": "https://lain.example.go.id"},
        {"iss": None},
        {"aud": "situs-lain"},
        {"aud": None},
        {"aud": [CLIENT, "situs-lain"]},
        {"azp": "situs-lain"},
        {"exp": 1_500_000_000},
        {"exp": None},
        {"sub": "p-2"},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(client, penyedia, claims):
    penyedia.klaim = claims
    refused(client)


@pytest.mark.parametrize(
    "sign",
    [without_signature, by_shared_secret, by_another_key, by_an_unknown_key, lambda _: None,
     lambda _: "bukan.token"],
    ids=["none", "HS256", "other key", "unknown key", "no token", "nonsense"],
)  # fmt: skip
def test_an_id_token_the_provider_has_not_signed_is_refused(client, penyedia, sign):
    penyedia.sign = sign
    refused(client)


def test_an_id_token_changed_after_signing_is_refused(client, penyedia):
    penyedia.sign = changed_after_signing(penyedia)
    refused(client)


def test_user_information_about_somebody_else_is_refused(client, penyedia):
    penyedia.info = {"sub": "p-2"}
    refused(client)


def test_a_provider_that_speaks_for_another_issuer_is_not_asked(client, penyedia):
    penyedia.issuer = "https://lain.example.go.id"
    answer = client.post(LOGIN)
    assert answer.status_code == 401
    assert "Tidak dapat masuk" in answer.text


def test_a_provider_that_is_away_is_told_about_and_breaks_nothing(client, settings):
    with Penyedia() as provider:
        switch_on(settings, provider.url)
        back = ask_provider(client.post(LOGIN).url)
    for answer in (client.get(back), client.post(LOGIN)):
        assert answer.status_code == 401
        assert "Tidak dapat masuk" in answer.text


def refused(client):
    make_local()
    answer = sign_in(client)
    assert answer.status_code == 401
    assert "Tidak ada yang berubah" in answer.text
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()
    assert Pengguna.objects.count() == 1


def test_an_answer_serves_once_and_only_the_browser_that_asked(client, penyedia):
    back = ask_provider(client.post(LOGIN).url)
    stranger = type(client)()
    assert stranger.get(back).status_code == 401
    client.get(back)
    assert signed_in(client)
    client.logout()
    assert client.get(back).status_code == 401


def test_turning_back_at_the_provider_changes_nothing(client, penyedia):
    state = parse_qs(urlsplit(client.post(LOGIN).url).query)["state"][0]
    answer = client.get(f"{CALLBACK}?error=access_denied&state={state}", follow=True)
    assert "Batal masuk" in answer.text
    assert signed_in(client) is None


# The second factor


def make_staff():
    person = make_local()
    person.is_staff = True
    person.save()
    return person


def test_staff_are_asked_for_the_second_factor_after_the_provider(client, penyedia):
    TOTP.activate(make_staff(), generate_totp_secret())
    answer = sign_in(client)
    assert answer.url == reverse("mfa_authenticate")
    assert signed_in(client) is None


def test_staff_without_a_second_factor_set_it_up_first(client, penyedia, settings):
    settings.STAFF_SECOND_FACTOR = True
    make_staff()
    sign_in(client)
    assert client.get("/beranda/").url == reverse("mfa_index")


def test_a_person_who_signs_in_so_keeps_the_link_in_sight(client, penyedia):
    sign_in(client)
    assert reverse("socialaccount_connections") in client.get(reverse("account_email")).text
    assert "Akun ASN" in client.get(reverse("socialaccount_connections")).text


def test_somebody_signed_in_here_joins_the_provider_by_asking(client, penyedia):
    person = make_pengguna()
    client.force_login(person)
    sign_in(client, "/akun/oidc/sso/login/?process=connect")
    assert SocialAccount.objects.get().user == person
