"""The Celery application: `celery -A kompetisi worker` and `celery -A kompetisi beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetisi.settings")

app = Celery("kompetisi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
