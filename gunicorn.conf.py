"""How the web server runs, in production and in the demonstration; gunicorn reads it by itself.

Threads are more than the door lets in and lets wait (settings.ADMISSION): those left over serve
static files and liveness and tell people to come back. Each thread keeps one connection to the
database: workers x threads stays below PostgreSQL's `max_connections`.
"""

import os

from gunicorn.workers.base import Worker

wsgi_app = "kompetisi.wsgi"
workers = int(os.environ.get("WEB_WORKERS", "4"))
threads = int(os.environ.get("WEB_THREADS", "16"))
timeout = 60
graceful_timeout = 30
preload_app = True  # a worker that dies is back at once, without loading everything anew
control_socket_disable = True


def post_worker_init(worker: Worker) -> None:
    """Each process says every minute that it lives, once the application is loaded."""
    from kompetisi import probe  # noqa: PLC0415 - the settings are ready only now

    probe.start()
