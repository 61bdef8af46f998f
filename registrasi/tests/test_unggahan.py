"""Uploads in pieces: whatever breaks, the same bytes arrive, in a place one may fill, once."""

import base64
import errno
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from kompetisi import clock, storage
from registrasi.actions.unggahan import sweep_unggahan
from registrasi.models import Berkas, BuktiDukung, Unggahan
from registrasi.rules import berkas_pdf, unggahan
from registrasi.tests.factories import (
    BUKA,
    TUTUP,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
)

pytestmark = pytest.mark.django_db
PIECE = 300


class Uploader:
    """A browser's script, as far as the server sees it."""

    def __init__(self, entry, isi: bytes, nama: str = "sk.pdf", tempat: str = "dokumen:sk_tim"):
        self.client, self.entry, self.isi = Client(), entry, isi
        self.client.force_login(entry.dibuat_oleh)
        self.data = {
            "tempat": tempat, "nama": nama, "ukuran": len(isi),
            "sha256": hashlib.sha256(isi).hexdigest(),
        }  # fmt: skip
        self.url = ""

    def begin(self, **data):
        address = reverse("registrasi:unggahan-baru", args=[self.entry.kode])
        answer = self.client.post(address, self.data | data)
        self.url = answer.get("Location", self.url)
        return answer

    def offset(self) -> int:
        return int(self.client.head(self.url)["Upload-Offset"])

    def piece(self, start: int, isi: bytes | None = None, **headers):
        isi = self.isi[start : start + PIECE] if isi is None else isi
        sidik = base64.b64encode(hashlib.sha256(isi).digest()).decode()
        headers = {"Upload-Offset": str(start), "Upload-Checksum": f"sha256 {sidik}"} | headers
        return self.client.patch(self.url, isi, "application/offset+octet-stream", headers=headers)

    def rest(self) -> None:
        while (start := self.offset()) < len(self.isi):
            assert self.piece(start).status_code == 204

    def finish(self):
        return self.client.post(self.url)


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    """A storage of this test's own."""
    own = {"BACKEND": "kompetisi.storage.FileStorage", "OPTIONS": {"location": tmp_path / "b"}}
    settings.STORAGES = settings.STORAGES | {"default": own}


@pytest.fixture
def entry():
    with clock.travel(BUKA):
        yield make_pendaftaran(make_edisi(), make_admin(make_instansi()))


@pytest.fixture
def sent(entry):
    return Uploader(entry, pdf_bytes("Surat keputusan"))


def pieces() -> list[Path]:
    folder = Path(default_storage.path("unggahan"))
    return [path for path in folder.rglob("*") if path.is_file()]


def test_pieces_become_the_file_and_are_forgotten(sent, django_capture_on_commit_callbacks):
    assert sent.begin().status_code == 201
    assert sent.piece(0)["Upload-Offset"] == str(PIECE)
    sent.rest()
    with django_capture_on_commit_callbacks(execute=True):
        answer = sent.finish()
    assert answer.status_code == 200
    assert "sk.pdf" in answer.text
    bukti = BuktiDukung.objects.get(dilepas_pada=None)
    assert (bukti.jenis_dokumen.kode, bukti.berkas.sha256) == ("sk_tim", sent.data["sha256"])
    assert not pieces()


def test_finishing_again_says_the_same_and_attaches_once(sent):
    sent.begin()
    sent.rest()
    assert [sent.finish().status_code for _ in range(2)] == [200, 200]
    assert (Berkas.objects.count(), BuktiDukung.objects.count()) == (1, 1)


def test_the_same_file_goes_on_where_it_stopped(sent, entry):
    sent.begin()
    sent.piece(0)
    again = Uploader(entry, sent.isi)
    assert again.begin().json()["diterima"] == PIECE
    again.rest()
    assert again.finish().status_code == 200
    assert Unggahan.objects.count() == 1


def test_the_page_says_what_is_unfinished(sent, entry):
    sent.begin()
    sent.piece(0)
    page = sent.client.get(reverse("registrasi:dokumen", args=[entry.kode])).text
    assert f"{PIECE * 100 // len(sent.isi)}%" in page
    assert "pilih berkas yang sama" in page


def test_another_file_takes_the_place_of_an_unfinished_one(sent, entry):
    sent.begin()
    sent.piece(0)
    other = Uploader(entry, pdf_bytes("Lain"))
    assert other.begin().json()["diterima"] == 0
    assert sent.client.head(sent.url).status_code == 404


@pytest.mark.parametrize(
    ("start", "isi", "headers", "code"),
    [
        (0, b"potongan", {}, 409),  # it came already
        (PIECE * 2, b"potongan", {}, 409),  # one is missing
        (PIECE, b"potongan", {"Upload-Checksum": "sha256 " + "A" * 43 + "="}, 460),
        (PIECE, b"potongan", {"Upload-Checksum": "md5 AA=="}, 422),
        (PIECE, b"", {}, 415),  # nothing at all
        (PIECE, b"x" * 100_000, {}, 422),  # more than the file has
        (PIECE, b"x" * (unggahan.PIECE_MOST + 1), {}, 413),
        (PIECE, b"x" * (3 * 1024**2), {}, 413),
    ],
)
def test_a_piece_that_does_not_fit_changes_nothing(sent, start, isi, headers, code):
    sent.begin()
    sent.piece(0)
    answer = sent.piece(start, isi, **headers)
    assert answer.status_code == code
    assert answer.json()["pesan"]
    assert sent.offset() == PIECE
    if code == 409:
        assert answer["Upload-Offset"] == str(PIECE)


def test_a_piece_without_checksum_and_without_patch_is_taken(sent):
    sent.begin()
    answer = sent.client.post(
        sent.url, sent.isi[:PIECE], "application/offset+octet-stream",
        headers={"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )  # fmt: skip
    assert answer.status_code == 204
    assert sent.client.patch(sent.url, b"x", "text/plain").status_code == 415


def test_a_hash_that_does_not_fit_refuses_the_whole(sent):
    sent.begin(sha256="0" * 64)
    sent.rest()
    answer = sent.finish()
    assert answer.status_code == 422
    assert "berubah atau rusak" in answer.text
    assert sent.finish().status_code == 422
    assert not BuktiDukung.objects.exists()


def test_the_whole_passes_the_same_checks(entry):
    bad = Uploader(entry, b"MZ" + bytes(500))
    bad.begin()
    bad.rest()
    answer = bad.finish()
    assert answer.status_code == 422
    assert berkas_pdf.HEADER in answer.text


@pytest.mark.parametrize(
    "data",
    [{"ukuran": 0}, {"ukuran": 11 * 1024**2}, {"tempat": "dokumen:x"}, {"tempat": "bukti:9"}],
)
def test_what_cannot_be_begun(sent, data):
    assert sent.begin(**data).status_code == 422
    assert not Unggahan.objects.exists()


@pytest.mark.parametrize(
    ("ukuran", "says"),
    [("-5", "Ukuran berkas tidak terbaca"), ("besar", "Ukuran berkas tidak terbaca"),
     ("", "Ukuran berkas tidak terbaca"), ("0", "kosong"), ("99999999999", "lebih besar dari")],
)  # fmt: skip
def test_each_impossible_size_is_told_for_what_it_is(sent, ukuran, says):
    answer = sent.begin(ukuran=ukuran)
    assert answer.status_code == 422
    assert says in answer.json()["pesan"]
    assert not Unggahan.objects.exists()


def test_evidence_of_a_criterion(entry):
    kriteria = entry.edisi.rubrik.get(tahap__jenis="dokumen").kelompok.first().kriteria.first()
    sent = Uploader(entry, pdf_bytes("Bukti"), tempat=f"bukti:{kriteria.pk}")
    sent.begin()
    sent.rest()
    assert sent.finish().status_code == 200
    assert entry.bukti.get().kriteria == kriteria


def test_nothing_is_taken_after_the_closing(sent, entry):
    sent.begin()
    sent.piece(0)
    with clock.travel(TUTUP):
        assert sent.piece(PIECE).status_code == 403
        assert sent.begin().status_code == 403
        assert sent.finish().status_code == 403
        assert sent.offset() == PIECE
    assert not BuktiDukung.objects.exists()


def test_an_upload_is_its_owners_alone(sent, entry):
    sent.begin()
    colleague, stranger = make_admin(entry.instansi), make_admin(make_instansi())
    for person in (colleague, stranger):
        other = Client()
        other.force_login(person)
        assert other.get(sent.url).status_code == 404
        assert other.delete(sent.url).status_code == 404
    assert Client().get(sent.url).status_code == 401


def test_too_many_at_once_are_refused(sent, entry, monkeypatch):
    monkeypatch.setattr(unggahan, "MOST_OF_ENTRY", 1)
    sent.begin()
    other = Uploader(entry, pdf_bytes("SOP"), tempat="dokumen:sop")
    answer = other.begin()
    assert (answer.status_code, Unggahan.objects.count()) == (403, 1)
    assert "belum selesai" in answer.json()["pesan"]


def test_giving_up_forgets_the_pieces(sent, django_capture_on_commit_callbacks):
    sent.begin()
    sent.piece(0)
    assert pieces()
    with django_capture_on_commit_callbacks(execute=True):
        assert sent.client.delete(sent.url).status_code == 204
    assert not pieces()
    assert sent.client.head(sent.url).status_code == 404


def test_abandoned_ones_are_swept_and_others_stay(sent, entry, django_capture_on_commit_callbacks):
    sent.begin()
    sent.piece(0)
    other = Uploader(entry, pdf_bytes("SOP"), tempat="dokumen:sop")
    other.begin()
    late = clock.real_now() - timedelta(seconds=1)
    Unggahan.objects.filter(nama="sk.pdf", jenis_dokumen__kode="sk_tim").update(
        kedaluwarsa_pada=late
    )
    assert sent.piece(PIECE).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_unggahan() == 1
    assert other.offset() == 0
    assert not pieces()


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_a_full_disk_takes_no_piece_and_leaves_none(sent, monkeypatch, step):
    sent.begin()
    sent.piece(0)

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "penuh")

    with monkeypatch.context() as patch:
        patch.setattr(Path if step == "replace" else storage.os, step, full)
        answer = sent.piece(PIECE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    assert sent.offset() == PIECE
    assert len(pieces()) == 1
    sent.rest()
    assert sent.finish().status_code == 200


def test_a_lost_piece_is_told_and_nothing_is_attached(sent):
    sent.begin()
    sent.rest()
    pieces()[0].unlink()
    assert sent.finish().status_code == 503
    assert Unggahan.objects.get().keadaan == "berjalan"
    assert not BuktiDukung.objects.exists()


@pytest.mark.parametrize("offset", ["-1", "x", "", "1.5"])
def test_an_offset_that_is_no_whole_number_is_refused(sent, offset):
    sent.begin()
    assert sent.piece(0, **{"Upload-Offset": offset}).status_code == 400
    assert sent.offset() == 0
