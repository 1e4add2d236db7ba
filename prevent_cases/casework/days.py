"""Count working days, calendar days and years. Pure: no models, no clock.

Receipt is day 0. A length is a value; ``after`` gives the civil date it ends on, in the calendar it is handed.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CLOSE_OF_DAY = time(17, 0)


@dataclass(frozen=True)
class Calendar:
    """The days that do not count in one part of the United Kingdom.

    ``holidays`` maps a date to the holiday's name, proclaimed ones among them; ``years`` are those the bundled data
    covers; ``version`` names the data. Outside those years only weekends and proclaimed days do not count, and
    ``version_for`` says so, so that a due date can say which calendar made it.
    """

    division: str
    version: str
    holidays: dict[date, str] = field(hash=False)
    years: range = range(2012, 2029)

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def knows(self, day: date) -> bool:
        """Whether the bundled bank holidays cover the day's year."""
        return day.year in self.years

    @property
    def first_day(self) -> date:
        return date(self.years.start, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.years.stop - 1, 12, 31)

    def version_for(self, *days: date) -> str:
        """What a date worked out from these days was counted by."""
        if all(self.knows(day) for day in days):
            return self.version
        return f"{self.version}; weekends alone outside {self.years.start} to {self.years.stop - 1}"

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start``, up to and including ``end``."""
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def skipped(self, start: date, end: date) -> list[tuple[date, str]]:
        """Bank holidays on weekdays after ``start`` up to ``end``, for "why this date"."""
        return sorted((d, name) for d, name in self.holidays.items() if start < d <= end and d.weekday() < 5)


@dataclass(frozen=True)
class Length:
    """A length of time, in whole units."""

    count: int
    unit: ClassVar[str] = ""

    def after(self, start: date, calendar: Calendar) -> date:
        raise NotImplementedError

    def before(self, end: date, calendar: Calendar) -> date:
        raise NotImplementedError

    def of(self, count: int) -> Length:
        """The same unit, another count."""
        return type(self)(count)

    def elapsed(self, start: date, end: date, calendar: Calendar) -> int:
        """How many of this unit passed between two dates."""
        return (end - start).days

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


class WorkingDays(Length):
    unit = "working day"

    def after(self, start: date, calendar: Calendar) -> date:
        day, left = start, self.count
        while left:
            day += timedelta(days=1)
            left -= calendar.is_working(day)
        return day

    def before(self, end: date, calendar: Calendar) -> date:
        day, left = end, self.count
        while left:
            day -= timedelta(days=1)
            left -= calendar.is_working(day)
        return day

    def elapsed(self, start: date, end: date, calendar: Calendar) -> int:
        return calendar.working_days_between(start, end)


class CalendarDays(Length):
    unit = "calendar day"

    def after(self, start: date, calendar: Calendar) -> date:
        return start + timedelta(days=self.count)

    def before(self, end: date, calendar: Calendar) -> date:
        return end - timedelta(days=self.count)


class Years(Length):
    unit = "year"

    def after(self, start: date, calendar: Calendar) -> date:
        year = start.year + self.count
        return date(year, start.month, min(start.day, months.monthrange(year, start.month)[1]))

    def before(self, end: date, calendar: Calendar) -> date:
        return Years(-self.count).after(end, calendar)


LENGTHS: dict[str, type[Length]] = {kind.__name__: kind for kind in (WorkingDays, CalendarDays, Years)}


def moment(day: date, at: time = CLOSE_OF_DAY) -> datetime:
    """A civil date and time in London as an aware moment."""
    return datetime.combine(day, at, tzinfo=LONDON)


def civil_date(at: datetime) -> date:
    """The London date of a moment."""
    return at.astimezone(LONDON).date()


def civil_time(at: datetime) -> time:
    """The London time of day of a moment."""
    return at.astimezone(LONDON).time()
