"""The commands a newcomer types."""

import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from prevent_cases.local.alive import is_alive
from tests.runtime.machine import ROOT, free_port


def test_make_alone_lists_every_command_a_person_would_type() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "lint", "bench", "docs", "format", "pins", "demo-reset"):
        assert f"make {target} " in said


def test_ci_runs_the_test_command_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make --no-print-directory test </dev/null"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_test_command_runs_every_habit() -> None:
    dry = ["make", "--dry-run", "--no-print-directory", "test"]
    steps = subprocess.run(dry, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for step in (
        "system-packages.sh browser",
        "ruff check",
        "ruff format --check",
        "djlint",
        "lint-imports",
        "mypy",
        "makemigrations --check",
        "write_docs --check",
        "dependencies.py --check",
        "audit.py",
    ):
        assert step in steps
    assert steps.strip().splitlines()[-1].endswith("-m pytest -n 2 --dist worksteal")


def test_a_program_runs_beside_throwaway_servers_and_its_end_is_theirs() -> None:
    looks = "import os, sys, psycopg2\npsycopg2.connect(os.environ['DATABASE_URL']).close()\n"
    looks += "print(os.environ['DATA_DIR'], os.environ['MODE'])\nsys.exit(7)"
    command = [sys.executable, "-m", "prevent_cases.local", "throwaway", sys.executable, "-c", looks]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    directory, mode = done.stdout.split()
    assert mode == "test"
    assert not Path(directory).exists()


@pytest.mark.parametrize(("status", "expected"), [(200, True), (503, False)])
def test_the_containers_health_check_asks_with_a_host_that_is_let_in(status: int, expected: bool) -> None:
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", free_port()), Answer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert is_alive(port=server.server_port, host_header="cases.example") is expected
    assert asked == [("/health/live", "cases.example")]


def test_a_web_server_that_is_not_there_is_not_alive() -> None:
    assert not is_alive(port=free_port(), host_header="cases.example")
