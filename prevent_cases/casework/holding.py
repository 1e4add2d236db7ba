"""Place a hold on sharing, renew it, end it, lift it for safety: the only code that sets ``Case.held_until``.

Each act takes the case's lock, and brings the ``case`` it was handed up to date, so that its caller may go on with it.
Lifting for safety asks nothing of the procedure, its editions, the mail or the broker.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import timing
from prevent_cases.casework.clocks import HOLD_CHECKS, HOLD_RENEWED_FOR
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, running, settle
from prevent_cases.casework.holds import HOLD, must_be_free_to_share
from prevent_cases.casework.kinds import HoldState
from prevent_cases.casework.models import Case, Hold
from prevent_cases.casework.policy import may_end_hold, may_place_hold
from prevent_cases.casework.wording import weekday
from prevent_cases.casework.workflow import NotAllowed, Refused

__all__ = [
    "end",
    "end_as_answered",
    "latest_day",
    "lift_for_safety",
    "must_be_free_to_share",
    "place",
    "renew",
    "standing",
]

NONE_STANDS = "This case is not on hold."


def standing(case: Case) -> Hold | None:
    """The hold that stands on a case, in its days or past them."""
    return Hold.objects.select_related("case").filter(case=case, state=HoldState.STANDING).first()


def latest_day(case: Case, on: date) -> date:
    """The last day to which a hold may be renewed on a day."""
    return HOLD_RENEWED_FOR.after(on, timing.calendar_in_force(case.procedure.division))


@transaction.atomic
def place(
    *, case: Case, received_at: datetime, reason: str, by: Actor, at: datetime, chase_address: str = "",
    policing_team_id: Any = None,
) -> Hold:  # fmt: skip
    """Nothing may be shared until police say that it may, for 28 days at most from receipt (C7, C1.25 to C1.27).

    A hold that is placed after those days has lapsed as soon as it stands. ``policing_team_id`` is the team that owes
    the answer; ``chase_address`` is where it is chased.

    :raises NotAllowed: unless a member of the team that holds or coordinates the case places it
    :raises Refused: where one stands already, for no reason, or for a receipt still to come
    """
    locked = lock(case.pk)
    if received_at > at:
        raise Refused("The referral cannot have been received in the future.")
    if not reason.strip():
        raise Refused("Say why nothing may be shared.")
    if standing(locked):
        raise Refused("This case is on hold already.")
    length = locked.procedure.length_of(HOLD_CHECKS) or HOLD_CHECKS.length
    until_on = length.after(civil_date(received_at), timing.calendar_in_force(locked.procedure.division))  # type: ignore[union-attr]
    hold = Hold(case=locked, received_at=received_at, until_on=until_on, placed_by=by.user, placed_at=at)
    if not may_place_hold.allows(by, hold):
        raise NotAllowed(f"This may only be done by {may_place_hold.says}.")
    keep(hold, by=by, at=at)
    locked.held_until = until_on
    record(
        case=locked, kind="hold.placed", by=by, at=at, subject=hold.record_key,
        facts={"until_on": until_on.isoformat(), "reason": reason.strip()},
    )  # fmt: skip
    timing.start(
        case=locked, subject=hold.record_key, clock=HOLD_CHECKS, by=by, at=at,
        team_id=policing_team_id or locked.owner_team_id, due_on=until_on, chase_address=chase_address,
    )  # fmt: skip
    _bring_up_to_date(case, settle(locked, by=by, at=at))
    return hold


@transaction.atomic
def renew(*, case: Case, until: date, reason: str, by: Actor, at: datetime, version: int | None = None) -> Hold:
    """The hold goes on to a later day, for a reason. It never does by itself (C11).

    :raises Refused: for a day that is no later than the one it has, or more than 28 days off
    """
    hold = _must_stand(lock(case.pk))
    if not may_end_hold.allows(by, hold):
        raise NotAllowed(f"This may only be done by {may_end_hold.says}.")
    must_be_as_seen(hold.case, version, by)
    today = civil_date(at)
    latest = latest_day(hold.case, today)
    if until <= max(hold.until_on, today):
        raise Refused(f"The new last day must be after {weekday(max(hold.until_on, today))}.", field="until")
    if until > latest:
        raise Refused(f"The new last day must be on or before {weekday(latest)}, 28 days from today.", field="until")
    if run := running(hold, HOLD_CHECKS):
        timing.extend(run=run, due_on=until, by=by, at=at, reason=reason)
    hold.until_on, hold.renewals = until, hold.renewals + 1
    facts = {"reason": reason.strip(), "until_on": until.isoformat()}
    advance(subject=hold, transition=HOLD["hold.renew"], by=by, at=at, facts=facts)
    return _mirror(case, hold, until, by=by, at=at)


@transaction.atomic
def end(*, case: Case, reason: str, by: Actor, at: datetime, version: int | None = None) -> Hold:
    """A manager says that the hold is over without an answer, and why (C11)."""
    hold = _must_stand(lock(case.pk))
    hold.ended_by, hold.ended_at = by.user, at
    advance(
        subject=hold, transition=HOLD["hold.end"], by=by, at=at, facts={"reason": reason.strip()}, version=version
    )  # fmt: skip
    return _mirror(case, hold, None, by=by, at=at)


@transaction.atomic
def end_as_answered(*, case: Case, answer: str, by: Actor, at: datetime) -> Hold | None:
    """Police said whether it is suitable: the hold is over, in its days or past them (C9, C10). None stood: nothing."""
    hold = standing(lock(case.pk))
    if hold is None:
        return None
    hold.ended_by, hold.ended_at = by.user, at
    advance(subject=hold, transition=HOLD["hold.answer"], by=by, at=at, facts={"answer": answer})
    return _mirror(case, hold, None, by=by, at=at)


@transaction.atomic
def lift_for_safety(*, case: Case, reason: str, by: Actor, at: datetime) -> Hold | None:
    """Somebody needs protecting: the hold is over now, with no approval (C8). None stood: nothing happens."""
    hold = standing(lock(case.pk))
    if hold is None:
        return None
    hold.ended_by, hold.ended_at = by.user, at
    advance(subject=hold, transition=HOLD["hold.lift"], by=by, at=at, facts={"reason": reason.strip()})
    return _mirror(case, hold, None, by=by, at=at)


def _must_stand(case: Case) -> Hold:
    hold = standing(case)
    if hold is None:
        raise Refused(NONE_STANDS)
    return hold


def _mirror(case: Case, hold: Hold, until: date | None, *, by: Actor, at: datetime) -> Hold:
    hold.case.held_until = until
    _bring_up_to_date(case, keep(hold.case, by=by, at=at))
    return hold


def _bring_up_to_date(case: Case, locked: Case) -> None:
    """Whoever handed the case in goes on with it as it now is."""
    case.held_until, case.version = locked.held_until, locked.version
    case.next_due_at, case.next_due_clock = locked.next_due_at, locked.next_due_clock
