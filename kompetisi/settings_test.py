"""Settings of the tests: the same services, made quick, with data that is thrown away.

The folder of the servers is in KOMPETISI_TEST_DIR: one for each run of pytest, made by the first
process that reads this, shared by its workers. Each worker has a database of its own and a pair of
Redis databases.
"""

import os

from kompetisi.embedded.uji import begin_servers

begin_servers()
os.environ["MODE"] = "demo"
os.environ["EMBEDDED_DURABLE"] = "false"
os.environ.setdefault("SECRET_KEY", "hanya-untuk-pengujian-" + "x" * 40)
for name in (
    "CLAMD_URL",
    "DEMO_CLOCK",
    "EMAIL_URL",
    "GERBANG_URL",
    "STORAGE_URL",
    "OIDC_SERVER_URL",
    "OIDC_CLIENT_ID",
):
    os.environ.pop(name, None)
os.environ["DATA_DIR"] = os.environ["KOMPETISI_TEST_DIR"]

from kompetisi.settings import *  # noqa: E402, F403
from kompetisi.settings import (  # noqa: E402
    ADMISSION,
    CACHES,
    DATA_DIR,
    DATABASES,
    MIDDLEWARE,
    REDIS_URL,
    STORAGES,
)

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
DATABASE_NUMBER = 2 * (int(WORKER.removeprefix("gw")) % 30) + 2
if not os.environ.get("REDIS_URL"):
    REDIS_URL = f"{REDIS_URL.rpartition('/')[0]}/{DATABASE_NUMBER}"
CELERY_BROKER_URL = CACHES["default"]["LOCATION"] = REDIS_URL

DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of the live server keep no connection
MIDDLEWARE = ["tests.penjaga.guard", *MIDDLEWARE]
MEDIA_ROOT = DATA_DIR / f"berkas-{WORKER}"
STORAGES["default"]["OPTIONS"] = {"location": MEDIA_ROOT}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / f"beat-{WORKER}")
WHITENOISE_AUTOREFRESH = True
# A laden machine must not refuse a test's own requests; the door has tests of its own.
ADMISSION = ADMISSION | {"slots": 64, "waiting": 64, "seconds": (60.0, 60.0, 60.0)}
