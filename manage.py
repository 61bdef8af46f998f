#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from kompetisi.embedded.errors import EmbeddedError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetisi.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EmbeddedError) as error:
        sys.exit(str(error))  # a sentence for the operator, not a traceback
