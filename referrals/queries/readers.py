"""Who of a policing team can read here what is sent to it: a referring officer without an account reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from prevent_cases.accounts.models import Membership
from prevent_cases.casework.kinds import Delivery
from referrals.models import Referral


@dataclass(frozen=True)
class Readers:
    """The accounts of a policing team today. ``is_addressee`` says whether the reply address is one of theirs."""

    team: str
    address: str
    count: int
    is_addressee: bool

    @property
    def usual(self) -> str:
        """How it goes unless somebody says otherwise: here, where somebody can read it here."""
        return str(Delivery.IN_SERVICE if self.count else Delivery.SECURE_EMAIL)

    def hints(self) -> dict[str, str]:
        """What each way means for whoever gets it, in words, by the value of the choice."""
        return {
            str(Delivery.IN_SERVICE): self._here(),
            str(Delivery.SECURE_EMAIL): f"You send the kept file from your own secure mailbox to {self.address}, and "
            "record here that you did.",
        }

    def _here(self) -> str:
        if not self.count:
            return f"Nobody in {self.team} has an account, so nobody could read it here."
        people = "1 person" if self.count == 1 else f"{self.count} people"
        if self.is_addressee:
            return f"{self.address} has an account, and gets a message with the references and nothing else."
        return (
            f"Only the {people} of {self.team} with an account can read it. {self.address} has none: it gets a message "
            "with the references, and must ask one of them."
        )


def readers_of(team: Any, address: str, on: date) -> Readers:
    """The members of a policing team who can sign in on a day. One statement."""
    current = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    seats = Membership.objects.filter(current, team=team, user__is_active=True)
    emails = {email.lower() for email in seats.values_list("user__email", flat=True)}
    return Readers(team.name, address, len(emails), address.lower() in emails)


def is_elsewhere(referral: Referral) -> bool:
    """Whether the reply address is no address of the policing team's own organisation, where its domain is known."""
    domain = referral.policing_team.organisation.secure_domain
    return bool(domain) and not referral.reply_address.lower().endswith(f"@{domain.lower()}")
