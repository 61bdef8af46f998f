"""What every request passes: headers, limits, readiness, faults told to people."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal import auth
from django.db import OperationalError, connection
from django.urls import reverse

from kompetisi import masuk, middleware
from kompetisi.actions.pengguna import grant_peran
from kompetisi.models.pengguna import JenisPeran
from kompetisi.queries import layanan
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna


def broken(*args, **kwargs):
    """Stand for a database that went away."""
    raise OperationalError("server closed the connection")


@pytest.mark.fast
def test_liveness_asks_nothing(client):
    answer = client.get("/sehat/")
    assert answer.json() == {"status": "sehat"}
    assert answer["X-Request-ID"]


@pytest.mark.django_db
def test_readiness_names_what_is_away(client, monkeypatch):
    assert client.get("/siap/").status_code == 200
    monkeypatch.setattr(layanan, "broker_answers", broken)
    answer = client.get("/siap/")
    assert answer.status_code == 503
    assert answer.json()["layanan"]["antrean"] == "tidak menjawab"
    assert answer.json()["layanan"]["basis_data"] == "siap"


@pytest.mark.django_db
def test_a_database_that_goes_away_gives_503_and_when_to_come_back(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(connection, "cursor", broken)
    answer = client.get("/jadwal/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_fault_in_our_own_middleware_gives_a_page_with_a_reference(client, monkeypatch):
    client.raise_request_exception = False

    def fail(*args):
        raise LookupError("rahasia")

    monkeypatch.setattr(middleware, "second_factor_wanted", fail)
    monkeypatch.setattr(middleware.settings, "STAFF_SECOND_FACTOR", True)
    answer = client.get("/jadwal/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "rahasia" not in answer.content.decode()


@pytest.mark.django_db
def test_a_body_beyond_the_limit_is_refused_unread(client, settings):
    settings.REQUEST_MAX_BYTES = 1000
    answer = client.post(reverse("account_login"), {"login": "x" * 2000})
    assert answer.status_code == 413


@pytest.mark.django_db
def test_pages_of_a_signed_in_person_are_kept_nowhere(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("sari@panrb.example"))
    answer = client.get("/jadwal/")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy(client):
    for path in ("/jadwal/", "/akun/login/", "/tidak-ada/"):
        answer = client.get(path)
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Permissions-Policy" in answer


@pytest.mark.django_db
def test_staff_without_a_second_factor_are_led_to_set_one_up(client, django_user_model, settings):
    settings.STAFF_SECOND_FACTOR = True
    staff = django_user_model.objects.create_user("rahmat@panrb.example", is_staff=True)
    client.force_login(staff)
    assert client.get("/jadwal/")["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code != 500
    person = django_user_model.objects.create_user("budi@solo.example")
    client.force_login(person)
    assert client.get("/jadwal/").status_code != 302


@pytest.mark.django_db
def test_a_session_without_the_second_factor_is_asked_for_it(client, django_user_model, settings):
    settings.STAFF_SECOND_FACTOR = True
    staff = django_user_model.objects.create_user("rahmat@panrb.example", "pw", is_staff=True)
    auth.TOTP.activate(staff, "JBSWY3DPEHPK3PXP")
    client.force_login(staff)
    assert client.get("/beranda/")["Location"].startswith(reverse("mfa_reauthenticate"))
    code = auth.format_hotp_value(auth.hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))
    client.post(reverse("mfa_reauthenticate"), {"code": code})
    assert client.get("/beranda/").status_code == 200


@pytest.mark.django_db
def test_the_admin_site_has_no_door_of_its_own(client, django_user_model):
    django_user_model.objects.create_user("rahmat@panrb.example", "pw", is_staff=True)
    door = reverse("admin:login")
    answer = client.post(door, {"username": "rahmat@panrb.example", "password": "pw"})
    assert answer["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("jenis", list(JenisPeran))
def test_everybody_with_a_role_of_panrb_needs_the_second_factor(jenis):
    person = make_pengguna()
    grant_peran(email=person.email, jenis=jenis, edisi=make_edisi_kosong(), oleh=None)
    person.refresh_from_db()
    assert person.is_staff


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/beranda/", "/pesan/", "/registrasi/", "/panitia/"])
def test_without_any_edition_no_page_fails(client, path):
    client.force_login(make_pengguna())
    assert client.get(path).status_code in (200, 302, 404)


@pytest.mark.fast
@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/panitia/administrasi/2019-1/pemeriksaan/", "/panitia/administrasi/2019-1/"),
        ("/registrasi/2019-1/penarikan/", "/registrasi/2019-1/"),
        ("/registrasi/2019-1/dokumen/sk/", "/registrasi/2019-1/dokumen/"),
        ("/panitia/perpanjangan/3/persetujuan/", "/panitia/perpanjangan/"),
        ("/registrasi/instansi/uji/unit/", "/registrasi/instansi/uji/"),
        ("/tidak/ada/", "/"),
    ],
)
def test_an_address_for_posts_alone_has_a_page_above_it(path, page):
    assert not masuk.is_readable(path)
    assert masuk.page_above(path) == page


SAVE = "/panitia/administrasi/2019-1/pemeriksaan/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("", "/panitia/administrasi/2019-1/"),
        ("http://testserver/panitia/administrasi/?halaman=2", "/panitia/administrasi/?halaman=2"),
        (f"http://testserver{SAVE}", "/panitia/administrasi/2019-1/"),
        ("https://jahat.test/panitia/", "/panitia/administrasi/2019-1/"),
    ],
)
def test_signing_in_again_leads_to_the_page_the_form_stands_on(client, referer, page):
    answer = client.post(SAVE, headers={"Referer": referer})
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.url).query)["next"] == [page]


@pytest.mark.django_db
def test_htmx_and_scripts_are_told_of_an_ended_session_in_their_own_form(client):
    part = client.post(
        "/registrasi/2019-1/dokumen/sk/",
        headers={
            "HX-Request": "true",
            "Referer": "http://testserver/registrasi/2019-1/dokumen/",
        },
    )
    assert part.status_code == 401
    assert "<html" not in part.text
    assert "next=%2Fregistrasi%2F2019-1%2Fdokumen%2F" in part.text
    script = client.post("/registrasi/2019-1/penarikan/", headers={"Accept": "application/json"})
    assert script.status_code == 401
    assert "Sesi Anda berakhir" in script.json()["pesan"]


@pytest.mark.django_db
def test_a_wrong_method_gives_a_page_with_the_way_on(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("a@uji.test", "sandi"))
    answer = client.get("/registrasi/2019-1/penarikan/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "no-store" in answer["Cache-Control"]
    assert "Alamat ini hanya menerima kiriman" in answer.text
    assert 'href="/registrasi/2019-1/"' in answer.text
