"""What runs by itself: each job once by command, its heartbeat, scanning, and grants that end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework import access, jobs
from prevent_cases.casework.days import LONDON, moment
from prevent_cases.casework.kinds import ScanState
from prevent_cases.casework.models import CaseUserObjectPermission, Document, Event, Heartbeat, Notice
from prevent_cases.casework.now import held_at
from prevent_cases.casework.scanning import NO_CASE, scan_documents
from prevent_cases.celery import app
from prevent_cases.lists import jobs as lists
from referrals.states import ReferralState as S
from tests.casework.fake_clamd import EICAR, honest, listening
from tests.factories import County, a_named_worker, a_referral, county, received_file

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)


@pytest.fixture
def place() -> Iterator[County]:
    """A county on that Monday, which stays the present for the length of the test."""
    with held_at(MONDAY):
        yield county()


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[str]:
    with listening(honest) as address:
        settings.CLAMD_ADDRESS = address
        yield address


def ran(command: str, **options: Any) -> list[str]:
    said = io.StringIO()
    call_command(command, stdout=said, **options)
    return said.getvalue().splitlines()


def scans() -> dict[str, str]:
    with access.material(the_service("scan"), NO_CASE):
        return dict(Document.objects.values_list("file_name", "scan"))


def test_everything_due_is_done_once_by_one_command_at_the_moment_it_is_told(place: County, outbox: Path) -> None:
    a_referral(place, at=MONDAY)
    for job in lists.JOBS:
        jobs.run(job, MONDAY)
    waiting = Notice.objects.count()
    said = ran("run_due", now="2026-03-04T17:00")
    assert said[0] == "sweep_clocks: 1 clock.late, 1 clock.warned"
    assert said[-1] == f"send_notices: {waiting + 2} sent"
    assert set(said[1:-1]) == {
        f"{job}: nothing to do" for job in jobs.every() if job not in ("sweep_clocks", "send_notices")
    }
    assert len(list(outbox.glob("*.eml"))) == waiting + 2
    assert set(Heartbeat.objects.values_list("job", "at")) == {
        (job, moment(MONDAY.date().replace(day=4))) for job in jobs.every()
    }
    assert ran("run_due", now="2026-03-04T17:00:00+00:00")[0] == "sweep_clocks: nothing to do"


def test_a_moment_that_is_none_is_said_in_words() -> None:
    with pytest.raises(CommandError, match="tomorrow is not a moment"):
        ran("run_due", now="tomorrow")


def test_draining_says_what_is_left_and_why(place: County, outbox: Path) -> None:
    a_referral(place, at=MONDAY)
    sent = Notice.objects.count()
    Notice.objects.create(key="later", kind="clock.late", team=place.ssu, written_at=MONDAY,
                          not_before=datetime(2099, 1, 1, tzinfo=LONDON))  # fmt: skip
    Notice.objects.create(key="lost", kind="clock.late", user=place.outsider.user, written_at=MONDAY, not_before=MONDAY)
    place.outsider.user.is_active = False
    place.outsider.user.save()
    assert ran("drain_outbox") == [f"Messages sent: {sent}.", "Waiting, not due yet: 1.", "Waiting, nobody to tell: 1."]


def test_every_scheduled_task_is_there_by_its_name() -> None:
    app.loader.import_default_modules()
    named = {entry["task"] for entry in configured.CELERY_BEAT_SCHEDULE.values()}
    assert named <= set(app.tasks)
    beaten = {
        (e.get("args") or [e["task"].removeprefix("casework.")])[0] for e in configured.CELERY_BEAT_SCHEDULE.values()
    }
    assert beaten == set(jobs.every())


@pytest.mark.parametrize("name", sorted(jobs.every()))
def test_a_task_does_its_job_and_leaves_a_heartbeat(name: str, outbox: Path) -> None:
    app.loader.import_default_modules()
    known = f"casework.{name}" in app.tasks
    app.tasks[f"casework.{name}"]() if known else app.tasks["casework.run_job"](name)
    assert Heartbeat.objects.get().job == name


def test_documents_wait_unreadable_until_the_scanner_has_spoken(place: County, scanner: str, outbox: Path) -> None:
    files = [received_file(name="sound.eml"), received_file(EICAR, "harmful.txt")]
    referral = a_referral(place, at=MONDAY, files=files)
    assert scans() == {"sound.eml": ScanState.WAITING, "harmful.txt": ScanState.WAITING}
    assert jobs.run("scan_documents", MONDAY) == {"clean": 1, "infected": 1}
    assert scans() == {"sound.eml": ScanState.CLEAN, "harmful.txt": ScanState.INFECTED}
    assert Event.objects.get(kind="document.withheld").case_id == referral.case_id
    assert Notice.objects.get(kind="document.withheld").team == place.ssu
    assert jobs.run("scan_documents", MONDAY) == {}


def test_a_scanner_that_does_not_answer_leaves_every_document_waiting(
    place: County, scanner: str, settings: Any
) -> None:
    a_referral(place, at=MONDAY, files=[received_file(name=f"{n}.eml") for n in range(3)])
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    assert jobs.run("scan_documents", MONDAY) == {"unavailable": 1}
    assert set(scans().values()) == {ScanState.WAITING}
    settings.CLAMD_ADDRESS = scanner
    assert jobs.run("scan_documents", MONDAY) == {"clean": 3}


def test_without_a_scanner_nothing_is_asked(place: County) -> None:
    a_referral(place, at=MONDAY)
    assert scan_documents(address="", at=MONDAY) == {}


def test_a_file_that_is_gone_keeps_no_other_waiting(place: County, scanner: str) -> None:
    a_referral(place, at=MONDAY, files=[received_file(name="gone.eml"), received_file(name="kept.eml")])
    with access.material(the_service("scan"), NO_CASE):
        Document.objects.filter(file_name="gone.eml").update(store_key="nowhere")
    assert jobs.run("scan_documents", MONDAY) == {"clean": 1}
    assert scans()["gone.eml"] == ScanState.WAITING


def test_a_named_worker_s_access_ends_after_its_last_day_with_an_event(place: County) -> None:
    referral = a_referral(place, S.PREPARING, at=MONDAY)
    grant = a_named_worker(place, referral, place.colleague, days=3, at=MONDAY)
    assert jobs.run("end_grants", moment(grant.until)) == {"ended": 0}
    assert jobs.run("end_grants", moment(grant.until + timedelta(days=1))) == {"ended": 1}
    assert not CaseUserObjectPermission.objects.exists()
    ended = Event.objects.get(kind="access.worker_ended")
    assert (ended.by, ended.facts) == (None, {"who": "Cole Rudd"})
    assert CaseUserObjectPermission.history.filter(history_type="-").count() == 1
    assert jobs.run("end_grants", moment(grant.until + timedelta(days=2))) == {"ended": 0}
