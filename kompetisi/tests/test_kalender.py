"""Personal calendars: UTC, names that stay, secret addresses that can be taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from kompetisi import clock
from kompetisi.actions.kalender import MOST, create_tautan, revoke_tautan
from kompetisi.errors import NotAllowedError
from kompetisi.models import Perpanjangan, TautanKalender
from kompetisi.queries.kalender import acara_of, owner_of
from kompetisi.rules.kalender import Acara, build_ics, deadline, sequence_of
from kompetisi.tests.factories import make_edisi_kosong, make_pengguna, make_peran, wib

pytestmark = pytest.mark.django_db
CLOSING = wib("2019-11-02 00:00")


@pytest.fixture
def edisi():
    return make_edisi_kosong()


def events(content: bytes):
    return list(Calendar.from_ical(content).walk("VEVENT"))


def read(answer) -> bytes:
    return b"".join(answer.streaming_content)


def extend(edisi, sampai, at):
    tahap = edisi.tahap.get()
    return Perpanjangan.objects.create(
        tahap=tahap, selesai_baru=sampai, alasan="Gangguan.", diajukan_oleh=make_pengguna(),
        diajukan_pada=at, disetujui_oleh=make_pengguna(), disetujui_pada=at,
    )  # fmt: skip


def test_a_closing_at_midnight_stands_on_the_day_it_belongs_to():
    event = deadline(
        kunci="a@uji", batas=CLOSING, judul="Batas", uraian="", diubah=wib("2019-10-21 00:00")
    )
    (found,) = events(build_ics([event], "Uji"))
    assert found.decoded("dtstart").astimezone(clock.WIB).date() == date(2019, 11, 1)
    assert b"DTSTART:20191101T160000Z" in build_ics([event])
    assert b"DTEND:20191101T170000Z" in build_ics([event])


def test_a_day_without_an_hour_is_a_whole_day():
    visit = Acara("b@uji", 2, date(2019, 11, 25), date(2019, 11, 26), "A", "B", "C", CLOSING)
    assert b"DTSTART;VALUE=DATE:20191125" in build_ics([visit])


def test_an_extension_keeps_the_name_and_raises_the_sequence(edisi):
    admin = make_peran(edisi, "admin_panrb")
    (before,) = acara_of(admin, edisi, CLOSING)
    extend(edisi, CLOSING + timedelta(days=3), wib("2019-11-01 20:00"))
    (after,) = acara_of(admin, edisi, CLOSING)
    assert after.kunci == before.kunci
    assert after.urutan > before.urutan
    assert after.selesai == CLOSING + timedelta(days=3)
    assert sequence_of(wib("2040-01-01 00:00")) < 2**31


def test_a_person_without_a_part_has_an_empty_calendar(edisi, client):
    client.force_login(make_pengguna())
    answer = client.get(reverse("publik:kalender-berkas"))
    assert answer["Content-Type"].startswith("text/calendar")
    assert events(read(answer)) == []


def test_the_secret_address_works_without_signing_in_until_it_is_revoked(edisi, client):
    admin = make_peran(edisi, "admin_panrb")
    client.force_login(admin)
    page = client.post(reverse("publik:kalender"))
    assert page.status_code == 201
    token = page.context["alamat_baru"].rpartition("/")[2].removesuffix(".ics")
    assert token in page.text
    assert token not in client.get(reverse("publik:kalender")).text
    assert len(token) * 6 >= 128
    assert not TautanKalender.objects.filter(sidik=token).exists()

    client.logout()
    address = reverse("publik:kalender-umpan", args=[token])
    answer = client.get(address)
    assert len(events(read(answer))) == 1
    assert "no-store" in answer["Cache-Control"]

    revoke_tautan(pk=TautanKalender.objects.get().pk, oleh=admin)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "a" * 3000])
def test_an_address_nobody_made_leads_nowhere(edisi, client, token):
    assert client.get(f"/kalender/{token}.ics").status_code == 404


def test_who_is_no_longer_active_shows_nothing(edisi):
    person = make_pengguna()
    token = create_tautan(oleh=person)
    assert owner_of(token) == person
    person.is_active = False
    person.save()
    assert owner_of(token) is None


def test_nobody_revokes_the_address_of_another_and_nobody_hoards_them(edisi):
    person = make_pengguna()
    for _ in range(MOST):
        create_tautan(oleh=person)
    with pytest.raises(NotAllowedError):
        create_tautan(oleh=person)
    assert revoke_tautan(pk=TautanKalender.objects.first().pk, oleh=make_pengguna()) is False
