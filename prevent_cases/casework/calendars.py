"""The working calendars of the United Kingdom: bundled bank holidays, and those an administrator adds."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version

from govuk_bank_holidays.bank_holidays import BankHolidays

from prevent_cases.casework.days import Calendar
from prevent_cases.casework.wording import day as in_words

DIVISIONS = {
    "england-and-wales": BankHolidays.ENGLAND_AND_WALES,
    "scotland": BankHolidays.SCOTLAND,
    "northern-ireland": BankHolidays.NORTHERN_IRELAND,
}


WARNED_BEFORE = timedelta(days=366)


@lru_cache(maxsize=8)
def _bundled(division: str) -> tuple[tuple[date, str], ...]:
    rows = BankHolidays(use_cached_holidays=True).get_holidays(division=DIVISIONS[division])
    return tuple((row["date"], row["title"]) for row in rows)


def calendar_of(division: str, proclaimed: tuple[tuple[date, str], ...] = ()) -> Calendar:
    """A division's calendar with its proclaimed extra days. :raises KeyError: for an unknown division."""
    bundled = _bundled(division)
    years = range(min(day.year for day, _ in bundled), max(day.year for day, _ in bundled) + 1)
    name = f"{division}, bundle {version('govuk-bank-holidays')}"
    if proclaimed:
        name += f", {len(proclaimed)} proclaimed to {max(day for day, _ in proclaimed).isoformat()}"
    return Calendar(division, name, dict(bundled) | dict(proclaimed), years)


def ending(division: str, on: date) -> str:
    """In words that the bundled bank holidays end within a year, or have ended. Nothing before that."""
    last = calendar_of(division).last_day
    if on + WARNED_BEFORE <= last:
        return ""
    ends = "end" if on <= last else "ended"
    return (
        f"The bundled bank holidays of {division} {ends} on {in_words(last)}: after that only weekends and proclaimed "
        "days are left out. Update govuk-bank-holidays."
    )
