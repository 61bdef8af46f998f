"""Sessions that ran out are forgotten, those in use stay."""

from datetime import UTC, datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from kompetisi.tasks import clear_sessions
from kompetisi.tests.factories import make_pengguna


@pytest.mark.django_db
def test_only_sessions_past_their_end_are_forgotten(client):
    person = make_pengguna()
    client.force_login(person)
    Session.objects.create(
        session_key="lama", session_data="", expire_date=datetime(2019, 1, 1, tzinfo=UTC)
    )
    for key in ("lama", client.session.session_key):
        UserSession.objects.create(
            user=person, session_key=key, ip="127.0.0.1", user_agent="", data={}
        )
    for _ in range(2):
        clear_sessions()
        assert Session.objects.get().session_key == client.session.session_key
        assert UserSession.objects.get().session_key == client.session.session_key
