"""Settings, read from top to bottom. Every value that differs between machines is a variable of
the environment (docs/operations.md lists them); everything else is decided here.

MODE=production, the default, refuses to start while a setting is missing or unsafe, and says which.
MODE=demo needs nothing: what is absent is started privately under DATA_DIR.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from kompetisi import embedded, environment, secret_key

# --- The kind of installation --------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = environment.choice("MODE", ("production", "demo"), "production")
DEMO = MODE == "demo"
DEBUG = DEMO and environment.flag("DEBUG", default=False)
DATA_DIR = (BASE_DIR / environment.text("DATA_DIR", "var")).resolve()
SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "*" if DEMO else "")
DATABASE_URL = environment.text("DATABASE_URL")
REDIS_URL = environment.text("REDIS_URL")
STORAGE_URL = environment.text("STORAGE_URL", str(DATA_DIR / "berkas"))
CLAMD_URL = environment.text("CLAMD_URL")  # empty: files are not scanned for viruses
EMAIL_URL = environment.text("EMAIL_URL", "dummymail://" if DEMO else "")
OIDC_SERVER_URL = environment.text("OIDC_SERVER_URL")
OIDC_CLIENT_ID = environment.text("OIDC_CLIENT_ID")
DEMO_CLOCK = environment.instant("DEMO_CLOCK")
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", "demo-kompetisi-2019")
CLOCK_MOVABLE = DEMO

if not DEMO:
    problems = {
        "SECRET_KEY": len(SECRET_KEY) < 50 and "harus acak, paling sedikit 50 karakter",
        "ALLOWED_HOSTS": (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS)
        and "harus menyebut nama host situs, tanpa *",
        "DATABASE_URL": not DATABASE_URL.startswith(("postgres://", "postgresql://"))
        and "harus alamat PostgreSQL",
        "REDIS_URL": not REDIS_URL.startswith(("redis://", "rediss://", "unix://"))
        and "harus alamat Redis",
        "CLAMD_URL": CLAMD_URL
        and not CLAMD_URL.startswith(("tcp://", "unix:///"))
        and "harus tcp://host:port atau unix:///jalur",
        "EMAIL_URL": not EMAIL_URL and "harus alamat server surel, misalnya smtp+tls://…",
        "OIDC_SERVER_URL": OIDC_SERVER_URL
        and not OIDC_SERVER_URL.startswith("https://")
        and "harus https://…",
        "OIDC_CLIENT_ID": bool(OIDC_SERVER_URL) != bool(OIDC_CLIENT_ID)
        and "dan OIDC_SERVER_URL hanya bermakna bersama-sama",
        "DEMO_CLOCK": DEMO_CLOCK and "hanya untuk MODE=demo",
        "DEBUG": environment.flag("DEBUG", default=False) and "hanya untuk MODE=demo",
    }
    lines = [f"{name} {why}" for name, why in problems.items() if why]
    if lines:
        raise ImproperlyConfigured(f"MODE=production tidak dapat dimulai: {'; '.join(lines)}.")

if DEMO:
    SECRET_KEY = SECRET_KEY or secret_key.kept_in(DATA_DIR / "secret-key")
    wanted = [name for name, url in (("postgres", DATABASE_URL), ("valkey", REDIS_URL)) if not url]
    # The command that stops the servers must not start them; EMBEDDED=off is for checks that
    # touch neither.
    off = sys.argv[1:2] == ["embedded"] or not environment.flag("EMBEDDED", default=True)
    if wanted and not off:
        servers = embedded.ensure(
            DATA_DIR,
            names=tuple(wanted),
            durable=environment.flag("EMBEDDED_DURABLE", default=True),
        )
        DATABASE_URL = DATABASE_URL or servers.get("postgres").url
        REDIS_URL = REDIS_URL or servers.get("valkey").url
    DATABASE_URL = DATABASE_URL or "postgres://tidak:ada@127.0.0.1:1/tidak-ada"
    REDIS_URL = REDIS_URL or "redis://127.0.0.1:1/0"

# The address people type, for links in mails and QR codes.
SITE_URL = environment.text(
    "SITE_URL",
    f"http://127.0.0.1:{environment.integer('PORT', 8000)}"
    if DEMO
    else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
).rstrip("/")

# --- The application -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "kompetisi",
    "registrasi",
    "evaluasi",
    "penghargaan",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]

MIDDLEWARE = [
    "kompetisi.middleware.reference",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "kompetisi.middleware.browser_rules",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kompetisi.middleware.request_size",
    "kompetisi.middleware.admission",
    "kompetisi.middleware.faults",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kompetisi.middleware.SignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kompetisi.middleware.edition",
    "kompetisi.middleware.private_pages",
    "kompetisi.middleware.staff_second_factor",
    "kompetisi.middleware.wrong_method",
]

ROOT_URLCONF = "kompetisi.urls"
WSGI_APPLICATION = "kompetisi.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kompetisi.context.page",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# What the core asks of the apps above it, by name (kompetisi/hooks.py).
NAVIGASI = [
    "kompetisi.queries.navigasi.navigasi",
    "registrasi.queries.navigasi.navigasi",
    "registrasi.queries.navigasi_panitia.navigasi",
    "evaluasi.queries.navigasi.navigasi",
    "penghargaan.queries.navigasi.navigasi",
]
TAHAP_SAYA = ["evaluasi.queries.dasbor.own_stages"]
TUGAS = [
    "registrasi.queries.tugas.tugas",
    "registrasi.queries.tugas_panitia.tugas",
    "evaluasi.queries.tugas.tugas",
    "penghargaan.queries.tugas.tugas",
]
KATALOG_PESAN = [
    "kompetisi/pesan.yaml",
    "registrasi/pesan.yaml",
    "evaluasi/pesan.yaml",
    "penghargaan/pesan.yaml",
]
KALENDER = [
    "kompetisi.queries.kalender.acara_panitia",
    "registrasi.queries.kalender.acara_peserta",
    "evaluasi.queries.kalender.acara_evaluasi",
]
KONTAK = ["registrasi.queries.kontak.kontak_of"]
SYARAT_PESAN = {  # asked before a message is sent: is it still true?
    "draf": "registrasi.queries.syarat.masih_draf",
    "belum_mendaftar": "registrasi.queries.syarat.belum_mendaftar",
    "instansi_belum": "registrasi.queries.syarat.instansi_belum",
    "hak": "registrasi.queries.syarat.masih_berhak",
    "perbaikan": "registrasi.queries.syarat.masih_perbaikan",
    "lembar": "evaluasi.queries.syarat.lembar_terbuka",
    "konfirmasi": "evaluasi.queries.syarat.belum_konfirmasi",
    "lewat_konfirmasi": "evaluasi.queries.syarat.lewat_konfirmasi",
    "panel": "evaluasi.queries.syarat.panel",
}
API_ROUTER = [
    "kompetisi.views.api_edisi.router",
    "registrasi.views.api.router",
    "evaluasi.views.api.router",
    "penghargaan.views.api.router",
]
RINGKASAN = ["registrasi.queries.ringkasan.ringkasan"]
SOROTAN = ["penghargaan.queries.hasil.sorotan"]
PEMAKAI_BERKAS = [
    "kompetisi.queries.berkas.files_of_lambang",
    "registrasi.queries.berkas.files_of_berkas",
    "registrasi.queries.berkas.files_of_tanda_terima",
    "registrasi.queries.berkas.files_of_arsip",
    "evaluasi.queries.samaran_berkas.files_of_samaran",
    "penghargaan.queries.piagam.files_of_piagam",
]
DATA_PRIBADI = [
    "kompetisi.queries.pribadi.data_inti",
    "registrasi.queries.pribadi.data_registrasi",
    "evaluasi.queries.pribadi.data_evaluasi",
]
PENAHAN_HAPUS = ["registrasi.queries.pribadi.reasons_to_keep"]
HAPUS_PRIBADI = ["registrasi.actions.pemusnahan.erase_registrasi"]
PENEGAK_TENGGAT = [
    "kompetisi.actions.gangguan.enforce_gangguan",
    "registrasi.actions.tenggat.enforce_registrasi",
    "registrasi.actions.tenggat_hak.enforce_hak",
    "evaluasi.actions.tenggat.enforce_evaluasi",
    "penghargaan.actions.tenggat.enforce_penghargaan",
]

# --- When more is asked than can be done (kompetisi/gate.py) -------------------------------------

# In each web process. gunicorn's threads are more than both together (gunicorn.conf.py): those
# left answer what is free and tell people to come back.
ADMISSION = {
    "slots": environment.integer("ADMISSION_SLOTS", 4, low=1),
    "waiting": environment.integer("ADMISSION_WAITING", 8, low=1),
    "seconds": (20.0, 8.0, 4.0),  # how long sending, other writing, and reading wait at the door
}
ADMISSION_FREE = ("/sehat/", "/siap/", "/static/")
ADMISSION_FIRST = r"POST /registrasi/|GET /registrasi/[^/]+/(pengiriman|tanda-terima)/"
ADMISSION_NEXT = r"(POST|PATCH|DELETE) /|GET /(registrasi|evaluasi|akun)/"
ADMISSION_NEVER_KEPT = ("/akun/", "/panitia/admin/")  # what was posted there is not handed back

# --- Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia")]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "kompetisi" / "locale"]  # our words where allauth's differ

# --- Database ------------------------------------------------------------------------------------

STATEMENT_TIMEOUT = environment.integer("STATEMENT_TIMEOUT", 30, low=1)  # seconds
LOCK_TIMEOUT = environment.integer("LOCK_TIMEOUT", 10, low=1)  # seconds
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,  # one action, one transaction; a page that only reads needs none
}
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
    "connect_timeout": 5,
    # A frozen database ends requests instead of piling them up.
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT}s -c lock_timeout={LOCK_TIMEOUT}s"
    " -c idle_in_transaction_session_timeout=120s",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": (STATEMENT_TIMEOUT + 15) * 1000,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache: Redis while it answers, a table of the database while it does not -------------------

REDIS_TIMEOUT = 0.5  # seconds: a frozen Redis must not hold a request
CACHES = {
    "default": {
        "BACKEND": "kompetisi.cache.SteadyCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "kompetisi",
        "OPTIONS": {
            "socket_timeout": REDIS_TIMEOUT,
            "socket_connect_timeout": REDIS_TIMEOUT,
        },
    },
    "cadangan": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kompetisi_cache",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Background work -----------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,  # three times the longest task; the sweeper is what users rely on
    "socket_timeout": 2.0,
    "socket_connect_timeout": 1.0,
    "health_check_interval": 10,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY = False  # Redis is a doorbell: when it is silent, the row waits
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 540, 600
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
# Flat, by the names of the tasks; each expires before the next is due, so that none pile up.
BEAT_SECONDS = {
    "kompetisi.enforce_tenggat": 60,
    "kompetisi.sweep_antrean": 15,
    "kompetisi.baca_pantulan": 60,
    "penghargaan.tuntaskan_penerbitan": 30,
    "kompetisi.bersihkan_sesi": 24 * 3600,
    "kompetisi.periksa_berkas": 24 * 3600,
    "registrasi.pindai_berkas": 60,
    "registrasi.bersihkan_unggahan": 3600,
    "penghargaan.retensi": 24 * 3600,
}
CELERY_BEAT_SCHEDULE = {
    name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
    for name, seconds in BEAT_SECONDS.items()
}

# --- Files ---------------------------------------------------------------------------------------

S3 = STORAGE_URL.startswith("s3://")
STORAGES = {
    "default": {
        "BACKEND": "kompetisi.storage_s3.ObjectStorage" if S3 else "kompetisi.storage.FileStorage",
        "OPTIONS": {"url": STORAGE_URL}
        if S3
        else {"location": STORAGE_URL.removeprefix("file://")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "berkas"
MEDIA_URL = ""  # uploaded files have no address of their own: views serve them by permission
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
COLLECTS = sys.argv[1:2] in (["demo"], ["collectstatic"])
if DEMO and not COLLECTS and (DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()):
    # Before `collectstatic`, and while someone edits the files, they are served as they are.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # everything but files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
REQUEST_MAX_BYTES = environment.integer("REQUEST_MAX_MB", 60, low=1) * 1024 * 1024
# A dossier with more bytes of files is made in the background (registrasi.actions.arsip).
DOSSIER_NOW_BYTES = environment.integer("DOSSIER_NOW_MB", 40, low=0) * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- People --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "kompetisi.Pengguna"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/beranda/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600  # seconds

ACCOUNT_ADAPTER = "kompetisi.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only where the password was just typed: same session
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
# The demonstration is walked through by many roles from one address; guessing stays limited.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "signup": "120/m/ip"} if DEMO else {}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.integer("TRUSTED_PROXIES", 0 if DEMO else 1)
# How long an invitation holds, and how many days before a right ends its holder is reminded.
INVITATION_DAYS = environment.integer("INVITATION_DAYS", 7, low=1)
RIGHT_REMINDER_DAYS = environment.integers("RIGHT_REMINDER_DAYS", "30,7,1")
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kompetisi P4"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
STAFF_SECOND_FACTOR = environment.flag("STAFF_SECOND_FACTOR", default=not DEMO)

# Sign-in through a provider (kompetisi/sso.py): off while OIDC_SERVER_URL is empty.
SOCIALACCOUNT_ADAPTER = "kompetisi.sso.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "kompetisi.sso.Provider",
        "APPS": [
            {
                "provider_id": "sso",
                "name": environment.text("OIDC_NAME", "akun instansi"),
                "client_id": OIDC_CLIENT_ID,
                "secret": environment.text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}
# Where the provider asks for the password, when not on the host of OIDC_SERVER_URL.
OIDC_FORM_ORIGINS = environment.words("OIDC_FORM_ORIGINS") or (
    ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))] if OIDC_SERVER_URL else []
)

# --- Mail ----------------------------------------------------------------------------------------

# In the demonstration mail leaves the house only when EMAIL_URL is set; it is read on the page of
# outgoing messages.
EMAIL = environ.Env.email_url_config(EMAIL_URL)
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST") or "localhost", EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text(
    "FROM_EMAIL", f"Panitia Kompetisi <tanpa-balasan@{SITE_URL.partition('://')[2].split(':')[0]}>"
)

# Where undeliverable mail returns to (the sender of the envelope), and the Maildir it lands in.
PANTULAN_EMAIL = environment.text("PANTULAN_EMAIL", DEFAULT_FROM_EMAIL)
PANTULAN_MAILDIR = environment.text("PANTULAN_MAILDIR")

# --- Telephones: a gateway for WhatsApp or SMS, off while there is no address --------------------

GERBANG_URL = environment.text("GERBANG_URL")
GERBANG_TOKEN = environment.text("GERBANG_TOKEN")
GERBANG_TIMEOUT = 10  # seconds
if GERBANG_URL and not GERBANG_URL.startswith("https://" if not DEMO else ("https://", "http://")):
    raise ImproperlyConfigured("GERBANG_URL harus alamat https://.")

# --- What browsers are told ----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *OIDC_FORM_ORIGINS],  # also of where a form leads on
        "frame-ancestors": ["'self'"],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # a document is shown beside its score sheet
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # seconds
if not DEMO:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sesi", "__Host-csrf"
    SECURE_SSL_REDIRECT = environment.flag("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^(sehat|siap)/$"]  # asked from inside, without TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Log: what happened, without whom it happened to --------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"rujukan": {"()": "kompetisi.log.ReferenceFilter"}},
    "formatters": {
        "baris": {
            "()": "kompetisi.log.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(rujukan)s] %(message)s",
        }
    },
    "handlers": {
        "layar": {
            "class": "logging.StreamHandler",
            "filters": ["rujukan"],
            "formatter": "baris",
        }
    },
    "root": {"handlers": ["layar"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["layar"], "propagate": False},
        **{name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "pikepdf")},
    },
}
