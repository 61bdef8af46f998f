"""The read API as a program meets it: public parts, tokens, problems, and what stays hidden."""

import json

import jsonschema
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kompetisi import clock
from kompetisi.actions.token import create_token, revoke_token
from kompetisi.models import JejakAudit, TokenApi
from kompetisi.views import api as api_view
from penghargaan.models import Pleno
from penghargaan.tests.factories import AFTER, DECREED
from penghargaan.views import pintu
from registrasi.models import Instansi
from registrasi.queries.instansi import build_nama_cari, search_instansi
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ALL = ("profil", "pendaftaran", "penugasan")


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    """The people and the entry that went all the way."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Cast()
        transaction.set_rollback(True)


@pytest.fixture
def after():
    """The result is public."""
    with clock.travel(AFTER):
        yield


def read(path, secret="", **params):
    """The answer to one question, asked without any cookie."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().get(f"/api/v1/{path}", params, headers=headers)


def token_of(cast, role, *cakupan, hari=30):
    return create_token(oleh=cast.people[role], nama="Uji", cakupan=cakupan or ALL, hari=hari)


def problem_of(answer, status):
    """The problem an answer tells."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status and told["title"] and told["detail"]
    return told


def test_the_calendar_says_what_the_page_says(cast, after):
    tahun = read("edisi/").json()[0]["tahun"]
    edisi = read(f"edisi/{tahun}/").json()
    assert [t["kode"] for t in edisi["tahap"]] == [t.kode for t in cast.a.edisi.tahap.all()]
    assert all(t["mulai"].endswith("Z") for t in edisi["tahap"])
    weights = [k["bobot"] for r in read(f"edisi/{tahun}/rubrik/").json() for k in r["kelompok"]]
    assert weights and all(isinstance(w, str) for w in weights)  # exact, never a float


def test_the_description_is_openapi_and_holds_every_answer(cast, after):
    told = read("openapi.json").json()
    assert told["openapi"].startswith("3.")
    tahun = cast.a.edisi.tahun
    secret = token_of(cast, "sekretariat")
    for path, item in told["paths"].items():
        address = path.removeprefix("/api/v1/").format(tahun=tahun, kode=cast.a.kode)
        if address.startswith("verifikasi/"):
            continue
        answer = read(address, secret)
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer.status_code == 200, path
        jsonschema.validate(answer.json(), schema | {"components": told["components"]})


def test_names_of_participants_wait_for_the_closing(cast):
    tahun = cast.a.edisi.tahun
    opened = cast.a.edisi.tahap.get(jenis="pendaftaran").mulai
    with clock.travel(opened):
        problem_of(read(f"edisi/{tahun}/peserta/"), 404)
    with clock.travel(AFTER):
        names = [p["instansi"] for p in read(f"edisi/{tahun}/peserta/").json()["butir"]]
    assert cast.a.instansi.nama in names


def test_the_result_is_there_from_its_instant_on(cast):
    path = f"edisi/{cast.a.edisi.tahun}/hasil/"
    with clock.travel(DECREED):
        problem_of(read(path), 404)
    with clock.travel(AFTER):
        told = read(path).json()
    assert told["hash"] == Pleno.objects.get(edisi=cast.a.edisi).hash
    assert cast.a.instansi.nama in [p["instansi"] for p in told["pemenang"]]
    assert "nilai" not in json.dumps(told)


def test_a_code_is_checked_as_on_the_page(cast, after):
    piagam = cast.a.piagam.first()
    told = read(f"verifikasi/{piagam.kode_verifikasi}/").json()
    assert (told["jenis"], told["keadaan"], told["nomor"]) == ("piagam", "sah", piagam.nomor)
    receipt = cast.a.pengiriman.first()
    told = read(f"verifikasi/{receipt.kode_verifikasi}/").json()
    assert told["jenis"] == "tanda_terima"
    assert all(b.keys() == {"tempat", "ukuran", "sha256"} for b in told["berkas"])
    problem_of(read("verifikasi/XXXX-XXXX-XXXX/"), 404)
    problem_of(read("verifikasi/", sha256="0" * 64), 404)
    assert problem_of(read("verifikasi/", sha256="x"), 422)["galat"][0]["medan"].endswith("sha256")


@pytest.mark.parametrize("path", ["saya/", "edisi/2019/pendaftaran/", "edisi/2019/penugasan/"])
def test_what_is_not_public_needs_a_token_and_no_cookie_will_do(cast, after, path):
    assert problem_of(read(path), 401)
    problem_of(read(path, "sp4n_salah"), 401)
    signed_in = Client()
    signed_in.force_login(cast.people["admin"])
    assert signed_in.get(f"/api/v1/{path}").status_code == 401
    assert read(path)["WWW-Authenticate"].startswith("Bearer")


def codes(secret, tahun):
    return {p["kode"] for p in read(f"edisi/{tahun}/pendaftaran/", secret).json()["butir"]}


def test_a_token_reads_what_its_person_may_see_and_no_more(cast, after):
    tahun, kode = cast.a.edisi.tahun, cast.a.kode
    own, other, judge = (token_of(cast, role) for role in ("sendiri", "lain", "evaluator"))
    assert kode in codes(own, tahun)
    assert kode in codes(token_of(cast, "sekretariat"), tahun)
    assert kode not in codes(other, tahun) | codes(judge, tahun)
    told = read(f"pendaftaran/{kode}/", own).json()
    assert {b["sha256"] for b in told["bukti"]} == set(
        cast.a.bukti.filter(dilepas_pada=None).values_list("berkas__sha256", flat=True)
    )
    problem_of(read(f"pendaftaran/{kode}/", other), 404)


def test_an_evaluator_in_conflict_finds_no_trace(cast, after):
    tahun = cast.a.edisi.tahun
    seen = read(f"edisi/{tahun}/penugasan/", token_of(cast, "evaluator")).json()["butir"]
    assert cast.a.kode in {p["pendaftaran"] for p in seen}
    for path in (f"edisi/{tahun}/penugasan/", f"edisi/{tahun}/pendaftaran/", "saya/"):
        assert cast.a.kode not in read(path, token_of(cast, "benturan")).text


def test_a_token_is_good_for_its_scope_and_its_time_alone(cast, after):
    tahun = cast.a.edisi.tahun
    narrow = token_of(cast, "sendiri", "profil")
    assert read("saya/", narrow).json()["cakupan"] == ["profil"]
    assert "pendaftaran" in problem_of(read(f"edisi/{tahun}/pendaftaran/", narrow), 403)["detail"]
    row = TokenApi.objects.latest("pk")
    with clock.travel(row.berakhir_pada):
        problem_of(read("saya/", narrow), 401)
    assert not revoke_token(pk=row.pk, oleh=cast.people["lain"])
    assert revoke_token(pk=row.pk, oleh=cast.people["sendiri"])
    problem_of(read("saya/", narrow), 401)
    person = cast.people["sendiri"]
    still = token_of(cast, "sendiri")
    person.is_active = False
    person.save()
    problem_of(read("saya/", still), 401)
    person.is_active = True
    person.save()


def test_a_token_is_made_after_proving_who_one_is_and_its_secret_is_shown_once(cast, after):
    person = cast.people["sendiri"]
    person.set_password("rahasia-uji-123")
    person.save()
    client = Client()
    client.force_login(person)
    address = reverse("publik:token")
    typed = {"nama": "Dasbor", "cakupan": ["pendaftaran"], "hari": "90"}
    asked = client.post(address, typed)
    assert asked.status_code == 302 and "reauthenticate" in asked.url
    assert not TokenApi.objects.filter(nama="Dasbor").exists()
    page = client.post(asked.url, {"password": "rahasia-uji-123"})  # goes on where it stopped
    assert page.status_code == 201
    secret = page.text.split('class="kode">')[1].split("<")[0]
    assert codes(secret, cast.a.edisi.tahun)
    assert client.post(address, {**typed, "cakupan": []}).status_code == 422
    assert secret not in client.get(address).text
    row = TokenApi.objects.get(nama="Dasbor")
    assert secret not in json.dumps([row.sidik, row.nama])
    assert JejakAudit.objects.filter(tindakan="token.buat", objek_kunci=str(row.pk)).exists()
    assert client.post(reverse("publik:token-pencabutan", args=[row.pk])).status_code == 302
    problem_of(read("saya/", secret), 401)


def test_it_only_reads_and_unknown_addresses_are_problems_too(cast, after):
    assert problem_of(Client().post("/api/v1/edisi/"), 405)["title"] == "Hanya baca"
    problem_of(read("tidak/ada/"), 404)
    for address in ("/api/", "/api/v2/edisi/", "/api/x"):
        problem_of(Client().get(address), 404)
    problem_of(read("edisi/1999/"), 404)
    problem_of(read("instansi/", halaman="0"), 422)
    problem_of(read("instansi/", jenis="desa"), 422)


def test_the_directory_is_found_by_every_word(cast, after):
    name = cast.a.instansi.nama
    told = read("instansi/", cari=name).json()
    assert name in [row["nama"] for row in told["butir"]]
    assert read("instansi/", cari=f"{name} zzz").json()["jumlah"] == 0


@pytest.mark.parametrize("cari", ["kab. Zamrud", "Pemkab zamrud dan", "Zamrut", "ZAMRUD"])
def test_the_directory_is_searched_as_on_the_pages(cast, after, cari):
    for kode, nama in (("cari-zamrud", "Kabupaten Zamrud"), ("cari-intan", "Kabupaten Intan")):
        nama = f"Pemerintah {nama}"
        known = build_nama_cari(nama=nama, jenis="kabupaten")
        Instansi.objects.create(kode=kode, nama=nama, jenis="kabupaten", nama_cari=known)
    wanted = Instansi.objects.get(kode="cari-zamrud")
    told = read("instansi/", cari=cari).json()
    assert [row["nama"] for row in told["butir"]] == [wanted.nama]
    shown = search_instansi(cari)
    assert [row["nama"] for row in shown] == [wanted.nama]


def test_pages_follow_one_another(cast, after, monkeypatch):
    monkeypatch.setattr(api_view, "PER_PAGE", 1)
    first = read("instansi/").json()
    second = read("instansi/", halaman=first["berikut"]).json()
    assert first["butir"] != second["butir"] and len(second["butir"]) == 1
    last = read("instansi/", halaman=first["jumlah"]).json()
    assert last["berikut"] is None


def test_who_asks_too_often_is_told_to_wait(cast, after, monkeypatch):
    monkeypatch.setattr(api_view, "PER_MINUTE", 3)
    answers = [read("edisi/") for _ in range(5)]
    assert [a.status_code for a in answers[:3]] == [200] * 3
    assert problem_of(answers[-1], 429) and answers[-1]["Retry-After"]


def test_another_token_each_time_gives_no_more_tries(cast, after, monkeypatch):
    monkeypatch.setattr(api_view, "PER_MINUTE", 3)
    answers = [read("edisi/", f"sp4n_{number}") for number in range(5)]
    assert answers[-1].status_code == 429


def test_codes_are_guessed_no_faster_than_on_the_page(cast, after, monkeypatch):
    monkeypatch.setattr(pintu, "PER_MINUTE", 3)
    for _ in range(2):
        read("verifikasi/XXXX-XXXX-XXXX/")
    Client().get(reverse("penghargaan:verifikasi-kode", args=["XXXX-XXXX-XXXX"]))
    problem_of(read("verifikasi/XXXX-XXXX-XXXX/"), 429)


def test_lists_ask_no_more_as_they_grow(cast, after, django_assert_max_num_queries):
    secret = token_of(cast, "sekretariat")
    with django_assert_max_num_queries(5):
        read(f"edisi/{cast.a.edisi.tahun}/pendaftaran/", secret)
