"""Every measurement in one run: ``make bench``. Writes docs/performance.md with what was printed.

    python -m benchmarks [--quick]

``--quick`` is a tenth of the size, to see that everything runs; it writes nothing.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scratch import ROOT, scratch_servers

DOCUMENT = ROOT / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench` on {day}, on {machine}. Each figure is a ratio of two things measured in turn in one run;
milliseconds are of that machine on that day. Client, web server and PostgreSQL shared its cores.

"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rows = 100_000 if quick else 1_000_000
    missed, written = 0, [HEAD.format(day=f"{datetime.now(UTC):%-d %B %Y}", machine=_machine())]
    with scratch_servers() as servers:
        search = ["benchmarks.person_match", f"--url={servers.owner_url}", f"--rows={rows}"]
        missed += _run("Who is this person", search, written)
    sweep = ["benchmarks.sweep", f"--runs={rows}", f"--due={rows // 50}"]
    missed += _run("The sweep of deadlines", sweep, written)
    pages = ["benchmarks.pages", f"--cases={rows}", "--pairs=100" if quick else "--pairs=300"]
    missed += _run("Pages", pages, written)
    memory = ["benchmarks.memory", "--minutes=1" if quick else "--minutes=10"]
    missed += _run("Memory", memory, written)
    if not quick:
        DOCUMENT.write_text("".join(written))
        print(f"\nWritten to {DOCUMENT.relative_to(ROOT)}")
    return 1 if missed else 0


def _run(title: str, words: list[str], written: list[str]) -> int:
    print(f"\n== {title}", flush=True)
    said: list[str] = []
    with subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    written.append(f"## {title}\n\n```\n{''.join(said).strip()}\n```\n\n")
    return int(running.returncode != 0)


def _machine() -> str:
    cores = sum(line.startswith("processor") for line in Path("/proc/cpuinfo").read_text().splitlines())
    return f"{cores} cores, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
