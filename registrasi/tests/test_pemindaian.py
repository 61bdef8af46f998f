"""The virus scanner at its socket: clean, infected, slow, dead; what waits is shown to nobody."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from kompetisi import antivirus, clock
from kompetisi.errors import InvalidInputError
from kompetisi.models import JejakAudit, Pesan
from registrasi.actions.berkas import attach_bukti, store_berkas
from registrasi.actions.pemindaian import scan_waiting
from registrasi.models import Berkas
from registrasi.queries.kekurangan import kekurangan_of
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
)
from registrasi.tests.factories_panitia import make_pengguna

pytestmark = pytest.mark.django_db
SIGN = b"Virus uji"  # what the scanner of these tests takes for a virus


def read(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = line.recv(size - len(found))
        if not piece:
            raise ConnectionError
        found += piece
    return found


def serve(line: socket.socket, kind: str, seen: list[bytes]) -> None:
    """One INSTREAM session, as clamd(8) describes it."""
    assert read(line, 10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack("!L", read(line, 4))[0]:
        content += read(line, size)
    seen.append(content)
    if kind == "closing":
        return
    if kind == "limit":
        line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
    elif kind == "slow":
        line.settimeout(5)
        line.recv(1)  # until the other side has lost its patience
    else:
        line.sendall(b"stream: Uji.Virus-1 FOUND\0" if SIGN in content else b"stream: OK\0")


@contextmanager
def clamd(settings, kind: str = "ok", path=None):
    """A scanner on a port of its own or, with `path`, on a socket of the machine."""
    door = socket.socket(socket.AF_UNIX if path else socket.AF_INET, socket.SOCK_STREAM)
    door.bind(str(path) if path else ("127.0.0.1", 0))
    door.listen()
    settings.CLAMD_URL = f"unix://{path}" if path else f"tcp://127.0.0.1:{door.getsockname()[1]}"
    seen: list[bytes] = []

    def run() -> None:
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            with line:
                try:
                    serve(line, kind, seen)
                except OSError:
                    continue

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(10)


def store(teks: str = "Bersih") -> Berkas:
    isi = ContentFile(pdf_bytes(teks), name="sk.pdf")
    return store_berkas(isi=isi, oleh=make_pengguna(), maks_mb=5)


def test_without_a_scanner_nothing_is_scanned():
    assert store().pemindaian == "tidak"


@pytest.mark.parametrize("unix", [False, True])
def test_a_clean_file_is_sent_whole_and_taken(settings, tmp_path, unix):
    with clamd(settings, path=tmp_path / "s" if unix else None) as seen:
        assert store().pemindaian == "bersih"
    assert seen == [pdf_bytes("Bersih")]


def test_an_infected_file_is_refused_and_recorded(settings):
    with clamd(settings), pytest.raises(InvalidInputError, match=r"Uji\.Virus-1"):
        store(SIGN.decode())
    assert not Berkas.objects.exists()
    assert JejakAudit.objects.get().tindakan == "berkas.tolak_virus"


@pytest.mark.parametrize("kind", ["slow", "closing", "limit", "dead"])
def test_without_an_answer_the_file_waits(settings, monkeypatch, kind):
    monkeypatch.setattr(antivirus, "ANSWER_SECONDS", 0.2)
    with clamd(settings, kind):
        if kind == "dead":
            settings.CLAMD_URL = "tcp://127.0.0.1:1"
        row = store()
        assert row.pemindaian == "menunggu"
        assert scan_waiting() == 0
    with clamd(settings):
        assert scan_waiting() == 1
    row.refresh_from_db()
    assert row.pemindaian == "bersih"


@pytest.fixture
def attached(settings):
    """A file with a virus that came while the scanner was away."""
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    with clock.travel(BUKA):
        edisi = make_edisi()
        dewi = make_admin(make_instansi())
        entry = make_pendaftaran(edisi, dewi)
        isi = ContentFile(pdf_bytes(SIGN.decode()), name="sk.pdf")
        berkas = store_berkas(isi=isi, oleh=dewi, maks_mb=5)
        jenis = edisi.jenis_dokumen.get(kode="sk_tim")
        yield attach_bukti(pendaftaran=entry, berkas=berkas, jenis_dokumen=jenis, oleh=dewi)


def lacks(bukti) -> bool:
    found = kekurangan_of([bukti.pendaftaran])[bukti.pendaftaran.pk]
    return f"Dokumen: {bukti.jenis_dokumen.nama}" in found


def test_what_waits_is_shown_to_nobody_and_counts(attached):
    client = Client()
    client.force_login(attached.dilampirkan_oleh)
    address = reverse("registrasi:berkas", args=[attached.pk])
    for words in ("", "?unduh", "?kecil"):
        answer = client.get(address + words)
        assert answer.status_code == 403
        assert "menunggu pemindaian" in answer.text
    page = client.get(reverse("registrasi:dokumen", args=[attached.pendaftaran.kode])).text
    assert "Menunggu pemindaian virus" in page
    assert not lacks(attached)


def test_found_infected_later_it_is_lacking_recorded_and_told(attached, settings):
    with clamd(settings):
        assert scan_waiting() == 1
        assert scan_waiting() == 0
    client = Client()
    client.force_login(attached.dilampirkan_oleh)
    answer = client.get(reverse("registrasi:berkas", args=[attached.pk]))
    assert answer.status_code == 403
    assert lacks(attached)
    assert Pesan.objects.filter(kunci=f"virus:{attached.berkas_id}").count() == 1
    assert JejakAudit.objects.filter(tindakan="berkas.virus").count() == 1


def test_the_committee_is_told_of_files_held_back(attached):
    sari = make_pengguna("Sari", "sekretariat", edisi=attached.pendaftaran.edisi)
    client = Client()
    client.force_login(sari)
    address = reverse("registrasi_panitia:keadaan-berkas")
    assert address in client.get(reverse("publik:beranda")).text
    assert "Menunggu pemindaian virus" in client.get(address).text
