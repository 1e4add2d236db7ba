"""What the agencies at a strategy discussion were told is shared with them, and written down as all sharing is."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.kinds import ConsentPosition, Delivery
from prevent_cases.casework.sharing import Recipient, disclose
from safeguarding.models import Protection
from safeguarding.queries.typed import Discussed
from safeguarding.states import Agency

OWN = (Agency.CHILDREN, Agency.ADULTS)
"""Parts of the council, which holds what is shared."""
CHILD_POWER = "Children Act 1989, section 47, and Children Act 2004, section 11"
ADULT_POWER = "Care Act 2014, sections 6, 42 and 45"
BASIS = (
    "UK GDPR Article 6(1)(e) public task and Article 9(2)(g) substantial public interest: safeguarding of individuals "
    "at risk (Data Protection Act 2018, Schedule 1, paragraph 18)"
)


def tell_agencies(protection: Protection, said: Discussed, *, by: Actor, at: datetime) -> None:
    """One disclosure for each agency outside the council that came, made at the table and kept without its content.

    :raises OnHold: while the case is on hold: whoever calls has lifted that for safety
    """
    for agency, name in said.attendees:
        if agency in OWN:
            continue
        disclose(
            case=protection.case, title="Strategy discussion",
            to=Recipient(name=name, agency=str(Agency(agency).label)),
            purpose="To decide together how to protect somebody",
            power=ADULT_POWER if protection.is_for_an_adult else CHILD_POWER, lawful_basis=BASIS,
            consent=ConsentPosition.NOT_SOUGHT,
            why_not_sought="Protecting somebody does not wait for agreement. The minutes say what they were told.",
            necessity="Nobody can decide how to protect them without what each agency knows.",
            items=["What is needed to decide how to protect them"], delivery=Delivery.SPOKEN, by=by, at=at,
        )  # fmt: skip
