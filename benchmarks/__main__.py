"""Every measurement, or some of them: ``make bench``. Writes what was printed into docs/performance.md.

    python -m benchmarks [match sweep pages confirm memory] [--quick]

Without names, all of them, about a quarter of an hour and ten minutes of load for the memory. ``--quick`` is a tenth of
the size, to see that everything runs; it writes nothing.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scratch import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench`. Each goal is a ratio of two things measured in turn in one run; milliseconds are those of that
machine on that day. The client, the web server and PostgreSQL shared its cores. Numbers before a goal are those of the
list the goals were set in: 1 to 3 the inbox, 6 statements, 7 and 8 the sweep, 9 the person match, 12 throughput.
"""
TITLES = {
    "match": "Who is this person",
    "sweep": "The sweep of deadlines",
    "pages": "Pages",
    "confirm": "Sending a referral",
    "memory": "Memory",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "names",
        nargs="*",
        choices=[*TITLES, []],
        metavar="match|sweep|pages|confirm|memory",
        help="which; all of them without a name",
    )
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    rows = 100_000 if asked.quick else 1_000_000
    commands = {
        "match": ["benchmarks.person_match", f"--rows={rows}"],
        "sweep": ["benchmarks.sweep", f"--runs={rows}", f"--due={rows // 50}"],
        "pages": ["benchmarks.pages", f"--cases={rows}", "--pairs=100" if asked.quick else "--pairs=300"],
        "confirm": ["benchmarks.confirm", f"--cases={rows}"],
        "memory": ["benchmarks.memory", "--minutes=1" if asked.quick else "--minutes=10"],
    }
    missed = 0
    for name in asked.names or TITLES:
        code, said = _run(TITLES[name], commands[name])
        missed += code
        if not asked.quick:
            _write(TITLES[name], said)
    return 1 if missed else 0


def _run(title: str, words: list[str]) -> tuple[int, str]:
    print(f"\n== {title}", flush=True)
    said: list[str] = []
    with subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    return int(running.returncode != 0), "".join(said).strip()


def _write(title: str, said: str) -> None:
    """Put a section into the document in place of the one that was there."""
    kept = DOCUMENT.read_text() if DOCUMENT.exists() else HEAD
    kept = re.sub(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", "", kept, flags=re.DOTALL).rstrip()
    goals = "\n".join(_row(line) for line in said.splitlines() if line.strip().startswith(("met", "MISSED")))
    table = f"| Goal, measured, bound | |\n|---|---|\n{goals}\n\n" if goals else ""
    when = f"{datetime.now(UTC):%-d %B %Y}, {_machine()}"
    DOCUMENT.write_text(f"{kept}\n\n## {title}\n\nMeasured on {when}.\n\n{table}```\n{said}\n```\n")


def _row(line: str) -> str:
    """A line such as ``met: 1: inbox …: 1.02 (at most 1.2)`` as a row of a table."""
    verdict, said = re.split(r":?\s+", line.strip(), maxsplit=1)
    return f"| {said} | {verdict} |"


def _machine() -> str:
    cores = sum(line.startswith("processor") for line in Path("/proc/cpuinfo").read_text().splitlines())
    return f"{cores} cores, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
