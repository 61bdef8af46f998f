"""Every kind of hostile file is refused with its reason; what honest programs write is taken."""

import pikepdf
import pytest

from registrasi.rules.berkas_pdf import inspect
from registrasi.rules.berkas_rupa import look
from registrasi.tests.corpus import BAD, GOOD_KINDS


@pytest.fixture
def path(tmp_path):
    return tmp_path / "berkas.pdf"


@pytest.mark.parametrize("jenis", BAD)
def test_refused(jenis, path):
    make, alasan = BAD[jenis]
    path.write_bytes(make())
    assert inspect(path) == {"alasan": alasan}


@pytest.mark.parametrize("jenis", GOOD_KINDS)
def test_taken(jenis, path):
    path.write_bytes(GOOD_KINDS[jenis]())
    with pikepdf.open(path) as pdf:
        assert inspect(path) == {"halaman": len(pdf.pages)}
    seen = look(str(path))
    assert seen["dilihat"]
    assert not seen["kosong"]
    assert seen["gambar"]


def test_the_corpus_is_as_broad_as_it_should_be():
    assert len(BAD) >= 50
    assert len(GOOD_KINDS) >= 15
