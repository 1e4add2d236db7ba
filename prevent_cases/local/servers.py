"""PostgreSQL and Redis together, for a run of the product and for its tests."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prevent_cases.local import broker, postgres
from prevent_cases.local.claim import claimed
from prevent_cases.local.leftovers import stop_leftovers
from prevent_cases.local.places import Places, places_under
from prevent_cases.local.process import Watched

DATABASE = "prevent"


@dataclass(frozen=True)
class LocalServers:
    """The addresses of the running servers; empty where a server was not asked for.

    ``redis_url`` is Celery's form (``redis+socket://``); ``redis_client_url`` is redis-py's (``unix://``).
    ``watched`` are the processes without which nothing works.
    """

    sockets: Path
    database_url: str
    owner_url: str
    superuser_url: str
    redis_url: str
    redis_client_url: str
    watched: tuple[Watched, ...]
    _running: ExitStack = field(repr=False, compare=False)

    def create_database(self, name: str) -> None:
        """Create ``name`` with the roles, extensions and grants of the real one."""
        postgres.create_database(self.sockets, name)

    def drop_database(self, name: str) -> None:
        """Drop ``name``, whoever is connected to it."""
        postgres.drop_database(self.sockets, name)

    def url(self, *, role: str, database: str = DATABASE) -> str:
        """The address of ``database`` for one of ``prevent_app``, ``prevent_owner`` and ``postgres``."""
        return postgres.url(self.sockets, role=role, database=database)

    def stop(self) -> None:
        """Stop both servers; leaving the block does the same, and doing it twice is harmless."""
        self._running.close()


@contextmanager
def local_servers(data_dir: Path | str, *, durable: bool = True) -> Iterator[LocalServers]:
    """Run PostgreSQL and Redis under ``data_dir`` for as long as the block does, with the database ``prevent`` made.

    Call it from the main thread: the servers end with the thread that started them. ``durable=False`` is for tests.
    Raises ``Problem`` where the directory is taken or unusable, or a server does not start.
    """
    places = places_under(data_dir)
    with claimed(places):
        stop_leftovers(places)
        with started(places, durable=durable) as servers:
            yield servers


@contextmanager
def started(
    places: Places, *, durable: bool = True, with_postgres: bool = True, with_redis: bool = True
) -> Iterator[LocalServers]:
    """Start the servers asked for on a ``DATA_DIR`` that the caller has already claimed."""
    with ExitStack() as running:
        sockets = places.sockets
        running.callback(places.remove_short_sockets)
        socket = None
        watched: list[Watched] = []
        if with_redis:
            socket, redis = running.enter_context(broker.running_redis(places))
            watched.append(redis)
        if with_postgres:
            watched.append(running.enter_context(postgres.running_postgres(places, durable=durable)))
            postgres.create_database(sockets, DATABASE)

        def address(role: str) -> str:
            return postgres.url(sockets, role=role, database=DATABASE) if with_postgres else ""

        yield LocalServers(
            sockets=sockets,
            database_url=address(postgres.RUNTIME),
            owner_url=address(postgres.OWNER),
            superuser_url=address(postgres.SUPERUSER),
            redis_url=f"redis+socket://{socket}" if socket else "",
            redis_client_url=f"unix://{socket}" if socket else "",
            watched=tuple(watched),
            _running=running,
        )
