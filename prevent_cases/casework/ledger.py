"""Work a due date out of a clock's ledger, and say how. Pure: the same entries always give the same date (D12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from prevent_cases.casework.days import Calendar, Length, WorkingDays, civil_date, civil_time, moment
from prevent_cases.casework.kinds import LedgerEntry as Kind
from prevent_cases.casework.wording import weekday


class Line(Protocol):
    kind: str
    at: datetime
    reason: str
    due_on: date | None


@dataclass(frozen=True)
class Worked:
    """A due date and the sentences that lead to it. ``paused_on`` is set while the clock stands still."""

    due_on: date
    sentences: tuple[str, ...]
    paused_on: date | None = None

    def due_at(self, until: time) -> datetime:
        return moment(self.due_on, until)


def work_out(lines: Sequence[Line], length: Length | None, calendar: Calendar, cut_off: time | None = None) -> Worked:
    """Fold a ledger, oldest line first, into the due date.

    A pause moves the date on by as many of the clock's own units as it lasted. An extension sets the date outright.

    :raises ValueError: if the first line is not a start, or no length and no date were given
    """
    first = lines[0]
    if first.kind != Kind.STARTED:
        raise ValueError("A ledger begins with a start")
    start = civil_date(first.at)
    said = [f"Started on {weekday(start)}, which is day 0."]
    if cut_off and not _in_hours(first.at, cut_off, calendar):
        late = calendar.is_working(start)
        start = WorkingDays(1).after(start, calendar)
        why = f"It came after {cut_off:%H:%M}" if late else "It did not come on a working day"
        said.append(f"{why}, so day 0 is {weekday(start)}.")
    if first.due_on is not None:
        due = first.due_on
        said.append(f"The date asked for was {weekday(due)}.")
    elif length is not None:
        due = length.after(start, calendar)
        said.append(f"{length} after day 0 is {weekday(due)}.")
        said += _skipped(length, start, due, calendar)
    else:
        raise ValueError("A clock without a length needs a date")
    paused_on: date | None = None
    unit = length or WorkingDays(0)
    for line in lines[1:]:
        on = civil_date(line.at)
        if line.kind == Kind.PAUSED:
            paused_on = on
            said.append(f"Paused on {weekday(on)}{_because(line)}.")
        elif line.kind == Kind.RESUMED and paused_on is not None:
            lasted = unit.of(unit.elapsed(paused_on, on, calendar))
            due, paused_on = lasted.after(due, calendar), None
            said.append(f"Resumed on {weekday(on)}: {lasted} later, so it moved to {weekday(due)}.")
        elif line.kind == Kind.EXTENDED and line.due_on is not None:
            due = line.due_on
            said.append(f"Extended on {weekday(on)} to {weekday(due)}{_because(line)}.")
        elif line.kind == Kind.CALENDAR:
            said.append(f"Worked out again on {weekday(on)}{_because(line)}.")
        elif line.kind == Kind.STOPPED:
            said.append(f"Stopped on {weekday(on)}{_because(line)}.")
    return Worked(due, tuple(said), paused_on)


def _in_hours(at: datetime, cut_off: time, calendar: Calendar) -> bool:
    return calendar.is_working(civil_date(at)) and civil_time(at) < cut_off


def _because(line: Line) -> str:
    return f" ({line.reason})" if line.reason else ""


def _skipped(length: Length, start: date, due: date, calendar: Calendar) -> list[str]:
    if not isinstance(length, WorkingDays):
        if calendar.knows(due) and not calendar.is_working(due):
            return [
                f"{weekday(due)} is not a working day; the working day before it is {weekday(_before(due, calendar))}."
            ]
        return []
    said = ["Saturdays and Sundays do not count."]
    return said + [f"{weekday(day)} does not count: {name}." for day, name in calendar.skipped(start, due)]


def _before(day: date, calendar: Calendar) -> date:
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day
