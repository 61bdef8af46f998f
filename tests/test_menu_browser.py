"""The main menu in a browser: long for the committee, and there with a mouse, a key or a phone."""

import re
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from evaluasi.tests.factories import IN_STAGE, make_edisi, make_evaluator, make_pengguna
from kompetisi import clock
from kompetisi.models import Jam
from registrasi.tests.factories_panitia import make_anggota, make_pendaftaran

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
GROUPS = ["Registrasi", "Penilaian", "Penghargaan", "Sistem"]


@pytest.fixture
def edisi():
    """The edition in the middle of the document stage; two requests and one entry wait."""
    edisi = make_edisi()
    Jam.objects.update_or_create(pk=1, defaults={"geser": IN_STAGE - clock.real_now()})
    clock.forget_shared()
    make_pendaftaran(edisi, status="dikirim")
    for row in (make_pendaftaran(edisi), make_pendaftaran(edisi)):
        make_anggota(row.instansi, status="diajukan")
    yield edisi
    clock.forget_shared()


@pytest.fixture
def visitor(live_server, chromium):
    """A page of somebody who has signed in, in a browser of these properties."""

    @contextmanager
    def enter(user, **options):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
        context = chromium.new_context(base_url=live_server.url, **options)
        context.add_cookies([cookie | {"url": live_server.url}])
        yield context.new_page()
        context.close()

    return enter


def group(page, name):
    """The unfolding word of a group in the menu that is seen."""
    words = page.locator(".kepala .menu-kelompok > summary").filter(visible=True)
    return words.filter(has_text=name)


def violations(page) -> list[str]:
    """What axe-core holds against the head of the page."""
    found = AXE.run(page, ".kepala").response["violations"]
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes']]}" for v in found]


AXE = Axe()


@pytest.mark.parametrize("script", [True, False])
def test_the_committee_finds_four_groups_with_what_waits_in_each(visitor, edisi, script):
    admin = make_pengguna("Admin", "admin_panrb", edisi=edisi)
    options = {"viewport": WIDE, "java_script_enabled": script}
    with visitor(admin, **options) as page:
        page.goto("/panitia/pesan/")
        words = page.locator(".nav-utama summary")
        assert [text.split()[0] for text in words.all_inner_texts()] == GROUPS
        # Three wait behind the group: two requests and an entry to be checked.
        expect(group(page, "Registrasi")).to_contain_text("3")
        expect(group(page, "Sistem")).to_have_attribute("aria-current", "true")
        group(page, "Registrasi").click()
        page.locator(".nav-utama a", has_text="Administrasi").click()
        expect(page).to_have_url(re.compile("/panitia/administrasi/$"))
        current = page.locator(".nav-utama [aria-current=page]")
        expect(current).to_contain_text("Administrasi")
        expect(current).to_be_hidden()


def test_a_group_opens_and_closes_with_keys_and_gives_way_to_another(visitor, edisi):
    admin = make_pengguna("Admin", "admin_panrb", edisi=edisi)
    with visitor(admin, viewport=WIDE) as page:
        page.goto("/panitia/")
        group(page, "Penghargaan").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(".nav-utama a", has_text="Pleno")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".nav-utama a", has_text="Pleno")).to_be_hidden()
        expect(group(page, "Penghargaan")).to_be_focused()
        group(page, "Penilaian").click()
        group(page, "Sistem").click()
        expect(page.locator(".nav-utama details[open]")).to_have_count(1)
        assert violations(page) == []
        page.locator("h1").click()
        expect(page.locator(".nav-utama details[open]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_group_one_is_in(visitor, edisi, scheme):
    admin = make_pengguna("Admin", "admin_panrb", edisi=edisi)
    with visitor(admin, viewport=PHONE, color_scheme=scheme) as page:
        page.goto("/panitia/pesan/")
        page.locator(".menu-ponsel > summary").click()
        expect(page.locator(".menu-ponsel a", has_text="Kotak keluar")).to_be_visible()
        expect(page.locator(".menu-ponsel a", has_text="Pleno")).to_be_hidden()
        group(page, "Penghargaan").click()
        expect(page.locator(".menu-ponsel a", has_text="Pleno")).to_be_visible()
        heights = page.locator(".menu-ponsel :is(a, summary):visible").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert min(heights) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert violations(page) == []


def test_who_has_few_entries_finds_them_side_by_side(visitor, edisi):
    people = [make_evaluator(edisi).pengguna, make_anggota(make_pendaftaran(edisi).instansi)]
    for user in (people[0], people[1].pengguna):
        with visitor(user, viewport=WIDE) as page:
            page.goto("/")
            expect(page.locator(".nav-utama a", has_text="Beranda")).to_be_visible()
            expect(page.locator(".kepala .menu-kelompok")).to_have_count(0)
