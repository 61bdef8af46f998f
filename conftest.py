"""What all tests share: private servers, a real Celery worker, a real browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(autouse=True)
def _fresh_cache(request):
    """Counters of the login limiter, and a moved clock, do not pass from test to test."""
    names = [name for name in ("transactional_db", "db") if name in request.fixturenames]
    if not names and request.node.get_closest_marker("django_db"):
        names = ["db"]  # the mark decides whether it is a transaction
    if names:
        # The database first: while Redis is slow, the cache falls back to a table of it.
        request.getfixturevalue(names[0])
        request.getfixturevalue("clean_cache")
    yield


@pytest.fixture(autouse=True)
def _guarded():
    """In no request of any test is a mail sent, a server called, a task started, a PDF drawn."""
    from tests import penjaga  # noqa: PLC0415 - settings must be ready

    penjaga.listen()
    penjaga.found.clear()
    yield
    heard, penjaga.found[:] = list(penjaga.found), []
    assert not heard


@pytest.fixture
def clean_cache():
    """An empty cache, on the Redis side alone: the fallback is in the rolled-back database."""
    from django.core.cache import cache  # noqa: PLC0415 - settings must be ready

    from kompetisi import clock  # noqa: PLC0415

    cache.clear()
    clock.forget_shared()


@pytest.fixture
def own_redis(tmp_path, monkeypatch):
    """A Redis of this test alone, that may be hurt, behind the site's cache."""
    from django.conf import settings  # noqa: PLC0415 - settings must be ready
    from django.core.cache import caches  # noqa: PLC0415

    from kompetisi import embedded  # noqa: PLC0415
    from kompetisi.cache import SteadyCache  # noqa: PLC0415

    tmp_path.chmod(0o755)
    server = embedded.ensure(tmp_path, names=("valkey",)).get("valkey")
    hurt = SteadyCache(server.url, settings.CACHES["default"])
    monkeypatch.setattr(SteadyCache, "_failed_at", None)
    monkeypatch.setattr(caches["default"], "redis", hurt.redis)
    yield server
    with contextlib.suppress(ProcessLookupError):  # the test may have killed it
        os.kill(server.pid, signal.SIGCONT)
    embedded.stop(tmp_path)
    monkeypatch.setattr(SteadyCache, "_failed_at", None)


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_jejak():
    """Only the flush after a transactional test may empty what else only grows or is frozen."""
    # On the class: Playwright's loop gives this thread a second connection object.
    from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: PLC0415

    original = DatabaseOperations.sql_flush
    award = ("pleno", "peringkat", "hadirpleno", "keputusan", "penerbitan", "piagam")
    triggers = [
        ("kompetisi_jejakaudit", "jejak_tidak_dikosongkan"),
        *((f"penghargaan_{table}", "tidak_dikosongkan") for table in award),
    ]

    def sql_flush(self, *args, **kwargs):
        statements = original(self, *args, **kwargs)
        off = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in triggers]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in triggers]
        return [*off, *statements, *on]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = original


@pytest.fixture(scope="session")
def celery_worker_process(django_db_setup):
    """A real worker on this run's test database and Redis; use it with `transactional_db`."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    options = connection.settings_dict
    host = f"{options['HOST']}:{options['PORT']}"
    url = f"postgres://{options['USER']}:{options['PASSWORD']}@{host}/{options['NAME']}"
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "kompetisi.settings_test",
        "DATABASE_URL": url,
        "REDIS_URL": settings.REDIS_URL,
    }
    name = f"uji-{os.getpid()}@localhost"
    log = Path(settings.DATA_DIR) / "log" / f"worker-{os.getpid()}.log"
    command = [sys.executable, "-m", "celery", "-A", "kompetisi", "worker"]
    command += ["--concurrency=1", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, f"--hostname={name}"], cwd=ROOT, env=environ, stdout=output, stderr=output
        )
    wait_for_worker(process, log)
    yield process
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def wait_for_worker(process: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    """Wait until the worker says that it is ready."""
    deadline = time.monotonic() + seconds
    while b" ready." not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"Celery tidak siap:\n{log.read_text()[-3000:]}")
        time.sleep(0.1)


@pytest.fixture
def wait_for():
    """Wait until a condition holds: `wait_for(lambda: ...)`; fails after 20 seconds."""

    def wait(condition, seconds: float = 20):
        deadline = time.monotonic() + seconds
        while not (result := condition()):
            if time.monotonic() > deadline:
                pytest.fail(f"Tidak terjadi dalam {seconds} detik.")
            time.sleep(0.05)
        return result

    return wait


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright."""
    from django.db import connections  # noqa: PLC0415 - settings must be ready
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for name in names if (path := shutil.which(name))), None)
    if program is None:
        pytest.fail("Chromium tidak ditemukan; jalankan `make test`, yang memasangnya.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGS)
        yield browser
        browser.close()
        # Within Playwright's loop this thread has connections of its own, lost when it ends.
        connections.close_all()


@pytest.fixture
def page(chromium, live_server):
    """A page of a fresh browser profile; relative addresses lead to the live server."""
    context = chromium.new_context(
        base_url=live_server.url,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()
