"""Faults made on purpose while entries are sent: `python -m bench kacau`.

Each fault returns what senders were told against what is stored. A run that interrupted too little
proves nothing and fails (`FaultMissedError`).
"""

import asyncio
import os
import signal
import time
from contextlib import asynccontextmanager

from bench.layanan import HOST, Layanan, wait_until
from bench.pengirim import Kiriman, ask, compare, send, to_the_end
from bench.report import table
from kompetisi import embedded

PATIENCE = 60.0  # seconds in which whoever retries must have an answer


class FaultMissedError(AssertionError):
    """The fault hit too few requests to prove anything."""


def need_hits(hits: int, floor: int) -> int:
    """The number of interrupted requests. Raises FaultMissedError below the floor."""
    if hits < floor:
        raise FaultMissedError(f"Hanya {hits} permintaan terganggu, perlu {floor}.")
    return hits


# A proxy that loses answers


@asynccontextmanager
async def losing_proxy(site: Layanan, lose: int):
    """A port before the site that drops the first `lose` answers after the server gave them.

    With each lost answer the worker that gave it, or one beside it, is killed.
    """
    lost = []

    async def serve(reader, writer):
        try:
            answer = await pass_on(site, await read_request(reader))
            if answer and len(lost) < lose:
                lost.append(len(answer))
                site.kill_worker()
            else:
                writer.write(answer)
        finally:
            writer.close()  # also when the site died meanwhile: the sender must not wait for it

    server = await asyncio.start_server(serve, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1], lost
    finally:
        server.close()


async def pass_on(site: Layanan, request: bytes) -> bytes:
    """What the site answers; nothing when the connection died."""
    try:
        reader, writer = await asyncio.open_connection(HOST, site.port)
        writer.write(request)
        return await reader.read(-1)
    except OSError:
        return b""


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One whole request of ours."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if b"Content-Length" in line
    )
    return head + await reader.readexactly(length)


def lose_answers(site: Layanan, entries: list[dict]) -> dict[str, int]:
    """Commit, lose the answer and the worker; ask again before, and others after the closing."""
    half = len(entries) // 2

    async def play() -> list[Kiriman]:
        before = [await once(site, entry, lose=1, until=PATIENCE) for entry in entries[:half]]
        cut = [await once(site, entry, lose=1, until=0.01) for entry in entries[half:]]
        await asyncio.to_thread(site.close_in, 0)
        again = [
            await send(site.port, entry, until=time.monotonic() + PATIENCE, kunci=k.kunci)
            for entry, k in zip(entries[half:], cut, strict=True)
        ]
        for first, second in zip(cut, again, strict=True):
            second.terputus += first.terputus
        return [*before, *again]

    sent = to_the_end(play())
    site.close_in(24 * 3600)
    hits = need_hits(sum(k.terputus for k in sent), len(entries))
    return outcome(site, sent, hits)


async def once(site: Layanan, entry: dict, *, lose: int, until: float) -> Kiriman:
    """Send through a proxy of one's own."""
    async with losing_proxy(site, lose) as (port, _):
        return await send(port, entry, until=time.monotonic() + until)


# Faults beside senders who go on


def with_fault(site: Layanan, entries: list[dict], fault, *, floor: int) -> dict[str, int]:
    """All send at once, and each anew, while `fault()` does its worst in a thread beside."""

    async def play() -> list[Kiriman]:
        until = time.monotonic() + PATIENCE
        doing = asyncio.create_task(asyncio.to_thread(fault))
        people = [keep_sending(site, entry, until, doing) for entry in entries]
        sent = [k for one in await asyncio.gather(*people) for k in one]
        await doing
        return sent

    sent = to_the_end(play())
    return outcome(site, sent, need_hits(sum(k.terputus + k.antre for k in sent), floor))


async def keep_sending(site: Layanan, entry: dict, until: float, doing) -> list[Kiriman]:
    """Send with one key over and over, as an impatient person, as long as the fault lasts."""
    sent = [await send(site.port, entry, until=until)]
    while not doing.done():
        sent.append(await send(site.port, entry, until=until, kunci=sent[0].kunci))
    return sent


def outcome(site: Layanan, sent: list[Kiriman], hits: int) -> dict[str, int]:
    """What was told against what is stored, with who was left without an answer."""
    told = {k.kunci for k in sent if k.nomor}
    answered = {k.kunci for k in sent if k.nomor or k.ditolak}
    counts = compare(sent, site.receipts(), site.stored_hashes())
    numbers = {(k.kunci, k.nomor) for k in sent if k.nomor}
    return counts | {
        "diakui": len(told),
        "terganggu": hits,
        "tanpa jawaban": len({k.kunci for k in sent} - answered),
        "dua tanda terima": len(numbers) - len(told),
    }


def killing_workers(site: Layanan, seconds: float, every: float = 0.5):
    """Kill -9 of a web worker again and again."""

    def fault() -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            site.kill_worker()
            time.sleep(every)

    return fault


def stopping_database(site: Layanan, times: int):
    """Immediate stop of PostgreSQL and start again, at the same address."""

    def fault() -> None:
        for _ in range(times):
            time.sleep(0.7)
            server = site.servers["postgres"]
            os.kill(server.pid, signal.SIGQUIT)
            wait_until(lambda: site.servers["postgres"] is None, "berhentinya PostgreSQL")
            embedded.ensure(site.folder, durable=True)

    return fault


# Redis


def without_redis(site: Layanan, entries: list[dict], number: int) -> list[tuple[str, int, float]]:
    """(what, status, seconds) of saving, signing in and sending with Redis stopped or killed."""
    os.kill(site.servers["valkey"].pid, number)
    done = []

    async def timed(name: str, path: str, entry: dict, form: dict, *, sign: bool = False) -> None:
        before = time.monotonic()
        answer = await ask(site.port, "POST", path, sesi="" if sign else entry["sesi"], form=form)
        done.append((name, answer.status, time.monotonic() - before))

    async def play() -> None:
        token = {"csrfmiddlewaretoken": "x" * 32}
        for entry in entries:
            path = f"/registrasi/{entry['kode']}/isian/"
            field = {"nama": "judul", "nilai": "Lapor Tuntas", "versi": entry["versi"]}
            await timed("simpan", path, entry, token | field)
            password = {"login": entry["email"], "password": "rahasia-uji-123"}
            await timed("masuk", "/akun/login/", entry, token | password, sign=True)
            before = time.monotonic()
            kiriman = await send(site.port, entry, until=before + PATIENCE)
            done.append(("kirim", 200 if kiriman.nomor else 0, time.monotonic() - before))

    to_the_end(play())
    return done


def run_kacau() -> int:
    """All faults, longer than the tests have them; the number of broken promises."""
    rows, broken = [], 0
    with Layanan(120) as site:
        people = iter(site.entries)
        take = lambda n: [next(people) for _ in range(n)]  # noqa: E731
        faults = [
            ("jawaban hilang, pekerja mati", lose_answers(site, take(20))),
            ("pekerja web mati tiap 0,5 detik",
             with_fault(site, take(40), killing_workers(site, 20), floor=20)),
            ("PostgreSQL berhenti 5 kali",
             with_fault(site, take(40), stopping_database(site, 5), floor=20)),
        ]  # fmt: skip
    good = ("diakui", "tersimpan", "terganggu")
    for name, counts in faults:
        broken += sum(v for k, v in counts.items() if k not in good)
        rows.append([name, *counts.values()])
    table("Gangguan yang dibuat", ["gangguan", *faults[0][1]], rows)
    return broken
