"""The score sheet in a browser: it saves itself, adds up, and two tabs meet in a choice."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from evaluasi.models import Nilai
from evaluasi.queries.lembar import butir_of
from evaluasi.tests import factories as f
from kompetisi import clock
from kompetisi.models import Jam

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lembar():
    """The sheet of an evaluator in the middle of the stage, for all threads of this process."""
    edisi = f.make_edisi()
    Jam.objects.update_or_create(pk=1, defaults={"geser": f.IN_STAGE - clock.real_now()})
    clock.forget_shared()
    entry = f.fill_pendaftaran(f.make_pendaftaran(edisi, status="lolos_administrasi"))
    yield f.make_lembar(f.make_evaluator(edisi), entry)
    clock.forget_shared()


def sign_in(page, live_server, user) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
    page.context.add_cookies([cookie | {"url": live_server.url}])


def test_the_sheet_saves_itself_and_two_tabs_meet_in_a_choice(page, live_server, lembar):
    sign_in(page, live_server, lembar.penugasan.evaluator.pengguna)
    address = f"/evaluasi/lembar/{lembar.pk}/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(f"{live_server.url}{address}")
    first = butir_of(lembar.pk)[0]
    part, same = (tab.locator(f"#k-{first.kode}") for tab in (page, other))

    part.locator("input[type=radio]").nth(1).check()
    expect(part.locator("[data-status-simpan]")).to_contain_text("tersimpan")
    expect(part.locator("[data-perlu-alasan]")).to_be_visible()
    expect(page.locator("[data-total]")).to_have_text("3,35")
    part.locator("textarea[name]").fill("Uraian tugas belum lengkap.")
    part.locator("textarea[name]").blur()
    expect(part.locator("[data-status-simpan]")).to_contain_text("tersimpan")

    same.locator("input[type=radio]").nth(2).check()
    panel = same.locator(".bentrok")
    expect(panel).to_contain_text("Uraian tugas belum lengkap.")
    panel.get_by_role("button", name="Pakai isian saya").click()
    expect(same.locator("[data-status-simpan]")).to_contain_text("tersimpan")
    row = Nilai.objects.get(lembar=lembar)
    assert (row.tingkat, row.versi) == (first.tingkat[2]["kode"], 3)

    page.reload()
    expect(part.locator("input[type=radio]").nth(2)).to_be_checked()


def test_what_is_typed_without_network_is_kept_and_sent_when_it_returns(page, live_server, lembar):
    sign_in(page, live_server, lembar.penugasan.evaluator.pengguna)
    page.goto(f"/evaluasi/lembar/{lembar.pk}/")
    part = page.locator(f"#k-{butir_of(lembar.pk)[0].kode}")
    page.context.set_offline(True)
    part.locator("input[type=radio]").first.check()
    expect(part.locator("[data-status-simpan]")).to_contain_text("tidak ada jaringan")
    assert not Nilai.objects.exists()
    page.context.set_offline(False)
    expect(part.locator("[data-status-simpan]")).to_contain_text("tersimpan")
    assert Nilai.objects.count() == 1
