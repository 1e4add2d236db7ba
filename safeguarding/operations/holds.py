"""Put a child's case on hold and ask police whether it may go on; renew the hold, or end it (C7, C9 to C11)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import holding
from prevent_cases.casework.engine import lock
from prevent_cases.casework.models import Hold
from prevent_cases.casework.workflow import NotAllowed
from referrals.models import Referral
from referrals.queries.naming import must_name_nobody
from safeguarding.models import Check
from safeguarding.operations.checks import ask_check
from safeguarding.policy import may_hear_why
from safeguarding.states import CheckPurpose, CheckResult, CheckState

FOR_THE_LEAD = (
    "CT policing has not said that this may go on. Only the lead of the Strategic Safeguarding Unit may end this hold, "
    "after speaking to them."
)
SAID_NO = (CheckResult.NOT_PROGRESSED, CheckResult.DO_NOT_PROCEED)


@transaction.atomic
def place_hold(*, referral: Referral, reason: str, by: Actor, at: datetime) -> Hold:
    """No immediate concern: nothing is shared until police say that it may, and they are asked (C1.25 to C1.27).

    :raises Refused: where a hold stands already
    """
    hold = holding.place(
        case=referral.case, received_at=referral.received_at, reason=reason, by=by, at=at,
        chase_address=referral.reply_address, policing_team_id=referral.policing_team_id,
    )  # fmt: skip
    if not Check.objects.filter(case=referral.case, purpose=CheckPurpose.HOLD, state=CheckState.ASKED).exists():
        ask_check(referral=referral, purpose=CheckPurpose.HOLD, by=by, at=at)
    return hold


@transaction.atomic
def renew_hold(*, referral: Referral, until: date, reason: str, by: Actor, at: datetime, version: int | None) -> Hold:
    """Go on waiting for police, until a day, for a reason. What they owe stays asked."""
    case = lock(referral.case_id)
    must_name_nobody(referral, reason)
    hold = holding.renew(case=case, until=until, reason=reason, by=by, at=at, version=version)
    referral.case = case
    if not Check.objects.filter(case=case, purpose=CheckPurpose.HOLD, state=CheckState.ASKED).exists():
        ask_check(referral=referral, purpose=CheckPurpose.HOLD, by=by, at=at)
    return hold


@transaction.atomic
def end_hold(*, referral: Referral, reason: str, by: Actor, at: datetime, version: int | None) -> Hold:
    """End it without the answer that would have. After police said not to go on, that is for the unit's lead alone."""
    case = lock(referral.case_id)
    must_name_nobody(referral, reason)
    checks = Check.objects.filter(case=case, purpose=CheckPurpose.HOLD, state=CheckState.ANSWERED)
    last = checks.select_related("case").order_by("-answered_at").first()
    if last is not None and last.result in SAID_NO and not may_hear_why.allows(by, last):
        raise NotAllowed(FOR_THE_LEAD)
    return holding.end(case=case, reason=reason, by=by, at=at, version=version)
