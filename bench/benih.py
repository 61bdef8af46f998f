"""`python -m bench.benih N`: fill an empty database for a run against real processes.

Runs in a process of its own with MODE=demo and the run's DATABASE_URL. Prints one JSON object:
the entries ready to be sent, each with a signed-in session, and an account with a password.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetisi.settings")
os.environ["MODE"] = "demo"


def main(number: int) -> None:
    """Migrate, load the edition, make one whole entry and copy it."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - settings must be ready

    call_command("migrate", verbosity=0, interactive=False)
    from bench.salinan import make_entries  # noqa: PLC0415 - needs the tables

    json.dump(make_entries(number), sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
