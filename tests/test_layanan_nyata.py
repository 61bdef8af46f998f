"""The services behind the tests are the real ones: worker, broker, database and browser."""

import pytest
from celery import current_app
from django.db import connection

from kompetisi.actions.antrean import queue_pesan
from kompetisi.tests.factories import make_pengguna


@pytest.mark.django_db(transaction=True)
def test_a_queued_message_is_sent_by_the_worker(celery_worker_process, wait_for):
    dewi = make_pengguna("Dewi")
    gone = {"unit": "Dinas", "alasan": "Pindah."}
    pesan = queue_pesan(kunci="uji", jenis="admin_unit_dicabut", isian=gone, kepada=dewi)
    current_app.send_task("kompetisi.sweep_antrean")

    def sent() -> bool:
        pesan.refresh_from_db()
        return pesan.status == "selesai"

    wait_for(sent)
    assert pesan.percobaan == 1


@pytest.mark.django_db
def test_the_database_is_postgresql_through_psycopg2():
    assert connection.vendor == "postgresql"
    assert connection.Database.__name__ == "psycopg2"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_person_signs_in_in_chromium(page):
    person = make_pengguna("Budi")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    page.goto("/akun/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", "rahasia-uji-123")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/beranda/")
    assert "Budi" in page.content()
