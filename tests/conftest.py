"""What every test stands on: settings, servers, a database that is emptied, and a browser that stays at home.

Nothing is started for tests that use no database. With xdist the servers are the controller's, so that they outlive
whichever worker finishes first.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from prevent_cases.casework import procedure
from tests.database import Emptying, Servers, copy_in_use, servers_for

NOWHERE = "postgresql://nobody@127.0.0.1:1/no_test_asked_for_the_database"
DATA_DIR = Path(tempfile.mkdtemp(prefix="prevent-cases-tests-"))
(DATA_DIR / "static").mkdir()  # or WhiteNoise complains of its absence
FORGOTTEN = ("NOTIFY_API_KEY", "EMAIL_HOST", "CLAMD_ADDRESS", "FILES_BUCKET", "PROCEDURE", "PREVENT_NOW", "PORT")
for name in FORGOTTEN:
    os.environ.pop(name, None)
os.environ.update(
    MODE="test",
    SECRET_KEY="known to everybody and used by tests alone",
    DATABASE_URL=NOWHERE,
    DATABASE_OWNER_URL=NOWHERE,
    REDIS_URL="redis://127.0.0.1:1",
    DATA_DIR=str(DATA_DIR),
    BASE_URL="http://127.0.0.1:8000",
    COUNCIL_NAME="Exampleshire County Council",
    DJANGO_SETTINGS_MODULE="prevent_cases.settings",
    DJANGO_ALLOW_ASYNC_UNSAFE="true",  # pytest-playwright's loop runs beside every live server
)

collect_ignore = ["runtime/standin"]
SERVERS = pytest.StashKey[Servers]()
ENDING = pytest.StashKey[ExitStack]()

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_configure(config: pytest.Config) -> None:
    """Load the settings, so that pytest-django finds them. The controller of several workers starts their servers."""
    assert settings.MODE == "test"
    config.stash[ENDING] = ExitStack()
    config.stash[ENDING].callback(shutil.rmtree, DATA_DIR, ignore_errors=True)
    told = getattr(config, "workerinput", {}).get("servers")
    if told:
        config.stash[SERVERS] = Servers(**told)
    elif getattr(config.option, "numprocesses", None):
        _start(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[ENDING].close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker where the servers are."""
    node.workerinput["servers"] = node.config.stash[SERVERS].as_words()


def _start(config: pytest.Config) -> Servers:
    if SERVERS not in config.stash:
        config.stash[SERVERS] = config.stash[ENDING].enter_context(servers_for(DATA_DIR / "servers"))
    return config.stash[SERVERS]


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Servers:
    """PostgreSQL and Redis, started the first time a test asks for them."""
    return _start(pytestconfig)


@pytest.fixture(scope="session")
def django_db_setup(servers: Servers, django_db_blocker: Any) -> Iterator[Emptying]:
    """This process's own database, as the runtime role sees it. pytest-django's fixtures all begin here.

    After a transactional test Django empties the tables by TRUNCATE, which the runtime role may not; so we do it.
    """
    name = f"test_prevent_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with ExitStack() as over:
        patched = over.enter_context(pytest.MonkeyPatch.context())
        with django_db_blocker.unblock():
            emptying = over.enter_context(copy_in_use(servers, name))
            _assert_the_runtime_role()
        patched.setattr(settings, "REDIS_URL", servers.redis)
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: emptying())
        yield emptying
        with django_db_blocker.unblock():
            over.close()


def _assert_the_runtime_role() -> None:
    """The suite proves nothing if the product's connection may do what the product may not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb,
                      EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)
                 FROM pg_roles WHERE rolname = current_user"""
        )
        assert cursor.fetchone() == ("prevent_app", False, False)


@pytest.fixture(autouse=True)
def base_procedures() -> Iterator[None]:
    """Each test begins with the procedures as the code publishes them, and leaves no edition to the next."""
    procedure.take_up(())
    yield
    procedure.take_up(())


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory for the messages of this test, in place of the one in the settings."""
    directory = tmp_path / "outbox"
    directory.mkdir()
    monkeypatch.setattr(settings, "OUTBOX_DIR", directory)
    return directory


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium (or CHROMIUM's), which can reach this machine and nothing else."""
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "headless": True, "args": CHROMIUM}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}
