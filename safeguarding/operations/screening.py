"""Screen an adult under section 42 of the Care Act, and raise the route of a child they care for (A14, D2.7)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.engine import advance, keep, lock, record, settle
from prevent_cases.casework.workflow import NotAllowed, Refused
from safeguarding.models import Protection, Screening
from safeguarding.operations.discussions import for_writing
from safeguarding.operations.protection import say
from safeguarding.policy import has_the_duty, under_section_42
from safeguarding.queries.typed import Screened
from safeguarding.states import Advocacy, Capacity, ChildRoute, ProtectionWordsAbout, ScreeningDecision
from safeguarding.workflow import PROTECTION

REASONS = ("needs_words", "risk_words", "protect_words", "decision_words", "wishes")


@transaction.atomic
def screen(
    *, protection: Protection, said: Screened, needs_police: bool, by: Actor, at: datetime, version: int | None = None
) -> Screening:
    """Decide whether enquiries are made. Where all three parts are met they are: the law leaves no choice.

    ``needs_police`` asks for an officer of the police Prevent team in the discussions. A child whom the adult cares
    for must be raised with children's social care before this is finished.

    :raises Refused: where the decision does not follow from the parts, or a reason is missing
    """
    protection = for_writing(protection, by, version)
    _must_follow(said)
    if any(not getattr(said, name).strip() for name in REASONS):
        raise Refused("Each part needs its reason, the decision too, and what the person wants.")
    screening = Screening(case=protection.case, protection=protection, **asdict(said), by=by.user, at=at)
    keep(screening, by=by, at=at)
    protection.needs_police = needs_police
    if said.child:
        protection.child_route = ChildRoute.TO_RAISE
    makes_none = said.decision == ScreeningDecision.NONE
    if makes_none:
        protection.finished_at = at
    advance(
        subject=protection,
        transition=PROTECTION["protection.make_no_enquiry"] if makes_none else PROTECTION["protection.open_enquiry"],
        by=by, at=at, facts={"decision": ScreeningDecision(said.decision).label},
    )  # fmt: skip
    return screening


@transaction.atomic
def raise_child(
    *, protection: Protection, told_to: str, told_at: datetime, words: str, by: Actor, at: datetime
) -> None:
    """Children's social care was told of a child whom the adult cares for or lives with: who there, and when.

    It may be written down after everything else is finished: the child does not depend on it.

    :raises Refused: where nothing is to be raised, or for a time to come
    """
    case = lock(protection.case_id)
    protection = Protection.objects.get(pk=protection.pk)
    protection.case = case
    if not (has_the_duty & under_section_42).allows(by, protection):
        raise NotAllowed(f"This may only be done by {has_the_duty.says}.")
    if protection.child_route != ChildRoute.TO_RAISE:
        raise Refused("No child is to be raised with children's social care.")
    if told_at > at:
        raise Refused("The time cannot be in the future.")
    if not told_to.strip():
        raise Refused("Say who was told.")
    protection.child_route, protection.child_told_to, protection.child_told_at = (
        ChildRoute.RAISED, told_to.strip(), told_at,
    )  # fmt: skip
    keep(protection, by=by, at=at)
    if words.strip():
        say(protection, ProtectionWordsAbout.CHILD_TOLD, words.strip(), by=by, at=at)
    record(
        case=case, kind="protection.child_raised", by=by, at=at, subject=protection.record_key,
        facts={"told_to": told_to.strip()},
    )  # fmt: skip
    settle(case, by=by, at=at)


def _must_follow(said: Screened) -> None:
    if said.is_met and said.decision != ScreeningDecision.ENQUIRY:
        raise Refused("All three parts are met, so enquiries must be made under section 42.", field="decision")
    if not said.is_met and said.decision == ScreeningDecision.ENQUIRY:
        raise Refused("Not all three parts are met. Make other enquiries, or none, and say why.", field="decision")
    if said.capacity != Capacity.NOT_ASSESSED and not (
        said.capacity_decision.strip() and said.capacity_support.strip()
    ):
        raise Refused("Say which decision it is about, and what support was given to make it.", field="capacity")
    if said.advocacy != Advocacy.NOT_NEEDED and not said.advocate.strip():
        raise Refused("Say who supports them, or who is being asked.", field="advocate")
