"""Opening a draft, and what is said while none can be opened."""

import pytest
from django.urls import reverse

from kompetisi import clock
from registrasi.models import Pendaftaran
from registrasi.tests.factories import BUKA, TUTUP, make_admin, make_edisi, make_instansi

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "says", "then"),
    [
        (BUKA.replace(year=2018), "Pendaftaran dibuka", "dapat dibuat mulai saat itu"),
        (TUTUP, "Pendaftaran sudah ditutup", "tetap dapat dibaca"),
    ],
)
def test_outside_the_window_no_form_is_offered_for_a_new_entry(client, at, says, then):
    make_edisi()
    instansi, page_url = make_instansi(), reverse("registrasi:baru")
    client.force_login(make_admin(instansi))
    chosen = {"jalur": "instansi", "peserta": f"instansi-{instansi.pk}"}
    with clock.travel(at):
        asked = client.get(page_url)
        answer = client.post(page_url, chosen)
    assert (asked.status_code, answer.status_code) == (200, 403)
    for page in (asked.text, answer.text):
        assert says in page
        assert then in page
        assert 'name="jalur"' not in page
    assert not Pendaftaran.objects.exists()
