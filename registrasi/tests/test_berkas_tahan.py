"""What was acknowledged is there: fsync before COMMIT, a server killed in the middle of a piece.

Real processes on the test's database; strace shows the order of the calls as the kernel saw them.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from kompetisi.clock import forget_shared, real_now
from kompetisi.models import Jam
from registrasi.models import BuktiDukung
from registrasi.tests.factories import (
    BUKA,
    make_admin,
    make_edisi,
    make_instansi,
    make_pendaftaran,
    pdf_bytes,
)
from registrasi.tests.test_unggahan import PIECE, Uploader

pytestmark = pytest.mark.django_db(transaction=True)

STORE = """
import sys, django
django.setup()
from django.core.files.base import ContentFile
from kompetisi.models import Pengguna
from registrasi.actions.berkas import store_berkas
isi = ContentFile(open(sys.argv[1], "rb").read(), name="sk.pdf")
store_berkas(isi=isi, oleh=Pengguna.objects.get(), maks_mb=5)
"""
SERVE = """
import django
django.setup()
from django.core.management import call_command
call_command("runserver", "127.0.0.1:{port}", use_reloader=False, verbosity=0)
"""


def environment() -> dict[str, str]:
    """That of a process on this test's database and storage."""
    options = connection.settings_dict
    host = f"{options['HOST']}:{options['PORT']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "kompetisi.settings_test",
        "DATABASE_URL": (
            f"postgres://{options['USER']}:{options['PASSWORD']}@{host}/{options['NAME']}"
        ),
        "REDIS_URL": settings.REDIS_URL,
        "PYTHONPATH": str(settings.BASE_DIR),
    }


def test_file_and_folder_are_fsynced_before_the_row_is_committed(tmp_path):
    make_admin(make_instansi())
    isi, trace = pdf_bytes("Tahan listrik padam"), tmp_path / "trace"
    (tmp_path / "sk.pdf").write_bytes(isi)
    calls = "trace=fsync,fdatasync,rename,sendto"
    command = ["strace", "-y", "-s", "400", "-e", calls, "-o", str(trace)]
    command += [sys.executable, "-c", STORE, str(tmp_path / "sk.pdf")]
    subprocess.run(command, env=environment(), check=True, capture_output=True, timeout=200)
    lines = trace.read_text(errors="replace").splitlines()
    insert = next(i for i, li in enumerate(lines) if 'INSERT INTO \\"registrasi_berkas\\"' in li)
    commit = next(i for i, li in enumerate(lines) if i > insert and "COMMIT" in li)
    root = re.escape(str(default_storage.location))
    synced = [i for i, li in enumerate(lines) if re.search(rf"sync\(\d+<{root}/", li)]
    before = [lines[i] for i in synced if i < insert]
    moved = [i for i, li in enumerate(lines) if li.startswith("rename(") and ".draf-" in li]
    assert any(".draf-" in li for li in before), "the file"
    folders = [i for i in synced if ".draf-" not in lines[i]]
    assert moved
    assert all(any(at < i < insert for i in folders) for at in moved), "its folder, after rename"
    assert max(synced) < commit


@pytest.fixture
def entry():
    Jam.objects.create(pk=1, geser=BUKA - real_now())
    forget_shared()
    yield make_pendaftaran(make_edisi(), make_admin(make_instansi()))
    forget_shared()


def start(port: int) -> subprocess.Popen:
    """A server of its own process, answering on this port."""
    code = SERVE.format(port=port)
    server = subprocess.Popen(
        [sys.executable, "-c", code], env=environment(), stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    pytest.fail("Peladen uji tidak mulai.")


def half_a_piece(port: int, sent: Uploader, cookie: str) -> http.client.HTTPConnection:
    """A request that stops in the middle of its body."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.putrequest("PATCH", sent.url)
    csrf = "a" * 32
    for name, value in (
        ("Cookie", f"sessionid={cookie}; csrftoken={csrf}"), ("X-CSRFToken", csrf),
        ("Content-Type", "application/offset+octet-stream"), ("Upload-Offset", str(PIECE)),
        ("Content-Length", str(PIECE)),
    ):  # fmt: skip
        line.putheader(name, value)
    line.endheaders()
    line.send(sent.isi[PIECE : PIECE + 100])
    return line


def test_a_server_killed_in_the_middle_of_a_piece_loses_that_piece_alone(entry):
    sent = Uploader(entry, pdf_bytes("Diputus di tengah", 3))
    assert sent.begin().status_code == 201
    assert sent.piece(0).status_code == 204
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = start(port)
    line = half_a_piece(port, sent, sent.client.cookies["sessionid"].value)
    server.send_signal(signal.SIGKILL)
    server.wait(20)
    line.close()
    assert sent.offset() == PIECE
    sent.rest()
    assert sent.finish().status_code == 200
    assert BuktiDukung.objects.get().berkas.sha256 == sent.data["sha256"]
