"""The parts of the form while nobody may fill them in: to read and to copy, nothing to lose."""

import re

import pytest
from django.urls import reverse

from kompetisi import clock
from registrasi.models import JawabanNarasi
from registrasi.tests.factories import (
    BUKA,
    TUTUP,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
)

pytestmark = pytest.mark.django_db
CONTROL = re.compile(r"<(?:input|textarea|select)\b[^>]*>")


@pytest.fixture
def entry(client):
    dewi = make_admin(make_instansi())
    client.force_login(dewi)
    return make_pendaftaran(make_edisi(), dewi, lengkap=True)


def urls_of(entry) -> list[str]:
    periode = entry.edisi.aturan["kinerja"]["periode"][0]["kode"]
    kelompok = entry.edisi.rubrik.get(tahap__jenis="dokumen").kelompok.first().kode
    return [
        reverse("registrasi:identitas", args=[entry.kode]),
        reverse("registrasi:narasi", args=[entry.kode]),
        reverse("registrasi:kinerja", args=[entry.kode, periode]),
        reverse("registrasi:mandiri", args=[entry.kode, kelompok]),
    ]


def controls(page: str) -> list[str]:
    """What stands in the form, without what only the browser sees."""
    form = page[page.index("data-simpan-lokal") :]
    return [
        tag
        for tag in CONTROL.findall(form[: form.index("</form>")])
        if 'type="hidden"' not in tag and 'type="file"' not in tag
    ]


@pytest.mark.parametrize("part", range(4))
def test_after_the_closing_nothing_can_be_typed_that_would_be_lost(entry, client, part):
    with clock.travel(TUTUP):
        page = client.get(urls_of(entry)[part]).text
    assert "hanya dapat dibaca dan disalin" in page
    assert "data-simpan-otomatis" not in page
    assert "data-hanya-baca" in page
    assert 'type="file"' not in page
    assert controls(page)
    assert [tag for tag in controls(page) if not re.search(r" (readonly|disabled)\b", tag)] == []


@pytest.mark.parametrize("part", range(4))
def test_while_it_is_open_everything_can_be_typed(entry, client, part):
    with clock.travel(BUKA):
        page = client.get(urls_of(entry)[part]).text
    assert "data-simpan-otomatis" in page
    assert "data-hanya-baca" not in page
    assert [tag for tag in controls(page) if re.search(r" (readonly|disabled)\b", tag)] == []


def test_what_was_typed_before_the_closing_comes_back_to_be_copied(entry, client):
    asked = entry.edisi.pertanyaan.first()
    url = reverse("registrasi:narasi", args=[entry.kode])
    before = JawabanNarasi.objects.get(pendaftaran=entry, pertanyaan=asked)
    data = {f"p{asked.pk}": "Diketik sebelum penutupan", f"p{asked.pk}-versi": before.versi}
    with clock.travel(TUTUP):
        answer = client.post(url, data)
    assert answer.status_code == 403
    assert "Diketik sebelum penutupan" in answer.text
    assert "belum tersimpan" in answer.text
    assert [tag for tag in controls(answer.text) if " readonly" not in tag] == []
    before.refresh_from_db()
    assert before.isi != "Diketik sebelum penutupan"


def test_what_a_lost_session_held_comes_back_as_unsaved_to_be_copied(entry, client):
    url = reverse("registrasi:narasi", args=[entry.kode])
    data = {f"p{p.pk}": "Diketik tanpa sesi" for p in entry.edisi.pertanyaan.all()}
    data |= {f"p{p.pk}-versi": 1 for p in entry.edisi.pertanyaan.all()}
    with clock.travel(BUKA):
        client.get(url)
        client.cookies.pop("sessionid")
        assert client.post(url, data).status_code == 302
    with clock.travel(TUTUP):
        client.force_login(entry.dibuat_oleh)
        page = client.get(url).text
    assert "Diketik tanpa sesi</textarea>" in page
    assert "Isian Anda di bawah belum tersimpan" in page
    assert [tag for tag in controls(page) if " readonly" not in tag] == []
