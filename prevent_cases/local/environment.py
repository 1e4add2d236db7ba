"""The variables that the started programs receive; ``.env.example`` explains each."""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prevent_cases.local.leftovers import MARK, mark
from prevent_cases.local.places import Places
from prevent_cases.local.problem import Problem
from prevent_cases.local.servers import LocalServers

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Wanted:
    """Which embedded servers a run needs: those whose address the environment does not give."""

    postgres: bool
    redis: bool


def wanted_servers(given: Mapping[str, str]) -> Wanted:
    """Raises ``Problem`` where the settings given contradict a demo on this machine."""
    if given.get("MODE", "demo") != "demo":
        raise Problem(f"`make run` is the demo and MODE is {given['MODE']!r}: production uses docker-compose.yml.")
    if bool(given.get("DATABASE_URL")) != bool(given.get("DATABASE_OWNER_URL")):
        raise Problem("Give both DATABASE_URL (the runtime role) and DATABASE_OWNER_URL (migrations), or neither.")
    return Wanted(postgres=not given.get("DATABASE_URL"), redis=not given.get("REDIS_URL"))


def program_environment(
    given: Mapping[str, str], places: Places, servers: LocalServers, *, host: str, port: int
) -> dict[str, str]:
    """For web, worker and beat: the runtime role's address and never the owner's."""
    environment = {
        "MODE": "demo",
        "SECRET_KEY": secret_key(places),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BASE_URL": f"http://localhost:{port}",
        **{name: value for name, value in given.items() if value},
        "DJANGO_SETTINGS_MODULE": "prevent_cases.settings",
        "DATABASE_URL": servers.database_url or given.get("DATABASE_URL", ""),
        "REDIS_URL": servers.redis_url or given.get("REDIS_URL", ""),
        "DATA_DIR": str(places.data_dir),
        "HOST": host,
        "PORT": str(port),
        "TMPDIR": str(places.temporary),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), given.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",
        # The demo may well be run by root in a container; Celery need not say so at length each time.
        "PYTHONWARNINGS": given.get("PYTHONWARNINGS") or "ignore:You're running the worker with superuser privileges",
        MARK: mark(places),
    }
    environment.pop("DATABASE_OWNER_URL", None)
    return environment


def owner_environment(
    environment: Mapping[str, str], given: Mapping[str, str], servers: LocalServers
) -> dict[str, str]:
    """For migrations and the demo county: the same, with the owner's address."""
    return {**environment, "DATABASE_OWNER_URL": servers.owner_url or given["DATABASE_OWNER_URL"]}


def secret_key(places: Places) -> str:
    """The key of this ``DATA_DIR``, made once and readable by its owner alone."""
    file = places.secret_key
    if not file.exists() or not file.read_text().strip():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as output:
            output.write(secrets.token_urlsafe(64))
    return file.read_text().strip()
