"""Acts about time: move a deadline for a reason, and say that a day is a holiday. Nobody edits a date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import calendars, ledger, timing
from prevent_cases.casework.days import Calendar, civil_date, moment
from prevent_cases.casework.engine import lock, record, settle
from prevent_cases.casework.kinds import LedgerEntry
from prevent_cases.casework.models import ClockEntry, ClockRun, DueAction, ProclaimedDay
from prevent_cases.casework.policy import may_extend, may_proclaim
from prevent_cases.casework.procedure import every
from prevent_cases.casework.wording import weekday
from prevent_cases.casework.workflow import NotAllowed, Refused

REASON_LENGTH = ClockEntry._meta.get_field("reason").max_length or 0  # noqa: SLF001
YEARS_AHEAD = 2
"""So far past the bundled data's end a holiday can be proclaimed, for deadlines that reach beyond it."""


@transaction.atomic
def extend_deadline(*, run: ClockRun, due_on: date, reason: str, by: Actor, at: datetime) -> ClockRun:
    """Move a running deadline to a later date. It is warned of and missed by its new date.

    :raises NotAllowed: unless a manager of the team that owes it, or of the one that coordinates the case, moves it
    :raises Refused: without a reason, for a date that is past, not later or no working day, or when the clock is not
        running
    """
    case = lock(run.case_id)
    run = ClockRun.objects.get(pk=run.pk)
    run.case = case
    if not may_extend.allows(by, run):
        raise NotAllowed(f"This may only be done by {may_extend.says}.")
    words = reason.strip()
    if not words:
        raise Refused("Say why the deadline moves.")
    if len(words) > REASON_LENGTH:
        raise Refused(f"The reason must be {REASON_LENGTH} characters or fewer.")
    if due_on < civil_date(at):
        raise Refused("The new date cannot be in the past.")
    if due_on > timing.latest_due(case.procedure, civil_date(at)):
        raise Refused(f"No bank holidays are known for {due_on.year} yet.")
    was = civil_date(run.due_at)
    timing.extend(run=run, due_on=due_on, by=by, at=at, reason=words)
    if no_working_day := timing.off_day(due_on, case.procedure):
        raise Refused(no_working_day)
    facts = {"clock": run.clock, "was_due_on": was.isoformat(), "due_on": due_on.isoformat(), "reason": words}
    record(case=case, kind="clock.extended", by=by, at=at, subject=run.subject, facts=facts)
    settle(case, by=by, at=at)
    return run


@transaction.atomic
def proclaim_day(*, division: str, on: date, name: str, by: Actor, at: datetime) -> tuple[ProclaimedDay, int]:
    """Add a bank holiday that the bundled calendar does not have; the day, and how many deadlines it moved.

    Open clocks that count past the day move with a note; closed ones stay as they were. All in one transaction, about
    six milliseconds a deadline, in which the cases that move wait for each other and no other case does.

    :raises NotAllowed: unless the staff list's keeper or the unit's lead proclaims it
    :raises Refused: for an unknown division, a day gone by, a day off already, or a year far past the calendar
    """
    if not may_proclaim.allows(by, None):
        raise NotAllowed(f"This may only be done by {may_proclaim.says}.")
    title = name.strip()
    if not title:
        raise Refused("Say what the holiday is called.")
    _may_be_proclaimed(division, on, at)
    day = ProclaimedDay.objects.create(division=division, on=on, name=title[:100], added_by=by.user, added_at=at)
    calendar = timing.calendar_in_force(division)
    counting = list(_that_count_past(division, on).values_list("id", "case_id"))
    moved = sum(_move(run_id, case_id, day, calendar, by=by, at=at) for run_id, case_id in counting)
    return day, moved


def deadlines_to_move(*, division: str, on: date, at: datetime) -> int:
    """How many open deadlines would move if this day were proclaimed: three statements. Nothing is changed.

    :raises Refused: as proclaiming it would be
    """
    calendar = _may_be_proclaimed(division, on, at)
    calendar = replace(calendar, holidays=calendar.holidays | {on: ""})
    runs = list(_that_count_past(division, on).select_related("case"))
    entries: dict[object, list[ClockEntry]] = defaultdict(list)
    for entry in ClockEntry.objects.filter(run__in=runs).order_by("id"):
        entries[entry.run_id].append(entry)
    return sum(_due_by(run, entries[run.pk], calendar) != civil_date(run.due_at) for run in runs)


def _due_by(run: ClockRun, entries: list[ClockEntry], calendar: Calendar) -> date:
    procedure, clock = run.case.procedure, run.declared
    return ledger.work_out(entries, procedure.length_of(clock), calendar, procedure.cut_off_of(clock)).due_on


def _may_be_proclaimed(division: str, on: date, at: datetime) -> Calendar:
    """The calendar as it is without the day. :raises Refused: for a day that cannot become a holiday."""
    if division not in calendars.DIVISIONS:
        raise Refused("Choose one of the United Kingdom's calendars.")
    if on < civil_date(at):
        raise Refused(f"{weekday(on)} has gone by. Only a holiday to come can be added.")
    calendar = timing.calendar_in_force(division)
    if on > calendar.last_day.replace(year=calendar.last_day.year + YEARS_AHEAD):
        raise Refused(f"No bank holidays are known for {on.year} yet.")
    if not calendar.is_working(on):
        raise Refused(f"{weekday(on)} does not count as a working day already.")
    return calendar


def _that_count_past(division: str, on: date) -> QuerySet[ClockRun]:
    """The unfinished runs that began before the day ended and have something due on it or later, case by case."""
    begins, ends = moment(on, time.min), moment(on + timedelta(days=1), time.min)
    procedures = [procedure.key for procedure in every() if procedure.division == division]
    return (
        ClockRun.objects.unfinished()
        .filter(
            started_at__lt=ends,
            case__procedure_key__in=procedures,
            pk__in=DueAction.objects.filter(fired_at__isnull=True, fire_at__gte=begins).values("run"),
        )
        .order_by("case_id", "id")
    )


def _move(run_id: UUID, case_id: UUID, day: ProclaimedDay, calendar: Calendar, *, by: Actor, at: datetime) -> bool:
    """Work one run out again under its case's lock. True if its date moved."""
    case = lock(case_id)
    run = ClockRun.objects.unfinished().filter(pk=run_id).first()
    if run is None:
        return False
    run.case = case
    worked: ledger.Worked = timing.worked_out(run, case.procedure, calendar)
    was = civil_date(run.due_at)
    if worked.due_on != was:
        why = f"{day.name}, {weekday(day.on)}"
        ClockEntry.objects.create(run=run, kind=LedgerEntry.CALENDAR, at=at, by=by.user, reason=why)
    timing.work_out_again(run, at=at)
    if worked.due_on == was:
        return False
    facts = {
        "clock": run.clock,
        "was_due_on": was.isoformat(),
        "due_on": worked.due_on.isoformat(),
        "holiday": day.name,
        "holiday_on": day.on.isoformat(),
    }
    record(case=case, kind="clock.moved", by=by, at=at, subject=run.subject, facts=facts)
    settle(case, by=by, at=at)
    return True
