"""What leaves: kept exactly as sent, with its reasons; sent by secure email where it is not read here; acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import VISITOR, Actor
from prevent_cases.casework import access
from prevent_cases.casework.engine import keep, lock, record
from prevent_cases.casework.holding import must_be_free_to_share
from prevent_cases.casework.kinds import SENT_BY_HAND, ConsentPosition, Delivery, PasswordChannel
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.rendering.content import DocumentContent
from prevent_cases.casework.sharing import Recipient, disclose
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.documents import Letter, Sharing
from referrals.models import Referral
from referrals.operations.letting_in import TO_SIGN_OFF, close_now
from referrals.operations.triage import keep_document, letter_to_policing
from referrals.queries.naming import must_name_nobody


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why it may be shared, as printed in the document and recorded on the disclosure.

    ``left_out`` says what was held back and why: it is recorded, and never printed or sent; so are the power, the
    consent and that it is fair. What is empty is said in the procedure's own words (casework.sharing).
    """

    lawful_basis: str
    necessity: str
    delivery: str
    left_out: str = ""
    power: str = ""
    proportionality: str = ""
    fairness: str = ""
    consent: str = ConsentPosition.NOT_SOUGHT
    why_not_sought: str = ""

    def printed(self, procedure: Procedure, approved_by: str) -> Sharing:
        """The reasons that the recipient reads."""
        return Sharing(
            lawful_basis=self.lawful_basis, necessity=self.necessity,
            proportionality=self.proportionality or procedure.texts["proportionality"], approved_by=approved_by,
        )  # fmt: skip


def letter_signed_by(referral: Referral, name: str, *, council: str, on: date) -> Letter:
    """The head of a document to policing, signed by this name."""
    return replace(letter_to_policing(referral, council=council, by=VISITOR, on=on), signed_by=(name,))


def send_document(
    referral: Referral, content: DocumentContent, kind: str, title: str, reasons: Reasons, address: str, *,
    items: Sequence[str], name: str = "", by: Actor, at: datetime,
) -> Disclosure:  # fmt: skip
    """Keep the rendered document, and let it through the gate to the policing team.

    ``items`` name the parts of it that were chosen. ``name`` is whoever it is addressed to, where that is not the
    referral's sender.

    :raises Refused: for a basis, a power or a statement of fairness that names the person: an auditor reads them
    """
    for field in ("lawful_basis", "power", "fairness"):
        must_name_nobody(referral, getattr(reasons, field), field)
    with access.writing(by, referral.case_id):
        return disclose(
            case=referral.case, title=title, purpose=referral.case.procedure.texts["purpose"][:300],
            to=Recipient(team=referral.policing_team, name=name or referral.sender_name, address=address),
            power=reasons.power, lawful_basis=reasons.lawful_basis, consent=reasons.consent,
            why_not_sought=reasons.why_not_sought, necessity=reasons.necessity,
            proportionality=reasons.proportionality, fairness=reasons.fairness, items=items,
            left_out=reasons.left_out, documents=keep_document(referral, kind, title, content, by=by, at=at),
            delivery=reasons.delivery, by=by, at=at,
        )  # fmt: skip


@transaction.atomic
def record_emailed(
    *, disclosure: Disclosure, password_to: str = "", password_channel: str = "", by: Actor, at: datetime
) -> None:
    """Say that the kept file left one's own mailbox for the address on the referral or form.

    ``password_to`` is who was given the password of a file that has one, and ``password_channel`` how: never by email
    (E4.35 to E4.37).

    :raises Refused: if it was delivered here, was already sent, or has a password and nobody says who was given it
    :raises NotAllowed: unless the case's material is open to this person, who must have had the file
    """
    case = lock(disclosure.case_id)
    disclosure = Disclosure.objects.get(pk=disclosure.pk)
    if not access.may_enter(by, case):
        raise NotAllowed("The restricted area of this case is not open to you.")
    if disclosure.delivery not in SENT_BY_HAND:
        raise Refused("This was delivered in this service, so there is nothing to send by email.")
    if disclosure.emailed_at is not None:
        raise Refused("This was already recorded as sent.")
    must_be_free_to_share(case, at=at)
    facts = {"what": disclosure.title, "address": disclosure.recipient_address}
    if disclosure.delivery == Delivery.PASSWORD:
        if not password_to.strip():
            raise Refused("Say who was given the password.", field="password_to")
        if password_channel not in PasswordChannel.values:
            raise Refused("Say how the password was given.", field="password_channel")
        disclosure.password_to, disclosure.password_channel = password_to.strip(), password_channel
        facts["password_by"] = str(PasswordChannel(password_channel).label)
    disclosure.emailed_by, disclosure.emailed_at = by.user, at
    keep(disclosure, by=by, at=at)
    record(case=case, kind="disclosure.emailed", by=by, at=at, facts=facts)
    close_now(case=case, words=TO_SIGN_OFF, by=by, at=at)


@transaction.atomic
def acknowledge(*, disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Policing says that what was shared has arrived."""
    case = lock(disclosure.case_id)
    disclosure = Disclosure.objects.get(pk=disclosure.pk)
    if not by.is_member(disclosure.recipient_team_id):
        raise NotAllowed("This may only be done by a member of the team it was shared with.")
    if disclosure.acknowledged_at is not None:
        raise Refused("This was already acknowledged.")
    disclosure.acknowledged_by, disclosure.acknowledged_at = by.user, at
    keep(disclosure, by=by, at=at)
    record(case=case, kind="disclosure.acknowledged", by=by, at=at)
