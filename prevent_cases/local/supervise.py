"""``make run``: from the first check to the last clean stop."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from honcho.environ import parse_procfile
from honcho.manager import Manager

from prevent_cases.local import preflight
from prevent_cases.local.claim import claimed
from prevent_cases.local.environment import ROOT, owner_environment, program_environment, wanted_servers
from prevent_cases.local.leftovers import stop_leftovers, stop_programs
from prevent_cases.local.places import places_under
from prevent_cases.local.prepare import prepare
from prevent_cases.local.problem import Problem
from prevent_cases.local.process import Watched
from prevent_cases.local.servers import started

READY_WITHIN = 120
LOOK_EVERY = 0.5
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked for an end; every block on the way out stops what it started."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first stop signal into ``Stopped`` and ignore the next ones, so that stopping is never interrupted."""

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(f"{signal.Signals(number).name} received")

    for each in STOP_SIGNALS:
        signal.signal(each, stop)
    yield


def run(data_dir: Path | str, *, host: str, port: str, given: Mapping[str, str] = os.environ) -> None:
    """Run everything until a stop signal. Raises ``Problem`` with nothing left running."""
    with stoppable():
        try:
            _run(data_dir, host=host, port=preflight.port_number(port), given=given)
        except Stopped as stopped:
            say(f"{stopped}.")
    say("Stopped: nothing is left running.")


def _run(data_dir: Path | str, *, host: str, port: int, given: Mapping[str, str]) -> None:
    wanted = wanted_servers(given)
    preflight.check_pango()
    places = places_under(data_dir)
    with claimed(places):
        if found := stop_leftovers(places):
            say(f"Stopped {found} processes that an earlier run left behind.")
        preflight.check_space(places)
        preflight.check_port(host, port)
        say(f"Starting on {places.data_dir}.")
        with started(places, with_postgres=wanted.postgres, with_redis=wanted.redis) as servers:
            environment = program_environment(given, places, servers, host=host, port=port)
            prepare(places, environment, owner_environment(environment, given, servers))
            try:
                _keep_running(environment, servers.watched)
            finally:
                stop_programs(places)


def _keep_running(environment: Mapping[str, str], servers: Sequence[Watched]) -> None:
    """Keep the Procfile's programs together until a stop signal.

    Raises ``Problem`` where one of them or of ``servers`` ends by itself, or the product does not become ready.
    """
    manager = Manager()
    for name, command in parse_procfile((ROOT / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env=dict(environment), cwd=str(ROOT))
    herald = Herald(environment)
    guard = Guard(servers)
    herald.start()
    guard.start()
    # honcho takes over the interrupt and the termination; a closed terminal shall mean the same.
    signal.signal(signal.SIGHUP, lambda _number, _frame: os.kill(os.getpid(), signal.SIGTERM))
    try:
        manager.loop()
    finally:
        herald.stop()
        guard.stop()
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
    if complaint := guard.complaint or herald.complaint:
        raise Problem(complaint)
    if manager.returncode not in {128 + signal.SIGINT, 128 + signal.SIGTERM}:
        raise Problem("One of the programs ended by itself, so the others were stopped: its last lines say why.")


class Guard(threading.Thread):
    """Looks twice a second whether the embedded servers still run, and asks for the end of everything where one does
    not: the programs would go on answering, and every answer would be that the service is down."""

    def __init__(self, servers: Sequence[Watched]) -> None:
        super().__init__(name="guard", daemon=True)
        self.servers = servers
        self.complaint = ""
        self._over = threading.Event()

    def stop(self) -> None:
        self._over.set()

    def run(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self.complaint = next((server.complaint for server in self.servers if server.complaint), "")
            if self.complaint:
                os.kill(os.getpid(), signal.SIGTERM)
                return


class Herald(threading.Thread):
    """Waits for the product to be ready, then prints its address and who can sign in."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(name="herald", daemon=True)
        self.environment = environment
        self.complaint = ""
        self._over = threading.Event()

    def stop(self) -> None:
        self._over.set()

    def run(self) -> None:
        give_up_at = time.monotonic() + READY_WITHIN
        said = ""
        while not self._over.wait(0.3):
            answer, is_word = self._ask()
            if not answer and (words := self._words()):
                say(words)
                return
            if is_word and answer != said:
                say(f"Not ready yet: {answer}")
                said = answer
            if time.monotonic() > give_up_at:
                self.complaint = f"Not ready after {READY_WITHIN} seconds, so all was stopped: {answer.rstrip('.')}."
                os.kill(os.getpid(), signal.SIGTERM)
                return

    def _ask(self) -> tuple[str, bool]:
        """What is not ready (empty when everything is), and whether those are the words of ``/health/ready``."""
        ready = f"http://127.0.0.1:{self.environment['PORT']}/health/ready"
        try:
            with urllib.request.urlopen(ready, timeout=5):
                return "", True
        except urllib.error.HTTPError as error:
            words = " ".join(error.read(500).decode(errors="replace").split())
            return words or f"/health/ready answers {error.code}", True
        except OSError as error:
            return f"/health/ready does not answer ({error})", False

    def _words(self) -> str:
        """The address and the sign-ins; nothing where the product has gone again meanwhile."""
        command = [sys.executable, "manage.py", "demo_sign_ins"]
        table = subprocess.run(
            command, cwd=ROOT, env=dict(self.environment), capture_output=True, text=True, check=False
        ).stdout.rstrip()
        if self._ask()[0]:
            return ""
        line = "─" * 72
        address = self.environment["BASE_URL"]
        return f"\n{line}\nPrevent Cases is ready: {address}\n\n{table}\n\nCtrl-C stops it.\n{line}\n"


def say(words: str) -> None:
    """Print at once, in one piece."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
