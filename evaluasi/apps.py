"""App configuration."""

from django.apps import AppConfig


class EvaluasiConfig(AppConfig):
    """The evaluasi app."""

    name = "evaluasi"
    verbose_name = "Evaluasi"
