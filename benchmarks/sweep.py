"""The sweep of deadlines against the least that any sweep could do, in one run.

    python -m benchmarks.sweep [--runs 1000000] [--due 20000] [--rounds 7]

Starts a database of its own, fills it, and prints ratios: a sweep with everything it writes against the bare
UPDATE … RETURNING with the same event rows; and an idle sweep at a million clocks against a thousand, and against one
indexed SELECT. Goals: at most 2, 1.5 and 10. A loop of saves is timed beside them. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import dj_database_url
from django.db import connections, transaction
from django.db.utils import load_backend

from benchmarks.scratch import as_superuser, scratch_servers
from benchmarks.sweep_rows import filling

START = datetime.fromisoformat("2026-06-01T09:00+01:00")
SMALL = 1_000
LOOPED = 1_000
WITHIN = timedelta(seconds=30)

UPDATE = """
UPDATE casework_dueaction SET fired_at = %(at)s
 WHERE fired_at IS NULL AND is_live AND fire_at <= %(at)s
RETURNING id, run_id, case_id, clock, kind, rung, fire_at
"""
SAME_EVENTS = f"""
WITH fired AS ({UPDATE})
INSERT INTO casework_event (case_id, subject, kind, old, new, at, facts)
SELECT fired.case_id, run.subject, 'clock.' || lower(fired.kind), '', '', fired.fire_at,
       jsonb_build_object('clock', fired.clock, 'due_on', (run.due_at AT TIME ZONE 'Europe/London')::date,
                          'rung', fired.rung)
  FROM fired JOIN casework_clockrun run ON run.id = fired.run_id ORDER BY fired.fire_at, fired.id
"""
ONE_INDEXED_SELECT = """
SELECT id FROM casework_dueaction WHERE fired_at IS NULL AND is_live AND fire_at <= %(at)s ORDER BY fire_at LIMIT 1
"""


@dataclass(frozen=True)
class Goal:
    """A ratio and the most it may be."""

    says: str
    ratio: float
    most: float

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.most

    def __str__(self) -> str:
        return f"{'met   ' if self.is_met else 'MISSED'}  {self.ratio:6.2f}  (at most {self.most:g})  {self.says}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    batches = asked.rounds * 3 + 2
    with scratch_servers("small") as servers:
        began = time.perf_counter()
        as_superuser(servers, "small", *filling(runs=SMALL, each=0, batches=0))
        as_superuser(servers, "prevent", *filling(runs=asked.runs, each=asked.due, batches=batches))
        seconds = time.perf_counter() - began
        print(f"{asked.runs:,} running clocks, about {asked.due:,} due a round: made in {seconds:.0f} s")
        goals = busy(asked.rounds) + idle(servers.url(role="prevent_app", database="small"))
        connections.close_all()
    for goal in goals:
        print(goal)
    return 0 if all(goal.is_met for goal in goals) else 1


def busy(rounds: int) -> list[Goal]:
    """Each way in turn, every round on rows of its own; the order changes from round to round. Times are per row."""
    ways: dict[str, Callable[[datetime], int]] = {"sweep": sweep, "same events": same_events, "update": update}
    took: dict[str, list[float]] = {name: [] for name in ways}
    batch = 0
    sweep(START + WITHIN)  # the first batch warms everything up
    for turn in range(rounds):
        names = list(ways)[turn % 3 :] + list(ways)[: turn % 3]
        for name in names:
            batch += 1
            seconds, rows = timed(ways[name], START + timedelta(minutes=batch) + WITHIN)
            took[name].append(seconds / rows)
    seconds, rows = timed(save_one_by_one, START + timedelta(minutes=batch + 1) + WITHIN)
    pairs = [mine / least for mine, least in zip(took["sweep"], took["same events"], strict=True)]
    each = {name: statistics.median(times) for name, times in took.items()} | {"saves": seconds / rows}
    for name, time_of_one in each.items():
        print(f"{name:12} {time_of_one * 1e6:8.1f} µs a row, {time_of_one * 20_000:7.2f} s for 20,000")
    return [
        Goal(
            "7: sweep with events and notices / UPDATE … RETURNING with the same events",
            statistics.median(pairs),
            most=2,
        ),
    ]


def sweep(at: datetime) -> int:
    from prevent_cases.casework.sweep import sweep_clocks

    return sweep_clocks(at=at).total()


def same_events(at: datetime) -> int:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(SAME_EVENTS, {"at": at})
        return cursor.rowcount


def update(at: datetime) -> int:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(UPDATE, {"at": at})
        return len(cursor.fetchall())


def save_one_by_one(at: datetime) -> int:
    """A transaction for each of the first rows: the row saved, its event and its notice written."""
    from prevent_cases.casework import outbox
    from prevent_cases.casework.models import DueAction, Event

    rows = DueAction.objects.filter(fired_at=None, is_live=True, fire_at__lte=at).select_related("run", "case", "team")
    rows = rows.order_by("fire_at")[:LOOPED]
    for row in rows:
        with transaction.atomic():
            row.fired_at = at
            row.save()
            facts = {"clock": row.clock, "due_on": row.run.due_at.date().isoformat(), "rung": row.rung}
            Event.objects.create(case=row.case, subject=row.run.subject, kind="clock.late", at=row.fire_at, facts=facts)
            outbox.write(key=f"loop:{row.pk}", kind="clock.late", case=row.case, to=row.team, at=at)
    return len(rows)


def idle(small: str, calls: int = 300) -> list[Goal]:
    """Nothing is due: the large database, the small one and one indexed SELECT, call by call in turn."""
    large = connections["default"]
    settings = {**large.settings_dict, "NAME": dj_database_url.parse(small)["NAME"]}
    little = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    nothing = START - timedelta(days=365)
    took: dict[str, list[float]] = {"large": [], "small": [], "select": []}
    for _ in range(calls):
        for name, connection in (("large", large), ("small", little)):
            connections["default"] = connection
            took[name].append(timed(sweep, nothing)[0])
        connections["default"] = large
        took["select"].append(timed(select, nothing)[0])
    little.close()
    each = {name: statistics.median(times) for name, times in took.items()}
    print("idle         " + ", ".join(f"{name} {each[name] * 1e3:.3f} ms" for name in each))
    return [
        Goal("8: idle sweep, all these clocks / a thousand", each["large"] / each["small"], most=1.5),
        Goal("8: idle sweep / one indexed SELECT", each["large"] / each["select"], most=10),
    ]


def select(at: datetime) -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute(ONE_INDEXED_SELECT, {"at": at})
        return len(cursor.fetchall())


def timed(way: Callable[[datetime], int], at: datetime) -> tuple[float, int]:
    """Seconds, and the rows it was about."""
    gc.collect()
    began = time.perf_counter()
    rows = way(at)
    return time.perf_counter() - began, rows


if __name__ == "__main__":
    sys.exit(main())
