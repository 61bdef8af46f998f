"""The last ten minutes of a registration, made shorter: `python -m bench tenggat`.

People with an open page read while entries are sent, more and more as the closing comes near and
a few after it. Everything that senders were told is compared with the database.
"""

import asyncio
import os
import resource
import time
from random import Random

from bench.layanan import Layanan
from bench.pengirim import Kiriman, ask, compare, send
from bench.report import table

READ_EVERY = 60.0  # seconds between two pages of one reader
AFTER = 0.04  # share of the senders who press the button after the closing
GRACE = 25.0  # seconds after the closing in which an answer must have come
PAGES = ("/", "/jadwal/", "/peserta/", "/registrasi/", "/registrasi/{kode}/")


def run_tenggat(kirim: int, pembaca: int, detik: float) -> int:
    """Play the closing, print the tables; the number of broken promises."""
    with Layanan(kirim) as site:
        site.close_in(detik)
        start = time.monotonic()
        cpu = own_cpu()
        sent, read, late = asyncio.run(play(site, pembaca, start, start + detik))
        wall = time.monotonic() - start
        used = own_cpu() - cpu
        counts = compare(sent, site.receipts(), site.stored_hashes())
    print_sending(sent, counts, kirim, detik)
    print_times(sent, read)
    print_maker(used, wall, late)
    return sum(v for k, v in counts.items() if k not in ("diakui", "tersimpan"))


async def play(site: Layanan, pembaca: int, start: float, closing: float):
    """Senders and readers at once; what they were told, and how late the maker itself was."""
    draw, late, read = Random(2019), [], []
    span = closing - start
    moments = [
        closing + draw.uniform(0.1, 3.0)
        if draw.random() < AFTER
        else start + span * draw.random() ** 0.5  # the nearer the closing, the more
        for _ in site.entries
    ]

    async def sender(entry: dict, moment: float) -> Kiriman:
        await sleep_until(moment, late)
        return await send(site.port, entry, until=closing + GRACE)

    async def reader(number: int) -> None:
        entry = site.entries[number % len(site.entries)]
        signed = entry["sesi"] if number % 2 else ""
        moment = start + draw.uniform(0, min(READ_EVERY, span))
        while moment < closing:
            await sleep_until(moment, late)
            page = draw.choice(PAGES if signed else PAGES[:3]).format(kode=entry["kode"])
            before = time.monotonic()
            answer = await ask(site.port, "GET", page, sesi=signed)
            read.append((answer.status, time.monotonic() - before))
            moment += READ_EVERY

    readers = [asyncio.create_task(reader(number)) for number in range(pembaca)]
    sent = await asyncio.gather(*map(sender, site.entries, moments))
    await asyncio.gather(*readers)
    return sent, read, late


async def sleep_until(moment: float, late: list[float]) -> None:
    """Wait for the moment, and note by how much it was missed."""
    await asyncio.sleep(max(0.0, moment - time.monotonic()))
    late.append(time.monotonic() - moment)


def own_cpu() -> float:
    """Seconds of processor this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def part(values: list[float], share: float) -> int:
    """The value in milliseconds below which this share lies."""
    ordered = sorted(values)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]) if ordered else 0


def print_sending(sent: list[Kiriman], counts: dict, kirim: int, detik: float) -> None:
    """What was promised and what is stored."""
    rows = [
        ["tombol ditekan", kirim],
        *counts.items(),
        ["ditolak karena telat", sum(k.ditolak for k in sent)],
        ["tanpa jawaban", sum(not k.nomor and not k.ditolak for k in sent)],
        ["percobaan ulang: sambungan terputus", sum(k.terputus for k in sent)],
        ["percobaan ulang: diminta menunggu", sum(k.antre for k in sent)],
    ]
    table(f"Jam tenggat: {detik:.0f} detik terakhir", ["pengiriman", "jumlah"], [*map(list, rows)])


def print_times(sent: list[Kiriman], read: list[tuple[int, float]]) -> None:
    """From the press to the answer, with all waiting; and reading."""
    rows = []
    sets = {
        "kirim sampai tanda terima": ([k.lama for k in sent if k.nomor], 0),
        "baca halaman": ([took for _, took in read], sum(s not in (200, 302) for s, _ in read)),
    }
    for name, (times, failed) in sets.items():
        share = f"{100 * failed / max(1, len(times)):.1f} %".replace(".", ",")
        rows.append([name, len(times), share, *(part(times, p) for p in (0.5, 0.95, 0.99))])
    heads = ["permintaan", "jumlah", "tidak dijawab", "p50 ms", "p95 ms", "p99 ms"]
    table("Waktu jawab", heads, rows)


def print_maker(used: float, wall: float, late: list[float]) -> None:
    """Whether the maker of the load was itself the limit."""
    share = 100 * used / wall
    rows = [
        ["prosesor pembuat beban, % dari satu inti", round(share)],
        ["inti mesin ini", os.cpu_count() or 1],
        ["terlambat mulai p99, ms", part(late, 0.99)],
    ]
    table("Pembuat beban", ["ukuran", "nilai"], rows)
    calm = share < 50 and part(late, 0.99) < 250
    print(
        "\nPembuat beban bukan pembatas."
        if calm
        else "\nPERHATIAN: pembuat beban ikut membatasi; angka waktu di atas terlalu tinggi."
    )
