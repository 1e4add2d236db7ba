"""What a killed run left behind, found and stopped before the next one starts."""

import contextlib
import os
import signal
from collections.abc import Callable

import psutil

from prevent_cases.local.places import Places

# Set in everything the supervisor starts, so that a killed supervisor's children can be told from anybody else's.
MARK = "PREVENT_CASES_RUN"
PATIENCE = 10


def mark(places: Places) -> str:
    """The value of ``MARK`` for this ``DATA_DIR``."""
    return str(places.data_dir)


def stop_leftovers(places: Places) -> int:
    """Stop the programs, then the servers, of an earlier run on this ``DATA_DIR``; how many processes there were.

    Only call it while holding the claim: then whatever is found has lost its supervisor.
    """
    found = stop_programs(places)
    # For PostgreSQL the interrupt is the fast shutdown; a plain termination would wait for its clients.
    found += _stop(_matching(lambda process: _is_server_of(process, places)), signal.SIGINT)
    (places.cluster / "postmaster.pid").unlink(missing_ok=True)
    return found


def stop_programs(places: Places) -> int:
    """Stop whatever bears the mark of this ``DATA_DIR``; how many processes there were."""
    return _stop(_matching(lambda process: process.environ().get(MARK) == mark(places)), signal.SIGTERM)


def _is_server_of(process: psutil.Process, places: Places) -> bool:
    """Both servers rewrite their title and environment, but work in a directory of ours."""
    return process.name() in {"postgres", "redis-server"} and process.cwd() in {
        str(places.cluster),
        str(places.sockets),
    }


def _matching(is_ours: Callable[[psutil.Process], bool]) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        # Another user's processes are not readable, and any may end while it is being looked at.
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and is_ours(process):
                found.append(process)
    return found


def _stop(processes: list[psutil.Process], first: signal.Signals) -> int:
    """Ask the topmost ones to end, whose children follow; then insist."""
    pids = {process.pid for process in processes}
    for process in processes:
        with contextlib.suppress(psutil.Error):
            if process.ppid() not in pids:
                process.send_signal(first)
    _, stubborn = psutil.wait_procs(processes, timeout=PATIENCE)
    for process in stubborn:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=PATIENCE)
    return len(processes)
