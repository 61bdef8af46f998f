"""`python -m bench [--n 15]`: build an edition of n and of 4n entries and print what pages cost.

Everything is thrown away afterwards. Counts depend on the code alone, not on the machine, so two
versions of the project can be compared line by line.
"""

import argparse
import logging
import os
import shutil
import tempfile
from pathlib import Path

import django

FACTOR = 4


def main() -> None:
    """Start private servers in a folder of our own, measure, stop them."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--n", type=int, default=15, help="pendaftaran pada ukuran kecil")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="kompetisi-bench-")
    Path(folder).chmod(0o755)  # the database server runs as another user
    os.environ["KOMPETISI_TEST_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "kompetisi.settings_test"
    try:
        django.setup()
        logging.disable(logging.WARNING)
        run(options.n)
    finally:
        stop(Path(folder))


def run(n: int) -> None:
    """Measure on a database of its own."""
    from django.test.utils import (  # noqa: PLC0415 - settings must be ready
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    from bench.report import report  # noqa: PLC0415 - settings must be ready

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        report(n, FACTOR * n)
    finally:
        teardown_databases(made, verbosity=0)


def stop(folder: Path) -> None:
    """Stop the servers that this run started."""
    from kompetisi import embedded  # noqa: PLC0415 - needs no settings, but stays beside its use

    embedded.stop(folder)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
