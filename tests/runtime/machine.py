"""Starts the real runner as its own process, on a copy of the smallest product it can run."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
SOON = 40


@dataclass
class Copy:
    """One started runner: what it says, and the ways in which it ends."""

    process: subprocess.Popen[bytes]
    data_dir: Path
    log: Path

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until_it_says(self, words: str, *, within: float = SOON) -> None:
        give_up_at = time.monotonic() + within
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < give_up_at, self.said()
            time.sleep(0.05)

    def wait(self) -> int:
        return self.process.wait(SOON)

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


class Machine:
    """A directory for the product, a directory for its data, and every copy started on them.

    The product is the stand-in, where no other is given.
    """

    def __init__(self, directory: Path, *, product: Path | None = None) -> None:
        self.directory = directory
        self.product = product or directory / "product"
        self.data_dir = directory / "data"
        self.port = free_port()
        self.copies: list[Copy] = []
        if not product:
            self._lay_out_the_stand_in()

    def _lay_out_the_stand_in(self) -> None:
        shutil.copytree(ROOT / "tests" / "runtime" / "standin", self.product)
        shutil.copytree(ROOT / "prevent_cases" / "local", self.product / "prevent_cases" / "local")
        for name in ("manage.py", "requirements.txt"):
            shutil.copy(ROOT / name, self.product)

    def start(self, command: str = "run", **variables: str) -> Copy:
        """Start the runner, in a session of its own so that a signal reaches it alone."""
        log = self.directory / f"said-{len(self.copies)}"
        environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PORT": str(self.port)}
        environment |= {"DATA_DIR": str(self.data_dir)} | variables
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "prevent_cases.local", command],
                cwd=self.product,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        copy = Copy(process, Path(environment["DATA_DIR"]), log)
        self.copies.append(copy)
        return copy

    def refusal(self, **variables: str) -> str:
        """What a start that is expected to fail says last; nothing of it may be left running."""
        before = {process.pid for process in self.left_running()}
        copy = self.start(**variables)
        assert copy.wait() == 1, copy.said()
        assert [process for process in self.left_running() if process.pid not in before] == []
        lines = copy.said().strip().splitlines()
        assert "Traceback" not in copy.said()
        return lines[-1]

    def left_running(self) -> list[psutil.Process]:
        """Everything alive that works on this data, whoever its parent is."""
        found = []
        for process in psutil.process_iter():
            try:
                traces = [process.cwd(), *process.cmdline(), *process.environ().values()]
            except psutil.Error:
                continue
            if any(str(self.data_dir) in trace for trace in traces):
                found.append(process)
        return found

    def end(self) -> None:
        for process in self.left_running():
            process.kill()


def free_port() -> int:
    """A port that nothing listens on, below the range from which the system gives its own."""
    for port in range(20000 + os.getpid() % 10000, 32768):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("no port is free")
