"""App configuration."""

from django.apps import AppConfig


class KompetisiConfig(AppConfig):
    """The kompetisi app."""

    name = "kompetisi"
    verbose_name = "Kompetisi"
