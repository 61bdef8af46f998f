"""App configuration."""

from django.apps import AppConfig


class RegistrasiConfig(AppConfig):
    """The registrasi app."""

    name = "registrasi"
    verbose_name = "Registrasi"
