"""One working day and 28 days, against a count by hand that shares no code with the product's: ten years of receipts.

Every class of minute in a day is asked: midnight, night, before and at the cut-off and after it, the last minute, and
the hours the clocks skip and repeat. The count by hand knows London's time from the rule itself, and its bank holidays
from another source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
import time_machine

from prevent_cases.casework import holding, ledger
from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.clocks import HOLD_CHECKS
from prevent_cases.casework.days import LONDON, CalendarDays, WorkingDays, civil_date
from prevent_cases.casework.kinds import LedgerEntry
from prevent_cases.casework.models import Case, ClockRun, Event
from prevent_cases.casework.now import now
from prevent_cases.casework.sweep import sweep_clocks
from referrals.clocks import ACKNOWLEDGE, DECIDE
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county

PROCLAIMED = (date(2026, 9, 18), "A day proclaimed")
ENGLAND = calendar_of("england-and-wales", (PROCLAIMED,))
OFF = {*holidays.country_holidays("GB", subdiv="ENG", years=range(2018, 2030)), PROCLAIMED[0]}
FIRST, LAST = date(2018, 11, 1), date(2028, 11, 1)
MINUTES = ("00:00", "00:59", "01:00", "01:30", "02:00", "08:59", "09:00", "12:00", "15:59", "16:00", "16:30", "16:59",
           "17:00", "17:01", "23:00", "23:59")  # fmt: skip
DAY = timedelta(days=1)


@dataclass
class Line:
    """A start, as the ledger takes it."""

    at: datetime
    kind: str = LedgerEntry.STARTED
    reason: str = ""
    due_on: date | None = None


def worked(at: datetime, length: WorkingDays | CalendarDays, cut_off: time | None) -> date:
    return ledger.work_out([Line(at)], length, ENGLAND, cut_off).due_on


# The count by hand


def last_sunday(year: int, month: int) -> date:
    on = date(year, month, 31)
    while on.isoweekday() != 7:
        on -= DAY
    return on


def in_london(at: datetime) -> tuple[date, time]:
    """London's day and time of a moment in UTC: an hour on, from 01:00 UTC of one Sunday to 01:00 UTC of the other."""
    summer = datetime.combine(last_sunday(at.year, 3), time(1), UTC)
    winter = datetime.combine(last_sunday(at.year, 10), time(1), UTC)
    there = (at + timedelta(hours=1) if summer <= at < winter else at).replace(tzinfo=None)
    return there.date(), there.time()


def works(on: date) -> bool:
    return on.isoweekday() <= 5 and on not in OFF


def next_working(on: date) -> date:
    on += DAY
    while not works(on):
        on += DAY
    return on


def one_working_day(at: datetime, cut_off: time | None) -> date:
    """What is received in hours is owed by the next working day; out of hours, it counts as received on that."""
    on, clock = in_london(at)
    if cut_off and (not works(on) or clock >= cut_off):
        on = next_working(on)
    return next_working(on)


def twenty_eight_days(at: datetime) -> date:
    on, _ = in_london(at)
    for _ in range(28):
        on += DAY
    return on


def receipts() -> list[datetime]:
    """Each class of minute of each day, as moments in UTC."""
    days = [FIRST + DAY * n for n in range((LAST - FIRST).days)]
    return [datetime.combine(on, time.fromisoformat(minute), UTC) for on in days for minute in MINUTES]


RECEIPTS = receipts()


@pytest.mark.parametrize("cut_off", [None, time(12, 0), time(16, 0), time(17, 0)], ids=str)
def test_one_working_day_from_every_receipt_of_ten_years(cut_off: time | None) -> None:
    assert ACKNOWLEDGE.length == DECIDE.length == WorkingDays(1)
    wrong = [
        (at, worked(at, WorkingDays(1), cut_off), hand)
        for at in RECEIPTS
        if worked(at, WorkingDays(1), cut_off) != (hand := one_working_day(at, cut_off))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "on",
    [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 24), date(2026, 12, 31), date(2024, 2, 29), PROCLAIMED[0],
     date(2026, 9, 17), date(2026, 6, 5), date(2026, 6, 6), date(2026, 6, 7)],
    ids=str,
)  # fmt: skip
def test_every_minute_of_days_that_are_like_no_other(on: date) -> None:
    midnight = datetime.combine(on, time(), UTC)
    for at in (midnight + timedelta(minutes=n) for n in range(24 * 60)):
        assert worked(at, WorkingDays(1), time(16, 0)) == one_working_day(at, time(16, 0)), at
        assert worked(at, CalendarDays(28), None) == twenty_eight_days(at), at


def test_28_days_from_every_receipt_of_ten_years() -> None:
    assert isinstance(HOLD_CHECKS.length, CalendarDays)
    wrong = [at for at in RECEIPTS if worked(at, HOLD_CHECKS.length, None) != twenty_eight_days(at)]
    assert wrong == []


def test_the_years_hold_what_they_must() -> None:
    """Weekends, bank holidays, a proclaimed one, both changes of the clocks, Christmas, a leap day."""
    days = {in_london(at)[0] for at in RECEIPTS}
    assert {PROCLAIMED[0], date(2024, 2, 29), date(2026, 12, 25), last_sunday(2026, 3), last_sunday(2026, 10)} <= days
    assert len(days) > 365 * 10
    assert not works(date(2022, 9, 19)), "the state funeral"


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=0),
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1),
        datetime(2026, 3, 29, 2, 30, tzinfo=LONDON),
        datetime(2026, 12, 24, 16, 59, tzinfo=LONDON),
    ],
    ids=["repeated hour, first", "repeated hour, again", "skipped hour", "Christmas Eve"],
)
def test_an_hour_that_is_told_in_london_is_the_same_moment(at: datetime) -> None:
    assert worked(at, WorkingDays(1), time(16, 0)) == one_working_day(at.astimezone(UTC), time(16, 0))
    assert worked(at, CalendarDays(28), None) == twenty_eight_days(at.astimezone(UTC))


# A week without any worker


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.mark.parametrize("month", [3, 6, 10, 12])
def test_a_week_without_any_worker_changes_no_date(place: County, month: int) -> None:
    """The dates stand, each thing is done once when the worker comes back, and the hold neither goes on nor ends."""
    received = datetime(2026, month, 20, 15, 59, tzinfo=LONDON)
    with time_machine.travel(received, tick=False):
        referral = a_referral(place, S.WITH_CHILDREN, at=received)
        holding.place(case=referral.case, received_at=received, reason="No concern", by=place.children, at=received)
    before = due(referral.case_id)
    assert civil_date(before["hold.checks"]) == twenty_eight_days(received.astimezone(UTC))
    with time_machine.travel(received + timedelta(days=40), tick=False):
        sweep_clocks(at=now())
        sweep_clocks(at=now())
    assert due(referral.case_id) == before
    told = Event.objects.filter(case=referral.case_id, facts__clock="hold.checks").values_list("kind", "at")
    first, second = received.date() + timedelta(days=21), received.date() + timedelta(days=28)
    assert sorted((kind, civil_date(at)) for kind, at in told) == [
        ("clock.chased", second), ("clock.raised", second + DAY), ("clock.raised", second + DAY),
        ("clock.reminded", first),
    ]  # fmt: skip
    assert Case.objects.get(pk=referral.case_id).held_until == second


def due(case_id: object) -> dict[str, datetime]:
    return dict(ClockRun.objects.filter(case=case_id).values_list("clock", "due_at"))
