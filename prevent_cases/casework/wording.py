"""Dates, times, counts and sizes in the words people read: GOV.UK style, London time, British spelling. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CAP = 1000
_UNITS = (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024))


def day(value: date | datetime | None) -> str:
    """``4 June 2026``; an empty string for None."""
    on = _civil(value)
    return f"{on.day} {on:%B %Y}" if on else ""


def weekday(value: date | datetime | None) -> str:
    """``Friday 5 June 2026``; an empty string for None."""
    on = _civil(value)
    return f"{on:%A} {on.day} {on:%B %Y}" if on else ""


def clock_time(value: datetime | None) -> str:
    """``9:32am``, ``5pm``, ``midday``, ``midnight``; an empty string for None or a bare date."""
    if not isinstance(value, datetime):
        return ""
    return time_words(_local(value).time())


def time_words(at: time) -> str:
    """A time of day: ``9:32am``, ``5pm``, ``midday``, ``midnight``."""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def date_and_time(value: datetime | date | None) -> str:
    """``4 June 2026 at 9:32am``; a bare date has no time."""
    hour = clock_time(value) if isinstance(value, datetime) else ""
    return f"{day(value)} at {hour}" if hour else day(value)


def iso(value: date | datetime | None) -> str:
    """The machine form for a ``<time datetime>``: a date, or London time with its offset."""
    if isinstance(value, datetime):
        return _local(value).isoformat(timespec="minutes")
    return value.isoformat() if value else ""


def due_words(due: date | datetime, today: date) -> str:
    """How far off a deadline is, then the date: ``Due tomorrow, Friday 5 June 2026``.

    :param due: the deadline; a datetime is read as its London date.
    :param today: today's date in London.
    """
    on = _local(due).date() if isinstance(due, datetime) else due
    gap = (on - today).days
    if gap < -1:
        return f"Overdue by {-gap:,} days, was due {weekday(on)}"
    near = {-1: "Overdue, was due yesterday", 0: "Due today", 1: "Due tomorrow"}.get(gap)
    return f"{near}, {weekday(on)}" if near else f"Due {weekday(on)}"


def by_words(due: datetime, today: date) -> str:
    """By when, inside a sentence: ``by 5pm tomorrow, Tuesday 2 June 2026``, ``by 5pm today``; once the day is over,
    ``was due at 5pm on Friday 29 May 2026``."""
    on, hour = _local(due).date(), clock_time(due)
    if on < today:
        return f"was due at {hour} on {weekday(on)}"
    near = {0: "today", 1: "tomorrow"}.get((on - today).days)
    return f"by {hour} {near}, {weekday(on)}" if near else f"by {hour} on {weekday(on)}"


def capped(count: int | str, cap: int = CAP) -> str:
    """``12``, ``1,000``, and ``1,000+`` for anything above the cap. Words pass through."""
    if not isinstance(count, int):
        return str(count)
    return f"{cap:,}+" if count > cap else f"{count:,}"


def file_size(size: int) -> str:
    """``812 bytes``, ``34KB``, ``1.2MB``. ``size`` is in bytes."""
    for unit, one in _UNITS:
        if size >= one:
            amount = size / one
            return f"{amount:.0f}{unit}" if amount >= 10 or amount == int(amount) else f"{amount:.1f}{unit}"
    return "1 byte" if size == 1 else f"{size} bytes"


def lower_first(text: str) -> str:
    """A label inside a sentence: ``Date of birth`` to ``date of birth``; ``CTPSE reference`` stays as it is."""
    return text if text[1:2].isupper() or text[:2] == "I " else text[:1].lower() + text[1:]


def _civil(value: date | datetime | None) -> date | None:
    return _local(value).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    return value.astimezone(LONDON) if value.tzinfo else value.replace(tzinfo=LONDON)
