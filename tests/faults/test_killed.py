"""Worker, broker and database are killed in the middle of their work. Nothing is lost, and nothing happens twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from benchmarks.sweep_rows import START, filling
from prevent_cases.casework import outbox
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.models import Case, ClockRun, DueAction, Event, Heartbeat, Notice, Submission
from prevent_cases.casework.now import now
from referrals.models import Referral
from tests.database import as_superuser
from tests.factories import a_referral, county
from tests.faults.stage import DATABASE, Stage, until

DUE = 35_000
TOLD = 500
SUBMITTED = 40


def fill_with_due_work(stage: Stage, due: int) -> int:
    """Due actions in the past, in bulk, on cases of one clock pair each; how many there are."""
    with as_superuser(stage.servers, DATABASE) as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in filling(runs=due, each=due, batches=1):
            cursor.execute(statement)
        soon = f"fire_at < {START} + interval '1 month'"
        cursor.execute(f"UPDATE casework_dueaction SET is_live = {soon}, fire_at = fire_at - interval '30 years'")
        cursor.execute("ANALYZE")
    return DueAction.objects.filter(is_live=True).count()


def fired() -> int:
    return DueAction.objects.exclude(fired_at=None).count()


def assert_each_fired_once(due: int) -> None:
    assert fired() == due
    assert Event.objects.filter(kind__startswith="clock.").count() == due
    told = Notice.objects.filter(key__startswith="due:")
    assert (
        told.exclude(key__endswith=":p").count() + told.filter(key__endswith=":p", kind="clock.warned").count() == due
    )
    keys = Event.objects.values_list("case_id", "facts__clock", "kind", "facts__rung")
    assert max(Counter(keys).values()) == 1


def files(stage: Stage) -> set[str]:
    return {file.stem for file in stage.outbox.glob("*.eml")}


def test_a_worker_killed_in_the_middle_of_a_sweep_leaves_whole_chunks_and_the_next_finishes(stage: Stage) -> None:
    due = fill_with_due_work(stage, DUE)
    worker = stage.start_worker()
    stage.tick("sweep_clocks")
    until(lambda: fired() > 0, worker.said)
    worker.kill()
    until(lambda: sessions("casework_dueaction") == 0)
    halfway = fired()
    assert 0 < halfway < due
    assert Event.objects.filter(kind__startswith="clock.").count() == halfway
    worker = stage.start_worker()
    stage.tick("sweep_clocks")
    until(lambda: Heartbeat.objects.filter(job="sweep_clocks").exists(), worker.said)
    assert_each_fired_once(due)


def sessions(word: str) -> int:
    """How many other sessions are running a statement that names something."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND state = 'active' AND query LIKE %s""",
            [f"%{word}%"],
        )
        return int(cursor.fetchone()[0])


def test_a_worker_killed_in_the_middle_of_sending_loses_no_notice_and_doubles_none(stage: Stage) -> None:
    place = county()
    case = a_referral(place).case
    for number in range(TOLD):
        outbox.write(key=f"told:{number}", kind="case.assigned", case=case, to=place.ssu, at=now())
    notices = {f"{pk}" for pk in Notice.objects.values_list("pk", flat=True)}
    worker = stage.start_worker()
    stage.tick("send_notices")
    until(lambda: len(files(stage)) > 20, worker.said)
    worker.kill()
    assert len(files(stage)) < len(notices)
    sent_before = set(Notice.objects.exclude(sent_at=None).values_list("pk", flat=True))
    assert {f"{pk}" for pk in sent_before} <= files(stage)
    worker = stage.start_worker()
    for _ in range(2):
        stage.tick("send_notices")
    until(lambda: not Notice.objects.unsent().exists(), worker.said)
    assert files(stage) == notices
    tried_again = Notice.objects.filter(attempts__gt=1)
    assert tried_again.count() <= 1
    assert not tried_again.filter(pk__in=sent_before).exists()


def test_without_a_broker_referrals_are_taken_in_and_the_worker_goes_on_when_it_is_back(stage: Stage) -> None:
    place = county()
    worker = stage.start_worker()
    stage.kill_redis()
    a_referral(place, at=now() - timedelta(days=30))
    assert Notice.objects.unsent().count() == 1
    stage.start_redis()
    stage.tick("sweep_clocks")
    stage.tick("send_notices")
    until(lambda: Heartbeat.objects.filter(job="send_notices").exists(), worker.said)
    until(lambda: Heartbeat.objects.filter(job="sweep_clocks").exists(), worker.said)
    stage.manage("drain_outbox").wait()
    assert_each_fired_once(DueAction.objects.filter(fire_at__lte=now()).count())
    assert files(stage) == {f"{pk}" for pk in Notice.objects.values_list("pk", flat=True)}


@pytest.mark.parametrize("victim", ["database", "web server"])
def test_a_referral_that_was_answered_is_there_once_whatever_was_killed(
    stage: Stage, tmp_path: Path, victim: str
) -> None:
    county()
    answers = tmp_path / "answers"
    submitting = stage.start("-m", "tests.faults.submitter", "1", f"{SUBMITTED}", str(answers))
    for after in (6, 18):
        until(lambda after=after: answered(answers) >= after, submitting.said)  # type: ignore[misc]
        if victim == "database":
            stage.kill_postgres()
            stage.start_postgres()
            connection.close()
        else:
            submitting.kill()
            submitting = stage.start("-m", "tests.faults.submitter", "1", f"{SUBMITTED}", str(answers))
    submitting.wait()
    promised = dict(line.split() for line in answers.read_text().splitlines())
    lines = [line.split() for line in answers.read_text().splitlines() if line.count(" ") == 1]
    assert {reference for number, reference in lines} == set(promised.values())
    kept = {f"{row.key.int}": row.case.reference for row in Submission.objects.select_related("case")}
    assert kept == promised
    assert len(kept) == SUBMITTED
    for model, each in ((Case, 1), (Referral, 1), (ClockRun, 2), (DueAction, 8), (Notice, 1), (Event, 1)):
        assert model.objects.count() == each * SUBMITTED, model


def answered(answers: Path) -> int:
    return len(answers.read_text().splitlines()) if answers.exists() else 0


def test_two_sweeps_and_two_senders_at_once_share_the_work_and_double_nothing(stage: Stage) -> None:
    place = county()
    for number in range(12):
        a_referral(place, at=now() - timedelta(days=30), policing_reference=f"CTP/2026/{number}")
    due = DueAction.objects.filter(fire_at__lte=now(), is_live=True).count()
    together = [stage.manage("run_due") for _ in range(3)]
    said = "".join(program.wait() for program in together)
    assert_each_fired_once(due)
    said += stage.manage("run_due").wait()
    assert files(stage) == {f"{pk}" for pk in Notice.objects.values_list("pk", flat=True)}
    sent = re.findall(r"^send_notices: (\d+) sent$", said, re.MULTILINE)
    assert sum(map(int, sent)) == Notice.objects.count()


def test_after_an_outage_of_any_length_everything_that_fell_due_happens_once(stage: Stage) -> None:
    place = county()
    monday = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)
    a_referral(place, at=monday)
    moment = datetime(2026, 3, 4, 16, 59, tzinfo=LONDON)
    for outage in (timedelta(0), timedelta(minutes=2), timedelta(hours=1), timedelta(days=1), timedelta(days=10)):
        moment += outage
        stage.manage("run_due", "--now", moment.isoformat()).wait()
        assert_each_fired_once(DueAction.objects.filter(fire_at__lte=moment).count())
    at = list(Event.objects.filter(kind__startswith="clock.").order_by("id").values_list("at", flat=True))
    assert at == sorted(at)
    assert at == sorted(DueAction.objects.exclude(fired_at=None).values_list("fire_at", flat=True))
    assert files(stage) == {f"{pk}" for pk in Notice.objects.values_list("pk", flat=True)}
