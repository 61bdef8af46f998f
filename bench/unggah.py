"""Sending a file of 20 MB over a line that is cut five times: the same bytes, and at what cost."""

import base64
import hashlib
import http.client
import io
import json
import random
import threading
from urllib.parse import urlencode

import pikepdf
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client

from bench.jalur import Line
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

SIZE = 20 * 1024**2 - 4096  # bytes of noise; with the page around it just below 20 MB
CUTS = 5
LEAST, FIRST = 32 * 1024, 256 * 1024  # as static/js/pages/registrasi-unggah.js
CSRF = "a" * 32


class Quiet(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_message(self, *_args) -> None:
        """Nothing."""


class Sender:
    """What the browser's script does, with the same sizes of pieces, over a bad line."""

    def __init__(self, port: int, user) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        self.port, self.requests, self.broken = port, 0, 0
        self.headers = {"Cookie": f"sessionid={cookie}; csrftoken={CSRF}", "X-CSRFToken": CSRF}

    def ask(self, method: str, url: str, body=None, **headers):
        """(status, headers, body); status 0 when the line broke."""
        self.requests += 1
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.request(method, url, body, self.headers | headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException):
            self.broken += 1
            return 0, {}, b""
        finally:
            line.close()

    def insist(self, *args, **headers):
        """The same until the line carries it."""
        while not (found := self.ask(*args, **headers))[0]:
            continue
        return found

    def send(self, kode: str, isi: bytes, tempat: str) -> int:
        """Begin, send piece by piece, finish; the status of the finish."""
        form = {
            "tempat": tempat, "nama": "besar.pdf", "ukuran": len(isi),
            "sha256": hashlib.sha256(isi).hexdigest(),
        }  # fmt: skip
        _, _, answer = self.insist(
            "POST", f"/registrasi/{kode}/unggahan/", urlencode(form),
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        begun = json.loads(answer)
        at, size = begun["diterima"], FIRST
        while at < len(isi):
            status, headers, _ = self.piece(begun["url"], at, isi[at : at + size])
            if status == 204:
                at, size = int(headers["Upload-Offset"]), min(begun["potongan"], size * 2)
            else:
                size = max(LEAST, size // 2)
                at = int(self.insist("HEAD", begun["url"])[1]["Upload-Offset"])
        return self.insist("POST", begun["url"])[0]

    def piece(self, url: str, at: int, isi: bytes):
        """One piece with its checksum."""
        sidik = base64.b64encode(hashlib.sha256(isi).digest()).decode()
        return self.ask(
            "PATCH", url, isi,
            **{
                "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(at),
                "Upload-Checksum": f"sha256 {sidik}",
            },
        )  # fmt: skip


def large_pdf() -> bytes:
    """A PDF of about 20 MB that cannot be compressed; the same each time."""
    pdf = pikepdf.open(io.BytesIO(pdf_bytes("Laporan")))
    noise = random.Random(2019).randbytes(SIZE)
    pdf.pages[0].Resources["/Acak"] = pdf.make_stream(noise)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def measure_upload() -> dict[str, object]:
    """Send the file over the bad line; what it took and whether the same bytes arrived."""
    Jam.objects.update_or_create(pk=1, defaults={"geser": BUKA - real_now()})
    forget_shared()
    entry = make_pendaftaran(make_edisi(), make_admin(make_instansi()))
    isi = large_pdf()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    cuts = [len(isi) * part // (CUTS + 1) for part in range(1, CUTS + 1)]
    line = Line(server.server_address[1], cuts)
    sender = Sender(line.port, entry.dibuat_oleh)
    status = sender.send(entry.kode, isi, "dokumen:laporan_pengelolaan")
    line.close()
    server.shutdown()
    stored = BuktiDukung.objects.get(dilepas_pada=None).berkas
    return {
        "status": status, "ukuran": len(isi), "permintaan": sender.requests, "putus": line.cut,
        "terkirim": line.up, "sama": stored.sha256 == hashlib.sha256(isi).hexdigest(),
    }  # fmt: skip
