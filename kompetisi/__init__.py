"""The project package and the core of the competition."""

from kompetisi.celery import app as celery_app

__all__ = ["celery_app"]
