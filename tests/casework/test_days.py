"""Counting days, against a count so plain that it cannot share a mistake with the product's."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.days import CalendarDays, Length, WorkingDays, Years, civil_date, civil_time, moment

ENGLAND = calendar_of("england-and-wales")
OFF = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2022, 2029)))
STARTS = [date(2022, 1, 1) + timedelta(days=n) for n in range((date(2028, 11, 1) - date(2022, 1, 1)).days)]
WORKING = [
    day
    for day in (date(2022, 1, 1) + timedelta(days=n) for n in range(7 * 366))
    if day.weekday() < 5 and day not in OFF
]


@pytest.mark.parametrize("count", [1, 2, 5, 10, 20])
def test_working_days_after_every_day_of_seven_years(count: int) -> None:
    """The n-th working day after a day is the n-th later entry in the list of working days."""
    for start in STARTS:
        expected = WORKING[bisect_right(WORKING, start) + count - 1]
        assert WorkingDays(count).after(start, ENGLAND) == expected, start


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        pytest.param(date(2022, 6, 1), WorkingDays(1), date(2022, 6, 6), id="over the jubilee"),
        pytest.param(date(2022, 9, 16), WorkingDays(1), date(2022, 9, 20), id="over the state funeral"),
        pytest.param(date(2023, 5, 5), WorkingDays(1), date(2023, 5, 9), id="over the coronation"),
        pytest.param(date(2026, 12, 24), WorkingDays(1), date(2026, 12, 29), id="from Christmas Eve"),
        pytest.param(date(2026, 12, 24), WorkingDays(10), date(2027, 1, 12), id="from Christmas Eve, ten days"),
        pytest.param(date(2024, 2, 28), WorkingDays(1), date(2024, 2, 29), id="onto 29 February"),
        pytest.param(date(2024, 2, 29), CalendarDays(28), date(2024, 3, 28), id="from 29 February"),
        pytest.param(date(2024, 2, 29), Years(6), date(2030, 2, 28), id="29 February, six years on"),
        pytest.param(date(2024, 2, 29), Years(4), date(2028, 2, 29), id="29 February, four years on"),
        pytest.param(date(2026, 3, 27), WorkingDays(1), date(2026, 3, 30), id="over the clocks going forward"),
        pytest.param(date(2026, 10, 23), CalendarDays(3), date(2026, 10, 26), id="over the clocks going back"),
        pytest.param(date(2026, 4, 2), WorkingDays(1), date(2026, 4, 7), id="over Easter"),
        pytest.param(date(2026, 6, 5), WorkingDays(0), date(2026, 6, 5), id="no days at all"),
        pytest.param(date(2026, 6, 6), WorkingDays(1), date(2026, 6, 8), id="received on a Saturday"),
    ],
)
def test_a_length_ends_on_the_day_people_would_say(start: date, length: Length, due: date) -> None:
    assert length.after(start, ENGLAND) == due


@given(st.dates(date(2022, 1, 10), date(2028, 10, 1)), st.integers(0, 40))
def test_before_undoes_after_from_a_working_day(day: date, count: int) -> None:
    start = day if ENGLAND.is_working(day) else WorkingDays(1).after(day, ENGLAND)
    end = WorkingDays(count).after(start, ENGLAND)
    assert WorkingDays(count).before(end, ENGLAND) == start
    assert ENGLAND.working_days_between(start, end) == count == WorkingDays(0).elapsed(start, end, ENGLAND)


@given(st.dates(date(2022, 1, 10), date(2028, 6, 1)), st.integers(0, 60), st.integers(0, 60))
def test_counting_on_in_two_steps_is_counting_once(day: date, first: int, second: int) -> None:
    halfway = WorkingDays(first).after(day, ENGLAND)
    assert WorkingDays(second).after(halfway, ENGLAND) == WorkingDays(first + second).after(day, ENGLAND)


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2026, 3, 28), 17), (date(2026, 3, 29), 16), (date(2026, 10, 24), 16), (date(2026, 10, 25), 17)],
)
def test_five_o_clock_is_five_in_london_on_both_sides_of_the_clock_change(day: date, utc_hour: int) -> None:
    assert moment(day) == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)
    assert (civil_date(moment(day)), civil_time(moment(day))) == (day, time(17, 0))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 6, 5, 23, 30, tzinfo=UTC), date(2026, 6, 6)),
        (datetime(2026, 12, 5, 23, 30, tzinfo=UTC), date(2026, 12, 5)),
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_date_is_london_s_however_the_moment_is_written(at: datetime, day: date) -> None:
    assert civil_date(at) == day


def test_a_length_says_itself() -> None:
    assert [str(WorkingDays(1)), str(CalendarDays(28)), str(Years(6))] == [
        "1 working day",
        "28 calendar days",
        "6 years",
    ]


def test_the_holidays_that_were_skipped_are_named() -> None:
    skipped = ENGLAND.skipped(date(2026, 12, 24), date(2027, 1, 12))
    assert [day for day, _ in skipped] == [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)]
    assert skipped[0][1] == "Christmas Day"
