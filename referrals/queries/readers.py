"""Who of a policing team can read here what is sent to it: a referring officer without an account reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from prevent_cases.casework.addresses import known_of
from prevent_cases.casework.kinds import AT_A_SECURE_DOMAIN, AddressStanding, Delivery
from referrals.models import Referral

BULK_WAYS = [(str(way), str(way.label)) for way in (Delivery.IN_SERVICE, Delivery.SECURE_EMAIL)]
"""How many at once may go; one whose address is not at a secure domain is left for a person."""


@dataclass(frozen=True)
class Readers:
    """The accounts of a policing team today. ``is_addressee`` says whether the reply address is one of theirs;
    ``standing`` what is known of that address (AddressStanding)."""

    team: str
    address: str
    count: int
    is_addressee: bool
    standing: str = AddressStanding.UNKNOWN

    @property
    def by_email(self) -> Delivery:
        """How it goes by email: a file with a password, where the address is not at a secure domain."""
        return Delivery.SECURE_EMAIL if self.standing in AT_A_SECURE_DOMAIN else Delivery.PASSWORD

    @property
    def usual(self) -> str:
        """How it goes unless somebody says otherwise: here, where somebody can read it here."""
        return str(Delivery.IN_SERVICE if self.count else self.by_email)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """The two ways it can go, as choices: here, and by email."""
        return [(str(way), str(way.label)) for way in (Delivery.IN_SERVICE, self.by_email)]

    @property
    def standing_in_words(self) -> str:
        return str(AddressStanding(self.standing).label)

    def hints(self) -> dict[str, str]:
        """What each way means for whoever gets it, in words, by the value of the choice."""
        return {
            str(Delivery.IN_SERVICE): self._here(),
            str(Delivery.SECURE_EMAIL): f"You send the kept file from your own secure mailbox to {self.address}, and "
            "record here that you did.",
            str(Delivery.PASSWORD): f"{self.address} is not at a secure domain. You put a password on the kept file, "
            "send it from your own mailbox, and give the password by telephone, by text message or in person.",
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
    """The members of a policing team who can sign in on a day, and what is known of the address. One statement."""
    standing, emails = known_of(address, team.pk, on)
    return Readers(team.name, address, len(emails), address.lower() in emails, standing)


def is_elsewhere(referral: Referral) -> bool:
    """Whether the reply address is no address of the policing team's own organisation, where its domain is known."""
    domain = referral.policing_team.organisation.secure_domain
    return bool(domain) and not referral.reply_address.lower().endswith(f"@{domain.lower()}")
