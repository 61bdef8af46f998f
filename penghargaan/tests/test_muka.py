"""The front page leads with the result from its instant on, and not a second before."""

from pathlib import Path

import pytest

from kompetisi import clock
from penghargaan import verify_hasil
from penghargaan.tests.factories import AFTER, DECREED, Panggung

pytestmark = pytest.mark.django_db


def test_the_front_page_leads_to_the_result_once_it_is_public(client):
    stage = Panggung()
    stage.kuota(1, 0)
    stage.masuk("Kota A")
    stage.umumkan()
    address = f'href="/hasil/{stage.edisi.tahun}/"'
    with clock.travel(DECREED):
        page = client.get("/").content.decode()
        assert address not in page and "Daftarkan instansi Anda" not in page
    with clock.travel(AFTER):
        page = client.get("/").content.decode()
        assert address in page and "Lihat hasil" in page
        result = client.get(f"/hasil/{stage.edisi.tahun}/").content.decode()
        assert 'href="/hasil/verify_hasil.py"' in result
        program = client.get("/hasil/verify_hasil.py")
        assert program.content == Path(verify_hasil.__file__).read_bytes()
        assert "attachment" in program["Content-Disposition"]
        assert "Pendaftaran sudah ditutup" not in page
