"""Server processes of ours: started apart from the terminal, tied to this process, stopped with patience."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prevent_cases.local.places import Account

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Watched:
    """A server that must keep running: what people call it, its process and the file its last words are in."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def complaint(self) -> str:
        """One sentence where it has ended by itself; empty while it runs."""
        if self.process.poll() is None:
            return ""
        return f"{self.name} ended by itself, so everything was stopped: the reason is at the end of {self.log}."


def start_server(
    command: Sequence[str], *, log: Path, account: Account | None = None, stop_with: signal.Signals, cwd: Path
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C reaches only the supervisor.

    On Linux the kernel sends it ``stop_with`` when the thread that called this ends, so a killed run leaves none.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_follow_parent(stop_with),
            **run_as(account),
        )


def stop_server(server: subprocess.Popen[bytes], *, politely: signal.Signals, patience: float) -> None:
    """Ask the server to end, and kill it if it has not within ``patience`` seconds."""
    if server.poll() is None:
        server.send_signal(politely)
    try:
        server.wait(patience)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def run_as(account: Account | None) -> dict[str, Any]:
    """The ``subprocess`` arguments that hand over to ``account``."""
    return {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}


def _follow_parent(stop_with: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def follow() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(stop_with), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return follow
