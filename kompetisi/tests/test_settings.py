"""The settings refuse what is unsafe, and hold what the design rests on."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from django.conf import settings

SAFE = {
    "MODE": "production",
    "SECRET_KEY": "k" * 64,
    "ALLOWED_HOSTS": "kompetisi.example.go.id",
    "DATABASE_URL": "postgres://a:b@127.0.0.1:1/c",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}
PRINT = "from kompetisi import settings as s; print({})"


def load(changes: dict[str, str | None], expression: str = "'ok'") -> subprocess.CompletedProcess:
    """Load the settings in a process of their own with this environment."""
    environ = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    environ |= {name: value for name, value in (SAFE | changes).items() if value is not None}
    command = [sys.executable, "-c", PRINT.format(expression)]
    root = settings.BASE_DIR
    return subprocess.run(command, env=environ, capture_output=True, text=True, cwd=root)


@pytest.mark.fast
def test_production_starts_with_safe_settings():
    done = load({})
    assert done.stdout == "ok\n", done.stderr


@pytest.mark.fast
def test_production_is_the_default():
    assert load({"MODE": None}, "s.MODE").stdout == "production\n"


@pytest.mark.fast
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "pendek"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", None),
        ("DATABASE_URL", "sqlite:///db"),
        ("REDIS_URL", None),
        ("EMAIL_URL", None),
        ("DEMO_CLOCK", "2019-11-01T00:00:00+07:00"),
        ("DEBUG", "true"),
        ("OIDC_SERVER_URL", "http://masuk.example.go.id"),
        ("OIDC_CLIENT_ID", "kompetisi"),
        ("MODE", "produksi"),
    ],
)
def test_production_refuses_and_names_the_setting(name, value):
    done = load({name: value})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.fast
def test_production_names_every_fault_at_once():
    last = load({"SECRET_KEY": None, "REDIS_URL": None}).stderr.splitlines()[-1]
    assert "SECRET_KEY" in last
    assert "REDIS_URL" in last


@pytest.mark.fast
def test_production_guards_cookies_and_the_clock():
    expression = (
        "(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.CLOCK_MOVABLE, "
        "s.STAFF_SECOND_FACTOR)"
    )
    assert load({}, expression).stdout == "('__Host-sesi', True, '__Host-csrf', False, True)\n"


@pytest.mark.fast
def test_a_secret_can_be_read_from_a_file(tmp_path):
    secret = tmp_path / "rahasia"
    secret.write_text("r" * 60 + "\n")
    done = load({"SECRET_KEY": None, "SECRET_KEY_FILE": str(secret)}, "len(s.SECRET_KEY)")
    assert done.stdout == "60\n"


@pytest.mark.fast
def test_a_demo_clock_without_zone_is_refused():
    done = load({"MODE": "demo", "EMBEDDED": "off", "DEMO_CLOCK": "2019-11-01T00:00:00"})
    assert "DEMO_CLOCK" in done.stderr.splitlines()[-1]


@pytest.mark.fast
def test_psycopg_3_is_not_beside_psycopg_2():
    assert find_spec("psycopg") is None, "Django would silently prefer it"


@pytest.mark.fast
def test_the_lock_names_no_index():
    for path in settings.BASE_DIR.glob("requirements*.txt"):
        lines = path.read_text().splitlines()
        assert not [line for line in lines if line.startswith("-") or "://" in line], path.name


@pytest.mark.fast
def test_policy_allows_no_inline_code():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert not [value for values in directives.values() for value in values if "unsafe" in value]


@pytest.mark.fast
def test_a_provider_to_sign_in_with_is_off_unless_named():
    offers = "(s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'], s.OIDC_FORM_ORIGINS)"
    assert load({}, offers).stdout == "([], [])\n"


@pytest.mark.fast
def test_a_provider_comes_from_the_environment_and_forms_may_lead_to_it():
    given = {
        "OIDC_SERVER_URL": "https://masuk.example.go.id/realms/asn",
        "OIDC_CLIENT_ID": "kompetisi",
        "OIDC_NAME": "Akun ASN",
    }
    app = "s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]"
    shown = f"({app}['name'], s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    origin = "https://masuk.example.go.id"
    assert load(given, shown).stdout == f"('Akun ASN', [\"'self'\", '{origin}'])\n"
