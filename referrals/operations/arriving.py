"""A referral reaches children's duty: straight from the local police hub, or through the SSU (C1, C1.1, C1.6)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework import outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import keep, open_case
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.models import Case
from prevent_cases.casework.references import new_reference
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals import clocks
from referrals.models import ChildArrival, Referral
from referrals.operations.intake import (
    ReceivedReferral,
    digest_of,
    entered_late,
    keep_what_came,
    must_have_come,
    referral_of,
    sent_before,
)
from referrals.policy import duty_staff
from referrals.queries.ages import age_group, age_group_on
from referrals.queries.arrivals import NOTHING_SAID, SaidOfAChild
from referrals.queries.headings import INSTRUCTIONS
from referrals.states import AgeGroup, ReferralState

AN_ADULT = "This person is an adult. Correct the date of birth first if that is wrong."


def receive_child_referral(
    *, key: UUID, received: ReceivedReferral, files: list[ReceivedFile], team: Team, ssu: Team, policing: Team,
    procedure_key: str, instructions: str = "", age: str = AgeGroup.UNKNOWN, said: SaidOfAChild = NOTHING_SAID,
    by: Actor, at: datetime,
) -> Referral:  # fmt: skip
    """Take in a child's referral at children's duty, with the holding instructions exactly as they came.

    Both clocks begin when it was received, which may be before it is typed in. ``ssu`` coordinates it. ``age`` is what
    the worker was told where there is no birth date: it is asked, never guessed. The same ``key`` twice is one
    referral; the first is returned.

    :raises NotAllowed: if this person is not of the duty team
    :raises Refused: for an adult, for a key used for something else, or a receipt in the future
    """
    if not duty_staff.allows(by, None) or not by.is_member(team.pk) or team.kind != TeamKind.CHILDREN:
        raise NotAllowed("This may only be done by a member of the children's duty team.")
    must_have_come(received.received_at, procedure_key, at=at)
    group = age_group(received.born_on, civil_date(at)) if received.born_on else age
    if group == AgeGroup.ADULT:
        raise Refused("This person is 18 or over. An adult’s referral goes to the Strategic Safeguarding Unit.")
    if instructions.strip():
        received = _with_instructions(received, instructions)
    digest = sha256(f"{digest_of(received, files)}{asdict(said)}{age}".encode()).hexdigest()
    if earlier := sent_before(key, digest):
        return earlier
    try:
        with transaction.atomic():
            return _receive(key, digest, received, files, team, ssu, policing, procedure_key, group, said, by, at)
    except IntegrityError:
        if earlier := sent_before(key, digest):
            return earlier
        raise


def must_be_child(referral: Referral, on: date) -> None:
    """:raises Refused: for somebody who is an adult on that day"""
    if age_group_on(referral, on) == AgeGroup.ADULT:
        raise Refused(AN_ADULT)


def keep_arrival(
    referral: Referral, team: Team, said: SaidOfAChild, arrived_at: datetime, *, by: Actor, at: datetime
) -> ChildArrival:
    """Write down that it reached a duty team."""
    row = ChildArrival(
        case=referral.case, referral=referral, team=team, arrived_at=arrived_at, kept_by=by.user, kept_at=at,
        **asdict(said),
    )  # fmt: skip
    return keep(row, by=by, at=at)


def _with_instructions(received: ReceivedReferral, instructions: str) -> ReceivedReferral:
    return ReceivedReferral(**{**vars(received), "narrative": {**received.narrative, INSTRUCTIONS: instructions}})


def _receive(
    key: UUID, digest: str, received: ReceivedReferral, files: list[ReceivedFile], team: Team, ssu: Team,
    policing: Team, procedure_key: str, group: str, said: SaidOfAChild, by: Actor, at: datetime,
) -> Referral:  # fmt: skip
    case = Case(
        reference=new_reference(), procedure_key=procedure_key, opened_at=received.received_at,
        stage=ReferralState.WITH_CHILDREN, queue=Queue.WAITING, owner_team=ssu, holder_team=team,
    )  # fmt: skip
    referral = referral_of(case, received, policing, by=by, at=at)
    referral.age_group = group
    open_case(
        case=case, subject=referral, begins=ReferralState.WITH_CHILDREN, by=by, at=received.received_at,
        clocks=(clocks.ACKNOWLEDGE, clocks.DECIDE), kind="referral.received_by_duty",
        facts=entered_late(received.received_at, at=at),
    )  # fmt: skip
    keep_arrival(referral, team, said, received.received_at, by=by, at=at)
    keep_what_came(referral, key, digest, received.narrative, files, by=by, at=at)
    outbox.write(key=f"received:{case.pk}", kind="referral.received_by_duty", case=case, to=team, at=at)
    return referral
