"""When a referral reached children's duty, and what its sender said of it. Read it where the material is open."""

from __future__ import annotations

from dataclasses import dataclass

from referrals.models import ChildArrival, Referral


@dataclass(frozen=True)
class SaidOfAChild:
    """What the duty list shows beside the name: what is feared in a few words, the school, and the sender's number."""

    risk: str = ""
    school: str = ""
    caller_phone: str = ""


NOTHING_SAID = SaidOfAChild()


def arrival_of(referral: Referral) -> ChildArrival | None:
    """The newest arrival at a duty team; None where it never reached one, or its material is not open."""
    return ChildArrival.objects.filter(referral=referral).order_by("-kept_at").first()
