"""No member of the committee can change what an entry says, by any address or Django's admin."""

import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kompetisi import clock
from registrasi.models import Pendaftaran
from registrasi.tests.factories import pdf_file
from registrasi.tests.factories_panitia import wib
from tests.cast import Cast
from tests.test_izin_semua_url import addresses

STAFF = ("ketua", "sekretariat", "admin", "pengamat")
CONTENT = (
    "penilaianmandiri", "jawabannarasi", "kinerjasp4n", "buktidukung", "pengiriman", "penarikan",
)  # fmt: skip
OWN = (
    "judul", "mulai_pemakaian", "terhubung_lapor", "narahubung_nama", "narahubung_telepon",
    "instansi", "unit", "jalur", "versi",
)  # fmt: skip
GIVEN = {
    "judul": "Diubah panitia", "isi": "Diubah", "nilai": "Diubah", "nama": "judul", "versi": "1",
    "catatan": "Diubah", "tingkat": "A", "alasan": "Diubah", "putusan": "lolos", "kode": "x",
    "narahubung_nama": "Diubah", "pernyataan": "on", "penandatangan_nama": "Panitia",
    "penandatangan_jabatan": "Panitia", "kunci": "k", "muatan": "x", "diterima": "1",
    "hasil_akun": "memenuhi", "lanjut": "1", "ambil_alih": "1",
}  # fmt: skip
INSTANTS = [wib(28, month=10), wib(3), wib(9, month=12)]


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    """The people and the entry that went all the way."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Cast()
        transaction.set_rollback(True)


def content() -> str:
    """Everything that entries say, as one text."""
    tables = [apps.get_model("registrasi", name) for name in CONTENT]
    rows = {m.__name__: list(m.objects.order_by("pk").values()) for m in tables}
    rows["own"] = list(Pendaftaran.objects.order_by("pk").values("pk", *OWN))
    return json.dumps(rows, default=str)


@pytest.mark.django_db
@pytest.mark.parametrize("at", INSTANTS, ids=["pendaftaran", "administrasi", "selesai"])
@pytest.mark.parametrize("role", STAFF)
def test_staff_changes_nothing_of_what_an_entry_says(cast, role, at):
    before = content()
    client = Client(raise_request_exception=False)
    client.force_login(cast.people[role])
    changed = []
    for name, arguments in addresses():
        if name.startswith("penghargaan:hasil") or not arguments and "registrasi" not in name:
            continue
        address = reverse(name, kwargs={a: cast.value(name, a) for a in arguments})
        with clock.travel(at), transaction.atomic():
            client.post(address, GIVEN | {"berkas": pdf_file(role)})
            if content() != before:
                changed.append(name)
            transaction.set_rollback(True)
    assert not changed


def test_djangos_admin_knows_no_model_of_an_entry():
    held = {model._meta.app_label for model in admin.site._registry}
    assert not held & {"registrasi", "evaluasi", "penghargaan"}
