"""What a developer does beside a running copy, or instead of one."""

import signal
import subprocess
import sys

from tests.runtime.machine import Machine


def test_a_shell_gets_the_addresses_of_what_runs_and_an_answer_where_nothing_does(machine: Machine) -> None:
    said = machine.start("shell-env")
    assert said.wait() == 1
    assert said.said() == f"Nothing is running on {machine.data_dir}: start it with `make run` first.\n"
    servers = machine.start("servers")
    servers.wait_until_it_says("REDIS_URL=")
    exports = machine.start("shell-env")
    assert exports.wait() == 0
    program = f"{sys.executable} -c 'import psycopg2, os; psycopg2.connect(os.environ[\"DATABASE_OWNER_URL\"])'"
    subprocess.run(["sh", "-c", f"{exports.said()}\n{program}"], check=True)
    servers.send(signal.SIGINT)
    assert servers.wait() == 0
    assert machine.left_running() == []


def test_a_reset_forgets_the_demo_but_never_under_a_running_copy(machine: Machine) -> None:
    running = machine.start()
    running.wait_until_it_says("Prevent Cases is ready")
    refused = machine.start("reset")
    assert refused.wait() == 1
    assert "is already running on" in refused.said()
    running.send(signal.SIGINT)
    assert running.wait() == 0
    key = (machine.data_dir / "secret-key").read_text()
    (machine.data_dir / "files").mkdir()
    reset = machine.start("reset")
    assert reset.wait() == 0, reset.said()
    assert not (machine.data_dir / "postgres").exists()
    assert not (machine.data_dir / "files").exists()
    assert (machine.data_dir / "secret-key").read_text() == key
