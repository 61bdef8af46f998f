"""People with an open page, as cheaply as can be: they read, send, wait as told, and send again.

What each was told is kept (`Riwayat`), to be compared with the database afterwards.
"""

import asyncio
import re
import secrets
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

Result = TypeVar("Result")

HOST = "127.0.0.1"
SESSION, CSRF = "__Host-sesi", "__Host-csrf"
TOKEN = "x" * 32  # a CSRF secret of our own choosing is as good as a given one
LATER = {429, 502, 503, 504}
TIMEOUT = 30.0


def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it in a thread of its own: a browser's driver may have its loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


@dataclass
class Jawaban:
    """One answer; status 0 when the connection died."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Kiriman:
    """One person's sending: the key, each try, the receipt they were told."""

    kode: str
    kunci: str
    mulai: float = 0.0
    lama: float = 0.0
    percobaan: int = 0
    terputus: int = 0
    antre: int = 0
    nomor: str = ""
    ditolak: bool = False


async def ask(port: int, method: str, path: str, *, sesi: str = "", form: dict | None = None):
    """One request on a connection of its own."""
    body = urlencode(form).encode() if form is not None else b""
    cookies = f"{SESSION}={sesi}; {CSRF}={TOKEN}" if sesi else f"{CSRF}={TOKEN}"
    lines = [
        f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Connection: close",
        "X-Forwarded-Proto: https", f"Referer: https://{HOST}/", f"Cookie: {cookies}",
        f"Content-Length: {len(body)}",
        f"Accept: {'application/json' if form is not None else 'text/html'}",
        "Content-Type: application/x-www-form-urlencoded", "", "",
    ]  # fmt: skip
    try:
        async with asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write("\r\n".join(lines).encode() + body)
                raw = await reader.read(-1)
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return Jawaban(0)
    return parse(raw)


def parse(raw: bytes) -> Jawaban:
    """Status, headers and body; a cut answer is none."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    if not gap or not head.startswith(b"HTTP/1.1 "):
        return Jawaban(0)
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in rest)}
    length = headers.get("content-length")
    if length and len(body) < int(length):
        return Jawaban(0)
    return Jawaban(int(first.split()[1]), headers, body)


async def send(port: int, entry: dict, *, until: float, kunci: str = "") -> Kiriman:
    """Press the button and go on as our own script does (static/js/pages/registrasi-kirim.js).

    Gives up, without an answer, at the loop instant `until`.
    """
    kiriman = Kiriman(entry["kode"], kunci or secrets.token_hex(16), time.monotonic())
    form = {
        "csrfmiddlewaretoken": TOKEN, "kunci": kiriman.kunci, "pernyataan": "on",
        "penandatangan_nama": "Kepala Dinas", "penandatangan_jabatan": "Kepala",
    }  # fmt: skip
    path = f"/registrasi/{entry['kode']}/pengiriman/"
    while time.monotonic() < until:
        kiriman.percobaan += 1
        answer = await ask(port, "POST", path, sesi=entry["sesi"], form=form)
        note(kiriman, answer)
        if answer.status not in LATER | {0}:
            break
        pause = float(answer.headers.get("retry-after", min(2**kiriman.percobaan / 2, 5)))
        await asyncio.sleep(pause)
    kiriman.lama = time.monotonic() - kiriman.mulai
    return kiriman


def note(kiriman: Kiriman, answer: Jawaban) -> None:
    """What this answer told the sender."""
    kiriman.terputus += answer.status == 0
    kiriman.antre += answer.status in LATER
    if answer.status == 200:
        found = re.search(rb'"nomor": "([^"]+)"', answer.body)
        kiriman.nomor = found[1].decode() if found else ""
    kiriman.ditolak = answer.status in (403, 409)
    if answer.status not in LATER | {0, 200, 403}:
        raise AssertionError(f"{kiriman.kode}: jawaban {answer.status} tidak terduga")


def compare(sent: list[Kiriman], receipts: list[dict], hashes: set[str]) -> dict[str, int]:
    """What people were told against what is stored; all but `diakui` and `tersimpan` must be 0."""
    by_key = {row["kunci"]: row for row in receipts}
    told = [k for k in sent if k.nomor]
    wrong = [k for k in told if by_key.get(k.kunci, {}).get("nomor") != k.nomor]
    refused = [k for k in sent if k.ditolak and k.kunci in by_key]
    twice = len(receipts) - len({row["kode"] for row in receipts})
    missing = [
        row for row in receipts
        if not row["isi"]["berkas"] or {b["sha256"] for b in row["isi"]["berkas"]} - hashes
    ]  # fmt: skip
    return {
        "diakui": len(told),
        "tersimpan": len(receipts),
        "hilang": len(wrong),
        "terlambat diterima": sum(not row["tepat"] for row in receipts),
        "ditolak padahal tersimpan": len(refused),
        "tercatat dua kali": twice,
        "tanpa berkas yang sama": len(missing),
    }
