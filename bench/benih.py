"""`python -m bench.benih pendaftaran|lembar N`: fill an empty database for a run on real processes.

Runs in a process of its own with MODE=demo and the run's DATABASE_URL. Prints one JSON object:
the entries ready to be sent, or the sheets ready to be filled, each with a signed-in session.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetisi.settings")
os.environ["MODE"] = "demo"


def main(kind: str, number: int) -> None:
    """Migrate, load the edition and make what is asked for."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - settings must be ready

    call_command("migrate", verbosity=0, interactive=False)
    from bench.lembar import make_sheets  # noqa: PLC0415 - needs the tables
    from bench.salinan import make_entries  # noqa: PLC0415

    make = {"pendaftaran": make_entries, "lembar": make_sheets}[kind]
    json.dump(make(number), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
