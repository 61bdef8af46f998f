"""`python -m bench [--n 15]`: build an edition of n and of 4n entries and print what pages cost.

Everything is thrown away afterwards. Counts depend on the code alone, not on the machine, so two
versions of the project can be compared line by line.

`python -m bench nilai` fills an edition with locked sheets only, up to 9,600 entries and 200
evaluators, and prints what the chair's pages about scores cost there; times are for information.

`python -m bench tenggat` plays the end of a registration on real processes, and `python -m bench
kacau` does so while things are broken on purpose; `python -m bench bagi` divides entries among
evaluators; `python -m bench korpus` puts 700 good and bad files and 10,000 mutations before the
checker of uploads. These exit with 1 when a promise was not kept.
"""

import argparse
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

import django

FACTOR = 4
WHAT = ["tabel", "nilai", "tenggat", "kacau", "simpan", "bagi", "korpus"]


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("apa", nargs="?", default="tabel", choices=WHAT)
    parser.add_argument("--n", type=int, default=15, help="tabel: pendaftaran pada ukuran kecil")
    parser.add_argument("--kecil", type=int, default=600, help="nilai: pendaftaran mula-mula")
    parser.add_argument("--besar", type=int, default=9600, help="nilai: pendaftaran kemudian")
    parser.add_argument("--kirim", type=int, default=350, help="tenggat: yang mengirim")
    parser.add_argument("--pembaca", type=int, default=700, help="tenggat: yang membuka halaman")
    parser.add_argument("--penilai", type=int, default=40, help="simpan: yang menilai")
    parser.add_argument("--detik", type=float, default=30, help="tenggat: sampai penutupan")
    parser.add_argument(
        "--mutasi", type=int, default=10_000, help="korpus: berkas yang diubah acak"
    )
    parser.add_argument("--benih", type=int, default=2019, help="korpus: benih acak")
    parser.add_argument("--simpan", type=Path, help="korpus: folder untuk berkas yang gagal")
    options = parser.parse_args()
    if options.apa in ("tabel", "nilai"):
        sys.exit(1 if measure(options) else 0)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kompetisi.settings"
    os.environ |= {"MODE": "demo", "EMBEDDED": "off"}
    django.setup()
    if options.apa == "bagi":
        from bench.bagi import run_bagi  # noqa: PLC0415 - settings must be ready

        sys.exit(1 if run_bagi() else 0)
    if options.apa == "korpus":
        from bench.korpus.jalan import run_korpus  # noqa: PLC0415

        sys.exit(1 if run_korpus(options.benih, options.mutasi, options.simpan) else 0)
    sys.exit(1 if on_processes(options) else 0)


def on_processes(options: argparse.Namespace) -> int:
    """A run on real processes; the number of broken promises."""
    from bench.kacau import run_kacau  # noqa: PLC0415 - settings must be ready
    from bench.simpan import run_simpan  # noqa: PLC0415
    from bench.tenggat import run_tenggat  # noqa: PLC0415

    if options.apa == "kacau":
        return run_kacau()
    if options.apa == "simpan":
        return run_simpan(options.penilai, options.detik)
    return run_tenggat(options.kirim, options.pembaca, options.detik)


def measure(options: argparse.Namespace) -> int:
    """Start private servers in a folder of our own, measure, stop them; what was not kept."""
    folder = tempfile.mkdtemp(prefix="kompetisi-bench-")
    Path(folder).chmod(0o755)  # the database server runs as another user
    os.environ["KOMPETISI_TEST_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "kompetisi.settings_test"
    try:
        django.setup()
        logging.disable(logging.WARNING)
        return run(options)
    finally:
        stop(Path(folder))


def run(options: argparse.Namespace) -> int:
    """Measure on a database of its own; the number of broken promises."""
    from django.test.utils import (  # noqa: PLC0415 - settings must be ready
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    from bench.nilai import report_nilai  # noqa: PLC0415 - settings must be ready
    from bench.report import report  # noqa: PLC0415

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        if options.apa == "nilai":
            return report_nilai(options.kecil, options.besar)
        report(options.n, FACTOR * options.n)
        return 0
    finally:
        teardown_databases(made, verbosity=0)


def stop(folder: Path) -> None:
    """Stop the servers that this run started."""
    from kompetisi import embedded  # noqa: PLC0415 - needs no settings, but stays beside its use

    embedded.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
