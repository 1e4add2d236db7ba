"""What the journeys of holds and police checks share: a child's case on hold, and its checks."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.casework.now import held_at, now
from referrals.models import Referral
from referrals.states import ReferralState as S
from safeguarding.models import Check
from safeguarding.operations.holds import place_hold
from tests.factories import County, a_person, a_referral, acting, seated_in

WHY = "No immediate concern"


def on_hold(place: County, *, at: datetime | None = None, state: str = S.WITH_CHILDREN, **letter: object) -> Referral:
    """A case on hold since its receipt, by whoever holds it there."""
    at = at or now()
    referral = a_referral(place, state, at=at, **letter)
    with held_at(at):
        by = place.children if referral.case.holder_team_id == place.children_team.pk else place.officer
        place_hold(referral=referral, reason=WHY, by=by, at=at)
    return Referral.objects.select_related("case", "policing_team").get(pk=referral.pk)


def check_on(referral: Referral) -> Check:
    """The check that was asked last."""
    return Check.objects.filter(case=referral.case_id).order_by("-asked_at").first()


def a_duty_manager(place: County) -> Actor:
    user = a_person("Marnie Holt", place.children_team)
    seated_in(user, place.children_team, role=SeatRole.MANAGER)
    return acting(user)
