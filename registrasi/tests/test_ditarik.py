"""A withdrawn entry is never shown as one that was not sent, nor as one that is received."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kompetisi import clock
from registrasi.actions.pendaftaran import withdraw_pendaftaran
from registrasi.tests.factories import BUKA, TUTUP, make_admin, make_edisi, make_instansi
from registrasi.tests.factories import make_pendaftaran as make_entry
from registrasi.tests.test_pengiriman import send

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def entry(client):
    edisi, dewi = make_edisi(), make_admin(make_instansi())
    client.force_login(dewi)
    row = make_entry(edisi, dewi, lengkap=True)
    row.tanda = send(row, dewi, at=BUKA)
    with clock.travel(BUKA + HOUR):
        withdraw_pendaftaran(pendaftaran=row, alasan="Salah berkas", oleh=dewi)
    return row


def pages(client, entry, at) -> dict[str, str]:
    urls = {
        "beranda": reverse("publik:beranda"),
        "daftar": reverse("registrasi:daftar"),
        "rinci": reverse("registrasi:rinci", args=[entry.kode]),
    }
    with clock.travel(at):
        return {name: client.get(url).text for name, url in urls.items()}


def test_the_persons_pages_say_that_and_when_it_was_taken_back(entry, client):
    found = pages(client, entry, BUKA + 2 * HOUR)
    assert "dan belum dikirim lagi, tanda terima lama" in found["beranda"]
    assert "belum dikirim lagi" in found["daftar"]
    assert "tidak dinilai sebelum dikirim lagi" in found["rinci"]
    for page in found.values():
        assert entry.tanda.nomor in page
        assert "Belum dikirim<" not in page
        assert "Diterima " not in page


def test_sent_again_it_is_received_and_shows_the_new_receipt(entry, client):
    again = send(entry, entry.dibuat_oleh, kunci="kunci-2", at=BUKA + 2 * HOUR)
    found = pages(client, entry, BUKA + 3 * HOUR)
    assert "belum dikirim lagi" not in "".join(found.values())
    assert again.nomor in found["beranda"]
    assert entry.tanda.nomor not in found["daftar"]


def test_after_the_closing_it_says_why_it_is_not_judged(entry, client):
    found = pages(client, entry, TUTUP)
    assert "dan tidak dikirim lagi sampai pendaftaran ditutup" in found["rinci"]
