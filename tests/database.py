"""PostgreSQL and Redis for the tests: started once a run, migrated once, a copy of the database for each process.

The product's own connection signs in as the runtime role, so a test meets the same walls as the product. Only the
emptying after a transactional test uses the superuser, past the triggers that forbid it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import psycopg2
from django.core.management import call_command
from django.db import connections
from psycopg2 import sql

from prevent_cases.local.servers import local_servers

RUNTIME, OWNER, SUPERUSER = "prevent_app", "prevent_owner", "postgres"
TEMPLATE = "test_prevent"


@dataclass(frozen=True)
class Servers:
    """Addresses of each role in the database ``prevent``, and of Redis. Plain text, so that workers can be told."""

    runtime: str
    owner: str
    superuser: str
    redis: str

    def url(self, role: str, database: str) -> str:
        """The address of ``database`` for one of the three roles."""
        address = {RUNTIME: self.runtime, OWNER: self.owner, SUPERUSER: self.superuser}[role]
        return urlsplit(address)._replace(path=f"/{database}").geturl()

    @property
    def redis_client(self) -> str:
        return self.redis.replace("redis+socket://", "unix://")

    def as_words(self) -> dict[str, str]:
        return asdict(self)


@contextmanager
def servers_for(directory: Path) -> Iterator[Servers]:
    """The servers named by DATABASE_SUPERUSER_URL and its three companions, or embedded ones under ``directory``."""
    given = [os.environ.get(name, "") for name in GIVEN]
    if all(given):
        yield Servers(*given)
        return
    with local_servers(directory, durable=False) as local:
        yield Servers(local.database_url, local.owner_url, local.superuser_url, local.redis_url)


GIVEN = ("TEST_DATABASE_URL", "TEST_DATABASE_OWNER_URL", "TEST_DATABASE_SUPERUSER_URL", "TEST_REDIS_URL")


@contextmanager
def as_superuser(servers: Servers, database: str) -> Iterator[psycopg2.extensions.cursor]:
    """A cursor that commits each statement."""
    with closing(psycopg2.connect(servers.url(SUPERUSER, database))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def copy_of_the_migrated(servers: Servers, name: str) -> None:
    """Make the database ``name`` as the migrations leave it. The first process to ask migrates; the others copy."""
    with as_superuser(servers, "postgres") as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [TEMPLATE])
        if cursor.fetchone() is None:
            _make_template(servers, cursor)
        drop(cursor, name)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        cursor.execute(copy.format(*map(sql.Identifier, (name, TEMPLATE, OWNER))))
        grants = "REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE {0} TO {1}"
        cursor.execute(sql.SQL(grants).format(sql.Identifier(name), sql.Identifier(RUNTIME)))


def drop(cursor: psycopg2.extensions.cursor, name: str) -> None:
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _make_template(servers: Servers, cursor: psycopg2.extensions.cursor) -> None:
    drop(cursor, TEMPLATE)
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    roles = Path(__file__).resolve().parents[1] / "prevent_cases" / "local" / "roles.sql"
    with as_superuser(servers, TEMPLATE) as inside:
        inside.execute(roles.read_text())
    point("owner", servers.url(OWNER, TEMPLATE))
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    connections["owner"].close()
    cursor.execute("UPDATE pg_database SET datistemplate = true WHERE datname = %s", [TEMPLATE])


def point(alias: str, address: str) -> None:
    """Send one of Django's connections to an address."""
    connections[alias].close()
    parsed = dj_database_url.parse(address)
    connections[alias].settings_dict.update(
        {name: parsed[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    )


class Emptying:
    """Takes every row that a test committed out again, and leaves what the migrations wrote."""

    def __init__(self, servers: Servers, database: str) -> None:
        self.servers, self.database = servers, database
        with as_superuser(servers, database) as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
            tables = sorted(name for (name,) in cursor.fetchall())
            self.kept = {name for name in tables if self._has_rows(cursor, name)}
        self.emptied = [name for name in tables if name not in self.kept]

    def __call__(self) -> None:
        with as_superuser(self.servers, self.database) as cursor:
            found = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in self.emptied)
            cursor.execute(found)
            names = [name for (name,) in cursor.fetchall()]
            if names:
                # Foreign keys and the triggers that keep a table append-only stand aside for this session alone.
                statements = [f"DELETE FROM {name}" for name in names]
                cursor.execute(
                    "; ".join(["BEGIN", "SET LOCAL session_replication_role = replica", *statements, "COMMIT"])
                )

    @staticmethod
    def _has_rows(cursor: psycopg2.extensions.cursor, name: str) -> bool:
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name)))
        return bool(cursor.fetchone()[0])


@contextmanager
def copy_in_use(servers: Servers, name: str) -> Iterator[Emptying]:
    """Point Django's connections at a fresh copy for the length of the block."""
    copy_of_the_migrated(servers, name)
    with ExitStack() as over:
        point("default", servers.url(RUNTIME, name))
        point("owner", servers.url(OWNER, name))
        over.callback(_forget, servers, name)
        yield Emptying(servers, name)


def _forget(servers: Servers, name: str) -> None:
    connections.close_all()
    with as_superuser(servers, "postgres") as cursor:
        drop(cursor, name)
