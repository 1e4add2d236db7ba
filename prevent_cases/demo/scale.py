"""Make the county as large as asked for, in minutes: rows in bulk, as the tables' owner, checked by every constraint.

Bulk cases have no files, narrative or history rows: those of the tales do.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from prevent_cases.casework.procedure import published
from prevent_cases.casework.references import drawn_from, new_reference
from prevent_cases.demo import places, scale_people, scale_sql, scale_tables
from prevent_cases.demo.bare_tables import bare
from prevent_cases.demo.copying import line
from prevent_cases.demo.in_processes import shared_out
from prevent_cases.demo.refusals import NotHere
from prevent_cases.demo.register import batch_of, copy, texts, workers_by_locality
from prevent_cases.demo.scale_plan import (
    SHARE_ASSIGNED,
    SHARE_LIMITED,
    SHARE_OPEN,
    SHARE_OVERDUE,
    SHARE_REPEAT,
    YEARS_BACK,
)
from prevent_cases.demo.starting_over import OWNER
from prevent_cases.demo.walk import World

FILLED = (
    "casework_case", "casework_event", "casework_clockrun", "casework_clockentry", "casework_dueaction",
    "casework_casegroupobjectpermission", "referrals_referral", "referrals_person", "referrals_personkey",
    "referrals_registerentry", "referrals_registerkey",
)  # fmt: skip
CHUNK = 10_000
LONG, SHORT = 1_000, 10
OFFICERS = ("ssu", "ssu", "otto", "priya", "ssu-lead")
"""Who the SSU's cases are with; the demo's officer has twice as many as the others."""
WORKING_DAYS_A_YEAR = 250
"""A few less than there are, so that every day asked for is in the table of days."""


@dataclass
class Growth:
    """One growing: the world, how many cases and register entries more, and where it is told how it goes."""

    world: World
    cases: int
    register_first: int
    register_last: int
    seed: int
    say: Callable[[str], Any]
    tables: dict[str, str]
    workers: dict[str, tuple[tuple[str, str], ...]]
    began: float = 0.0

    def done(self, what: str) -> None:
        now = time.monotonic()
        self.say(f"  {now - self.began:6.1f} s  {what}")
        self.began = now


def grow(world: World, *, cases: int, register: int, seed: int, say: Callable[[str], Any]) -> None:
    """Bring the county up to ``cases`` cases and ``register`` entries.

    :raises NotHere: without the owner's address
    """
    if OWNER not in connections:
        raise NotHere("A county of this size is made as the database's owner: set DATABASE_OWNER_URL.")
    cursor = connections[OWNER].cursor
    tables, workers = scale_tables.texts(world), workers_by_locality(world.county)
    with transaction.atomic(using=OWNER), cursor() as at_work:
        at_work.execute("SELECT (SELECT count(*) FROM casework_case), (SELECT count(*) FROM referrals_registerentry)")
        held_cases, held_entries = at_work.fetchone()
        growth = Growth(
            world, max(cases - held_cases, 0), held_entries, max(register, held_entries), seed, say, tables, workers
        )
        growth.began = time.monotonic()
        with bare(at_work, FILLED):
            growth.done("keys and indexes set aside")
            _fill(at_work, growth)
        growth.done("keys and indexes put back, every row checked")
    with cursor() as at_work:
        for table in FILLED:
            at_work.execute(f"VACUUM (ANALYZE) {table}")
    growth.done("vacuumed and analysed")


def _fill(cursor: CursorWrapper, growth: Growth) -> None:
    if growth.register_last > growth.register_first:
        batch = batch_of(growth.world, growth.workers, growth.register_first, growth.register_last, growth.seed, OWNER)
        for both in texts(growth.register_first, growth.register_last, batch):
            copy(both, OWNER)
        growth.done(f"{growth.register_last - growth.register_first:,} register entries with their keys")
    if not growth.cases:
        return
    people = max(int(growth.cases * (1 - SHARE_REPEAT)), 1)
    _people(cursor, growth, people)
    growth.done(f"{people:,} people with their keys")
    given = _given(growth, people)
    cursor.execute(scale_sql.TABLES)
    for table, text in growth.tables.items():
        cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(text))
    cursor.execute(scale_sql.CASES, given)
    _references(cursor, growth)
    cursor.execute("ANALYZE demo_case; ANALYZE demo_run; ANALYZE demo_action; ANALYZE demo_day")
    growth.done(f"{growth.cases:,} cases worked out")
    cursor.execute(scale_sql.RUNS, given)
    growth.done("clocks and the work due on them")
    cursor.execute(scale_sql.SPINE, given)
    cursor.execute(scale_sql.REFERRALS, given)
    growth.done("cases and referrals")
    cursor.execute(scale_sql.EVENTS, given)
    growth.done("events")
    _long_and_short(cursor, growth)


def _given(growth: Growth, people: int) -> dict[str, Any]:
    county, office = growth.world.county, growth.world.office
    procedure = published(growth.world.procedure)
    return {
        "seed": str(growth.seed), "count": growth.cases, "people": people, "at": office.loaded_at,
        "procedure": procedure.key, "form": procedure.form_version, "calendar": office.calendar.version,
        "ssu": county.teams[places.SSU].pk, "children": county.teams[places.CHILDREN].pk,
        "officers": [county.people[key].pk for key in OFFICERS],
        "policing": county.teams[places.POLICING].pk, "liaison": county.people["liaison"].pk,
        "open": SHARE_OPEN, "overdue": SHARE_OVERDUE, "limited": SHARE_LIMITED, "assigned": SHARE_ASSIGNED,
        "back": YEARS_BACK * WORKING_DAYS_A_YEAR - 80,
    }  # fmt: skip


def _people(cursor: CursorWrapper, growth: Growth, count: int) -> None:
    added_at = (growth.world.office.loaded_at - timedelta(days=1)).isoformat()
    jobs = [
        (first, min(first + CHUNK - 1, count), growth.seed, growth.register_last, added_at)
        for first in range(1, count + 1, CHUNK)
    ]
    found: Iterable[tuple[str, str]] = (
        shared_out(scale_people.texts, jobs) if len(jobs) > 3 else (scale_people.texts(*job) for job in jobs)
    )
    for people, keys in found:
        cursor.copy_expert(f"COPY referrals_person ({', '.join(scale_people.COLUMNS)}) FROM STDIN", io.StringIO(people))
        cursor.copy_expert(
            f"COPY referrals_personkey ({', '.join(scale_people.KEY_COLUMNS)}) FROM STDIN", io.StringIO(keys)
        )


def _references(cursor: CursorWrapper, growth: Growth) -> None:
    """References as the product makes them, each once, none that is in use."""
    cursor.execute("SELECT reference FROM casework_case")
    taken = {reference for (reference,) in cursor.fetchall()}
    fresh: list[str] = []
    with drawn_from(Random(growth.seed + 1)):  # noqa: S311 - repeatable on purpose
        while len(fresh) < growth.cases:
            reference = new_reference()
            if reference not in taken:
                taken.add(reference)
                fresh.append(reference)
    cursor.execute("CREATE TEMP TABLE demo_reference (n bigint, reference text) ON COMMIT DROP")
    text = "".join(line((n, reference)) for n, reference in enumerate(fresh, start=1))
    cursor.copy_expert("COPY demo_reference FROM STDIN", io.StringIO(text))


def _long_and_short(cursor: CursorWrapper, growth: Growth) -> None:
    """One case with a thousand events and one with ten, alike in everything else; their references are said."""
    county, office = growth.world.county, growth.world.office
    cursor.execute(scale_sql.LONG_AND_SHORT, {"team": county.team_of("Ambersand").pk})
    for (n,), wanted in zip(cursor.fetchall(), (LONG, SHORT), strict=False):
        cursor.execute("SELECT events FROM demo_case WHERE n = %s", [n])
        more = wanted - cursor.fetchone()[0]
        cursor.execute(scale_sql.MORE_EVENTS, {"n": n, "more": more, "at": office.loaded_at})
        growth.say(f"  {cursor.fetchone()[0]} has {wanted:,} events.")
