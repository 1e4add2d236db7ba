"""An answer is signed off by somebody other than its author, sent, and kept exactly as sent (A11, K0.12, K0.13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, lock
from prevent_cases.casework.kinds import Delivery, DocumentKind
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.rendering.content import DocumentContent
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals import clocks, documents
from referrals.models import Answer, AnswerItem, Referral
from referrals.operations.letting_in import TO_SIGN_OFF, close_now, let_in
from referrals.operations.sharing import Reasons, letter_signed_by, send_document
from referrals.operations.triage import subject_of, told_at
from referrals.queries.answer import said
from referrals.queries.colleagues import managers_who_may_sign_off
from referrals.queries.naming import must_name_nobody
from referrals.workflow import REFERRAL


@transaction.atomic
def submit_answer(
    *, referral: Referral, by: Actor, at: datetime, version: int | None = None, answer_version: int | None = None
) -> None:
    """Ask the team's managers to sign it off, and let them in to read it for as long as that takes.

    ``answer_version`` is that of the answer this person read through.

    :raises Refused: while a heading is untouched or the minimum is not checked, or if nobody else can sign it off
    """
    answer, items = _whole_answer(referral, by)
    if answer_version is not None and answer_version != answer.version:
        raise StaleRecord("This answer changed after you opened it. Read it through again.")
    if untouched := [item for item in items if item.known is None]:
        labels = dict(referral.case.procedure.answer_headings)
        raise Refused(f"Answer every heading, or say nothing is known: {labels[untouched[0].heading]}.")
    if not answer.minimum_checked:
        raise Refused("Confirm that the answer holds no more than is necessary.")
    managers = managers_who_may_sign_off(referral.case, by.user_id, civil_date(at))
    if not managers:
        raise Refused("Nobody can sign this off: your team has no other manager. Ask for one to be added to the team.")
    referral.answer_author = by.user
    advance(
        subject=referral, transition=REFERRAL["referral.submit_answer"], by=by, at=at, version=version,
        facts={"headings": len(items), "minimum_checked": "yes"}, to={"holding team": referral.case.holder_team},
    )  # fmt: skip
    for manager in managers:
        let_in(case=referral.case, user=manager, words=TO_SIGN_OFF, by=by, at=at)


@transaction.atomic
def return_answer(*, referral: Referral, reason: str, by: Actor, at: datetime, version: int | None = None) -> None:
    """The manager sends it back to be changed, with a reason."""
    must_name_nobody(referral, reason)
    advance(
        subject=referral, transition=REFERRAL["referral.return_answer"], by=by, at=at, version=version,
        facts={"reason": reason}, to={"author": referral.answer_author or referral.case.holder_team},
    )  # fmt: skip
    close_now(case=lock(referral.case_id), words=TO_SIGN_OFF, by=by, at=at)


@transaction.atomic
def sign_off_answer(
    *, referral: Referral, reasons: Reasons, council: str, by: Actor, at: datetime, version: int | None = None
) -> Disclosure:
    """The manager signs it off: rendered, kept exactly as sent, disclosed with its reasons, and sent (A11).

    What the author left out goes into the disclosure, never into the document.
    """
    answer, items = _whole_answer(referral, by)
    reasons = replace(reasons, left_out=reasons.left_out or answer.left_out)
    advance(
        subject=referral, transition=REFERRAL["referral.sign_off_answer"], by=by, at=at, version=version,
        facts={"lawful_basis": reasons.lawful_basis, "necessity": reasons.necessity, "delivery": reasons.delivery},
        to={
            "reply address": told_at(referral, referral.reply_address, reasons.delivery, civil_date(at)),
            "coordinating team": referral.case.owner_team,
        },
        team_id=referral.policing_team_id,
        chase={clocks.OUTCOME.key: referral.reply_address},
    )  # fmt: skip
    content = answer_content(referral, said(items), reasons, council=council, signed_by=by.name, on=civil_date(at))
    labels = dict(referral.case.procedure.answer_headings)
    disclosure = send_document(
        referral, content, DocumentKind.ANSWER, documents.ANSWER_TITLE, reasons, referral.reply_address,
        items=[labels.get(item.heading, item.heading) for item in items if item.known] or [documents.NOTHING_KNOWN],
        by=by, at=at,
    )  # fmt: skip
    if reasons.delivery == Delivery.IN_SERVICE:
        close_now(case=referral.case, words=TO_SIGN_OFF, by=by, at=at)
    return disclosure


def answer_content(
    referral: Referral, known: Sequence[documents.Answer], reasons: Reasons, *, council: str, signed_by: str, on: date,
    unanswered: frozenset[str] = frozenset(),
) -> DocumentContent:  # fmt: skip
    """The document exactly as it would be sent on a day, signed by this name; ``unanswered`` headings say so."""
    procedure = referral.case.procedure
    return documents.answer_to_policing(
        letter_signed_by(referral, signed_by, council=council, on=on),
        subject_of(referral),
        known,
        reasons.printed(procedure, signed_by),
        headings=procedure.answer_headings,
        purpose=procedure.texts["purpose"],
        unanswered=unanswered,
    )


def _whole_answer(referral: Referral, by: Actor) -> tuple[Answer, list[AnswerItem]]:
    case = lock(referral.case_id)
    referral.case = case
    answer = Answer.objects.filter(referral=referral, form__isnull=True).first()
    if answer is None:
        raise Refused("No answer has been written yet.")
    with access.material(by, case.pk) as allowed:
        if not allowed:
            raise NotAllowed("The answer is not open to you. Ask a nominated worker of the team to let you in first.")
        items = list(AnswerItem.objects.filter(answer=answer).order_by("place"))
    return answer, items
