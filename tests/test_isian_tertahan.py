"""No form costs anybody what they wrote: after an ended session it stands there again.

Every address is posted to without a session; and on pages of every part of the competition each
form that has a text area is sent as a browser would send it, and looked for after signing in.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kompetisi import clock
from kompetisi.tertahan import HELD
from penghargaan.tests.factories import AFTER
from registrasi.models import Pendaftaran
from registrasi.tests.factories_panitia import (
    wib,
)
from tests.cast import Cast
from tests.formulir import TEXT, lost_on
from tests.test_izin_semua_url import addresses

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("tertahan")]
OCTOBER, GATE, PLANNING, VISITS = wib(25, month=10), wib(5), wib(15), wib(26)
OPEN_TO_ALL = {  # nobody signs in for these, so that no session can end
    "penghargaan:verifikasi",
    "publik:berhenti",
    "api:openapi-json",
}
BY_SCRIPT = {  # sent by a script, from a page that still has the text
    "registrasi:simpan",
    "registrasi:unggahan",
    "registrasi:unggahan-baru",
}
RAW = {  # drawn by hand; what was typed there is offered to be copied
    "components/konfirmasi.html",  # fills its reason itself
    "components/tertahan_sisa.html",  # is that offer
    "allauth/elements/field.html",
    "evaluasi/_kriteria.html",
    "evaluasi/daftar_pendek/jalur.html",
    "evaluasi/lapangan/kunjungan.html",
    "evaluasi/lembar.html",
    "evaluasi/panitia/rinci.html",
}
FILLED_IN = {"registrasi:narasi", "registrasi:mandiri"}  # only a draft can be
WALK = (  # (who, when, page): all have at least one form with a text area
    ("sendiri", OCTOBER, "registrasi:narasi"),
    ("sendiri", OCTOBER, "registrasi:mandiri"),
    ("sendiri", OCTOBER, "registrasi:instansi"),
    ("sendiri", OCTOBER, "publik:penghapusan"),
    ("evaluator", GATE, "evaluasi:benturan"),
    ("ketua", GATE, "evaluasi_panitia:evaluator-rinci"),
    ("ketua", GATE, "evaluasi_panitia:penugasan-rinci"),
    ("ketua", GATE, "evaluasi_panitia:pembukaan"),
    ("sekretariat", OCTOBER, "registrasi_panitia:akun-rinci"),
    ("sekretariat", OCTOBER, "registrasi_panitia:perpanjangan-usulan"),
    ("sekretariat", OCTOBER, "panitia:naskah-rinci"),
    ("admin", AFTER, "panitia:pribadi"),
    ("admin", AFTER, "penghargaan_panitia:piagam-pencabutan"),
    ("admin", AFTER, "penghargaan_panitia:piagam-penggantian"),
)


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    """The people of a finished competition, once for this file; taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Cast()
        transaction.set_rollback(True)


@pytest.mark.django_db  # one test must ask for the database, or none is made for `cast`
@pytest.mark.parametrize(("role", "moment", "name"), WALK)
def test_what_was_typed_stands_there_again(cast, role, moment, name):
    cache.clear()
    arguments = dict(addresses())[name]
    page = reverse(name, kwargs={a: cast.value(name, a) for a in arguments})
    with clock.travel(moment), transaction.atomic():
        if name in FILLED_IN:
            Pendaftaran.objects.filter(pk=cast.a.pk).update(status="draf")
        lost, seen = lost_on(cast.people[role], page)
        transaction.set_rollback(True)
    assert seen
    assert not lost, "\n".join(lost)


def test_every_address_that_takes_posts_holds_what_was_typed(cast):
    """Whatever form leads there; the few that hold nothing say why above."""
    client, careless = Client(raise_request_exception=False), []
    client.force_login(cast.people["sendiri"])
    client.get(reverse("publik:beranda"))
    for name, arguments in addresses():
        client.cookies.pop("sessionid", None)
        address = reverse(name, kwargs={a: cast.value(name, a) for a in arguments})
        answer = client.post(address, {"alasan": TEXT})
        held = client.session.get(HELD, {}) if "sessionid" in client.cookies else {}
        if answer.status_code not in (404, 405) and held.get("ke") != address:
            careless.append(name)
    assert set(careless) == OPEN_TO_ALL | BY_SCRIPT


@pytest.mark.fast
def test_no_new_text_area_is_drawn_by_hand():
    """What the components draw fills itself; what a page draws has to be looked at."""
    root = Path(settings.BASE_DIR) / "templates"
    by_hand = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.html")
        if "<textarea" in path.read_text("utf-8")
    }
    assert by_hand == RAW
