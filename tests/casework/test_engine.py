"""The engine takes one transition, or refuses in words and leaves everything as it was."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from prevent_cases.casework import engine, outbox
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.models import Case, ClockRun, Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.models import Referral
from referrals.operations import triage
from referrals.states import ReferralState
from referrals.workflow import REFERRAL
from tests.factories import a_referral, county

QUERY = REFERRAL["referral.query_back"]
CHECKS = REFERRAL["referral.open_checks"]
TO_AREA = REFERRAL["referral.send_to_area"]
POLICING = {"reply address": outbox.ToAddress("desk@ctp.example")}


@pytest.fixture
def place(db):
    return county()


def turn(referral, transition, by, **given):
    """Take a transition as an operation would: inside a transaction."""
    given = {"facts": {}, "at": now(), **given}
    with transaction.atomic():
        return engine.advance(subject=referral, transition=transition, by=by, **given)


def stands(referral):
    """What must not have moved: the state, the case's version and queue, events, clocks, notices."""
    fresh = Referral.objects.select_related("case").get(pk=referral.pk)
    counts = [model.objects.filter(case=fresh.case).count() for model in (Event, ClockRun, Notice)]
    return fresh.state, fresh.case.version, fresh.case.queue, fresh.case.stage, counts


def refused(referral, *args, **given):
    """The sentence of a refusal, which changed nothing."""
    before = stands(referral)
    with pytest.raises(Refused) as refusal:
        turn(Referral.objects.select_related("case").get(pk=referral.pk), *args, **given)
    assert stands(referral) == before
    return refusal


def test_whoever_may_not_is_refused_and_told_who_may(place):
    referral = a_referral(place)
    refusal = refused(referral, QUERY, place.area_worker, facts={"reason": "Which one?"}, to=POLICING)
    assert refusal.type is NotAllowed
    assert str(refusal.value) == f"This may only be done by {QUERY.may.says}."


def test_a_record_in_another_state_is_refused_by_its_words(place):
    refusal = refused(a_referral(place, "RESPONDED"), CHECKS, place.officer, facts={"decided": "yes"})
    assert "“Answered”" in str(refusal.value)


def test_what_is_still_needed_is_named_as_people_say_it(place):
    referral = a_referral(place, "CHECKING")
    refusal = refused(referral, REFERRAL["referral.send_nil_return"], place.officer, facts={"systems": []})
    assert str(refusal.value) == "Still needed: systems, searched on."


def test_a_case_that_changed_since_it_was_seen_is_refused(place):
    referral = a_referral(place)
    seen = referral.case.version
    triage.open_checks(referral=referral, compared=0, by=place.officer, at=now(), version=seen)
    refusal = refused(referral, QUERY, place.officer, facts={"reason": "Which?"}, to=POLICING, version=seen)
    assert refusal.type is StaleRecord


def test_a_step_the_procedure_lacks_is_refused(place):
    referral = a_referral(place, "CHECKING", procedure="england-2023")
    refusal = refused(
        referral, TO_AREA, place.officer, facts={"team": "x", "systems": ["Mosaic"]}, to={"receiving team": place.ssu}
    )
    assert str(refusal.value) == "England, 2023 guidance has no such step."


def test_one_step_writes_everything_its_row_promises(place):
    referral, at = a_referral(place), now()
    before = referral.case.version
    event = turn(
        referral, QUERY, place.officer, facts={"reason": "Which one?", "secret": "kept out"}, to=POLICING, at=at
    )
    assert (event.kind, event.old, event.new, event.by, event.at) == (
        QUERY.key,
        "RECEIVED",
        "QUERIED",
        place.officer.user,
        at,
    )
    assert event.facts == {"reason": "Which one?"}, "the event keeps the facts the row names and no others"
    case = Case.objects.get(pk=referral.case_id)
    assert (case.stage, case.queue, case.version) == ("QUERIED", Queue.WAITING, before + 1)
    running = {run.clock: run.state for run in case.clock_runs.all()}
    assert running == {"referral.triage": "PAUSED", "referral.reply": "PAUSED", "referral.query": "RUNNING"}
    assert (
        Notice.objects.filter(case=case, kind=QUERY.key).values_list("address", flat=True).get() == "desk@ctp.example"
    )
    kept = Referral.history.filter(id=referral.pk).latest("history_id")
    assert (kept.state, kept.history_user_id, kept.history_date) == ("QUERIED", place.officer.user_id, at)


def test_the_same_step_twice_is_done_once(place):
    referral = a_referral(place)
    turn(referral, CHECKS, place.officer, facts={"decided": "yes"})
    refused(referral, CHECKS, place.officer, facts={"decided": "yes"})
    assert Event.objects.filter(case=referral.case, kind=CHECKS.key).count() == 1


def test_a_row_that_tells_somebody_names_a_recipient_or_nothing_happens(place):
    referral = a_referral(place)
    before = stands(referral)
    with pytest.raises(KeyError), transaction.atomic():
        turn(referral, QUERY, place.officer, facts={"reason": "Which?"})
    assert stands(referral) == before


def test_the_state_on_the_record_handed_in_is_not_trusted(place):
    referral = a_referral(place, "WITH_AREA")
    referral.state = ReferralState.RECEIVED
    with pytest.raises(Refused, match="With the Area Referral Service"):
        turn(referral, CHECKS, place.officer, facts={"decided": "yes"})


def test_the_case_handed_in_is_not_trusted_either(place):
    """Another team's id on the record in memory gives nobody a right."""
    referral = a_referral(place)
    referral.case.owner_team = place.area_team
    with pytest.raises(NotAllowed):
        turn(referral, CHECKS, place.area_worker, facts={"decided": "yes"})


def test_the_next_deadline_of_the_case_is_kept(place):
    referral = a_referral(place)
    due = ClockRun.objects.get(case=referral.case, clock="referral.triage").due_at
    assert (referral.case.next_due_at, referral.case.next_due_clock) == (due, "referral.triage")
    turn(referral, QUERY, place.officer, facts={"reason": "Which?"}, to=POLICING)
    case = Case.objects.get(pk=referral.case_id)
    assert case.next_due_clock == "referral.query"


def test_a_closed_case_says_when_and_a_reopened_one_does_not(place):
    closed = a_referral(place, "CLOSED", at=now() - timedelta(days=3))
    assert closed.case.closed_at is not None
    assert closed.case.queue == Queue.CLOSED


@pytest.mark.django_db(transaction=True)
def test_a_case_is_locked_only_inside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        engine.lock("00000000-0000-4000-8000-000000000000")


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_the_same_moment_one_is_first_and_the_other_is_told():
    place = county()
    referral = a_referral(place)
    seen, answers, ready = referral.case.version, [], threading.Barrier(2)

    def act(by):
        mine = Referral.objects.select_related("case").get(pk=referral.pk)
        ready.wait(5)
        try:
            triage.open_checks(referral=mine, compared=0, by=by, at=now(), version=seen)
            answers.append("done")
        except Refused as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[by]) for by in (place.officer, place.second_officer)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)
    assert sorted(answers) == ["StaleRecord", "done"]
    assert Event.objects.filter(case=referral.case_id, kind=CHECKS.key).count() == 1
