"""The one gate through which anything goes outside: it checks, and writes who was told what, why and by what power.

Whoever sends something renders and keeps it, and calls :func:`disclose` in the same transaction; nothing else makes a
``Disclosure`` (ADR 0020; N3.31 to N3.38, E4.5 to E4.9, golden rules).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team
from prevent_cases.casework import addresses, holding
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import keep, lock, record
from prevent_cases.casework.kinds import AT_A_SECURE_DOMAIN, WITHOUT_ADDRESS, AddressStanding, ConsentPosition, Delivery
from prevent_cases.casework.models import Case, Disclosure, Document
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.workflow import Refused

LONGEST = 300
"""Characters of the purpose, the power, the lawful basis and the statement of fairness."""
NAMED = {
    "title": "what is shared",
    "purpose": "the purpose",
    "power": "the power to share it",
    "lawful_basis": "the lawful basis",
    "necessity": "why it is necessary",
    "proportionality": "why no more than this is shared",
    "fairness": "that the decision is not discriminatory",
}
"""The reasons as a refusal names them."""
USUAL = ("power", "lawful_basis", "proportionality", "fairness")
"""The reasons for which a procedure has words of its own."""


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """To whom: the person's name or the team, their agency (a team's organisation where it is left empty), and the
    address, which a letter or a word of mouth has none of."""

    team: Team | None = None
    name: str = ""
    agency: str = ""
    address: str = ""

    @property
    def of_agency(self) -> str:
        return self.agency.strip() or (self.team.organisation.name if self.team else "")

    @property
    def in_words(self) -> str:
        """Whom the history names: never a person."""
        return self.team.name if self.team else self.of_agency


@transaction.atomic
def disclose(
    *, case: Case, title: str, to: Recipient, purpose: str, power: str = "", lawful_basis: str = "",
    consent: str, why_not_sought: str = "", necessity: str, proportionality: str = "", fairness: str = "",
    items: Sequence[str], left_out: str = "", documents: Iterable[Document] = (), delivery: str,
    by: Actor, at: datetime,
) -> Disclosure:  # fmt: skip
    """Let something go outside, and write down everything that makes it right.

    ``items`` name the parts that were chosen, without their content. ``why_not_sought`` says why without the person's
    agreement. Where ``power``, ``lawful_basis``, ``proportionality``, ``fairness`` or ``why_not_sought`` are empty, the
    procedure's own words stand in for them.

    :raises OnHold: while CT policing checks the case
    :raises Refused: naming the reason that is missing, or an address that secure email does not reach
    """
    case = lock(case.pk)
    holding.must_be_free_to_share(case, at=at)
    said = reasons_in_full(
        case.procedure, title=title, purpose=purpose, power=power, lawful_basis=lawful_basis, necessity=necessity,
        proportionality=proportionality, fairness=fairness,
    )  # fmt: skip
    chosen = [item.strip() for item in items if item.strip()]
    if not chosen:
        raise Refused("Say which parts are shared.")
    if to.team is None and not to.name.strip():
        raise Refused("Say to whom it goes: the person or the team.")
    if not to.of_agency:
        raise Refused("Say to which agency it goes.")
    why = _why_without_consent(case.procedure, consent, why_not_sought)
    standing = _checked_address(to.address, delivery, at)
    disclosure = keep(
        Disclosure(
            case=case, items=chosen, recipient_team=to.team, recipient_name=to.name.strip(),
            recipient_agency=to.of_agency, recipient_address=to.address.strip(), address_standing=standing,
            consent=consent, consent_why=why, left_out=left_out.strip(), delivery=delivery, decided_by=by.user,
            decided_at=at, **said,
        ),
        by=by,
        at=at,
    )  # fmt: skip
    disclosure.documents.set(documents)
    record(case=case, kind="disclosure.made", by=by, at=at, facts={"what": said["title"], "to": to.in_words})
    return disclosure


def usual_reasons(procedure: Procedure) -> dict[str, str]:
    """The procedure's own words for the reasons that seldom differ, by the name of the argument."""
    return {name: procedure.texts[name] for name in USUAL}


def reasons_in_full(procedure: Procedure, **said: str) -> dict[str, str]:
    """The reasons, the procedure's own words in place of what was left empty.

    :raises Refused: naming everything that is missing, or the first that is too long
    """
    usual = usual_reasons(procedure)
    full = {name: words.strip() or usual.get(name, "") for name, words in said.items()}
    if missing := [NAMED[name] for name, words in full.items() if not words]:
        raise Refused(f"Still needed before it can be shared: {', '.join(missing)}.")
    for name in ("purpose", "power", "lawful_basis", "fairness"):
        if len(full.get(name, "")) > LONGEST:
            raise Refused(f"Use {LONGEST} characters or fewer for {NAMED[name]}.")
    return full


def _why_without_consent(procedure: Procedure, consent: str, why: str) -> str:
    if consent not in ConsentPosition.values or consent == ConsentPosition.NOT_ASKED:
        raise Refused("Say whether the person agreed to it being shared.")
    if consent == ConsentPosition.GIVEN:
        return why.strip()
    words = why.strip() or (procedure.texts["consent_not_sought"] if consent == ConsentPosition.NOT_SOUGHT else "")
    if not words:
        raise Refused("Say why it is shared although the person did not agree.")
    return words


def _checked_address(address: str, delivery: str, at: datetime) -> str:
    if delivery not in Delivery.values:
        raise Refused("Say how it goes.")
    if delivery in WITHOUT_ADDRESS and not address.strip():
        return str(AddressStanding.NO_ADDRESS)
    standing = addresses.standing_of(address, civil_date(at))
    if standing == AddressStanding.NO_ADDRESS:
        raise Refused("Enter the address it goes to.")
    if delivery == Delivery.SECURE_EMAIL and standing not in AT_A_SECURE_DOMAIN:
        raise Refused(
            f"{address.strip()} is not at a secure domain. Send the file with a password, and give the password "
            "another way."
        )
    return standing
