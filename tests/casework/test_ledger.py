"""A due date is worked out from what happened to its clock, and says how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest

from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.days import LONDON, CalendarDays, WorkingDays, Years, moment
from prevent_cases.casework.kinds import LedgerEntry as Kind
from prevent_cases.casework.ledger import work_out

ENGLAND = calendar_of("england-and-wales")


@dataclass
class Line:
    kind: str
    at: datetime
    reason: str = ""
    due_on: date | None = None


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def started(month: int, day: int, hour: int = 10, minute: int = 0, due_on: date | None = None) -> Line:
    return Line(Kind.STARTED, at(month, day, hour, minute), due_on=due_on)


def test_the_day_of_receipt_is_day_nought_and_the_holidays_are_named() -> None:
    worked = work_out([started(12, 24)], WorkingDays(2), ENGLAND)
    assert worked.due_on == date(2026, 12, 30)
    assert worked.sentences == (
        "Started on Thursday 24 December 2026, which is day 0.",
        "2 working days after day 0 is Wednesday 30 December 2026.",
        "Saturdays and Sundays do not count.",
        "Friday 25 December 2026 does not count: Christmas Day.",
        "Monday 28 December 2026 does not count: Boxing Day.",
    )


@pytest.mark.parametrize(
    ("line", "due"),
    [
        pytest.param(started(6, 5, 16, 59), date(2026, 6, 8), id="a minute before five on Friday"),
        pytest.param(started(6, 5, 17, 0), date(2026, 6, 9), id="five on Friday counts as Monday"),
        pytest.param(
            started(6, 6, 3, 0), date(2026, 6, 9), id="Saturday night counts as Monday, as Friday evening does"
        ),
        pytest.param(started(12, 25, 9, 0), date(2026, 12, 30), id="Christmas morning counts as the next working day"),
        pytest.param(started(3, 29, 0, 30), date(2026, 3, 31), id="the night the clocks go forward, a Sunday"),
        pytest.param(started(10, 25, 1, 30), date(2026, 10, 27), id="the hour that happens twice, on a Sunday"),
    ],
)
def test_what_comes_after_the_cut_off_counts_as_the_next_working_day(line: Line, due: date) -> None:
    assert work_out([line], WorkingDays(1), ENGLAND, cut_off=time(17, 0)).due_on == due


def test_a_pause_moves_the_date_by_the_working_days_it_lasted() -> None:
    lines = [started(6, 1), Line(Kind.PAUSED, at(6, 3), "A question was asked"), Line(Kind.RESUMED, at(6, 8))]
    worked = work_out(lines, WorkingDays(5), ENGLAND)
    assert worked.due_on == date(2026, 6, 11)
    assert worked.paused_on is None
    assert worked.sentences[-2:] == (
        "Paused on Wednesday 3 June 2026 (A question was asked).",
        "Resumed on Monday 8 June 2026: 3 working days later, so it moved to Thursday 11 June 2026.",
    )


def test_a_pause_of_a_clock_of_calendar_days_counts_every_day() -> None:
    lines = [started(6, 1), Line(Kind.PAUSED, at(6, 5)), Line(Kind.RESUMED, at(6, 8))]
    assert work_out(lines, CalendarDays(28), ENGLAND).due_on == date(2026, 7, 2)


def test_a_pause_over_a_weekend_and_within_a_day_moves_nothing() -> None:
    weekend = [started(6, 5), Line(Kind.PAUSED, at(6, 6)), Line(Kind.RESUMED, at(6, 7))]
    minutes = [started(6, 1), Line(Kind.PAUSED, at(6, 2, 9)), Line(Kind.RESUMED, at(6, 2, 16))]
    assert work_out(weekend, WorkingDays(5), ENGLAND).due_on == date(2026, 6, 12)
    assert work_out(minutes, WorkingDays(5), ENGLAND).due_on == date(2026, 6, 8)


def test_while_it_stands_still_the_working_says_since_when() -> None:
    worked = work_out([started(6, 1), Line(Kind.PAUSED, at(6, 3))], WorkingDays(5), ENGLAND)
    assert worked.paused_on == date(2026, 6, 3)


def test_an_extension_sets_the_date_and_a_later_pause_moves_it_from_there() -> None:
    lines = [
        started(6, 1),
        Line(Kind.EXTENDED, at(6, 4), "Larger than usual", date(2026, 6, 19)),
        Line(Kind.PAUSED, at(6, 8)),
        Line(Kind.RESUMED, at(6, 10)),
    ]
    worked = work_out(lines, WorkingDays(5), ENGLAND)
    assert worked.due_on == date(2026, 6, 23)
    assert "Extended on Thursday 4 June 2026 to Friday 19 June 2026 (Larger than usual)." in worked.sentences


def test_a_date_that_was_asked_for_is_the_date() -> None:
    worked = work_out([started(6, 1, due_on=date(2026, 6, 13))], None, ENGLAND)
    assert worked.due_on == date(2026, 6, 13)
    assert worked.sentences[-1] == "The date asked for was Saturday 13 June 2026."


def test_a_clock_needs_a_length_or_a_date_and_begins_with_a_start() -> None:
    with pytest.raises(ValueError, match="needs a date"):
        work_out([started(6, 1)], None, ENGLAND)
    with pytest.raises(ValueError, match="begins with a start"):
        work_out([Line(Kind.PAUSED, at(6, 1))], WorkingDays(1), ENGLAND)


def test_calendar_days_that_end_on_a_day_off_say_the_working_day_before_it() -> None:
    worked = work_out([started(11, 28)], CalendarDays(28), ENGLAND)
    assert worked.due_on == date(2026, 12, 26)
    assert worked.sentences[-1] == (
        "Saturday 26 December 2026 is not a working day; the working day before it is Thursday 24 December 2026."
    )


def test_years_reach_past_the_calendar_that_is_known() -> None:
    assert work_out([started(6, 1)], Years(6), ENGLAND).due_on == date(2032, 6, 1)


def test_the_due_moment_is_the_end_of_that_day_in_london() -> None:
    worked = work_out([started(3, 26)], WorkingDays(2), ENGLAND)
    assert worked.due_at(time(17, 0)) == moment(date(2026, 3, 30))
    assert worked.due_at(time(17, 0)).utcoffset() != at(3, 26).utcoffset()


def test_stopping_and_recalculating_are_said_and_move_nothing() -> None:
    lines = [started(6, 1), Line(Kind.CALENDAR, at(6, 2), "A jubilee"), Line(Kind.STOPPED, at(6, 3), "Closed")]
    worked = work_out(lines, WorkingDays(5), ENGLAND)
    assert worked.due_on == date(2026, 6, 8)
    assert worked.sentences[-2:] == (
        "Worked out again on Tuesday 2 June 2026 (A jubilee).",
        "Stopped on Wednesday 3 June 2026 (Closed).",
    )
