"""The memory of web, worker and beat under load, minute by minute.

    python -m benchmarks.memory [--minutes 10]

Starts the product as ``make run`` does, with one web worker, asks for pages without pause while the worker and the beat
do their rounds, and prints the resident memory of each every minute. Exit code 1 where any of them ends more than a
tenth above what it was after the first minute.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

from benchmarks.scratch import ROOT

PORT = 18_103
PASSWORD = "safe-harbour-demo-2026"  # noqa: S105 -- printed by the demo itself
GROWTH = 1.10
PAGES = ("/referrals/?tab=open", "/referrals/?tab=waiting", "/work/", "/account/")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=int, default=10)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory(prefix="prevent-cases-memory-") as directory:
        environment = {**os.environ, "PORT": str(PORT), "DATA_DIR": directory, "WEB_CONCURRENCY": "1"}
        product = subprocess.Popen(
            [sys.executable, "-m", "prevent_cases.local", "run"],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            cookie = _sign_in()
            return _watch(product.pid, cookie, minutes)
        finally:
            product.send_signal(signal.SIGINT)
            product.wait(60)


def _watch(root: int, cookie: str, minutes: int) -> int:
    until = time.monotonic() + minutes * 60
    asked = [0]

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while time.monotonic() < until:
            connection.request("GET", PAGES[asked[0] % len(PAGES)], headers={"Cookie": cookie})
            connection.getresponse().read()
            asked[0] += 1

    loads = [threading.Thread(target=ask, daemon=True) for _ in range(2)]
    for load in loads:
        load.start()
    readings = []
    for minute in range(1, minutes + 1):
        time.sleep(60)
        readings.append(_memory(root))
        print(
            f"minute {minute}: " + ", ".join(f"{name} {size:.0f} MB" for name, size in readings[-1].items()), flush=True
        )
    print(f"{asked[0]} pages asked for")
    first, last = readings[0], readings[-1]
    grew = [name for name in last if last[name] > first.get(name, last[name]) * GROWTH]
    print("flat" if not grew else f"MISSED: grew by more than a tenth: {', '.join(grew)}")
    return int(bool(grew))


def _memory(root: int) -> dict[str, float]:
    """Proportional memory in MB of each kind of process below ``root``."""
    sizes: dict[str, float] = {}
    for pid in _below(root):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        line = " ".join(words)
        name = "web" if "gunicorn" in line else "beat" if " beat" in line else "worker" if " worker" in line else ""
        if name:
            sizes[name] = sizes.get(name, 0.0) + int(re.search(r"Pss:\s+(\d+)", rollup)[1]) / 1024
    return dict(sorted(sizes.items()))


def _below(root: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, fresh = [], [root]
    while fresh:
        fresh = [pid for pid, parent in parents.items() if parent in fresh]
        found += fresh
    return found


def _sign_in() -> str:
    """Sign in as the demo's SSU officer, once the service answers. Returns the Cookie header."""
    for _ in range(600):
        time.sleep(1)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            connection.request("GET", "/sign-in/")
            answer = connection.getresponse()
            page = answer.read().decode()
        except OSError:
            continue
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        cookie = answer.getheader("Set-Cookie").partition(";")[0]
        form = {"login": "ssu@demo.example", "password": PASSWORD, "csrfmiddlewaretoken": token}
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in/", urllib.parse.urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
        return "; ".join(cookies)
    raise RuntimeError("The service did not answer within ten minutes")


if __name__ == "__main__":
    sys.exit(main())
