"""The embedded servers: who may do what, what is logged, and where it all lies."""

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import dj_database_url
import psycopg2
import pytest
import redis

from prevent_cases.local import postgres
from prevent_cases.local.places import SOCKET_PATH_BYTES, places_under
from prevent_cases.local.problem import Problem
from prevent_cases.local.servers import LocalServers, local_servers
from tests.runtime.machine import ROOT


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServers]:
    with local_servers(tmp_path_factory.mktemp("servers"), durable=False) as running:
        yield running


def ask(address: str, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(address)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_neither_role_is_privileged_and_the_runtime_role_owns_nothing(servers: LocalServers) -> None:
    ask(servers.owner_url, "CREATE TABLE IF NOT EXISTS kept (id serial primary key, word text)")
    privileged = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'prevent%' AND (rolsuper OR rolbypassrls"
    privileged += " OR rolcreaterole OR rolcreatedb OR rolreplication)"
    assert ask(servers.superuser_url, privileged) == []
    owned = "SELECT relname FROM pg_class WHERE relowner = 'prevent_app'::regrole"
    assert ask(servers.superuser_url, owned) == []
    owners = "SELECT d.datdba::regrole::text, n.nspowner::regrole::text FROM pg_database d, pg_namespace n"
    owners += " WHERE d.datname = current_database() AND n.nspname = 'public'"
    assert ask(servers.superuser_url, owners) == [("prevent_owner", "prevent_owner")]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "DROP TABLE kept",
        "TRUNCATE kept",
        "ALTER TABLE kept DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE TEMPORARY TABLE aside (id int)",
        "SET ROLE prevent_owner",
        "CREATE EXTENSION hstore",
    ],
)
def test_the_runtime_role_uses_the_owners_tables_and_changes_none(servers: LocalServers, statement: str) -> None:
    ask(servers.owner_url, "CREATE TABLE IF NOT EXISTS kept (id serial primary key, word text)")
    ask(servers.database_url, "INSERT INTO kept (word) VALUES ('written')")
    assert ask(servers.database_url, "SELECT count(*) > 0 FROM kept WHERE word = 'written'") == [(True,)]
    with pytest.raises(psycopg2.Error):
        ask(servers.database_url, statement)


def test_extensions_settings_and_version_are_what_the_product_expects(servers: LocalServers) -> None:
    extensions = {name for (name,) in ask(servers.database_url, "SELECT extname FROM pg_extension")}
    assert {"pg_trgm", "unaccent", "fuzzystrmatch", "btree_gist"} <= extensions
    quiet = {"log_min_messages": "log", "log_min_error_statement": "panic", "log_error_verbosity": "terse"}
    wanted = {**quiet, "listen_addresses": "", "jit": "off"}
    assert {name: ask(servers.database_url, f"SHOW {name}")[0][0] for name in wanted} == wanted
    assert ask(servers.database_url, "SELECT current_setting('server_version_num')::int / 10000") == [(18,)]
    assert ask(servers.database_url, "SELECT lower('ÉÅŁ'), 'Zed' < 'ann'") == [("éåł", True)]


def test_a_failing_statement_leaves_no_words_of_its_own_in_the_log(servers: LocalServers) -> None:
    with pytest.raises(psycopg2.Error):
        ask(servers.database_url, "INSERT INTO nowhere VALUES ('Margaret Canary')")
    log = places_under(servers.sockets.parent).logs / "postgres.log"
    assert "Canary" not in log.read_text()


def test_another_database_has_the_same_roles_and_can_be_dropped_while_in_use(servers: LocalServers) -> None:
    servers.create_database("another")
    servers.create_database("another")
    address = servers.url(role="prevent_app", database="another")
    with closing(psycopg2.connect(address)) as connected:
        servers.drop_database("another")
        with pytest.raises(psycopg2.Error):
            connected.cursor().execute("SELECT 1")


def test_both_addresses_are_read_by_the_libraries_that_will_read_them(servers: LocalServers) -> None:
    parsed = dj_database_url.parse(servers.database_url)
    assert (parsed["HOST"], parsed["USER"], parsed["NAME"]) == (str(servers.sockets), "prevent_app", "prevent")
    with redis.Redis.from_url(servers.redis_client_url) as client:
        assert client.ping()
    assert servers.redis_url.replace("redis+socket://", "unix://") == servers.redis_client_url


def test_only_this_user_can_reach_the_sockets(servers: LocalServers) -> None:
    assert stat.S_IMODE(servers.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE((servers.sockets / "redis.sock").stat().st_mode) == 0o600


def test_a_directory_too_deep_for_a_socket_uses_a_private_short_one_and_removes_it(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * SOCKET_PATH_BYTES)
    with local_servers(deep, durable=False) as running:
        assert not running.sockets.is_relative_to(deep)
        assert stat.S_IMODE(running.sockets.stat().st_mode) == 0o700
        assert ask(running.database_url, "SELECT 1") == [(1,)]
    assert not running.sockets.exists()


def test_a_short_socket_directory_that_somebody_else_has_taken_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * SOCKET_PATH_BYTES)
    taken = places_under(deep).sockets
    taken.symlink_to(tmp_path)
    try:
        with pytest.raises(Problem, match="belongs to somebody else"), local_servers(deep, durable=False):
            pass
    finally:
        taken.unlink()


def test_stopping_twice_is_harmless_and_the_data_is_still_there(tmp_path: Path) -> None:
    with local_servers(tmp_path) as running:
        ask(running.owner_url, "CREATE TABLE kept (word text)")
        ask(running.database_url, "INSERT INTO kept VALUES ('still here')")
        running.stop()
        running.stop()
    with local_servers(tmp_path) as running:
        assert ask(running.database_url, "SELECT word FROM kept") == [("still here",)]
        assert ask(running.database_url, "SHOW fsync") == [("on",)]


def test_the_containers_first_start_sets_both_passwords(servers: LocalServers) -> None:
    servers.create_database("container")
    programs = postgres.programs()
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PGHOST": str(servers.sockets),
        "ROLES_SQL": str(ROOT / "prevent_cases" / "local" / "roles.sql"),
        "POSTGRES_USER": "postgres",
        "POSTGRES_DB": "container",
        "DATABASE_OWNER_PASSWORD": "first",
        "DATABASE_APP_PASSWORD": "it's second",
    }
    subprocess.run(["sh", str(ROOT / "scripts" / "postgres-init.sh")], env=environment, check=True)
    stored = ask(servers.superuser_url, "SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256%'")
    assert {"prevent_owner", "prevent_app"} <= {name for (name,) in stored}
