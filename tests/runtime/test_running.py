"""`make run`'s runner: starting, stopping, and starting again after the worst end."""

import signal
import stat
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from prevent_cases.local.servers import local_servers
from tests.runtime.machine import Machine

READY = "Prevent Cases is ready"


def test_it_starts_says_where_and_who_and_an_interrupt_stops_all_of_it_twice_over(machine: Machine) -> None:
    for expected_loads in (1, 0):
        copy = machine.start()
        copy.wait_until_it_says(READY)
        assert f"http://localhost:{machine.port}" in copy.said()
        assert "ssu@demo.example" in copy.said()
        assert copy.said().count("Loading the demo county") == expected_loads
        with urllib.request.urlopen(f"http://127.0.0.1:{machine.port}/") as answer:
            assert answer.status == 200
        copy.send(signal.SIGINT)
        assert copy.wait() == 0
        assert copy.said().endswith("Stopped: nothing is left running.\n")
        assert machine.left_running() == []


def test_everything_it_writes_lies_under_the_data_directory_and_secrets_are_private(machine: Machine) -> None:
    before = set(machine.product.rglob("*"))
    copy = machine.start()
    copy.wait_until_it_says(READY)
    copy.send(signal.SIGTERM)
    assert copy.wait() == 0
    written = {path for path in set(machine.product.rglob("*")) - before if "__pycache__" not in path.parts}
    assert written == set()
    assert (machine.data_dir / "static" / "plain.css").exists()
    assert stat.S_IMODE((machine.data_dir / "secret-key").stat().st_mode) == 0o600
    assert len((machine.data_dir / "secret-key").read_text()) > 50


def test_after_a_kill_the_next_start_stops_what_was_left_and_runs(machine: Machine) -> None:
    first = machine.start()
    first.wait_until_it_says(READY)
    first.send(signal.SIGKILL)
    first.wait()
    assert machine.left_running() != []
    second = machine.start()
    second.wait_until_it_says(READY)
    assert "that an earlier run left behind" in second.said()
    assert "Loading the demo county" not in second.said()
    second.send(signal.SIGINT)
    assert second.wait() == 0
    assert machine.left_running() == []


def test_a_lock_and_a_postmaster_file_that_name_a_living_stranger_stop_nobody(machine: Machine) -> None:
    with local_servers(machine.data_dir, durable=False):
        pass
    stranger = psutil.Process().pid
    (machine.data_dir / "run.lock").write_text(f"{stranger}\n")
    (machine.data_dir / "postgres" / "postmaster.pid").write_text(f"{stranger}\n{machine.data_dir}/postgres\n")
    copy = machine.start("servers")
    copy.wait_until_it_says("REDIS_URL=")
    copy.send(signal.SIGTERM)
    assert copy.wait() == 0
    assert machine.left_running() == []


def test_a_program_that_ends_by_itself_ends_the_rest(machine: Machine) -> None:
    with (machine.product / "Procfile").open("a") as procfile:
        procfile.write("beat: sleep 1; exit 3\n")
    assert machine.refusal() == (
        "One of the programs ended by itself, so the others were stopped: its last lines say why."
    )


@pytest.mark.parametrize(("server", "program"), [("PostgreSQL", "postgres"), ("Redis", "redis-server")])
def test_where_a_server_dies_it_says_so_in_one_sentence_and_stops_everything(
    machine: Machine, server: str, program: str
) -> None:
    copy = machine.start()
    copy.wait_until_it_says(READY)
    (log,) = machine.data_dir.rglob(f"{program.partition('-')[0]}.log")
    running = {process.pid: process for process in machine.left_running() if process.name() == program}
    (root,) = [process for pid, process in running.items() if process.ppid() not in running]
    began = time.monotonic()
    root.kill()
    assert copy.wait() == 1, copy.said()
    assert time.monotonic() - began < 15
    assert copy.said().strip().splitlines()[-1] == (
        f"{server} ended by itself, so everything was stopped: the reason is at the end of {log}."
    )
    assert "Traceback" not in copy.said()
    assert machine.left_running() == []
    again = machine.start()
    again.wait_until_it_says(READY)
    again.send(signal.SIGINT)
    assert again.wait() == 0


@pytest.mark.parametrize("moment", ["Starting on", "Loading the demo county"])
def test_a_stop_during_the_start_leaves_nothing_and_spoils_nothing(machine: Machine, moment: str) -> None:
    copy = machine.start()
    copy.wait_until_it_says(moment)
    copy.send(signal.SIGTERM)
    assert copy.wait() == 0
    assert machine.left_running() == []
    again = machine.start()
    again.wait_until_it_says(READY)
    again.send(signal.SIGINT)
    assert again.wait() == 0


def test_servers_given_by_address_are_used_and_none_is_embedded(machine: Machine, tmp_path: Path) -> None:
    with local_servers(tmp_path / "elsewhere", durable=False) as servers:
        copy = machine.start(
            DATABASE_URL=servers.database_url, DATABASE_OWNER_URL=servers.owner_url, REDIS_URL=servers.redis_url
        )
        copy.wait_until_it_says(READY)
        web = next(process for process in machine.left_running() if "prevent_cases.web" in process.cmdline())
        assert web.environ()["DATABASE_URL"] == servers.database_url
        assert "DATABASE_OWNER_URL" not in web.environ()
        copy.send(signal.SIGINT)
        assert copy.wait() == 0
    assert not (machine.data_dir / "postgres").exists()
    assert not (machine.data_dir / "run").exists()
