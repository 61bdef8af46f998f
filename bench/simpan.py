"""Evaluators whose sheets save themselves, on real processes: `python -m bench simpan`.

Each sends one change a second, as the page does while somebody works through the criteria, and
repeats what was not answered. What was acknowledged last is compared with what is stored.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from random import Random

from bench.layanan import Layanan
from bench.pengirim import LATER, TOKEN, ask, to_the_end
from bench.report import table

EVERY = 1.0  # seconds between two changes of one evaluator
PATIENCE = 20.0  # seconds in which a change must have been taken


@dataclass
class Hasil:
    """What all evaluators were told."""

    diakui: dict[tuple[int, int], tuple[str, str, int]] = field(default_factory=dict)
    lama: list[float] = field(default_factory=list)
    diulang: int = 0
    ditolak: int = 0
    tak_terjawab: int = 0


def run_simpan(penilai: int, detik: float) -> int:
    """Let them work, print the table; the number of broken promises."""
    with Layanan(penilai, benih="lembar") as site:
        told = to_the_end(play(site, detik))
        stored = {
            (lembar, kriteria): (tingkat, catatan, versi)
            for lembar, kriteria, tingkat, catatan, versi in site.sql(
                "SELECT lembar_id, kriteria_id, tingkat, catatan, versi FROM evaluasi_nilai"
            )
        }
    lost = sum(stored.get(key) != last for key, last in told.diakui.items())
    times = sorted(told.lama)
    rows = [
        ["penilai", penilai],
        ["simpanan diakui", len(times)],
        ["hilang", lost],
        ["ditolak", told.ditolak],
        ["tak terjawab", told.tak_terjawab],
        ["diulang", told.diulang],
        *([f"p{p} (ms)", round(1000 * times[len(times) * p // 100])] for p in (50, 95, 99)),
    ]
    title = f"Simpan otomatis, tiap {EVERY:.0f} detik selama {detik:.0f} detik"
    table(title, ["ukuran", "nilai"], rows)
    return lost + told.ditolak + told.tak_terjawab


async def play(site: Layanan, detik: float) -> Hasil:
    """All evaluators at once."""
    told = Hasil()
    end = time.monotonic() + detik
    await asyncio.gather(*(work(site, row, n, end, told) for n, row in enumerate(site.entries)))
    return told


async def work(site: Layanan, row: dict, number: int, end: float, told: Hasil) -> None:
    """One evaluator goes through the criteria again and again."""
    draw, versi, step = Random(number), dict.fromkeys(row["kriteria"], 0), 0
    await asyncio.sleep(draw.uniform(0, EVERY))
    while time.monotonic() < end:
        begun = time.monotonic()
        step += 1
        key = list(row["kriteria"])[step % len(versi)]
        level = draw.choice(row["kriteria"][key])
        form = {"tingkat": level, "catatan": f"Catatan {number}.{step}", "versi": versi[key]}
        saved = await save(site, row, key, form, told)
        if saved:
            versi[key] = saved
            told.diakui[row["lembar"], int(key)] = (level, form["catatan"], saved)
            told.lama.append(time.monotonic() - begun)
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - begun)))


async def save(site: Layanan, row: dict, key: str, form: dict, told: Hasil) -> int:
    """Send one change until it is answered; its new version, 0 when it was not taken."""
    path = f"/evaluasi/lembar/{row['lembar']}/nilai/{key}/"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        sent = {"csrfmiddlewaretoken": TOKEN} | {k: str(v) for k, v in form.items()}
        answer = await ask(site.port, "POST", path, sesi=row["sesi"], form=sent)
        if answer.status == 200:
            return json.loads(answer.body)["versi"]
        if answer.status not in LATER | {0}:
            told.ditolak += 1
            return 0
        told.diulang += 1
        await asyncio.sleep(float(answer.headers.get("retry-after", 1)))
    told.tak_terjawab += 1
    return 0
