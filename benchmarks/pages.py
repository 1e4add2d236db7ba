"""The pages at a million cases, against the floor and against a small county, in one run.

    python -m benchmarks.pages [--cases 1000000] [--small 1000] [--pairs 300]

Loads two counties into databases of its own, serves each from one worker of the product's own web server, and asks
for pages in turn, request by request. Prints ratios with their 95% intervals and statement counts. Exit code 1 where a
goal is missed. Goals: docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.paired import Page, Ratio, paired
from benchmarks.scratch import ROOT, scratch_servers
from prevent_cases.local.servers import LocalServers

LARGE_PORT, SMALL_PORT = 18_101, 18_102
SECONDS_OF_LOAD = 5


@dataclass(frozen=True)
class Goal:
    """A figure and where it must lie."""

    says: str
    figure: float
    most: float | None = None
    least: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.most is None or self.figure <= self.most) and (self.least is None or self.figure >= self.least)

    def __str__(self) -> str:
        bound = f"at most {self.most}" if self.most is not None else f"at least {self.least}"
        return f"{'met' if self.is_met else 'MISSED'}: {self.says}: {self.figure:.2f} ({bound})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--pairs", type=int, default=300)
    asked = parser.parse_args()
    goals: list[Goal] = []
    with scratch_servers("small") as servers, ExitStack() as running:
        for database, cases in (("prevent", asked.cases), ("small", asked.small)):
            _manage(servers, database, "load_demo", f"--cases={cases}", "--register=20000")
        large = _sessions(servers, "prevent")
        small = _sessions(servers, "small")
        running.enter_context(_serving(servers, "prevent", LARGE_PORT))
        running.enter_context(_serving(servers, "small", SMALL_PORT))
        goals += _statements(servers, large, small)
        goals += _inbox(large, small, asked.pairs)
        goals += _worst_person(large, asked.pairs)
        goals += _case_page(large, asked.pairs)
        _my_work(large, asked.pairs)
        goals += _throughput(large)
    print()
    for goal in goals:
        print(goal)
    return 0 if all(goal.is_met for goal in goals) else 1


def _inbox(large: dict[str, str], small: dict[str, str], pairs: int) -> list[Goal]:
    at_large = Page("inbox at the large county", LARGE_PORT, "/referrals/?tab=open", large["officer"])
    at_small = Page("inbox at the small county", SMALL_PORT, "/referrals/?tab=open", small["officer"])
    floor = Page("floor", LARGE_PORT, "/floor/", large["officer"])
    same = _say(paired(floor, Page("floor again", LARGE_PORT, "/floor/", large["officer"]), pairs))
    flat = _say(paired(at_large, at_small, pairs))
    above = _say(paired(at_large, floor, pairs))
    return [
        Goal("control: the same page twice differs by", abs(same.ratio - 1), most=0.10),
        Goal("1: inbox, large county against small", flat.ratio, most=1.20),
        Goal("1: inbox, large against small, 95th percentile", flat.p95, most=1.30),
        Goal("2: inbox, large county against the floor", above.ratio, most=1.15),
    ]


def _statements(servers: LocalServers, large: dict[str, str], small: dict[str, str]) -> list[Goal]:
    """Statements of each page in both counties, their line in the access log apart."""
    counts = []
    for database, people in (("prevent", large), ("small", small)):
        words = [sys.executable, "-m", "benchmarks.statements", people["officer"], people["long case"]]
        out = subprocess.run(
            words, cwd=ROOT, env=_environment(servers, database), check=True, capture_output=True, text=True
        )
        counts.append(dict(line.split("\t") for line in out.stdout.splitlines() if "\t" in line))
    for page, count in counts[0].items():
        print(f"{page}: {count} statements at the large county, {counts[1][page]} at the small")
    apart = sum(count != counts[1][page] for page, count in counts[0].items())
    return [
        Goal("6: the most statements of a page", max(map(int, counts[0].values())), most=6),
        Goal("6: pages whose number of statements differs between the counties", apart, most=0),
    ]


def _my_work(large: dict[str, str], pairs: int) -> None:
    """Beside the goals: my work of those who have most, against the inbox of the typical person."""
    typical = Page("inbox of the typical person", LARGE_PORT, "/referrals/?tab=open", large["typical"])
    for who in ("officer", "every team"):
        _say(paired(Page(f"my work of “{who}”", LARGE_PORT, "/work/", large[who]), typical, pairs // 2))


def _worst_person(large: dict[str, str], pairs: int) -> list[Goal]:
    typical = Page("typical person", LARGE_PORT, "/referrals/?tab=open", large["typical"])
    goals = []
    for who in ("rarest", "every team", "nothing", "others' work", "children"):
        page = Page(who, LARGE_PORT, "/referrals/?tab=open", large[who])
        ratio = _say(paired(page, typical, pairs // 2)).ratio
        goals.append(Goal(f"3: inbox of “{who}” against the typical person", ratio, most=1.30))
    return goals


def _case_page(large: dict[str, str], pairs: int) -> list[Goal]:
    long, short = large["long case"], large["short case"]
    goals = []
    for name, path in (("case page", "/cases/{}/"), ("history", "/cases/{}/history/")):
        one = Page(f"{name} of 1,000 events", LARGE_PORT, path.format(long), large["officer"])
        other = Page(f"{name} of 10 events", LARGE_PORT, path.format(short), large["officer"])
        goals.append(Goal(f"{name}, 1,000 events against 10", _say(paired(one, other, pairs)).ratio, most=1.30))
    return goals


def _throughput(large: dict[str, str]) -> list[Goal]:
    rounds = []
    for _ in range(5):
        inbox = _requests_a_second(Page("inbox", LARGE_PORT, "/referrals/?tab=open", large["officer"]))
        floor = _requests_a_second(Page("floor", LARGE_PORT, "/floor/", large["officer"]))
        rounds.append(inbox / floor)
        print(f"requests a second over 4 connections: inbox {inbox:.0f}, floor {floor:.0f}")
    return [Goal("12: inbox's throughput against the floor's", sorted(rounds)[2], least=0.9)]


def _requests_a_second(page: Page) -> float:
    counts = [0] * 4
    until = time.monotonic() + SECONDS_OF_LOAD

    def ask(place: int) -> None:
        connection = page.connect()
        while time.monotonic() < until:
            page.fetch(connection)
            counts[place] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS_OF_LOAD


def _say(ratio: Ratio) -> Ratio:
    print(ratio, flush=True)
    return ratio


def _environment(servers: LocalServers, database: str, port: int = 0) -> dict[str, str]:
    return {
        **os.environ,
        "MODE": "demo",
        "DATABASE_URL": servers.url(role="prevent_app", database=database),
        "DATABASE_OWNER_URL": servers.url(role="prevent_owner", database=database),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "STATIC_ROOT": str(Path(os.environ["DATA_DIR"]) / "static"),
    }


def _manage(servers: LocalServers, database: str, *words: str) -> None:
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=_environment(servers, database), check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    print(f"{' '.join(words)}: {time.monotonic() - began:.0f} s", flush=True)


def _sessions(servers: LocalServers, database: str) -> dict[str, str]:
    """Session cookies of the people who ask, and the ids of the long and the short case."""
    out = subprocess.run(
        [sys.executable, "-m", "benchmarks.people"], cwd=ROOT, env=_environment(servers, database), check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return dict(line.split("\t") for line in out.stdout.splitlines() if "\t" in line)


@contextmanager
def _serving(servers: LocalServers, database: str, port: int) -> Iterator[None]:
    environment = _environment(servers, database, port)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=environment, check=True
    )
    command = [sys.executable, "-m", "gunicorn", "--config", "python:prevent_cases.gunicorn", "--max-requests", "0"]
    server = subprocess.Popen([*command, "prevent_cases.wsgi:application"], cwd=ROOT, env=environment)
    try:
        _wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"Nothing answered on port {port}")


if __name__ == "__main__":
    sys.exit(main())
