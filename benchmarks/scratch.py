"""A migrated PostgreSQL of its own for a benchmark, with the waits for the disk left in, thrown away at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg2

from prevent_cases.local.servers import LocalServers, local_servers

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def scratch_servers(*databases: str) -> Iterator[LocalServers]:
    """Servers with the database ``prevent`` and each further one migrated, and Django set up as the runtime role."""
    with tempfile.TemporaryDirectory(prefix="prevent-cases-bench-") as directory, local_servers(directory) as servers:
        os.environ.update(
            MODE="test",
            SECRET_KEY="known to everybody and used by benchmarks alone",  # noqa: S106
            DATABASE_URL=servers.database_url,
            REDIS_URL=servers.redis_url,
            DATA_DIR=directory,
            DJANGO_SETTINGS_MODULE="prevent_cases.settings",
        )
        for database in ("prevent", *databases):
            servers.create_database(database)
            owner = {"DATABASE_OWNER_URL": servers.url(role="prevent_owner", database=database)}
            command = [sys.executable, "manage.py", "migrate", "--database=owner", "--verbosity=0"]
            subprocess.run(command, cwd=ROOT, env={**os.environ, **owner}, check=True)
        django.setup()
        yield servers


def as_superuser(servers: LocalServers, database: str, *statements: str) -> None:
    """Run statements in one transaction with foreign keys and triggers standing aside: for filling tables in bulk."""
    with closing(psycopg2.connect(servers.url(role="postgres", database=database))) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
