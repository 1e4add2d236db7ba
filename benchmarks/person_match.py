"""Person match against trigram and substring search, on invented people, in one run.

    python -m benchmarks.person_match [--rows 1000000] [--each 40] [--url postgresql://owner@/database]

Starts a database of its own, or makes a schema in the one named and drops it at the end (unless --keep). Prints
recall in the first ten, the times of all three searches and their ratios. Exit code 1 where a goal is missed.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import dj_database_url
import django
from django.conf import settings
from django.db import connection

from benchmarks.invented_people import invent
from benchmarks.person_slips import HARD, SINGLE, Asked, Slip
from benchmarks.person_tables import PEOPLE, SCHEMA, drop, load, sizes
from prevent_cases.local.servers import local_servers
from referrals.matching.candidates import find
from referrals.matching.facts import PersonFacts
from referrals.matching.names import plain

SMALL = 10_000
RECALL_GOALS = {"SINGLE": 0.99, "HARD": 0.93}
P95_OF_TRIGRAM, P50_OF_SUBSTRING, GROWTH = 1 / 10, 1 / 200, 4.0
SUBSTRING_QUERIES = 12
TRIGRAM = """
SELECT id FROM bench_person WHERE match_name %% %s
ORDER BY similarity(match_name, %s) + CASE WHEN born_on = %s THEN 0.4 ELSE 0 END DESC LIMIT 10
"""
EACH_WORD = "(given_name ILIKE %s OR family_name ILIKE %s OR other_names ILIKE %s)"


@dataclass
class Figures:
    """What one group of queries gave: found or not by kind of slip, and times in milliseconds."""

    found: dict[str, list[bool]] = field(default_factory=dict)
    found_by_trigram: list[bool] = field(default_factory=list)
    match: list[float] = field(default_factory=list)
    trigram: list[float] = field(default_factory=list)


def by_match(asked: Asked) -> list[int]:
    """The product's own search, reasons included."""
    facts = PersonFacts(asked.given, asked.family, (), asked.born_on, asked.postcode)
    return [candidate.id for candidate in find(PEOPLE, facts)]


def by_trigram(asked: Asked) -> list[int]:
    """The search to beat: pg_trgm over the name, the birth date raising the rank."""
    name = plain(f"{asked.given} {asked.family}")
    return _ids(TRIGRAM, [name, name, asked.born_on])


def by_substring(asked: Asked) -> list[int]:
    """What Django's admin runs: two counts and a page, each word anywhere in any name."""
    words = f"{asked.given} {asked.family}".split()
    where = " AND ".join([EACH_WORD] * len(words))
    values = [f"%{word}%" for word in words for _ in range(3)]
    _ids(f"SELECT count(*) FROM bench_person WHERE {where}", values)
    _ids("SELECT count(*) FROM bench_person", [])
    return _ids(f"SELECT id FROM bench_person WHERE {where} ORDER BY id DESC LIMIT 25", values)


def _ids(statement: str, values: Sequence[object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def timed(search: Callable[[Asked], list[int]], asked: Asked, times: list[float]) -> list[int]:
    """Run one search, its time added to `times`."""
    began = time.perf_counter()
    found = search(asked)
    times.append((time.perf_counter() - began) * 1000)
    return found


def queries(slips: dict[str, Slip], rows: int, each: int, seed: int) -> Iterator[tuple[str, int, Asked]]:
    """`each` queries of every kind about people drawn at random, kinds mixed."""
    source = random.Random(seed)
    found = []
    for kind, slip in slips.items():
        wanted = each
        while wanted:
            person = next(invent([source.randrange(1, rows + 1)]))
            asked = slip(source, person) if person.born_on else None
            if asked:
                found.append((kind, person.number, asked))
                wanted -= 1
    source.shuffle(found)
    yield from found


def measure(slips: dict[str, Slip], rows: int, each: int, seed: int, trigram_every: int) -> Figures:
    """Ask both searches in turn; the trigram search, far slower, at every n-th query."""
    figures = Figures()
    for at, (kind, number, asked) in enumerate(queries(slips, rows, each, seed)):
        figures.found.setdefault(kind, []).append(number in timed(by_match, asked, figures.match))
        if at % trigram_every == 0:
            figures.found_by_trigram.append(number in timed(by_trigram, asked, figures.trigram))
    return figures


def measure_absent(rows: int, count: int) -> Figures:
    """Ask for people who are not there, a quarter without a birth date: only the time matters."""
    figures = Figures()
    for at, person in enumerate(invent(range(rows + 1, rows + 1 + count))):
        asked = Asked(person.given, person.family, person.born_on if at % 4 else None)
        timed(by_match, asked, figures.match)
        timed(by_trigram, asked, figures.trigram)
    return figures


def p50(times: Sequence[float]) -> float:
    """The middle of the times, in milliseconds."""
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    """The time within which 95 of a hundred ended, in milliseconds."""
    return statistics.quantiles(times, n=20)[-1]


def report(name: str, figures: Figures) -> float:
    """Print one group; returns its recall."""
    hits = [hit for each in figures.found.values() for hit in each]
    recall = statistics.fmean(hits)
    print(
        f"\n{name}: recall in the first ten {recall:.3f} of {len(hits)}; "
        f"trigram {statistics.fmean(figures.found_by_trigram):.3f} of {len(figures.found_by_trigram)}"
    )
    for kind, found in sorted(figures.found.items()):
        print(f"  {statistics.fmean(found):.2f}  {kind}")
    report_times(figures)
    return recall


def report_times(figures: Figures) -> None:
    """Print both searches' times."""
    for label, times in (("match", figures.match), ("trigram", figures.trigram)):
        print(f"  {label:8} p50 {p50(times):7.2f} ms   p95 {p95(times):7.2f} ms")


def small_register(each: int, seed: int) -> float:
    """The middle time in a register of ten thousand."""
    load(SMALL)
    measure(SINGLE, SMALL, 2, seed + 1, 3)
    return p50([one for slips in (SINGLE, HARD) for one in measure(slips, SMALL, each, seed, 50).match])


def run(rows: int, each: int, seed: int, *, reuse: bool, trigram_every: int) -> bool:
    """Load, warm, measure and print; true where every goal is met."""
    small = 0.0
    if not reuse:
        small = small_register(each, seed)
        began = time.perf_counter()
        load(rows)
        print(f"{rows:,} people loaded and indexed in {time.perf_counter() - began:.0f} s: {sizes()}")
    measure(SINGLE, rows, 2, seed + 1, 3)
    measured = {
        name: measure(slips, rows, each, seed, trigram_every) for name, slips in (("SINGLE", SINGLE), ("HARD", HARD))
    }
    recalls = {name: report(name, figures) for name, figures in measured.items()}
    print("\nNot in the register at all (not counted in the ratios)")
    report_times(measure_absent(rows, each * 4))
    match = [one for figures in measured.values() for one in figures.match]
    trigram = [one for figures in measured.values() for one in figures.trigram]
    substring: list[float] = []
    for _, _, asked in list(queries(SINGLE, rows, 1, seed + 2))[:SUBSTRING_QUERIES]:
        timed(by_substring, asked, substring)
    goals = {f"recall, {name}": (recalls[name], recalls[name] >= goal, goal) for name, goal in RECALL_GOALS.items()}
    ratio, share = p95(match) / p95(trigram), p50(match) / p50(substring)
    goals["p95 of the match / p95 of trigram search"] = (ratio, ratio <= P95_OF_TRIGRAM, P95_OF_TRIGRAM)
    goals["p50 of the match / p50 of substring search"] = (share, share <= P50_OF_SUBSTRING, P50_OF_SUBSTRING)
    if small:
        goals[f"p50 / p50 with {SMALL:,} people"] = (p50(match) / small, p50(match) / small <= GROWTH, GROWTH)
    print(f"\nAll: match p50 {p50(match):.2f} ms, p95 {p95(match):.2f} ms ({SMALL:,} people: p50 {small:.2f} ms);")
    print(f"trigram p50 {p50(trigram):.1f} ms, p95 {p95(trigram):.1f} ms; substring p50 {p50(substring):.0f} ms")
    for name, (figure, is_met, goal) in goals.items():
        print(f"  {'met   ' if is_met else 'MISSED'} 9: {name}: {figure:.4f} (goal {goal:g})")
    return all(is_met for _, is_met, _ in goals.values())


def main() -> int:
    """Parse the command line, run, clean up."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--url", help="an owner's database URL; without it, a database of its own")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--each", type=int, default=40, help="queries of each kind of slip")
    options.add_argument("--seed", type=int, default=20)
    options.add_argument("--trigram-every", type=int, default=5)
    options.add_argument("--keep", action="store_true", help="leave the schema for --reuse")
    options.add_argument("--reuse", action="store_true", help="measure what --keep left")
    chosen = options.parse_args()
    with ExitStack() as running:
        connect(chosen.url or own_database(running))
        running.callback(connection.close)
        if not chosen.keep:
            running.callback(drop)
        met = run(chosen.rows, chosen.each, chosen.seed, reuse=chosen.reuse, trigram_every=chosen.trigram_every)
    return 0 if met else 1


def own_database(running: ExitStack) -> str:
    """Start a PostgreSQL that is thrown away when `running` closes; its address."""
    directory = running.enter_context(tempfile.TemporaryDirectory(prefix="prevent-cases-bench-"))
    return running.enter_context(local_servers(directory)).superuser_url


def connect(url: str) -> None:
    """Point Django at the benchmark's schema; no other setting is needed."""
    database = dj_database_url.parse(url)
    database["OPTIONS"] = database.get("OPTIONS", {}) | {"options": f"-c search_path={SCHEMA},public"}
    settings.configure(DATABASES={"default": database}, USE_TZ=True)
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
