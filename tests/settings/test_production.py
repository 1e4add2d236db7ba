"""Production starts with everything it needs, or says in one sentence what is missing. The demo is never production."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, product

WHOLE = {
    "MODE": "production",
    "SECRET_KEY": "x7!fA0" * 12,
    "DATABASE_URL": "postgresql://prevent_app:secret@db.council.example/prevent",
    "REDIS_URL": "redis://redis.council.example:6379/0",
    "BASE_URL": "https://cases.council.example",
    "ALLOWED_HOSTS": "cases.council.example",
    "FILES_BUCKET": "prevent-cases",
    "EMAIL_HOST": "smtp.council.example",
}
NEEDED = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "BASE_URL", "ALLOWED_HOSTS", "FILES_BUCKET", "EMAIL_HOST")
SHOWN = (
    "DEBUG", "IS_DEMO", "DEMO_PASSWORD", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "ADMINS", "AXES_ENABLED", "ACCOUNT_RATE_LIMITS", "SESSION_ENGINE",
    "CELERY_TASK_IGNORE_RESULT", "EMAIL_USE_TLS", "INSTALLED_APPS", "PASSWORD_HASHERS", "IDLE_SECONDS",
    "SESSION_COOKIE_AGE",
)  # fmt: skip
SHOW = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {SHOWN!r}}}, default=str))
"""


def python(*arguments: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python with these settings and no other."""
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "prevent_cases.settings", "DATA_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", *arguments],
        cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return python("-c", SHOW, tmp_path=tmp_path, **environment)


@pytest.fixture(scope="module")
def settings_in_force(tmp_path_factory) -> dict[str, object]:
    done = start(tmp_path_factory.mktemp("whole"), **WHOLE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", NEEDED)
def test_production_does_not_start_without(name, tmp_path):
    for value in ({}, {name: ""}):
        done = start(tmp_path, **{k: v for k, v in WHOLE.items() if k != name}, **value)
        assert done.returncode != 0
        last = done.stderr.strip().splitlines()[-1]
        assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
        assert name in last
        assert last.endswith(".")
        assert "secret" not in done.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be at least 50 characters long in production."),
        ({"BASE_URL": "http://cases.council.example"}, "BASE_URL must begin with https:// in production."),
        ({"MODE": "staging"}, "MODE must be demo, test or production."),
        ({"NOTIFY_API_KEY": "key"}, "NOTIFY_TEMPLATE_ID is not set."),
    ],
    ids=["a short key", "no encryption", "an unknown mode", "Notify without its template"],
)
def test_production_does_not_start_with(changed, said, tmp_path):
    done = start(tmp_path, **{**WHOLE, **changed})
    assert done.returncode != 0
    assert said in done.stderr.strip().splitlines()[-1]


def test_no_mode_at_all_is_production(tmp_path):
    done = start(tmp_path, **{name: value for name, value in WHOLE.items() if name != "MODE"})
    shown = json.loads(done.stdout)
    assert shown["SECURE_SSL_REDIRECT"] is True
    assert shown["IS_DEMO"] is False


def test_production_is_never_the_demo(settings_in_force, tmp_path):
    assert settings_in_force["IS_DEMO"] is False
    assert settings_in_force["DEMO_PASSWORD"] == ""
    done = python("manage.py", "load_demo", tmp_path=tmp_path, **WHOLE)
    assert done.returncode != 0
    assert done.stderr.startswith("Unknown command: 'load_demo'"), "the demo is not installed there at all"


def test_no_environment_turns_debugging_on(tmp_path):
    for mode in ("demo", "test", "production"):
        done = start(tmp_path, **{**WHOLE, "MODE": mode, "DEBUG": "1", "DJANGO_DEBUG": "true"})
        assert json.loads(done.stdout)["DEBUG"] is False
    assert not [m.name for m in product() if re.search(r"\bDEBUG\s*=(?!=|\s*False)", m.text)]


def test_cookies_are_kept_to_this_host_and_to_https(settings_in_force):
    assert settings_in_force["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings_in_force["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert settings_in_force["SESSION_COOKIE_SECURE"] is settings_in_force["CSRF_COOKIE_SECURE"] is True
    assert settings_in_force["SESSION_COOKIE_HTTPONLY"] is True
    assert settings_in_force["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_what_must_never_be_left_open_is_shut(settings_in_force):
    assert settings_in_force["SECURE_SSL_REDIRECT"] is True
    assert settings_in_force["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings_in_force["ALLOWED_HOSTS"] == ["cases.council.example"]
    assert settings_in_force["ADMINS"] == []
    assert settings_in_force["AXES_ENABLED"] is True
    assert settings_in_force["ACCOUNT_RATE_LIMITS"]
    assert settings_in_force["CELERY_TASK_IGNORE_RESULT"] is True
    assert settings_in_force["EMAIL_USE_TLS"] is True
    assert settings_in_force["SESSION_ENGINE"] == "django.contrib.sessions.backends.db"
    assert "django.contrib.admin" not in settings_in_force["INSTALLED_APPS"]
    assert not any("MD5" in hasher for hasher in settings_in_force["PASSWORD_HASHERS"])
    assert settings_in_force["IDLE_SECONDS"] <= 30 * 60 < settings_in_force["SESSION_COOKIE_AGE"] <= 10 * 60 * 60


def test_djangos_own_check_for_deployment_finds_nothing(tmp_path):
    done = python("manage.py", "check", "--deploy", "--fail-level", "DEBUG", tmp_path=tmp_path, **WHOLE)
    assert done.returncode == 0, done.stderr
    assert "no issues (" in done.stdout
    assert "WARNINGS" not in done.stderr


def test_nothing_is_silenced_but_what_has_its_reason():
    silenced = re.search(
        r"SILENCED_SYSTEM_CHECKS = \[(.*?)\](.*)", (ROOT / "prevent_cases" / "settings.py").read_text()
    )
    assert silenced.group(1).count('"') == 2
    assert "#" in silenced.group(2)


def test_every_difference_between_installations_is_in_the_example():
    read = set(
        re.findall(
            r'(?:environ\.get|environ|needed)[\[(]"([A-Z_0-9]+)"', (ROOT / "prevent_cases/settings.py").read_text()
        )
    )
    named = set(re.findall(r"^#?\s*([A-Z][A-Z_0-9]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert len(read) >= 20
    assert read - named == set()
