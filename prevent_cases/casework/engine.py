"""Move a record through its workflow: the only code that changes a state, and the only code that writes an event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import outbox, timing
from prevent_cases.casework.clocks import Clock
from prevent_cases.casework.holds import must_be_free_to_share
from prevent_cases.casework.kinds import ClockState, Queue
from prevent_cases.casework.models import Case, ClockRun, Event, Stateful
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord, Transition

Row = TypeVar("Row", bound=models.Model)


def lock(case_id: Any) -> Case:
    """Take the case's lock, inside the operation's transaction. One lock a case, so that two acts cannot each think
    the other has not happened."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A case is locked inside the operation's transaction")
    return Case.objects.select_for_update(no_key=True).get(pk=case_id)


def keep(row: Row, *, by: Actor, at: datetime) -> Row:
    """Save a row with its history: who and when. The one way a case table is written."""
    row._history_user = by.user  # type: ignore[attr-defined]
    row._history_date = at  # type: ignore[attr-defined]
    row.save(force_insert=row._state.adding)
    return row


def record(
    *, case: Case, kind: str, by: Actor, at: datetime, facts: dict[str, Any] | None = None, subject: str = ""
) -> Event:
    """Write one event that is not a change of state. ``kind`` is declared in casework.sentences."""
    return Event.objects.create(
        case=case, subject=subject or f"casework.case:{case.pk}", kind=kind, by=by.user, at=at, facts=facts or {}
    )


def advance(
    *,
    subject: Stateful,
    transition: Transition,
    by: Actor,
    at: datetime,
    facts: dict[str, Any],
    version: int | None = None,
    team_id: Any = None,
    due_on: dict[str, date] | None = None,
    to: dict[str, outbox.Recipient | None] | None = None,
    chase: dict[str, str] | None = None,
    done_at: datetime | None = None,
) -> Event:
    """Take one transition and write everything its declaration promises.

    ``facts`` must hold what the row requires; the event keeps what the row names and nothing else. ``version`` is
    the case's version the person saw. ``team_id`` owns the clocks that start. ``to`` gives the recipient for each name
    the row tells (None where it reaches them another way), ``chase`` the address an outside body's clock is chased at.
    ``done_at`` is when it was really done, where it is written down afterwards: clocks stop and start then.
    Sets the state on ``subject`` itself.

    :raises NotAllowed: if this person may not take it
    :raises StaleRecord: if the case has changed since ``version``
    :raises OnHold: if the row shares and the case is on hold
    :raises Refused: if the record is in another state, a needed fact is missing, or the procedure lacks the step
    """
    case = lock(subject.case_id)
    fresh = type(subject).objects.select_related("case").get(pk=subject.pk)  # type: ignore[attr-defined]
    fresh.case = case
    if transition.procedure and transition.procedure not in case.procedure.steps:
        raise Refused(f"{case.procedure.title} has no such step.")
    if not transition.may.allows(by, fresh):
        raise NotAllowed(f"This may only be done by {transition.may.says}.")
    must_be_as_seen(case, version, by)
    if fresh.state not in transition.sources:
        raise Refused(f"This cannot be done now: the case is at “{fresh.get_state_display()}”.")
    if transition.shares:
        must_be_free_to_share(case, at=at)
    if missing := [name for name in transition.requires if facts.get(name) in (None, "", [])]:
        raise Refused("Still needed: " + ", ".join(name.replace("_", " ") for name in missing) + ".")
    old, subject.state = fresh.state, transition.target
    subject.case = case
    keep(subject, by=by, at=at)
    event = Event.objects.create(
        case=case, subject=subject.record_key, kind=transition.key, old=old, new=transition.target,
        by=by.user, at=at, facts={name: facts[name] for name in transition.facts if facts.get(name) not in (None, "")},
    )  # fmt: skip
    _turn_clocks(case, subject, transition, by, done_at or at, team_id, due_on or {}, chase or {})
    for name in transition.tells:
        if whom := (to or {})[name]:
            outbox.write(key=f"event:{event.pk}:{name}", kind=transition.key, case=case, to=whom, at=at)
    if subject.leads:
        case.stage = transition.target
        case.queue = subject.workflow.queue(transition.target)
        case.closed_at = at if case.queue == Queue.CLOSED else None
    settle(case, by=by, at=at)
    return event


def must_be_as_seen(case: Case, version: int | None, by: Actor) -> None:
    """Whoever acts has seen the case as it is.

    :raises StaleRecord: if the case, which is locked, changed since ``version``, which the person saw; it says whether
        they changed it themselves
    """
    if version is None or version == case.version:
        return
    last = Event.objects.filter(case=case).order_by("-id").values_list("by_id", flat=True).first()
    if last is not None and last == by.user_id:
        raise StaleRecord("You changed this case yourself after you opened this page, perhaps by sending it twice.")
    raise StaleRecord("Somebody else changed this case after you opened it. Check it, then try again.")


def open_case(
    *, case: Case, subject: Stateful, begins: Any = None, by: Actor, at: datetime, clocks: tuple[Clock, ...],
    kind: str, facts: dict[str, Any] | None = None,
) -> Event:  # fmt: skip
    """Write a new case and the record that leads it, start its clocks, and say so.

    ``begins`` is the state in which it begins, where that is not its workflow's first.
    """
    subject.state = begins or subject.state
    keep(case, by=by, at=at)
    keep(subject, by=by, at=at)
    event = Event.objects.create(
        case=case, subject=subject.record_key, kind=kind, new=subject.state, by=by.user, at=at, facts=facts or {}
    )
    for clock in clocks:
        timing.start(case=case, subject=subject.record_key, clock=clock, by=by, at=at, team_id=case.holder_team_id)
    settle(case, by=by, at=at)
    return event


def settle(case: Case, *, by: Actor, at: datetime) -> Case:
    """Bring the case's own columns up to date after a change, and raise its version."""
    case.version += 1
    case.next_due_at, case.next_due_clock = timing.next_due(case)
    return keep(case, by=by, at=at)


def hand_over(subject: Stateful, clock: Clock, team_id: Any) -> None:
    """Another team now owes what this clock promises."""
    if run := running(subject, clock):
        timing.hand_over(run=run, team_id=team_id)


def running(subject: Stateful, clock: Clock) -> ClockRun | None:
    """The unfinished run of a clock on a record."""
    return (
        ClockRun.objects.unfinished().select_related("case").filter(subject=subject.record_key, clock=clock.key).first()
    )


def _turn_clocks(
    case: Case, subject: Stateful, transition: Transition, by: Actor, at: datetime, team_id: Any,
    due_on: dict[str, date], chase: dict[str, str],
) -> None:  # fmt: skip
    for clock in transition.stops:
        if run := running(subject, clock):
            timing.stop(run=run, by=by, at=at, reason=transition.label)
    for clock in transition.pauses:
        run = running(subject, clock)
        if run and run.state == ClockState.RUNNING:
            timing.pause(run=run, by=by, at=at, reason=transition.label)
    for clock in transition.resumes:
        run = running(subject, clock)
        if run and run.state == ClockState.PAUSED:
            timing.resume(run=run, by=by, at=at)
    for clock in transition.starts:
        if running(subject, clock):
            continue
        timing.start(
            case=case, subject=subject.record_key, clock=clock, by=by, at=at,
            team_id=team_id or case.holder_team_id, due_on=due_on.get(clock.key),
            chase_address=chase.get(clock.key, ""),
        )  # fmt: skip
