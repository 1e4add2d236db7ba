"""What was shared about one person, over every case of theirs that whoever asks may see."""

from __future__ import annotations

from datetime import date

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import Disclosure
from referrals.models import Referral


def shared_about(actor: Actor, referral: Referral, on: date) -> list[Disclosure]:
    """Newest first, over this person's referrals; those told to the person themselves too. One statement."""
    seen = Referral.objects.visible_to(actor, on).filter(person=referral.person_id)
    rows = Disclosure.objects.filter(case__in=seen.values("case")).select_related("case", "recipient_team")
    return list(rows.order_by("-decided_at", "-id"))
