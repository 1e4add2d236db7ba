"""Hear the outcome, see that other needs are referred, close, and reopen (A15, A16)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.models import Case
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import OnwardNeed, Referral
from referrals.policy import a_holding_member, an_ssu_officer
from referrals.queries.finishing import NONE_FOUND, closure_gates
from referrals.queries.naming import must_name_nobody
from referrals.states import NeedState, Outcome
from referrals.workflow import REFERRAL


@transaction.atomic
def record_outcome(
    *, referral: Referral, outcome: str, told_on: date | None, by: Actor, at: datetime, version: int | None = None
) -> None:
    """Record what policing says became of it (A15), and when it said so. What is not disclosed was said on no day.

    :raises Refused: without the day, or for a day to come or before the referral was received
    """
    if outcome == Outcome.NOT_DISCLOSED:
        told_on = None
    elif told_on is None:
        raise Refused("Say on which day policing told us.")
    else:
        _must_lie_within(referral, told_on, "The day policing told us", at)
    referral.outcome = outcome
    advance(
        subject=referral, transition=REFERRAL["referral.record_outcome"], by=by, at=at, version=version,
        facts={"outcome": Outcome(outcome).label, "told_on": told_on.isoformat() if told_on else ""},
        team_id=referral.case.owner_team_id,
    )  # fmt: skip


@transaction.atomic
def note_other_need(
    *, referral: Referral, need: str, by: Actor, at: datetime, version: int | None = None
) -> OnwardNeed:
    """Write down another need found along the way; the case cannot close until it is referred (D2.16)."""
    case = _staffed(referral, by)
    must_be_as_seen(case, version, by)
    row = keep(OnwardNeed(case=case, need=need, found_by=by.user, found_at=at), by=by, at=at)
    record(case=case, kind="need.found", by=by, at=at, subject=referral.record_key)
    settle(case, by=by, at=at)
    return row


@transaction.atomic
def refer_other_need(*, need: OnwardNeed, referred_to: str, referred_on: date, by: Actor, at: datetime) -> None:
    """Record where another need was referred and when."""
    case = lock(need.case_id)
    referral = Referral.objects.get(case=case)
    _staffed(referral, by)
    need = OnwardNeed.objects.get(pk=need.pk)
    if need.standing == NeedState.REFERRED:
        raise Refused("This need was already referred.")
    _must_lie_within(referral, referred_on, "The day it was referred", at)
    need.standing, need.referred_to, need.referred_on = NeedState.REFERRED, referred_to, referred_on
    keep(need, by=by, at=at)
    record(case=case, kind="need.referred", by=by, at=at, facts={"referred_to": referred_to})
    settle(case, by=by, at=at)


@transaction.atomic
def close_case(*, referral: Referral, other_needs: str, by: Actor, at: datetime, version: int | None = None) -> None:
    """Close the case and start the retention clock. Named workers' access ends; the holding team's record stays.

    :raises Refused: naming the first gate that stands in the way
    """
    case = lock(referral.case_id)
    referral.case = case
    if gates := closure_gates(referral):
        raise Refused(gates[0].words)
    if other_needs == NONE_FOUND and OnwardNeed.objects.filter(case=case).exists():
        raise Refused("Another need was recorded on this case. Say what was done about it.")
    advance(
        subject=referral, transition=REFERRAL["referral.close"], by=by, at=at, version=version,
        facts={"other_needs": other_needs}, team_id=case.owner_team_id,
    )  # fmt: skip
    access.end_named_workers(access.named_workers(case))


@transaction.atomic
def reopen_case(*, referral: Referral, reason: str, by: Actor, at: datetime, version: int | None = None) -> None:
    """Reopen a closed case: the SSU holds it again and checks anew.

    The restricted area stays shut to the SSU, and open to the nominated workers of the team that recorded in it.
    """
    case = lock(referral.case_id)
    must_name_nobody(referral, reason)
    last = case.holder_team
    advance(
        subject=referral, transition=REFERRAL["referral.reopen"], by=by, at=at, version=version,
        facts={"reason": reason}, team_id=case.owner_team_id,
    )  # fmt: skip
    case = lock(referral.case_id)
    case.holder_team, case.assignee = case.owner_team, None
    keep(case, by=by, at=at)
    access.end_named_workers(access.named_workers(case))
    if case.restricted_at is not None and last.pk != case.owner_team_id:
        access.place_under_grants(case, last)
    referral.note_added_by = referral.note_added_at = None
    referral.document_placed_by = referral.document_placed_at = None
    referral.outcome, referral.known = "", ""
    keep(referral, by=by, at=at)


def _must_lie_within(referral: Referral, on: date, what: str, at: datetime) -> None:
    received = civil_date(referral.received_at)
    if on > civil_date(at):
        raise Refused(f"{what} cannot be in the future.")
    if on < received:
        raise Refused(f"{what} cannot be before the referral was received, on {day(received)}.")


def _staffed(referral: Referral, by: Actor) -> Case:
    case = lock(referral.case_id)
    referral.case = case
    rule = an_ssu_officer | a_holding_member
    if not rule.allows(by, referral):
        raise NotAllowed(f"This may only be done by {rule.says}.")
    if not case.is_open:
        raise Refused("The case is closed. Reopen it first.")
    return case
