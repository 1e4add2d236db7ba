"""Children's duty acknowledges a referral and decides what happens next: two facts with two times (C2, C1.12)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, timing
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, record, running, settle
from prevent_cases.casework.models import Case
from prevent_cases.casework.operations import stays_with_holder
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.wording import date_and_time
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals import clocks as referral_clocks
from referrals.models import ChildArrival, Referral
from referrals.operations.arriving import keep_arrival
from referrals.operations.triage import to_policing
from referrals.policy import childrens_duty
from referrals.queries.ages import age_group_on
from referrals.queries.arrivals import NOTHING_SAID, arrival_of
from referrals.queries.naming import must_name_nobody
from referrals.states import AgeGroup
from referrals.states import ChildDecisionKind as D
from referrals.workflow import REFERRAL
from safeguarding import clocks
from safeguarding.models import ChildDecision, FeedbackOwed
from safeguarding.operations.holds import place_hold
from safeguarding.operations.protection import open_protection
from safeguarding.states import FeedbackTo, ProtectionKind

CAN_WAIT = (D.NO_CONCERN, D.SECTION_17)
"""Decisions that wait for whoever in CT policing is consulted. What cannot wait does not."""
BEGINS = {
    D.SECTION_17: ProtectionKind.SECTION_17,
    D.SECTION_47: ProtectionKind.SECTION_47,
    D.IMMEDIATE: ProtectionKind.IMMEDIATE,
}
NO_CHILD = "This person is 18 or over now. Hand the case over to the adult pathway."


@transaction.atomic
def acknowledge(
    *, referral: Referral, done_at: datetime | None = None, by: Actor, at: datetime, version: int | None = None
) -> ChildDecision:  # fmt: skip
    """Acknowledge the referral to whoever sent it: CT policing's local Prevent team (C1.12).

    ``done_at`` is when that was really done, where it is written down afterwards.

    :raises NotAllowed: unless a member of the duty team that holds it does it
    :raises Refused: where it was acknowledged already, or for a moment before it came or still to come
    """
    case = lock(referral.case_id)
    with access.writing(by, case.pk):
        arrival = _arrival(referral, case, by=by, at=at)
        if earlier := ChildDecision.objects.filter(arrival=arrival).first():
            raise Refused(f"It was acknowledged already, on {date_and_time(earlier.acknowledged_at)}.")
        return _acknowledge(referral, arrival, _real(done_at, arrival, at), by=by, at=at, version=version)


@transaction.atomic
def decide(
    *, referral: Referral, decision: str, reason: str, consulted: str = "", age: str = "",
    done_at: datetime | None = None, by: Actor, at: datetime, version: int | None = None,
) -> ChildDecision:  # fmt: skip
    """Decide, weighed against the threshold document the case's procedure names. That acknowledges it too, if nothing
    did before.

    No immediate concern puts the case on hold, and asks CT policing. The other three begin to protect the child at
    once. ``age`` is what the worker found where there is no birth date. ``done_at`` is when it was really decided.

    :raises NotAllowed: unless a member of the duty team that holds it decides
    :raises Refused: without a reason, for somebody who is no child or of unknown age, without who in CT policing was
        consulted where that can wait, or for a moment before it came or still to come
    """
    case = lock(referral.case_id)
    referral.case = case
    with access.writing(by, case.pk):
        if not childrens_duty.allows(by, referral):
            raise NotAllowed(f"This may only be done by {childrens_duty.says}.")
        must_name_nobody(referral, consulted, "consulted")
        _must_be_weighed(referral, decision, reason, consulted, age, at)
        arrival = _arrival(referral, case, by=by, at=at)
        real = _real(done_at, arrival, at)
        row = ChildDecision.objects.filter(arrival=arrival).first()
        if row is None:
            row = _acknowledge(referral, arrival, real, by=by, at=at, version=version)
            version = None
        elif real < row.acknowledged_at:
            raise Refused("It cannot have been decided before it was acknowledged.", "done_on")
        referral.age_group = AgeGroup.CHILD
        _decide(referral, row, D(decision), reason.strip(), consulted.strip(), real, by=by, at=at, version=version)
    _go_on(referral, D(decision), reason.strip(), by=by, at=at)
    return row


def threshold_of(procedure: Procedure) -> tuple[str, str]:
    """The threshold document's title and its address, which may be empty, as a procedure names them."""
    return procedure.texts["threshold_document"], procedure.texts["threshold_link"]


def _must_be_weighed(referral: Referral, decision: str, reason: str, consulted: str, age: str, at: datetime) -> None:
    if decision not in D.values:
        raise Refused("Choose what happens next.", "decision")
    group = age_group_on(referral, civil_date(at))
    group = age if group == AgeGroup.UNKNOWN and age else group
    if group == AgeGroup.UNKNOWN:
        raise Refused("Say whether this person is under 18. It is never guessed.", "age")
    if group == AgeGroup.ADULT:
        raise Refused(NO_CHILD)
    if not reason.strip():
        raise Refused("Say why, in a few words.", "reason")
    if decision in CAN_WAIT and not consulted.strip():
        raise Refused("Say who in CT policing was consulted.", "consulted")


def _arrival(referral: Referral, case: Case, *, by: Actor, at: datetime) -> ChildArrival:
    """When it reached the duty team. One from before that was kept is taken from the clock that then began."""
    if found := arrival_of(referral):
        return found
    run = running(referral, referral_clocks.DECIDE)
    arrived_at = run.started_at if run else referral.received_at
    return keep_arrival(referral, case.holder_team, NOTHING_SAID, arrived_at, by=by, at=at)


def _real(done_at: datetime | None, arrival: ChildArrival, at: datetime) -> datetime:
    """The moment it was really done, if that can be."""
    if done_at is None:
        return at
    if done_at > at:
        raise Refused("It cannot have been done in the future.", "done_on")
    if done_at < arrival.arrived_at:
        raise Refused(f"It cannot have been done before it came, on {date_and_time(arrival.arrived_at)}.", "done_on")
    return done_at


def _acknowledge(
    referral: Referral, arrival: ChildArrival, real: datetime, *, by: Actor, at: datetime, version: int | None
) -> ChildDecision:  # fmt: skip
    advance(
        subject=referral, transition=REFERRAL["referral.acknowledge_child"], by=by, at=at, version=version,
        facts=_moments(real, at), to={"reply address": to_policing(referral, referral.reply_address)}, done_at=real,
    )  # fmt: skip
    row = ChildDecision(case=referral.case, arrival=arrival, acknowledged_by=by.user, acknowledged_at=real)
    return keep(row, by=by, at=at)


def _decide(
    referral: Referral, row: ChildDecision, decision: D, reason: str, consulted: str, real: datetime, *, by: Actor,
    at: datetime, version: int | None,
) -> None:  # fmt: skip
    procedure = referral.case.procedure
    title, link = threshold_of(procedure)
    advance(
        subject=referral, transition=REFERRAL["referral.decide_child"], by=by, at=at, version=version, done_at=real,
        facts={"decision": decision.label, "threshold": title, "consulted": consulted, **_moments(real, at)},
        to={"coordinating team": referral.case.owner_team},
    )  # fmt: skip
    row.decided_by, row.decided_at, row.decision, row.reason = by.user, real, decision, reason
    row.consulted, row.threshold_title, row.threshold_link = consulted, title, link
    row.procedure_edition = procedure.edition
    keep(row, by=by, at=at)
    stays_with_holder(referral.case, by=by, at=at)


def _go_on(referral: Referral, decision: D, reason: str, *, by: Actor, at: datetime) -> None:
    """What the decision begins: a hold with a police check, or protection; and whoever is to be told of it in time."""
    owe_feedback(referral, by=by, at=at)
    if decision == D.NO_CONCERN:
        if referral.case.held_until is None:
            place_hold(referral=referral, reason="No immediate concern", by=by, at=at)
        return
    open_protection(
        case=referral.case, kind=BEGINS[decision], reason=reason,
        counted_from=referral.received_at if decision == D.SECTION_17 else None, by=by, at=at,
    )  # fmt: skip


def owe_feedback(referral: Referral, *, by: Actor, at: datetime) -> list[FeedbackOwed]:
    """Social care, the referrer and the parents are owed feedback, or a reason why not (C1.23). Each once."""
    case = lock(referral.case_id)
    there = set(FeedbackOwed.objects.filter(case=case).values_list("to", flat=True))
    owed = []
    for to in FeedbackTo:
        if to in there:
            continue
        row = keep(FeedbackOwed(case=case, to=to, team=case.holder_team, owed_at=at), by=by, at=at)
        _start_its_clock(row, referral, by=by, at=at)
        owed.append(row)
    if owed:
        record(case=case, kind="feedback.owed", by=by, at=at, subject=referral.record_key)
        settle(case, by=by, at=at)
    referral.case = case
    return owed


def _start_its_clock(row: FeedbackOwed, referral: Referral, *, by: Actor, at: datetime) -> None:
    given: dict[str, Any] = {"case": row.case, "subject": row.record_key, "by": by, "at": at}
    if row.to == FeedbackTo.SOCIAL_CARE:
        given |= {"team_id": referral.policing_team_id, "chase_address": referral.reply_address}
        timing.start(clock=clocks.FEEDBACK_TO_US, **given)
    elif row.to == FeedbackTo.PARENTS:
        timing.start(clock=clocks.FEEDBACK_TO_PARENTS, team_id=row.team_id, **given)
    else:
        timing.start(clock=clocks.FEEDBACK, team_id=row.team_id, **given)


def _moments(real: datetime, at: datetime) -> dict[str, str]:
    """Both moments, where it was done earlier than it was written down."""
    return {} if real == at else {"done_at": real.isoformat(), "logged_at": at.isoformat()}
