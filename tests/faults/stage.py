"""A whole installation on this machine: servers that keep what they commit, workers, and ways to kill them all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from django.apps import apps
from django.db import connections
from kombu import Connection

from prevent_cases.celery import app
from prevent_cases.local import broker, postgres
from prevent_cases.local.places import Places, places_under
from tests.database import OWNER, RUNTIME, SUPERUSER, Emptying, Servers, point

ROOT = Path(__file__).resolve().parents[2]
SOON = 40.0
DATABASE = "prevent"


@dataclass
class Program:
    """A started program, in a session of its own, so that a kill takes its children with it."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """As the kernel does when memory runs out: no warning, no last words."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait(self) -> str:
        """What it said, once it has ended by itself and well."""
        assert self.process.wait(SOON) == 0, self.said()
        return self.said()

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@dataclass
class Stage:
    """PostgreSQL and Redis under one directory, and whatever was started beside them."""

    places: Places
    outbox: Path
    _postgres: ExitStack = field(default_factory=ExitStack)
    _redis: ExitStack = field(default_factory=ExitStack)
    programs: list[Program] = field(default_factory=list)

    def start_postgres(self) -> None:
        self._postgres.enter_context(postgres.running_postgres(self.places, durable=True))

    def start_redis(self) -> None:
        self._redis.enter_context(broker.running_redis(self.places))

    def kill_postgres(self) -> None:
        """The postmaster and every backend, at once; then nothing is left that holds its directory."""
        self._kill("postgres", str(self.places.cluster))
        self._postgres.close()
        (self.places.cluster / "postmaster.pid").unlink(missing_ok=True)

    def kill_redis(self) -> None:
        self._kill("redis-server", str(self.places.sockets))
        self._redis.close()

    def end(self) -> None:
        for program in self.programs:
            program.kill()
        connections.close_all()
        self._redis.close()
        self._postgres.close()
        self.places.remove_short_sockets()

    @property
    def servers(self) -> Servers:
        address = {
            role: postgres.url(self.places.sockets, role=role, database=DATABASE)
            for role in (RUNTIME, OWNER, SUPERUSER)
        }
        redis = f"redis+socket://{self.places.sockets / 'redis.sock'}"
        return Servers(address[RUNTIME], address[OWNER], address[SUPERUSER], redis)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.servers.runtime,
            "DATABASE_OWNER_URL": self.servers.owner,
            "REDIS_URL": self.servers.redis,
            "DATA_DIR": str(self.places.data_dir),
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *command: str) -> Program:
        log = self.places.data_dir / f"said-{len(self.programs)}"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        self.programs.append(Program(process, log))
        return self.programs[-1]

    def start_worker(self) -> Program:
        """A worker as the Procfile starts it, that has done something."""
        celery = ["-m", "celery", "--quiet", "--app", "prevent_cases.celery:app", "worker"]
        worker = self.start(*celery, "--concurrency", "1", "--without-gossip", "--without-mingle")
        beats = apps.get_model("casework", "Heartbeat").objects.filter(job="end_grants")
        beats.delete()
        self.tick("end_grants")
        until(beats.exists, worker.said)
        return worker

    def manage(self, *command: str) -> Program:
        return self.start("manage.py", *command)

    def tick(self, job: str) -> None:
        """What beat sends."""
        with Connection(self.servers.redis) as connection:
            app.send_task(f"casework.{job}", connection=connection, ignore_result=True)

    def _kill(self, name: str, directory: str) -> None:
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if process.name() == name and process.cwd() == directory:
                    found.append(process)
        for process in found:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(found, timeout=SOON)


def until(done: Callable[[], bool], otherwise: Callable[[], object] = str) -> None:
    """Wait for something to become true; fail with what there is to say otherwise."""
    give_up_at = time.monotonic() + SOON
    while not done():
        assert time.monotonic() < give_up_at, otherwise()
        time.sleep(0.02)


@contextmanager
def standing(directory: Path) -> Iterator[tuple[Stage, Emptying]]:
    """A migrated installation for as long as the block runs."""
    stage = Stage(places_under(directory), directory / "outbox")
    try:
        stage.start_postgres()
        stage.start_redis()
        postgres.create_database(stage.places.sockets, DATABASE)
        stage.manage("migrate", "--database=owner", "--verbosity=0").wait()
        yield stage, Emptying(stage.servers, DATABASE)
    finally:
        stage.end()


@contextmanager
def seen_from_here(stage: Stage) -> Iterator[None]:
    """Django's connections in this process lead to the stage for the length of the block."""
    aliases = {"default": stage.servers.runtime, "owner": stage.servers.owner}
    before = {alias: dict(connections[alias].settings_dict) for alias in aliases}
    for alias, address in aliases.items():
        point(alias, address)
    try:
        yield
    finally:
        for alias, settings in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(settings)
