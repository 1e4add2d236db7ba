"""Concerns at an organisation, and questions to a referrer, made through the product's own operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.access import oneself
from prevent_cases.casework.now import held_at, now
from referrals.models import Concern, PractitionerReferral, ReferrerQuestion
from referrals.operations import concern_steps, concerns, referrers
from referrals.states import ConcernStage
from tests.factories.places import County
from tests.factories.referrals import KENT

TYPED = {
    "individual.given_name": "Wilfred",
    "individual.family_name": "Ackerley",
    "concerns.described": "He speaks of people met online.",
    "referrer.full_name": "Pia Loxley",
    "referrer.email": "pia.loxley@people.example",
}
DECIDED = {ConcernStage.WATCHING: "WATCH", ConcernStage.EXPLAINED: "EXPLAIN"}


def a_concern(
    place: County, stage: str = ConcernStage.WRITING, *, by: Actor | None = None, at: datetime | None = None,
    lead: Actor | None = None, **typed: Any,
) -> Concern:  # fmt: skip
    """A concern of the county's practitioner: WRITING, WITH_LEAD, WATCHING or EXPLAINED (by the school's lead)."""
    at, by, lead = at or now(), by or place.practitioner, lead or place.school_lead
    with held_at(at):
        concern = concerns.begin(
            form_version="national-2023", procedure_key=KENT, team=place.school,
            organisation=place.school.organisation, on_behalf=False, by=by, at=at,
        )  # fmt: skip
        concern = concerns.save(concern_id=concern.pk, answers=TYPED | typed, version=concern.version, by=by, at=at)
        if stage != ConcernStage.WRITING:
            handed = seen(concern, by)
            concern_steps.hand_over(
                concern_id=handed.pk, to=lead.user_id, words="", version=handed.version, by=by, at=at
            )
        if stage in DECIDED:
            handed = seen(concern, lead)
            concern_steps.decide(
                concern_id=handed.pk, decision=DECIDED[stage], words="We know the family well.",
                version=handed.version, by=lead, at=at,
            )  # fmt: skip
    return seen(concern, by)


def seen(concern: Concern, by: Actor) -> Concern:
    """The concern as the database has it now, for somebody who may see it."""
    with oneself(by):
        return Concern.objects.select_related("writer", "lead", "team").get(pk=concern.pk)


def a_question(
    place: County, referral: PractitionerReferral, question: str = "Who told you?", *, at: datetime | None = None
) -> ReferrerQuestion:
    """An open question to whoever sent a referral that was taken up."""
    at = at or now()
    with held_at(at):
        return referrers.ask_referrer(practitioner_referral=referral, question=question, by=place.officer, at=at)
