"""Keep a person and the keys they are found by; decide who is who; merge, and take a merge back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.engine import keep, lock, record, settle
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.matching.keys import keys_for
from referrals.matching.names import match_name
from referrals.models import MatchDecision, Person, PersonKey, Referral
from referrals.policy import an_ssu_officer
from referrals.states import MatchAnswer, ReferralState


def keep_person(person: Person, *, by: Actor, at: datetime) -> Person:
    """Save a person with the keys made from their names, dates and numbers."""
    person.match_name = match_name(person.facts)
    keep(person, by=by, at=at)
    PersonKey.objects.filter(person=person).delete()
    PersonKey.objects.bulk_create(PersonKey(key=key, person=person) for key in keys_for(person.facts))
    return person


@transaction.atomic
def decide_match(
    *, referral: Referral, other: Person, answer: str, reasons: list[str], by: Actor, at: datetime
) -> MatchDecision:
    """Say whether the person referred is the same as another: the same joins them, and can be taken back.

    :raises Refused: once checks are over, or if the two were already joined
    """
    case = lock(referral.case_id)
    referral = Referral.objects.select_related("person").get(pk=referral.pk)
    referral.case = case
    if not an_ssu_officer.allows(by, referral):
        raise NotAllowed(f"This may only be done by {an_ssu_officer.says}.")
    if referral.state not in (ReferralState.RECEIVED, ReferralState.CHECKING, ReferralState.QUERIED):
        raise Refused("Who this is was settled before it was sent on. Recall it to change that.")
    other = Person.objects.select_for_update().get(pk=other.pk)
    other = other.merged_into or other
    if other.pk == referral.person_id:
        raise Refused("These are already recorded as the same person.")
    decision = keep(
        MatchDecision(
            person=referral.person, other=other, answer=answer, reasons=reasons, decided_by=by.user, decided_at=at
        ),
        by=by,
        at=at,
    )
    if answer == MatchAnswer.SAME:
        _join(referral, other, by=by, at=at)
    record(case=case, kind=f"match.{answer.lower()}", by=by, at=at, subject=referral.record_key)
    settle(case, by=by, at=at)
    return decision


def _join(referral: Referral, other: Person, *, by: Actor, at: datetime) -> None:
    mine = Person.objects.select_for_update().get(pk=referral.person_as_received_id)
    mine.merged_into = other
    keep(mine, by=by, at=at)
    referral.person = other
    keep(referral, by=by, at=at)


@transaction.atomic
def take_back_match(*, decision: MatchDecision, reason: str, by: Actor, at: datetime) -> None:
    """Undo a decision. Two people who were joined are apart again, and what was decided stays on record."""
    decision = MatchDecision.objects.select_for_update(of=("self",)).select_related("person").get(pk=decision.pk)
    if decision.undone_at is not None:
        raise Refused("This was already taken back.")
    if not reason.strip():
        raise Refused("Say why it is being taken back.")
    referrals = list(Referral.objects.select_related("case").filter(person_as_received=decision.person))
    for referral in referrals:
        case = lock(referral.case_id)
        referral.case = case
        if not an_ssu_officer.allows(by, referral):
            raise NotAllowed(f"This may only be done by {an_ssu_officer.says}.")
        if decision.answer == MatchAnswer.SAME:
            referral.person = decision.person
            keep(referral, by=by, at=at)
        record(
            case=case, kind="match.taken_back", by=by, at=at, subject=referral.record_key, facts={"reason": reason.strip()}
        )
        settle(case, by=by, at=at)
    if decision.answer == MatchAnswer.SAME:
        mine = decision.person
        mine.merged_into = None
        keep(mine, by=by, at=at)
    decision.undone_by, decision.undone_at, decision.undone_because = by.user, at, reason.strip()[:300]
    keep(decision, by=by, at=at)
