"""The product itself, as `make run` starts it: everything together, on an empty directory."""

import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.runtime.machine import ROOT, Machine

READY = "Prevent Cases is ready"
FIRST_START = 400
ROLES = "practitioner ssu ssu-lead area locality children liaison chair member lists auditor".split()


def status_of(machine: Machine, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{machine.port}{path}", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.faults
def test_the_product_starts_on_an_empty_directory_survives_a_kill_and_stops_cleanly(tmp_path: Path) -> None:
    machine = Machine(tmp_path, product=ROOT)
    try:
        first = machine.start()
        first.wait_until_it_says(READY, within=FIRST_START)
        for role in ROLES:
            assert f"{role}@demo.example" in first.said()
        assert status_of(machine, "/health/live") == 200
        assert status_of(machine, "/health/ready") == 200
        assert status_of(machine, "/sign-in/") == 200
        first.send(signal.SIGKILL)
        first.wait()
        second = machine.start()
        second.wait_until_it_says(READY, within=FIRST_START)
        assert "Loading the demo county" not in second.said()
        assert status_of(machine, "/sign-in/") == 200
        second.send(signal.SIGINT)
        assert second.wait() == 0
        assert second.said().endswith("Stopped: nothing is left running.\n")
        assert "Traceback" not in second.said()
        assert machine.left_running() == []
    finally:
        machine.end()
