"""Feedback after a child's referral: given, heard from CT policing, or not appropriate because (C12, C1.23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.consenting import position_on_sharing
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, lock
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.sharing import Recipient, disclose
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import Refused
from referrals.models import Referral
from referrals.queries.naming import must_name_nobody
from safeguarding.models import FeedbackOwed
from safeguarding.states import FeedbackTo
from safeguarding.workflow import FEEDBACK

TITLE = "Feedback to {to}"
PURPOSE = "To tell {to} what they may know of what became of the referral"


@transaction.atomic
def give_feedback(
    *, owed: FeedbackOwed, to: Recipient, items: Sequence[str], necessity: str, delivery: str, told_on: date,
    by: Actor, at: datetime, version: int | None = None,
) -> Disclosure:  # fmt: skip
    """Tell the referrer or the parents, through the one gate for what goes outside. The case may be closed.

    ``items`` name what they are told, without its content; ``told_on`` is the day they are.

    :raises OnHold: while CT policing checks the case
    :raises Refused: for social care, which CT policing tells, or for a day to come or before it was owed
    """
    case = lock(owed.case_id)
    if owed.to == FeedbackTo.SOCIAL_CARE:
        raise Refused("CT policing tells social care. Record what they said instead.")
    _must_be_told(owed, told_on, at)
    whom = FeedbackTo(owed.to).label
    with access.writing(by, case.pk):
        advance(
            subject=owed, transition=FEEDBACK["feedback.give"], by=by, at=at, version=version,
            facts={"to": whom, "told_on": told_on.isoformat()},
        )  # fmt: skip
        consent, why = position_on_sharing(case)
        return disclose(
            case=case, title=TITLE.format(to=whom), to=to, purpose=PURPOSE.format(to=whom),
            consent=consent, why_not_sought=why, necessity=necessity, items=items, delivery=delivery, by=by, at=at,
        )  # fmt: skip


@transaction.atomic
def hear_feedback(
    *, owed: FeedbackOwed, told_on: date, by: Actor, at: datetime, version: int | None = None
) -> None:  # fmt: skip
    """CT policing told social care what became of it. :raises Refused: for anybody else, or a day that cannot be."""
    lock(owed.case_id)
    if owed.to != FeedbackTo.SOCIAL_CARE:
        raise Refused("This is for the duty team to give, not to hear.")
    _must_be_told(owed, told_on, at)
    advance(
        subject=owed, transition=FEEDBACK["feedback.hear"], by=by, at=at, version=version,
        facts={"told_on": told_on.isoformat()},
    )  # fmt: skip


@transaction.atomic
def say_not_appropriate(
    *, owed: FeedbackOwed, reason: str, by: Actor, at: datetime, version: int | None = None
) -> None:  # fmt: skip
    """Feedback would do harm, or there is nobody to give it to. :raises Refused: without a reason"""
    lock(owed.case_id)
    must_name_nobody(Referral.objects.get(case=owed.case_id), reason, "reason")
    advance(
        subject=owed, transition=FEEDBACK["feedback.not_appropriate"], by=by, at=at, version=version,
        facts={"to": FeedbackTo(owed.to).label, "reason": reason.strip()},
    )  # fmt: skip


def _must_be_told(owed: FeedbackOwed, told_on: date, at: datetime) -> None:
    received = civil_date(Referral.objects.values_list("received_at", flat=True).get(case=owed.case_id))
    if told_on > civil_date(at):
        raise Refused("The day they were told cannot be in the future.", "told_on")
    if told_on < received:
        raise Refused(f"They cannot have been told before it was received, on {day(received)}.", "told_on")
