"""What was shared about one person, over every case of theirs that whoever asks may see."""

from __future__ import annotations

from datetime import date

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import Disclosure
from referrals.models import Referral
from safeguarding.own_list import AGENCY


def shared_about(actor: Actor, referral: Referral, on: date) -> list[Disclosure]:
    """Newest first, over this person's referrals; without the lists they were given themselves. One statement."""
    seen = Referral.objects.visible_to(actor, on).filter(person=referral.person_id)
    rows = Disclosure.objects.filter(case__in=seen.values("case")).exclude(recipient_agency=AGENCY)
    return list(rows.select_related("case", "recipient_team").order_by("-decided_at", "-id"))
