"""What leaves: kept exactly as sent, with its reasons; sent by secure email where it is not read here; acknowledged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import VISITOR, Actor
from prevent_cases.casework import access
from prevent_cases.casework.engine import keep, lock, record
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.rendering.content import DocumentContent
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.documents import Letter
from referrals.models import Referral
from referrals.operations.letting_in import TO_SIGN_OFF, close_now
from referrals.operations.triage import keep_document, letter_to_policing


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why it may be shared, as printed in the document and recorded on the disclosure.

    ``left_out`` says what was held back and why: it is recorded, and never printed or sent.
    """

    lawful_basis: str
    necessity: str
    delivery: str
    left_out: str = ""


def letter_signed_by(referral: Referral, name: str, *, council: str, on: date) -> Letter:
    """The head of a document to policing, signed by this name."""
    return replace(letter_to_policing(referral, council=council, by=VISITOR, on=on), signed_by=(name,))


def disclose(
    referral: Referral, content: DocumentContent, kind: str, title: str, reasons: Reasons, address: str, *,
    name: str = "", by: Actor, at: datetime,
) -> Disclosure:  # fmt: skip
    """Keep the rendered document and write the disclosure that says to whom, what, why and on what basis.

    ``name`` is whoever it is addressed to, where that is not the referral's sender.
    """
    with access.writing(by, referral.case_id):
        kept = keep_document(referral, kind, title, content, by=by, at=at)
        disclosure = keep(
            Disclosure(
                case=referral.case, title=title, recipient_team=referral.policing_team,
                recipient_name=name or referral.sender_name, recipient_address=address,
                purpose=referral.case.procedure.texts["purpose"][:300], lawful_basis=reasons.lawful_basis,
                necessity=reasons.necessity, left_out=reasons.left_out, delivery=reasons.delivery,
                decided_by=by.user, decided_at=at,
            ),
            by=by,
            at=at,
        )  # fmt: skip
        disclosure.documents.set(kept)
    record(
        case=referral.case, kind="disclosure.made", by=by, at=at, subject=referral.record_key,
        facts={"what": title, "to": referral.policing_team.name},
    )  # fmt: skip
    return disclosure


@transaction.atomic
def record_emailed(*, disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Say that the kept file went by secure email to the address on the referral or form.

    :raises Refused: if it was delivered here, or was already sent
    :raises NotAllowed: unless the case's material is open to this person, who must have had the file
    """
    case = lock(disclosure.case_id)
    disclosure = Disclosure.objects.get(pk=disclosure.pk)
    if not access.may_enter(by, case):
        raise NotAllowed("The restricted area of this case is not open to you.")
    if disclosure.delivery != Delivery.SECURE_EMAIL:
        raise Refused("This was delivered in this service, so there is nothing to send by email.")
    if disclosure.emailed_at is not None:
        raise Refused("This was already recorded as sent.")
    disclosure.emailed_by, disclosure.emailed_at = by.user, at
    keep(disclosure, by=by, at=at)
    record(
        case=case, kind="disclosure.emailed", by=by, at=at,
        facts={"what": disclosure.title, "address": disclosure.recipient_address},
    )  # fmt: skip
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
