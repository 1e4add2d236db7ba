"""Loading, starting over and growing the demo: repeatable, refused elsewhere, true to what operations write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from prevent_cases.accounts.models import User
from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.kinds import ClockState
from prevent_cases.casework.models import Case, ClockRun, DueAction, Event, Notice
from prevent_cases.casework.sweep import sweep_clocks
from prevent_cases.demo import loading, scale
from prevent_cases.demo.refusals import NotHere
from prevent_cases.demo.scale_days import action_lines
from prevent_cases.demo.scale_plan import ENDED, STAGES
from prevent_cases.demo.sign_ins import SIGN_INS
from prevent_cases.demo.starting_over import empty_the_database
from prevent_cases.demo.tales import TALES
from prevent_cases.procedures.kent import KENT_2023_12
from referrals.models import Person, PersonKey, Referral, RegisterEntry, RegisterKey
from tests.factories import STATES, a_referral, county

LOADED_AT = datetime(2026, 11, 18, 10, 40, tzinfo=LONDON)
SLOW = {"sign", "nil", "match"}
OWNER_TOO = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
QUICK = tuple(tale for tale in TALES if tale.file != "pdf" and not SLOW & set(tale.steps.replace(";", "").split()))[::2]
"""Some tales in which nothing is rendered and nobody was referred before."""


def load(**asked: Any) -> Any:
    return loading.load(at=LOADED_AT, password="x", register_size=150, **{"tales": QUICK, **asked})


def picture() -> list[Any]:
    """Everything that a reader of the pages could tell one loading from another by."""
    cases = Case.objects.order_by("reference")
    return [
        list(cases.values_list("reference", "stage", "opened_at", "next_due_at", "holder_team__name", "version")),
        list(cases.values_list("assignee__email", "closed_at", "restricted_at")),
        list(Event.objects.order_by("at", "case__reference", "kind").values_list("case__reference", "kind", "at")),
        list(Referral.objects.order_by("case__reference").values_list("given_name", "born_on", "postcode")),
        list(RegisterEntry.objects.order_by("mosaic_id").values_list("mosaic_id", "family_name", "worker_name")),
        Counter(Notice.objects.values_list("kind", "sent_at")),
    ]


def test_it_is_the_same_each_time_and_another_seed_gives_another(db: None) -> None:
    pictures = []
    for seed in (loading.SEED, loading.SEED, 4):
        with transaction.atomic():
            load(seed=seed)
            pictures.append(picture())
            transaction.set_rollback(True)
    assert pictures[0] == pictures[1]
    assert pictures[0][0] != pictures[2][0]


def test_it_is_refused_in_production(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MODE", "production")
    with pytest.raises(CommandError, match="only where MODE is demo or test"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="only where MODE is demo or test"):
        call_command("load_demo", "--fresh")
    assert not User.objects.exists()


def test_production_does_not_even_know_the_commands() -> None:
    production = {
        "MODE": "production", "SECRET_KEY": "k" * 60, "BASE_URL": "https://cases.council.example",
        "ALLOWED_HOSTS": "cases.council.example", "FILES_BUCKET": "files", "EMAIL_HOST": "mail.council.example",
        "EMAIL_FROM": "service@council.example", "REDIS_URL": "redis://127.0.0.1:1",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PATH": os.environ["PATH"],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", "load_demo"], env=production, capture_output=True, text=True, check=False,
        cwd=Path(settings.BASE_DIR),
    )  # fmt: skip
    assert done.returncode
    assert "Unknown command: 'load_demo'" in done.stderr


def test_the_sign_ins_are_printed_only_in_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="only where MODE is demo"):
        call_command("demo_sign_ins")
    monkeypatch.setattr(settings, "IS_DEMO", True)
    out = StringIO()
    call_command("demo_sign_ins", stdout=out)
    assert settings.DEMO_PASSWORD in out.getvalue()
    for one in SIGN_INS:
        (line,) = (line for line in out.getvalue().splitlines() if f" {one.email} " in line)
        assert one.what in line


def test_a_second_load_says_that_it_is_there_already(db: None) -> None:
    load(tales=())
    before, out = picture(), StringIO()
    call_command("load_demo", stdout=out)
    assert out.getvalue() == "The demo county is already there. Use --fresh to start over.\n"
    assert picture() == before


@OWNER_TOO
def test_starting_over_loads_it_anew_at_any_size() -> None:
    load()
    first = Case.objects.order_by("reference").first()
    out = StringIO()
    call_command("load_demo", "--fresh", "--cases", "1500", "--register", "600", stdout=out)
    assert first and not Case.objects.filter(pk=first.pk).exists()
    assert "has 1,000 events." in out.getvalue()
    assert Case.objects.count() == 1500
    assert RegisterEntry.objects.count() == 600
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"), transaction.atomic():
        cursor.execute("TRUNCATE casework_event")


@OWNER_TOO
def test_nothing_is_emptied_where_somebody_real_has_an_account() -> None:
    load()
    User.objects.create_user("officer@council.gov", name="Somebody", joined_at=LOADED_AT)
    with pytest.raises(NotHere, match="not of the demo"):
        empty_the_database()
    assert Case.objects.exists()


@pytest.fixture
def grown(request: pytest.FixtureRequest) -> str:
    """A county of 3,000 cases and 1,200 register entries; what was said while it grew."""
    request.getfixturevalue("transactional_db")
    said: list[str] = []
    world = loading.load(at=LOADED_AT, password="x", register_size=150, tales=())
    scale.grow(world, cases=3_000, register=1_200, seed=loading.SEED, say=said.append)
    return "\n".join(said)


@OWNER_TOO
def test_a_large_county_is_as_large_as_asked_and_spread_as_counties_are(grown: str) -> None:
    assert Case.objects.count() == 3_000
    assert Referral.objects.count() == 2_996
    assert RegisterEntry.objects.count() == 1_200
    assert not RegisterEntry.objects.exclude(pk__in=RegisterKey.objects.values("entry")).exists()
    assert not Person.objects.exclude(pk__in=PersonKey.objects.values("person")).exists()
    held_open = Case.objects.filter(closed_at=None, queue__in=("TRIAGE", "WAITING", "FINISHING"))
    assert 0.17 < held_open.count() / 3_000 < 0.23
    assert set(held_open.values_list("stage", flat=True)) == {stage.name for stage in STAGES}
    by_locality = Counter(held_open.exclude(locality=None).values_list("locality__name", flat=True))
    assert by_locality["Ambersand"] > 4 * by_locality["Dunreeve"]
    assert 5 < Event.objects.count() / 3_000 < 8


@OWNER_TOO
def test_a_large_county_has_nothing_in_the_future_and_nothing_waiting_to_be_swept(grown: str) -> None:
    assert not Case.objects.filter(opened_at__gt=LOADED_AT).exists()
    assert not Case.objects.filter(closed_at__gt=LOADED_AT).exists()
    assert not Event.objects.filter(at__gt=LOADED_AT).exists()
    assert not sweep_clocks(at=LOADED_AT)
    assert ClockRun.objects.overdue(LOADED_AT).exists()
    for case in Case.objects.open().filter(queue="WAITING")[:50]:
        soonest = case.clock_runs.running().order_by("due_at", "clock").first()
        assert soonest is not None
        assert (case.next_due_at, case.next_due_clock) == (soonest.due_at, soonest.clock)


@OWNER_TOO
def test_one_case_has_a_thousand_events_and_one_like_it_ten(grown: str) -> None:
    counts = {}
    for line in grown.splitlines():
        if line.endswith(" events."):
            reference, _, number, _ = line.split()
            counts[number] = Case.objects.get(reference=reference)
    assert Event.objects.filter(case=counts["1,000"]).count() == 1_000
    assert Event.objects.filter(case=counts["10"]).count() == 10
    assert counts["1,000"].stage == counts["10"].stage == "PREPARING"


@OWNER_TOO
def test_keys_and_indexes_are_put_back_as_they_were(grown: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            """SELECT (SELECT count(*) FROM pg_indexes WHERE tablename = 'casework_case'),
                      (SELECT count(*) FROM pg_constraint WHERE confrelid = 'casework_case'::regclass)"""
        )
        indexes, references = cursor.fetchone()
    fields = [field for field in Case._meta.get_fields() if field.is_relation and field.many_to_one and field.concrete]
    assert indexes >= len(Case._meta.indexes) + len(fields) + 2
    assert references > 15


@pytest.mark.parametrize("state", STATES)
def test_the_clocks_of_each_stage_are_those_the_operations_leave_there(db: None, state: str) -> None:
    referral = a_referral(county(), state)
    runs = ClockRun.objects.filter(case=referral.case_id)
    running = set(runs.filter(state=ClockState.RUNNING).values_list("clock", flat=True))
    paused = set(runs.filter(state=ClockState.PAUSED).values_list("clock", flat=True))
    for stage in (*STAGES, *ENDED):
        if stage.name == state:
            assert (set(stage.running), set(stage.paused)) == (running, paused)
            assert stage.queue == referral.case.queue


@pytest.mark.parametrize("state", ["RECEIVED", "WITH_AREA", "SIGN_OFF", "RESPONDED", "CLOSED"])
def test_the_work_due_in_bulk_is_what_a_started_clock_writes(db: None, state: str) -> None:
    referral = a_referral(county(), state, at=LOADED_AT)
    started = DueAction.objects.filter(case=referral.case_id, is_live=True)
    stage = next(stage for stage in (*STAGES, *ENDED) if stage.name == state)
    lines = [
        text.rstrip("\n").split("\t")
        for text in action_lines([LOADED_AT.date()], KENT_2023_12, calendar_of("england-and-wales"))
    ]
    bulk = {
        (clock, kind, int(rung), post, datetime.fromisoformat(at))
        for clock, _, kind, rung, post, at in lines
        if clock in stage.running
    }
    assert bulk == set(started.values_list("clock", "kind", "rung", "post", "fire_at"))
