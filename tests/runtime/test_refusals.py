"""Every start that cannot work says why in one sentence and leaves nothing running."""

import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from prevent_cases.local import preflight
from prevent_cases.local.problem import Problem
from tests.runtime.machine import ROOT, Machine

MIGRATIONS = Path("prevent_cases/people/migrations")
STOPS_HALF_WAY = """
from django.db import migrations

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0001_people")]
    operations = [
        migrations.RunSQL("CREATE TABLE half (id int)"),
        migrations.RunSQL("ALTER TABLE absent ADD COLUMN other int"),
    ]
"""
HARMLESS = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]
    operations = []
"""


def test_a_port_in_use(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", machine.port)):
        assert machine.refusal() == (
            f"Port {machine.port} is in use by another program: stop it or choose another, "
            f"for example PORT={machine.port + 1}."
        )


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "٣"])
def test_a_port_that_is_none(machine: Machine, port: str) -> None:
    assert machine.refusal(PORT=port) == f"PORT is {port!r}, which is not a number from 1 to 65535."


def test_a_second_copy_on_the_same_data(machine: Machine) -> None:
    first = machine.start("servers")
    first.wait_until_it_says("REDIS_URL=")
    assert machine.refusal() == (
        f"Prevent Cases is already running on {machine.data_dir} (process {first.process.pid}): "
        "stop that copy or choose another DATA_DIR."
    )
    assert first.process.poll() is None
    first.send(signal.SIGINT)
    assert first.wait() == 0


def test_no_room_on_the_disk(machine: Machine) -> None:
    said = machine.refusal(LOCAL_FREE_MB="999999999")
    assert said.startswith(f"The disk of DATA_DIR {machine.data_dir} has ")
    assert "999999999 MB are needed" in said


def test_a_data_directory_that_cannot_be_written(machine: Machine) -> None:
    blocked = machine.product / "manage.py" / "data"
    assert machine.refusal(DATA_DIR=str(blocked)) == (
        f"DATA_DIR {blocked} cannot be written (Not a directory): choose another with DATA_DIR=…"
    )


def test_migrations_that_stop_half_way_and_then_the_same_start_put_right(machine: Machine) -> None:
    migration = machine.product / MIGRATIONS / "0002_half.py"
    migration.write_text(STOPS_HALF_WAY)
    assert machine.refusal() == (
        'The migrations are half applied: they stopped at people.0002_half (relation "absent" does not exist); '
        "put that right and start again."
    )
    assert machine.refusal() == (
        'The migrations are half applied: they stopped at people.0002_half (relation "half" already exists); '
        "put that right and start again."
    )
    migration.write_text(HARMLESS)
    copy = machine.start()
    copy.wait_until_it_says("Prevent Cases is ready")
    copy.send(signal.SIGINT)
    assert copy.wait() == 0


def test_a_database_that_is_ahead_of_the_code(machine: Machine) -> None:
    newer = machine.product / MIGRATIONS / "0002_newer.py"
    newer.write_text(HARMLESS)
    copy = machine.start()
    copy.wait_until_it_says("Prevent Cases is ready")
    copy.send(signal.SIGINT)
    assert copy.wait() == 0
    newer.unlink()
    shutil.rmtree(newer.with_name("__pycache__"), ignore_errors=True)
    assert machine.refusal() == (
        "The database has a migration that this code does not know (people.0002_newer): "
        "run the newer code, or choose another DATA_DIR."
    )


def test_a_mode_that_is_not_the_demo(machine: Machine) -> None:
    assert machine.refusal(MODE="production") == (
        "`make run` is the demo and MODE is 'production': production uses docker-compose.yml."
    )


def test_one_database_address_without_the_other(machine: Machine) -> None:
    assert machine.refusal(DATABASE_URL="postgresql://prevent_app@localhost/prevent") == (
        "Give both DATABASE_URL (the runtime role) and DATABASE_OWNER_URL (migrations), or neither."
    )


def test_a_database_server_that_cannot_start(machine: Machine) -> None:
    broken = machine.data_dir / "postgres"
    broken.mkdir(parents=True)
    assert machine.refusal() == (
        f"PostgreSQL did not start: the reason is at the end of {machine.data_dir}/log/postgres.log."
    )


def test_no_library_to_draw_pdfs_with() -> None:
    preflight.check_pango()
    with pytest.raises(Problem, match=r"libabsent\.so\.0 is missing.*apt-get install libpango-1\.0-0"):
        preflight.check_pango([("libabsent.so.0", "libabsent.dylib")])


def test_no_python_of_the_right_version(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "dirname", "cat", "cksum", "pwd"):
        (programs / name).symlink_to(shutil.which(name) or "")
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "scripts", checkout / "scripts")
    shutil.copy(ROOT / "requirements-dev.txt", checkout)
    done = subprocess.run(
        ["sh", "scripts/install.sh"],
        cwd=checkout,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 is missing: install it")
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (checkout / ".venv").exists()


def test_a_demo_that_cannot_be_loaded(machine: Machine) -> None:
    command = machine.product / "prevent_cases" / "people" / "management" / "commands" / "load_demo.py"
    command.write_text(command.read_text().replace("Person.objects", "Nobody.objects"))
    assert machine.refusal() == (
        "The demo county could not be loaded (NameError: name 'Nobody' is not defined): "
        f"all of it is in {machine.data_dir}/log/prepare.log."
    )
