"""Somebody turns 18, or turns out to be an adult: to the adult pathway, and consent is asked anew (C13)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.casework import outbox, timing
from prevent_cases.casework.consent_kinds import ConsentKind, Seeking
from prevent_cases.casework.consenting import decide_on_seeking
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, hand_over, keep, lock, record, settle
from prevent_cases.casework.models import Case, ClockRun
from prevent_cases.casework.workflow import Refused
from referrals import clocks as referral_clocks
from referrals.models import Referral
from referrals.operations.triage import give_to
from referrals.queries.ages import age_group, age_group_on
from referrals.queries.naming import must_name_nobody
from referrals.states import AgeGroup
from referrals.states import ReferralState as S
from referrals.workflow import REFERRAL
from safeguarding import clocks
from safeguarding.models import FeedbackOwed
from safeguarding.states import FeedbackState

WITH_DUTY = (S.WITH_CHILDREN, S.CHILD_DECIDED)
THEIR_OWN = (ConsentKind.SHARING, ConsentKind.SUPPORT, ConsentKind.SOCIAL_CARE)
"""What a parent may have said for a child, and the person now says for themselves."""
BIRTHDAYS = the_service("eighteenth birthdays")
ASK_AGAIN = "The person is 18 and decides for themselves now. Whatever was agreed before is asked again."


def find_those_turned_18(*, by: Actor, at: datetime) -> int:
    """Whoever with children's duty is 18 by today: their team and the unit that coordinates are told, once, and a
    deadline to hand over begins. Safe to repeat; how many were found."""
    today = civil_date(at)
    rows = Referral.objects.filter(state__in=WITH_DUTY, born_on__isnull=False, case__closed_at__isnull=True)
    grown = [
        (case_id, pk)
        for case_id, pk, born_on in rows.values_list("case_id", "pk", "born_on")
        if age_group(born_on, today) == AgeGroup.ADULT
    ]
    return sum(_found(case_id, pk, by=by, at=at) for case_id, pk in grown)


@transaction.atomic
def hand_to_adults(
    *, referral: Referral, reason: str, by: Actor, at: datetime, version: int | None = None
) -> None:  # fmt: skip
    """To the unit that coordinates, which checks as for any adult. What duty wrote stays with duty; a hold that stands
    goes on standing; feedback that is owed passes on too.

    :raises Refused: for somebody who is under 18, or a reason that names them
    """
    must_name_nobody(referral, reason)
    case = lock(referral.case_id)
    on = civil_date(at)
    if age_group_on(referral, on) != AgeGroup.ADULT:
        raise Refused("This person is under 18. Correct the date of birth first if that is wrong.")
    referral.age_group, referral.known = AgeGroup.ADULT, ""
    referral.named_worker, referral.named_worker_name = None, ""
    advance(
        subject=referral, transition=REFERRAL["referral.hand_to_adults"], by=by, at=at, version=version,
        team_id=case.owner_team_id, facts={"team": case.owner_team.name, "reason": reason},
        to={"receiving team": case.owner_team},
    )  # fmt: skip
    if not _is_asked_again(case):
        _ask_again(case, at=at)
    give_to(referral, case.owner_team, by=by, at=at)
    for owed in FeedbackOwed.objects.filter(case=case, state=FeedbackState.OWED):
        owed.team = case.owner_team
        keep(owed, by=by, at=at)
        for clock in (clocks.FEEDBACK, clocks.FEEDBACK_TO_PARENTS):
            hand_over(owed, clock, case.owner_team_id)


@transaction.atomic
def _found(case_id: Any, referral_id: Any, *, by: Actor, at: datetime) -> int:
    case = lock(case_id)
    referral = Referral.objects.get(pk=referral_id)
    referral.case = case
    known = ClockRun.objects.filter(subject=referral.record_key, clock=referral_clocks.HAND_OVER.key).exists()
    if known or referral.state not in WITH_DUTY:
        return 0
    timing.start(
        case=case, subject=referral.record_key, clock=referral_clocks.HAND_OVER, by=by, at=at,
        team_id=case.holder_team_id,
    )  # fmt: skip
    event = record(case=case, kind="child.turned_18", by=by, at=at, subject=referral.record_key)
    for team in {case.holder_team_id: case.holder_team, case.owner_team_id: case.owner_team}.values():
        outbox.write(key=f"event:{event.pk}:{team.pk}", kind="child.turned_18", case=case, to=team, at=at)
    settle(case, by=by, at=at)
    _ask_again(case, at=at)
    return 1


def _is_asked_again(case: Case) -> bool:
    """Whether the birthday was found, and asking begun with it."""
    return ClockRun.objects.filter(case=case, clock=referral_clocks.HAND_OVER.key).exists()


def _ask_again(case: Case, *, at: datetime) -> None:
    """Whether and how each is asked is decided anew, from today, by whoever the material is open to. The service says
    so: whoever hands over may be somebody to whom it is not."""
    for kind in THEIR_OWN:
        decide_on_seeking(
            case=case, kind=kind, decision=Seeking.DEFER, on=civil_date(at), why=ASK_AGAIN, by=BIRTHDAYS, at=at
        )
