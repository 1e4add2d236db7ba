"""Bank holidays: the bundled data against a second source, day by day, and the days people remember."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from prevent_cases.casework.calendars import DIVISIONS, calendar_of, ending
from prevent_cases.casework.days import WorkingDays

YEARS = range(2022, 2029)
SECOND_SOURCE = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
KNOWN_GAPS = {"scotland": [date(2026, 6, 15)]}
"""Proclaimed after the bundled data were published: what proclaiming a day is for."""


def every_day() -> list[date]:
    first = date(YEARS.start, 1, 1)
    return [first + timedelta(days=n) for n in range((date(YEARS.stop, 1, 1) - first).days)]


@pytest.mark.parametrize("division", DIVISIONS)
def test_both_sources_agree_on_every_day(division: str) -> None:
    calendar = calendar_of(division)
    second = holidays.country_holidays("GB", subdiv=SECOND_SOURCE[division], years=YEARS)
    differ = [day for day in every_day() if calendar.is_working(day) != (day.weekday() < 5 and day not in second)]
    assert differ == KNOWN_GAPS.get(division, [])


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2022, 6, 2), "the spring holiday, moved for the jubilee"),
        (date(2022, 6, 3), "the jubilee"),
        (date(2022, 9, 19), "the state funeral"),
        (date(2022, 12, 27), "a substitute day for Christmas"),
        (date(2023, 1, 2), "a substitute day for New Year"),
        (date(2023, 5, 8), "the coronation"),
        (date(2026, 12, 28), "a substitute day for Boxing Day"),
        (date(2027, 12, 27), "a substitute day for Christmas"),
        (date(2027, 12, 28), "a substitute day for Boxing Day"),
        (date(2028, 1, 3), "a substitute day for New Year"),
    ],
)
def test_a_day_off_that_a_rule_of_thumb_forgets(day: date, why: str) -> None:
    assert not calendar_of("england-and-wales").is_working(day), why


@pytest.mark.parametrize("day", [date(2022, 5, 30), date(2024, 2, 29), date(2026, 12, 24), date(2023, 5, 9)])
def test_a_day_that_looks_like_a_day_off_and_is_not(day: date) -> None:
    assert calendar_of("england-and-wales").is_working(day)


def test_scotland_and_northern_ireland_have_days_of_their_own() -> None:
    second_of_january, st_patrick, easter_monday = date(2026, 1, 2), date(2026, 3, 17), date(2026, 4, 6)
    working = {name: calendar_of(name).is_working for name in DIVISIONS}
    assert [name for name in DIVISIONS if not working[name](second_of_january)] == ["scotland"]
    assert [name for name in DIVISIONS if not working[name](st_patrick)] == ["northern-ireland"]
    assert [name for name in DIVISIONS if not working[name](easter_monday)] == ["england-and-wales", "northern-ireland"]


def test_past_its_end_weekends_and_proclaimed_days_are_counted_and_said_to_be() -> None:
    last, proclaimed = date(2028, 12, 31), date(2029, 1, 2)
    calendar = calendar_of("england-and-wales", ((proclaimed, "A jubilee"),))
    assert calendar.last_day == last
    due = WorkingDays(10).after(date(2028, 12, 20), calendar)
    assert due == date(2029, 1, 8)
    assert "weekends alone outside 2012 to 2028" in calendar.version_for(due)
    assert calendar.version_for(last) == calendar.version
    assert len(calendar.version_for(due)) <= 120
    assert calendar.is_working(date(2035, 3, 5)) and not calendar.is_working(date(2035, 3, 4))


def test_its_end_is_told_of_a_year_before() -> None:
    assert ending("england-and-wales", date(2027, 12, 31)) == ""
    assert "end on 31 December 2028" in ending("england-and-wales", date(2028, 1, 1))
    assert "ended on 31 December 2028" in ending("england-and-wales", date(2029, 1, 1))


def test_a_proclaimed_day_joins_the_calendar_and_its_version() -> None:
    day = date(2027, 5, 7)
    calendar = calendar_of("england-and-wales", ((day, "A jubilee"),))
    assert not calendar.is_working(day)
    assert calendar.version.endswith("1 proclaimed to 2027-05-07")
    assert calendar.version != calendar_of("england-and-wales").version
    with pytest.raises(KeyError):
        calendar_of("mercia")
