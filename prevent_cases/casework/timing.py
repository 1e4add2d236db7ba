"""Start, stop, pause, resume and extend clocks. The engine and the operations about time call this; nothing else."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team, User
from prevent_cases.casework import calendars, clocks, ledger
from prevent_cases.casework.clocks import Clock
from prevent_cases.casework.days import Calendar, WorkingDays, civil_date, moment
from prevent_cases.casework.kinds import ClockState, DueKind, LedgerEntry
from prevent_cases.casework.models import Case, ClockEntry, ClockRun, DueAction, ProclaimedDay
from prevent_cases.casework.models.spine import NO_DEADLINE
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.wording import day, weekday
from prevent_cases.casework.workflow import Refused

YEAR = timedelta(days=365)


def calendar_in_force(division: str) -> Calendar:
    """A division's calendar with what has been proclaimed so far: one query."""
    days = ProclaimedDay.objects.filter(division=division).order_by("on").values_list("on", "name")
    return calendars.calendar_of(division, tuple(days))


def off_day(on: date, procedure: Procedure) -> str:
    """In words that a due date is no working day, and which one comes before it. Nothing for a working day, or for a
    year whose bank holidays are not known."""
    calendar = calendar_in_force(procedure.division)
    if not calendar.knows(on) or calendar.is_working(on):
        return ""
    before = WorkingDays(1).before(on, calendar)
    return f"{weekday(on)} is not a working day. The working day before it is {weekday(before)}."


def latest_due(procedure: Procedure, on: date) -> date:
    """The last day that may be asked for as a due date: the calendar's end; a year from now once that is near."""
    return max(calendars.calendar_of(procedure.division).last_day, on + YEAR)


def must_be_countable(due_on: date, procedure: Procedure, what: str, on: date) -> None:
    """:raises Refused: for a due date past the years whose bank holidays are known"""
    if due_on > (latest := latest_due(procedure, on)):
        raise Refused(f"{what} must be the same as or before {day(latest)}. Bank holidays are not known after that.")


def start(
    *, case: Case, subject: str, clock: Clock, by: Actor, at: datetime, team_id: Any, due_on: date | None = None,
    person: User | None = None, chase_address: str = "",
) -> ClockRun:  # fmt: skip
    """Start a clock on a record and write down the work that will fall due because of it.

    ``person`` is who owes it, where one person does and not a team; ``chase_address`` is where an outside body's
    clock is chased.
    """
    length = case.procedure.length_of(clock)
    calendar = calendar_in_force(case.procedure.division)
    run = ClockRun(case=case, subject=subject, clock=clock.key, team_id=team_id, person=person, started_at=at)
    run.chase_address = chase_address
    run.until = _closing_hour(clock, team_id)
    run.promised = str(length) if length else "the date asked for"
    run.rule_version = f"{case.procedure_key}/{clock.key}/{run.promised}"
    entry = ClockEntry(run=run, kind=LedgerEntry.STARTED, at=at, by=by.user, due_on=due_on)
    worked = ledger.work_out([entry], length, calendar, case.procedure.cut_off_of(clock))
    _set_due(run, clock, worked.due_on, calendar)
    run.save(force_insert=True)
    entry.save()
    DueAction.objects.bulk_create(_work(run, clock, calendar))
    return run


def stop(*, run: ClockRun, by: Actor, at: datetime, reason: str = "") -> None:
    run.state, run.stopped_at = ClockState.STOPPED, at
    run.save(update_fields=["state", "stopped_at"])
    ClockEntry.objects.create(run=run, kind=LedgerEntry.STOPPED, at=at, by=by.user, reason=reason)
    _silence(run)


def hand_over(*, run: ClockRun, team_id: Any) -> None:
    """The promise passes to another team, which is told from now on."""
    run.team_id = team_id
    run.save(update_fields=["team"])
    for row in DueAction.objects.filter(run=run, fired_at__isnull=True):
        row.team_id = team_id
        row.save(update_fields=["team"])


def hand_to(*, run: ClockRun, person: User) -> None:
    """The promise of one person passes to another."""
    run.person = person
    run.save(update_fields=["person"])


def pause(*, run: ClockRun, by: Actor, at: datetime, reason: str) -> None:
    run.state = ClockState.PAUSED
    run.save(update_fields=["state"])
    ClockEntry.objects.create(run=run, kind=LedgerEntry.PAUSED, at=at, by=by.user, reason=reason)
    _silence(run)


def resume(*, run: ClockRun, by: Actor, at: datetime, reason: str = "") -> None:
    run.state = ClockState.RUNNING
    ClockEntry.objects.create(run=run, kind=LedgerEntry.RESUMED, at=at, by=by.user, reason=reason)
    work_out_again(run, at=at)


def extend(*, run: ClockRun, due_on: date, by: Actor, at: datetime, reason: str) -> None:
    """Move a running clock to a later date, for a reason. :raises Refused: if it is not running or not later."""
    if run.state != ClockState.RUNNING:
        raise Refused("This deadline is not running, so it cannot be extended.")
    if moment(due_on, _until(run, run.declared)) <= run.due_at:
        raise Refused("The new date must be later than the date the deadline has now.")
    ClockEntry.objects.create(run=run, kind=LedgerEntry.EXTENDED, at=at, by=by.user, reason=reason, due_on=due_on)
    work_out_again(run, at=at)


def work_out_again(run: ClockRun, *, at: datetime) -> bool:
    """Fold the ledger anew and store the result. True if the due moment moved.

    What has fired fires again where its new moment is still to come: a date that moved is warned of, and missed, anew.
    """
    clock, before = run.declared, run.due_at
    case_procedure = run.case.procedure
    calendar = calendar_in_force(case_procedure.division)
    worked = worked_out(run, case_procedure, calendar)
    _set_due(run, clock, worked.due_on, calendar)
    run.save()
    fresh = {(row.kind, row.rung): row for row in _work(run, clock, calendar)}
    for row in DueAction.objects.filter(run=run):
        fire_at = fresh[row.kind, row.rung].fire_at
        if row.fired_at is not None and fire_at <= at:
            continue
        row.fire_at, row.fired_at, row.is_live = fire_at, None, run.state == ClockState.RUNNING
        row.save(update_fields=["fire_at", "fired_at", "is_live"])
    return run.due_at != before


def worked_out(run: ClockRun, procedure: Procedure, calendar: Calendar | None = None) -> ledger.Worked:
    """The working of a run's due date: one query, or two without a calendar."""
    entries = list(ClockEntry.objects.filter(run=run).order_by("id"))
    return ledger.work_out(
        entries,
        procedure.length_of(run.declared),
        calendar or calendar_in_force(procedure.division),
        procedure.cut_off_of(run.declared),
    )


def next_due(case: Case) -> tuple[datetime, str]:
    """The soonest due moment among a case's running clocks that lists show, and that clock's key."""
    hidden = [clock.key for clock in clocks.every() if not clock.shown_in_lists]
    running = case.clock_runs.running().exclude(clock__in=hidden)
    soonest = running.order_by("due_at", "clock").values_list("due_at", "clock")
    return soonest.first() or (NO_DEADLINE, "")


def _closing_hour(clock: Clock, team_id: Any) -> time | None:
    """When the team that owes it closes, for a clock that keeps the team's own hours."""
    if not clock.hours_of_team or team_id is None:
        return None
    return Team.objects.values_list("closes_at", flat=True).get(pk=team_id)


def _until(run: ClockRun, clock: Clock) -> time:
    return run.until or clock.until


def _set_due(run: ClockRun, clock: Clock, due_on: date, calendar: Calendar) -> None:
    until = _until(run, clock)
    run.due_at = moment(due_on, until)
    run.warn_at = moment(clock.warn_before.before(due_on, calendar), until)
    run.calendar_version = calendar.version_for(civil_date(run.started_at), due_on)


def _work(run: ClockRun, clock: Clock, calendar: Calendar) -> list[DueAction]:
    def row(kind: DueKind, fire_at: datetime, rung: int = 0, post: str = "") -> DueAction:
        return DueAction(
            run=run, case_id=run.case_id, clock=run.clock, team_id=run.team_id,
            kind=kind, fire_at=fire_at, rung=rung, post=post,
        )  # fmt: skip

    due_on, until = civil_date(run.due_at), _until(run, clock)
    rows = [row(DueKind.LATE, run.due_at)]
    if clock.warn_before.count:
        rows.insert(0, row(DueKind.WARN, run.warn_at))
    for rung, step in enumerate(clock.ladder, start=1):
        rows.append(row(DueKind.ESCALATE, moment(step.after.after(due_on, calendar), until), rung, step.post))
    return rows


def _silence(run: ClockRun) -> None:
    for row in DueAction.objects.filter(run=run, fired_at__isnull=True, is_live=True):
        row.is_live = False
        row.save(update_fields=["is_live"])
