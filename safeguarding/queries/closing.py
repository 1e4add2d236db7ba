"""What stands in the way of closing a child's case, in words."""

from __future__ import annotations

from prevent_cases.casework.wording import weekday
from referrals.models import Referral
from referrals.queries.finishing import closure_gates
from safeguarding.queries.protection import open_kinds


def in_the_way(referral: Referral) -> list[str]:
    """Sentences: protection that is open, a hold that stands, and whatever keeps any case open."""
    found = [f"{kind}: this is still open." for kind in open_kinds(referral.case)]
    if until := referral.case.held_until:
        found.append(f"The case is on hold until {weekday(until)}. End the hold first, with a reason.")
    return found + [gate.words for gate in closure_gates(referral)]
