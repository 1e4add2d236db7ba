"""Moments of office life, counted back from the moment of loading, so that what is due tomorrow is so whenever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from prevent_cases.casework.days import Calendar, WorkingDays, civil_date, civil_time, moment

OPENS, SHUTS = time(9, 5), time(16, 40)
LAST_HOUR = time(16, 30)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Office:
    """Working days and hours before ``loaded_at`` (aware), in a calendar."""

    loaded_at: datetime
    calendar: Calendar

    @property
    def day_zero(self) -> date:
        """The working day whose close still lies ahead: today, or the next one in the evening and at weekends."""
        day = civil_date(self.loaded_at)
        if not self.calendar.is_working(day) or civil_time(self.loaded_at) >= LAST_HOUR:
            return self.day(-1, day)
        return day

    def day(self, days_ago: int, base: date | None = None) -> date:
        """So many working days before day zero; after it where the number is negative."""
        base = base or self.day_zero
        count = WorkingDays(abs(days_ago))
        return count.before(base, self.calendar) if days_ago >= 0 else count.after(base, self.calendar)

    def hours(self, days_ago: int) -> tuple[datetime, datetime]:
        """The hours of a working day in which something may have happened: never later than now."""
        day = self.day(days_ago)
        opens, shuts = moment(day, OPENS), min(moment(day, SHUTS), self.loaded_at - timedelta(minutes=4))
        if shuts - opens < timedelta(minutes=10):
            before = self.day(days_ago + 1)
            return moment(before, LAST_HOUR), moment(before, SHUTS)
        return opens, shuts

    def moments(self, days_ago: list[int], source: Random) -> list[datetime]:
        """A moment for each act of a story, in the order given, each later than the one before it."""
        found: list[datetime] = []
        for place, day in enumerate(days_ago):
            opens, shuts = self.hours(day)
            width = (shuts - opens) / days_ago.count(day)
            before = days_ago[:place].count(day)
            at = opens + width * (before + 0.1 + 0.8 * source.random())
            earliest = found[-1] + MINUTE if found else at
            found.append(max(at, earliest).replace(second=0, microsecond=0))
        return found
