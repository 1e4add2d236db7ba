"""The locality answers policing: draft, sign-off by another, sent and kept exactly as sent (A11, K0.12, K0.13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework import access, outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, record
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.rendering.content import DocumentContent
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals import clocks, documents
from referrals.models import Answer, AnswerItem, Referral
from referrals.operations.triage import keep_document, letter_to_policing, subject_of
from referrals.policy import a_nominated_worker
from referrals.states import ReferralState
from referrals.workflow import REFERRAL


@dataclass(frozen=True)
class Said:
    """What was typed under one heading. ``known`` is None while nobody has dealt with it."""

    known: bool | None
    fact: str = ""
    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why it may be shared, as recorded on the disclosure and printed in the document."""

    lawful_basis: str
    necessity: str
    delivery: str
    left_out: str = ""


@transaction.atomic
def start_answer(*, referral: Referral, by: Actor, at: datetime) -> Answer:
    """The draft answer of a referral, made with an empty item under each of the procedure's headings."""
    case = lock(referral.case_id)
    referral.case = case
    if not a_nominated_worker.allows(by, referral):
        raise NotAllowed(f"This may only be done by {a_nominated_worker.says}.")
    existing = Answer.objects.filter(referral=referral, form__isnull=True).first()
    if existing:
        return existing
    answer = keep(Answer(case=case, referral=referral, edited_at=at, edited_by=by.user), by=by, at=at)
    for place, (heading, _) in enumerate(case.procedure.answer_headings):
        keep(AnswerItem(case=case, answer=answer, heading=heading, place=place), by=by, at=at)
    return answer


@transaction.atomic
def save_answer(
    *, answer: Answer, said: Mapping[str, Said], minimum_checked: bool, left_out: str, by: Actor, at: datetime,
    version: int,
) -> Answer:  # fmt: skip
    """Save what was typed. Two people editing never overwrite each other.

    :raises StaleRecord: if somebody saved after ``version``; nothing is written
    """
    case = lock(answer.case_id)
    answer = Answer.objects.select_for_update(of=("self",)).select_related("referral", "form").get(pk=answer.pk)
    answer.case = answer.referral.case = case
    if not may_write(by, answer):
        raise NotAllowed("This may only be done by the worker it was given to or a nominated worker of the team.")
    if answer.form is None and answer.referral.state != ReferralState.PREPARING:
        raise Refused("This answer is not being prepared now, so it cannot be changed.")
    if answer.version != version:
        raise StaleRecord("Somebody else saved this answer after you opened it. Both texts are shown below.")
    with access.writing(by, case.pk):
        for item in AnswerItem.objects.filter(answer=answer):
            if item.heading in said:
                new = said[item.heading]
                item.known, item.fact, item.opinion = new.known, new.fact, new.opinion
                keep(item, by=by, at=at)
    answer.version += 1
    answer.edited_by, answer.edited_at = by.user, at
    answer.minimum_checked, answer.left_out = minimum_checked, left_out
    return keep(answer, by=by, at=at)


def may_write(by: Actor, answer: Answer) -> bool:
    """The nominated workers of the holding team; and, on a form, the worker it was given to."""
    if answer.form is not None and by.user_id == answer.form.worker_id:
        return True
    return a_nominated_worker.allows(by, answer.referral)


@transaction.atomic
def submit_answer(*, referral: Referral, by: Actor, at: datetime, version: int | None = None) -> None:
    """Ask a manager to sign it off. :raises Refused: while a heading is untouched or the minimum is not checked"""
    answer, items = _whole_answer(referral, by)
    untouched = [item for item in items if item.known is None]
    if untouched:
        labels = dict(referral.case.procedure.answer_headings)
        raise Refused(f"Answer every heading, or say nothing is known: {labels[untouched[0].heading]}.")
    if not answer.minimum_checked:
        raise Refused("Confirm that the answer holds no more than is necessary.")
    referral.answer_author = by.user
    advance(
        subject=referral, transition=REFERRAL["referral.submit_answer"], by=by, at=at, version=version,
        facts={"headings": len(items), "minimum_checked": "yes"}, to={"holding team": referral.case.holder_team},
    )  # fmt: skip


@transaction.atomic
def return_answer(*, referral: Referral, reason: str, by: Actor, at: datetime, version: int | None = None) -> None:
    """The manager sends it back to be changed, with a reason."""
    author = User.objects.get(pk=referral.answer_author_id)
    advance(
        subject=referral, transition=REFERRAL["referral.return_answer"], by=by, at=at, version=version,
        facts={"reason": reason}, to={"author": author},
    )  # fmt: skip


@transaction.atomic
def sign_off_answer(
    *, referral: Referral, reasons: Reasons, council: str, by: Actor, at: datetime, version: int | None = None
) -> Disclosure:
    """The manager signs it off: rendered, kept exactly as sent, disclosed with its reasons, and sent (A11)."""
    answer, items = _whole_answer(referral, by)
    advance(
        subject=referral, transition=REFERRAL["referral.sign_off_answer"], by=by, at=at, version=version,
        facts={"lawful_basis": reasons.lawful_basis, "necessity": reasons.necessity, "delivery": reasons.delivery},
        to={
            "reply address": outbox.ToAddress(referral.reply_address),
            "coordinating team": referral.case.owner_team,
        },
        team_id=referral.policing_team_id,
        chase={clocks.OUTCOME.key: referral.reply_address},
    )  # fmt: skip
    content = answer_content(referral, answer, items, reasons, council=council, by=by, at=at)
    return disclose(
        referral, content, DocumentKind.ANSWER, "Answer to policing", reasons, referral.reply_address, by=by, at=at
    )


def answer_content(
    referral: Referral, answer: Answer, items: Sequence[AnswerItem], reasons: Reasons, *,
    council: str, by: Actor, at: datetime,
) -> DocumentContent:  # fmt: skip
    """The document exactly as it would be sent now."""
    procedure = referral.case.procedure
    said = [documents.Answer(key=item.heading, fact=item.fact, opinion=item.opinion) for item in items if item.known]
    return documents.answer_to_policing(
        letter_to_policing(referral, council=council, by=by, on=civil_date(at)),
        subject_of(referral),
        said,
        documents.Sharing(
            lawful_basis=reasons.lawful_basis,
            necessity=reasons.necessity,
            proportionality=answer.left_out,
            approved_by=by.name,
        ),
        headings=procedure.answer_headings,
        purpose=procedure.texts["purpose"],
    )


def disclose(
    referral: Referral, content: DocumentContent, kind: str, title: str, reasons: Reasons, address: str, *,
    by: Actor, at: datetime,
) -> Disclosure:  # fmt: skip
    """Keep the rendered document and write the disclosure that says to whom, what, why and on what basis."""
    with access.writing(by, referral.case_id):
        kept = keep_document(referral, kind, title, content, by=by, at=at)
        disclosure = keep(
            Disclosure(
                case=referral.case, recipient_team=referral.policing_team, recipient_name=referral.sender_name,
                recipient_address=address, purpose=referral.case.procedure.texts["purpose"][:300],
                lawful_basis=reasons.lawful_basis, necessity=reasons.necessity, left_out=reasons.left_out,
                delivery=reasons.delivery, decided_by=by.user, decided_at=at,
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
