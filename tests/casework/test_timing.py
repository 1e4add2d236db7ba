"""Clocks as rows: what starting, pausing, stopping and extending leave behind, and holidays proclaimed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import deadlines
from prevent_cases.casework.days import LONDON, moment
from prevent_cases.casework.kinds import ClockState, DueKind, LedgerEntry
from prevent_cases.casework.models import Case, ClockEntry, ClockRun, DueAction, Event, ProclaimedDay
from prevent_cases.casework.now import held_at
from prevent_cases.casework.timing import worked_out
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.operations import triage
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)
JUBILEE = date(2026, 3, 10)


@pytest.fixture
def place() -> Iterator[County]:
    """A county on that Monday, which stays the present for the length of the test."""
    with held_at(MONDAY):
        yield county()


def the(clock: str) -> ClockRun:
    return ClockRun.objects.select_related("case").get(clock=clock)


def due_work(clock: str) -> list[tuple[str, int, str, date, bool]]:
    rows = DueAction.objects.filter(clock=clock).order_by("fire_at", "id")
    return [(row.kind, row.rung, row.post, row.fire_at.astimezone(LONDON).date(), row.is_live) for row in rows]


def extend(run: ClockRun, place: County, *, by: Actor | None = None, **changed: object) -> ClockRun:
    asked = {"due_on": date(2026, 3, 20), "reason": "Larger than usual", "at": MONDAY, **changed}
    return deadlines.extend_deadline(run=run, by=by or place.ssu_lead, **asked)  # type: ignore[arg-type]


def test_starting_a_clock_writes_down_all_that_will_fall_due(place: County) -> None:
    a_referral(place, at=MONDAY)
    run = the("referral.reply")
    assert run.due_at == moment(date(2026, 3, 16))
    assert (run.promised, run.rule_version) == ("10 working days", "kent-2023-12/referral.reply/10 working days")
    assert run.calendar_version.startswith("england-and-wales, bundle")
    assert due_work("referral.reply") == [
        (DueKind.WARN, 0, "", date(2026, 3, 12), True),
        (DueKind.LATE, 0, "", date(2026, 3, 16), True),
        (DueKind.ESCALATE, 1, "ssu_lead", date(2026, 3, 17), True),
        (DueKind.ESCALATE, 2, "head_of_safeguarding", date(2026, 3, 23), True),
    ]


def test_a_clock_that_warns_nobody_beforehand_has_no_warning(place: County) -> None:
    a_referral(place, S.WITH_LOCALITY, at=MONDAY)
    assert [kind for kind, *_ in due_work("referral.record")] == [DueKind.LATE, DueKind.ESCALATE]


def test_a_pause_silences_and_resuming_moves_the_date_and_speaks_again(place: County) -> None:
    referral = a_referral(place, S.QUERIED, at=MONDAY)
    assert {live for *_, live in due_work("referral.reply")} == {False}
    case = Case.objects.get()
    assert case.next_due_clock == "referral.query"
    triage.answer_query(
        referral=referral, corrected={}, by=place.officer, at=MONDAY + timedelta(days=7), version=case.version
    )
    run = the("referral.reply")
    assert run.state == ClockState.RUNNING
    assert run.due_at == moment(date(2026, 3, 23))
    assert {live for *_, live in due_work("referral.reply")} == {True}
    kinds = list(ClockEntry.objects.filter(run=run).values_list("kind", flat=True))
    assert kinds == [LedgerEntry.STARTED, LedgerEntry.PAUSED, LedgerEntry.RESUMED]


def test_a_stopped_clock_keeps_its_date_and_says_when_it_stopped(place: County) -> None:
    a_referral(place, S.WITH_LOCALITY, at=MONDAY)
    run = the("referral.triage")
    assert (run.state, run.stopped_at) == (ClockState.STOPPED, MONDAY)
    assert {live for *_, live in due_work("referral.triage")} == {False}


def test_extending_moves_the_date_and_says_from_when_to_when_and_why(place: County) -> None:
    a_referral(place, at=MONDAY)
    before = Case.objects.get().version
    run = extend(the("referral.triage"), place)
    assert run.due_at == moment(date(2026, 3, 20))
    assert Event.objects.get(kind="clock.extended").facts == {
        "clock": "referral.triage",
        "was_due_on": "2026-03-04",
        "due_on": "2026-03-20",
        "reason": "Larger than usual",
    }
    assert due_work("referral.triage")[0] == (DueKind.WARN, 0, "", date(2026, 3, 19), True)
    case = Case.objects.get()
    assert (case.version, case.next_due_clock) == (before + 1, "referral.reply")
    working = worked_out(run, case.procedure).sentences
    assert working[-1] == "Extended on Monday 2 March 2026 to Friday 20 March 2026 (Larger than usual)."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": "  "}, "Say why the deadline moves."),
        ({"reason": "x" * 501}, "500 characters or fewer"),
        ({"due_on": date(2026, 3, 4)}, "must be later than the date"),
        ({"due_on": date(2026, 2, 20)}, "cannot be in the past"),
        ({"due_on": date(2041, 3, 4)}, "No bank holidays are known for 2041"),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused_in_words(place: County, changed: dict, words: str) -> None:
    a_referral(place, at=MONDAY)
    with pytest.raises(Refused, match=words):
        extend(the("referral.triage"), place, **changed)
    assert not Event.objects.filter(kind="clock.extended").exists()


@pytest.mark.parametrize("year", [2028, 2029, 2040])
def test_a_clock_starts_even_where_the_calendar_has_ended(year: int) -> None:
    late = datetime(year, 12, 20, 10, 0, tzinfo=LONDON)
    with held_at(late):
        a_referral(county(), at=late)
    run = the("referral.reply")
    assert run.due_at > late
    assert run.calendar_version.endswith("weekends alone outside 2012 to 2028")


def test_only_a_manager_concerned_may_extend(place: County) -> None:
    a_referral(place, S.PREPARING, at=MONDAY)
    run = the("referral.reply")
    for stranger in (place.officer, place.locality_worker, place.prevent_lead, place.outsider, place.visitor):
        with pytest.raises(NotAllowed, match="a manager of the team whose deadline it is"):
            extend(run, place, by=stranger)
    extend(run, place, by=place.ssu_lead)


def test_a_clock_that_stands_still_or_has_stopped_is_not_extended(place: County) -> None:
    a_referral(place, S.QUERIED, at=MONDAY)
    with pytest.raises(Refused, match="is not running"):
        extend(the("referral.reply"), place)


def test_a_proclaimed_holiday_moves_open_deadlines_with_a_note_and_leaves_closed_ones(place: County) -> None:
    a_referral(place, at=MONDAY)
    a_referral(place, S.WITH_LOCALITY, at=MONDAY, given_name="Edith", family_name="Farrow")
    stopped = ClockRun.objects.get(clock="referral.triage", state=ClockState.STOPPED)
    early = ClockRun.objects.get(clock="referral.triage", state=ClockState.RUNNING)
    day, moved = deadlines.proclaim_day(
        division="england-and-wales", on=JUBILEE, name="A jubilee", by=place.ssu_lead, at=MONDAY
    )
    replies = ClockRun.objects.filter(clock="referral.reply")
    assert {run.due_at for run in replies} == {moment(date(2026, 3, 17))}
    assert all("1 proclaimed to 2026-03-10" in run.calendar_version for run in replies)
    assert moved == 2
    assert Event.objects.filter(kind="clock.moved").count() == 2
    assert Event.objects.filter(kind="clock.moved").first().facts["holiday"] == "A jubilee"  # type: ignore[union-attr]
    for unmoved in (stopped, early):
        assert ClockRun.objects.get(pk=unmoved.pk).due_at == moment(date(2026, 3, 4))
    assert not ClockEntry.objects.filter(run__in=[stopped, early], kind=LedgerEntry.CALENDAR).exists()
    working = worked_out(replies[0], replies[0].case.procedure).sentences
    assert "Tuesday 10 March 2026 does not count: A jubilee." in working
    assert working[-1] == f"Worked out again on Monday 2 March 2026 ({day.name}, Tuesday 10 March 2026)."
    assert due_work("referral.reply")[0][3] == date(2026, 3, 13)


def test_a_holiday_elsewhere_moves_nothing_here(place: County) -> None:
    a_referral(place, at=MONDAY)
    _, moved = deadlines.proclaim_day(division="scotland", on=JUBILEE, name="A match", by=place.lists, at=MONDAY)
    assert moved == 0
    assert the("referral.reply").due_at == moment(date(2026, 3, 16))


def test_a_clock_started_after_the_proclamation_counts_without_the_day(place: County) -> None:
    deadlines.proclaim_day(division="england-and-wales", on=JUBILEE, name="A jubilee", by=place.lists, at=MONDAY)
    a_referral(place, at=MONDAY)
    assert the("referral.reply").due_at == moment(date(2026, 3, 17))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"division": "mercia"}, "Choose one of"),
        ({"name": " "}, "Say what the holiday is called"),
        ({"on": date(2026, 3, 7)}, "Saturday 7 March 2026 does not count as a working day already"),
        ({"on": date(2026, 12, 25)}, "does not count as a working day already"),
        ({"on": date(2041, 3, 5)}, "No bank holidays are known for 2041"),
    ],
)
def test_a_proclamation_that_makes_no_sense_is_refused_in_words(place: County, changed: dict, words: str) -> None:
    asked = {"division": "england-and-wales", "on": JUBILEE, "name": "A jubilee", **changed}
    with pytest.raises(Refused, match=words):
        deadlines.proclaim_day(by=place.lists, at=MONDAY, **asked)
    assert not ProclaimedDay.objects.exists()


def test_a_day_is_proclaimed_once_and_only_by_those_who_may(place: County) -> None:
    asked = {"division": "england-and-wales", "on": JUBILEE, "name": "A jubilee", "at": MONDAY}
    with pytest.raises(NotAllowed):
        deadlines.proclaim_day(by=place.officer, **asked)
    deadlines.proclaim_day(by=place.lists, **asked)
    with pytest.raises(Refused, match="already"):
        deadlines.proclaim_day(by=place.lists, **asked)
