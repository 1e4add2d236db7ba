"""Deadlines that keep a team's hours and a procedure's cut-off, and "by when" inside a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from prevent_cases.accounts.models import Team
from prevent_cases.casework import clocks, procedure
from prevent_cases.casework.days import LONDON, civil_date, moment
from prevent_cases.casework.models import ClockRun
from prevent_cases.casework.timing import calendar_in_force
from prevent_cases.casework.wording import by_words
from referrals import clocks as c
from referrals.states import ReferralState as S
from tests.factories import KENT, a_referral, county

MONDAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (MONDAY, "by 5pm today, Monday 1 June 2026"),
        (MONDAY + timedelta(days=1), "by 5pm tomorrow, Tuesday 2 June 2026"),
        (MONDAY + timedelta(days=4), "by 5pm on Friday 5 June 2026"),
        (MONDAY - timedelta(days=3), "was due at 5pm on Friday 29 May 2026"),
    ],
)
def test_by_when_in_words(on: date, said: str) -> None:
    assert by_words(moment(on), MONDAY) == said


def test_a_clock_is_read_by_a_key_it_once_had_and_listed_once() -> None:
    assert clocks.declared("referral.children") is c.DECIDE
    assert [clock.key for clock in clocks.every()].count("referral.decide") == 1
    assert "referral.children" not in {clock.key for clock in clocks.every()}


def due(place: Any, at: datetime) -> datetime:
    referral = a_referral(place, S.WITH_CHILDREN, at=at)
    return ClockRun.objects.get(case=referral.case_id, clock=c.DECIDE.key).due_at


def test_it_is_due_when_the_team_closes_and_stays_so_when_the_hours_change(db: None) -> None:
    place = county()
    Team.objects.filter(pk=place.children_team.pk).update(opens_at=time(8), closes_at=time(18, 30))
    at = datetime(2026, 6, 1, 11, 0, tzinfo=LONDON)
    assert due(place, at) == datetime(2026, 6, 2, 18, 30, tzinfo=LONDON)
    Team.objects.filter(pk=place.children_team.pk).update(opens_at=None, closes_at=None)
    assert ClockRun.objects.filter(until=time(18, 30)).count() == 2
    assert due(place, at) == datetime(2026, 6, 2, 17, 0, tzinfo=LONDON)


def test_the_procedures_cut_off_makes_the_next_working_day_day_nought(db: None, monkeypatch: Any) -> None:
    place = county()
    kept = replace(procedure.published(KENT), cut_offs={c.DECIDE.key: time(16)}, edition=1)
    monkeypatch.setitem(procedure._published, KENT, kept)
    calendar = calendar_in_force("england-and-wales")
    friday = datetime(2026, 5, 29, 15, 59, tzinfo=LONDON)
    for at, on in (
        (friday, date(2026, 6, 1)), (friday + timedelta(minutes=1), date(2026, 6, 2)),
        (friday + timedelta(days=1), date(2026, 6, 2)), (friday + timedelta(days=2), date(2026, 6, 2)),
    ):  # fmt: skip
        assert civil_date(due(place, at)) == on
        assert calendar.is_working(on)
    acknowledge = ClockRun.objects.filter(clock=c.ACKNOWLEDGE.key).order_by("-started_at")[0]
    assert civil_date(acknowledge.due_at) == date(2026, 6, 1)
