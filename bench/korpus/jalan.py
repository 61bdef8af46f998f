"""Putting the corpus before the checker, and saying what came of it."""

import io
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from django.conf import settings

from bench.korpus.baik import good_files, good_pictures
from bench.korpus.buruk import bad_files
from bench.korpus.dasar import Contoh
from bench.korpus.gambar import bad_pictures
from bench.korpus.mutasi import mutations
from evaluasi.rules.foto import clean_photo
from kompetisi.errors import InvalidInputError
from registrasi.actions.isi_berkas import read_output
from registrasi.rules import berkas_pdf

GOOD, PICTURES = 300, 56
WORKERS = 2
REASONS = {
    berkas_pdf.HEADER, berkas_pdf.CUT, berkas_pdf.LOCKED, berkas_pdf.DAMAGED, berkas_pdf.EMPTY,
    berkas_pdf.BLANK, berkas_pdf.ACTIVE, berkas_pdf.GLUED, berkas_pdf.LARGE,
}  # fmt: skip


class Hasil(NamedTuple):
    """What came of a file: why it is refused ("": taken), how its process ended, what it took."""

    alasan: str
    sinyal: int = 0
    memori: int = 0  # KB
    detik: float = 0
    saksi: str = ""  # what PDFium finds active in a file that is taken, as JSON


class Pemeriksa:
    """Workers that look at files, one each at a time (bench.korpus.pekerja)."""

    def __init__(self, number: int = WORKERS) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="korpus-")
        self.pool = ThreadPoolExecutor(number)
        self.free: SimpleQueue = SimpleQueue()
        self.workers = []
        for place in range(number):
            process = subprocess.Popen(
                [sys.executable, "-m", "bench.korpus.pekerja"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR,
            )  # fmt: skip
            self.workers.append(process)
            self.free.put((process, Path(self.folder.name) / f"{place}.pdf"))

    def __enter__(self) -> "Pemeriksa":
        """Ready to look."""
        return self

    def __exit__(self, *_) -> None:
        """Let the workers go."""
        self.pool.shutdown()
        for process in self.workers:
            process.stdin.close()
            process.wait()
            process.stdout.close()
        self.folder.cleanup()

    def look(self, contoh: Contoh) -> Hasil:
        """What service would say of a file."""
        worker, path = self.free.get()
        path.write_bytes(contoh.isi)
        worker.stdin.write(f"{path}\n")
        worker.stdin.flush()
        line = json.loads(worker.stdout.readline())
        self.free.put((worker, path))
        found = read_output(line["kata"].encode())
        ends = {name: line[name] for name in ("sinyal", "memori", "detik")}
        alasan = found.get("alasan", "")
        return Hasil(alasan, **ends, saksi="" if alasan else line.get("saksi", "").strip())

    def each(self, files: Iterable[Contoh]) -> Iterator[tuple[Contoh, Hasil]]:
        """All of them, in order, some at a time so that few are held at once."""
        files = iter(files)
        while some := list(islice(files, 20 * len(self.workers))):
            yield from zip(some, self.pool.map(self.look, some), strict=True)


def photograph(contoh: Contoh) -> str:
    """Why a picture is refused; "" when it is taken, drawn anew without what it brought."""
    try:
        clean = clean_photo(io.BytesIO(contoh.isi), len(contoh.isi))
    except InvalidInputError as error:
        return error.alasan
    if clean[:3] != b"\xff\xd8\xff" or b"Exif" in clean or contoh.isi[-8:] in clean[:-8]:
        return "tidak bersih"
    return ""


def fault_of(contoh: Contoh, hasil: Hasil, *, mutated: bool = False) -> str:
    """Which promise was broken for a file; "" when none was."""
    if hasil.memori * 1024 > berkas_pdf.MEMORY or hasil.detik > berkas_pdf.CPU + 1:
        return f"melampaui batas: {hasil.memori} KB, {hasil.detik} detik"
    if hasil.saksi not in ("", "[]"):
        return f"aktif tetapi lolos: {hasil.saksi}"
    if hasil.alasan and hasil.alasan not in REASONS:
        return f"alasan tidak dikenal: {hasil.alasan}"
    if mutated or hasil.alasan == contoh.alasan:
        return ""
    if not contoh.alasan:
        return f"baik tetapi ditolak: {hasil.alasan}"
    return f"lolos: {contoh.alasan}" if not hasil.alasan else f"alasan keliru: {hasil.alasan}"


def run_korpus(seed: int, number: int, keep: Path | None = None) -> int:
    """All of the corpus and so many mutations; prints a table, returns the broken promises.

    With `keep`, the files of broken promises are left in that folder.
    """
    broken = 0
    with Pemeriksa() as checker:
        parts = (
            ("PDF baik", good_files(seed, GOOD), False),
            ("PDF buruk", bad_files(seed), False),
            ("mutasi", mutations(seed, number), True),
        )
        for title, files, mutated in parts:
            broken += _part(title, checker.each(files), keep, mutated=mutated)
    pictures = (*good_pictures(seed, PICTURES), *bad_pictures(seed))
    looked = ((one, Hasil(photograph(one))) for one in pictures)
    wrong = [(one, hasil) for one, hasil in looked if hasil.alasan != one.alasan]
    for one, hasil in wrong:
        print(f"  {one.jenis}: {hasil.alasan or 'lolos'}")
    print(f"gambar: {len(pictures)} berkas, {len(wrong)} janji dilanggar")
    return broken + len(wrong)


def _part(
    title: str, looked: Iterable[tuple[Contoh, Hasil]], keep: Path | None, *, mutated: bool
) -> int:
    reasons, signals, broken, most = Counter(), Counter(), 0, Hasil("")
    for one, hasil in looked:
        reasons[hasil.alasan[:44] or "diterima"] += 1
        signals[hasil.sinyal] += 1
        most = Hasil("", 0, max(most.memori, hasil.memori), max(most.detik, hasil.detik))
        if fault := fault_of(one, hasil, mutated=mutated):
            broken += 1
            print(f"  {one.jenis}: {fault}")
            if keep:
                (keep / f"{title.replace(' ', '-')}-{broken}.pdf").write_bytes(one.isi)
    print(f"{title}: {reasons.total()} berkas, {broken} janji dilanggar")
    for reason, count in reasons.most_common():
        print(f"  {count:6} {reason}")
    died = {number: count for number, count in signals.items() if number}
    print(f"  terbanyak {most.memori // 1024} MB, {most.detik} detik; mati oleh sinyal: {died}")
    return broken
