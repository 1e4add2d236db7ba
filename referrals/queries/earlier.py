"""Earlier episodes of the person: those this reader may know of, nil returns and no further action among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from prevent_cases.accounts.actors import Actor
from referrals.models import Referral
from referrals.queries.matching import merged_with
from referrals.states import Known, Outcome, ReferralState

MOST = 5


@dataclass(frozen=True)
class Episode:
    """One other referral of the same person. ``ended`` says how it ended, or where it stands."""

    case_id: UUID
    reference: str
    received_at: datetime
    ended: str


def other_episodes(actor: Actor, referral: Referral, on: date, limit: int = MOST) -> list[Episode]:
    """The person's other referrals this reader may know of, newest first; one above ``limit`` if there are more."""
    rows = (
        Referral.objects.visible_to(actor, on)
        .filter(person_as_received__in=merged_with(referral.person_as_received_id))
        .exclude(pk=referral.pk)
        .select_related("case")
        .order_by("-received_at", "-id")[: limit + 1]
    )
    return [Episode(row.case_id, row.case.reference, row.received_at, _ended(row)) for row in rows]


def _ended(referral: Referral) -> str:
    if referral.state != ReferralState.CLOSED:
        return f"Open: {referral.get_state_display()}"
    if referral.known == Known.NEVER:
        return "Closed: nil return sent"
    return f"Closed: {Outcome(referral.outcome).label}" if referral.outcome else "Closed"
