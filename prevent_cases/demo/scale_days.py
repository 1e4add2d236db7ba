"""Due dates worked out once for every day and clock, by the clocks' own lengths, so that SQL can look them up. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from prevent_cases.casework.clocks import Clock, declared
from prevent_cases.casework.days import Calendar, Length, moment
from prevent_cases.casework.kinds import DueKind
from prevent_cases.casework.procedure import Procedure
from prevent_cases.demo.copying import line
from prevent_cases.demo.scale_plan import ENDED, STAGES

MORNING = time(9, 30)
CLOCKS = sorted({key for stage in (*STAGES, *ENDED) for key in (*stage.running, *stage.paused)})


def working_days(today: date, back: int, calendar: Calendar) -> list[date]:
    """Working days up to today, the last first."""
    days = (today - timedelta(days=n) for n in range(back))
    return [day for day in days if calendar.is_working(day)]


def run_lines(days: list[date], procedure: Procedure, calendar: Calendar) -> Iterator[str]:
    """For each clock and starting day: due, warned of, promised length and rule."""
    for key in CLOCKS:
        clock = declared(key)
        length = _length(procedure, clock)
        for day in days:
            due, warn = _due(clock, length, day, calendar)
            yield line((key, day, due, warn, str(length), f"{procedure.key}/{key}/{length}"))


def action_lines(days: list[date], procedure: Procedure, calendar: Calendar) -> Iterator[str]:
    """For each clock and starting day: the work that falls due."""
    for key in CLOCKS:
        clock = declared(key)
        length = _length(procedure, clock)
        for day in days:
            due, warn = _due(clock, length, day, calendar)
            if clock.warn_before.count:
                yield line((key, day, DueKind.WARN.value, 0, "", warn))
            yield line((key, day, DueKind.LATE.value, 0, "", due))
            for rung, step in enumerate(clock.ladder, start=1):
                at = moment(step.after.after(due.date(), calendar), clock.until)
                yield line((key, day, DueKind.ESCALATE.value, rung, step.post, at))


def _length(procedure: Procedure, clock: Clock) -> Length:
    length = procedure.length_of(clock)
    if length is None:
        raise ValueError(f"{clock.key} has no length of its own")
    return length


def _due(clock: Clock, length: Length, day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    due = length.after(day, calendar)
    return moment(due, clock.until), moment(clock.warn_before.before(due, calendar), clock.until)
