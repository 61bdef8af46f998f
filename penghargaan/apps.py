"""App configuration."""

from django.apps import AppConfig


class PenghargaanConfig(AppConfig):
    """The penghargaan app."""

    name = "penghargaan"
    verbose_name = "Penghargaan"
