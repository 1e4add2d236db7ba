"""Children's duty closes a case: no plan is open, no hold stands, other needs are referred (C13)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.engine import advance, lock
from prevent_cases.casework.workflow import Refused
from referrals.models import OnwardNeed, Referral
from referrals.queries.finishing import NONE_FOUND
from referrals.queries.naming import must_name_nobody
from referrals.workflow import REFERRAL
from safeguarding.queries.closing import in_the_way


@transaction.atomic
def close_child(
    *, referral: Referral, reason: str, other_needs: str, by: Actor, at: datetime, version: int | None = None
) -> None:
    """Close the case and start the retention clock. Feedback that is owed outlives it.

    :raises Refused: naming the first thing that stands in the way
    """
    must_name_nobody(referral, reason)
    must_name_nobody(referral, other_needs, "needs_words")
    case = lock(referral.case_id)
    referral.case = case
    if gates := in_the_way(referral):
        raise Refused(gates[0])
    if other_needs == NONE_FOUND and OnwardNeed.objects.filter(case=case).exists():
        raise Refused("Another need was recorded on this case. Say what was done about it.")
    advance(
        subject=referral, transition=REFERRAL["referral.close_child"], by=by, at=at, version=version,
        facts={"reason": reason, "other_needs": other_needs}, team_id=case.holder_team_id,
    )  # fmt: skip
    access.end_named_workers(access.named_workers(case))
