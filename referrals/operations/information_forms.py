"""Information gathering forms: register them by either route, share out the questions, return them (A12, A13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework import access, outbox, timing
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, record, settle
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.store import ReceivedFile, keep_file
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals import clocks, documents
from referrals.models import Answer, AnswerItem, Contribution, InformationForm, Referral
from referrals.operations.answering import Reasons, disclose, may_write
from referrals.operations.triage import letter_to_policing, subject_of
from referrals.policy import a_holding_member, an_ssu_officer
from referrals.states import ContributionState, ReferralState
from referrals.workflow import CONTRIBUTION, INFORMATION_FORM

ANSWERABLE = (ReferralState.PREPARING, ReferralState.SIGN_OFF, ReferralState.RESPONDED, ReferralState.OUTCOME_KNOWN)


@transaction.atomic
def register_form(
    *, referral: Referral, route: str, asked_by: str, reply_address: str, asked_on: date, due_on: date,
    questions: Sequence[str], worker: User, files: Sequence[ReceivedFile], by: Actor, at: datetime,
) -> InformationForm:  # fmt: skip
    """Register a form, even one that came direct to a worker, so that the SSU sees it (K0.14, K0.15).

    :raises Refused: for no questions, a date in the future, or a case that nobody is answering
    """
    case = lock(referral.case_id)
    referral = Referral.objects.get(pk=referral.pk)
    referral.case = case
    rule = an_ssu_officer | a_holding_member
    if not rule.allows(by, referral):
        raise NotAllowed(f"This may only be done by {rule.says}.")
    if referral.state not in ANSWERABLE:
        raise Refused("A form is registered once the case is with the team that answers it.")
    if not questions:
        raise Refused("Write at least one question.")
    if asked_on > civil_date(at):
        raise Refused("The day it was asked cannot be in the future.")
    form = InformationForm(
        case=case, referral=referral, route=route, asked_by=asked_by, reply_address=reply_address, asked_on=asked_on,
        due_on=due_on, worker=worker, registered_by=by.user, registered_at=at,
    )  # fmt: skip
    keep(form, by=by, at=at)
    answer = keep(Answer(case=case, referral=referral, form=form, edited_at=at, edited_by=by.user), by=by, at=at)
    for place, question in enumerate(questions, start=1):
        item = AnswerItem(case=case, answer=answer, heading=str(place), place=place, asked=question)
        keep(item, by=by, at=at)
    for file in files:
        keep_file(case=case, file=file, by=by, at=at, subject=form.record_key)
    timing.start(
        case=case, subject=form.record_key, clock=clocks.FORM_REPLY, by=by, at=at,
        team_id=case.holder_team_id, due_on=due_on,
    )  # fmt: skip
    record(
        case=case, kind="form.registered", by=by, at=at, subject=form.record_key,
        facts={"route": form.get_route_display(), "due_on": due_on.isoformat()},
    )  # fmt: skip
    outbox.write(key=f"form:{form.pk}", kind="form.registered", case=case, to=worker, at=at)
    settle(case, by=by, at=at)
    return form


@transaction.atomic
def ask_colleague(
    *, form: InformationForm, item: AnswerItem, colleague: User, due_on: date, by: Actor, at: datetime
) -> Contribution:
    """Send one question to a colleague, who sees that question and nothing else; the answer drops back in."""
    case = lock(form.case_id)
    form = InformationForm.objects.select_related("referral").get(pk=form.pk)
    answer = Answer.objects.select_related("form", "referral").get(form=form)
    answer.case = answer.referral.case = case
    if not may_write(by, answer):
        raise NotAllowed("This may only be done by the worker the form was given to.")
    if due_on < civil_date(at):
        raise Refused("The day it is needed by cannot be in the past.")
    if Contribution.objects.filter(item=item, colleague=colleague, state=ContributionState.ASKED).exists():
        raise Refused("This question is already with that colleague.")
    part = Contribution(
        case=case, form=form, item=item, colleague=colleague, asked_by=by.user, asked_at=at, due_on=due_on
    )
    keep(part, by=by, at=at)
    timing.start(
        case=case, subject=part.record_key, clock=clocks.CONTRIBUTION, by=by, at=at, team_id=None, due_on=due_on
    )
    record(case=case, kind="contribution.asked", by=by, at=at, subject=part.record_key, facts={"who": colleague.name})
    outbox.write(key=f"contribution:{part.pk}", kind="contribution.asked", case=case, to=colleague, at=at)
    settle(case, by=by, at=at)
    return part


@transaction.atomic
def give_contribution(
    *, contribution: Contribution, known: bool, fact: str, opinion: str, by: Actor, at: datetime
) -> None:
    """A colleague answers their question; the words drop into the form."""
    with access.writing(by, contribution.case_id):
        item = AnswerItem.objects.filter(pk=contribution.item_id).first()
        if item is None:
            raise Refused("This question is no longer open to you.")
        item.known, item.fact, item.opinion = known, fact, opinion
        keep(item, by=by, at=at)
    answer = Answer.objects.select_for_update().get(pk=item.answer_id)
    answer.version += 1
    answer.edited_by, answer.edited_at = by.user, at
    keep(answer, by=by, at=at)
    advance(
        subject=contribution, transition=CONTRIBUTION["contribution.give"], by=by, at=at,
        facts={"answered": "yes"}, to={"worker": contribution.form.worker},
    )  # fmt: skip


@transaction.atomic
def answer_form(*, form: InformationForm, reasons: Reasons, council: str, by: Actor, at: datetime) -> Disclosure:
    """Return the completed form to policing, kept exactly as sent (A13).

    :raises Refused: while a question is untouched or a colleague's part is outstanding
    """
    case = lock(form.case_id)
    form = InformationForm.objects.select_related("referral").get(pk=form.pk)
    form.case = form.referral.case = case
    if Contribution.objects.filter(form=form, state=ContributionState.ASKED).exists():
        raise Refused("A colleague has not yet given their part of this form.")
    with access.writing(by, case.pk):
        items = list(AnswerItem.objects.filter(answer__form=form).order_by("place"))
    if any(item.known is None for item in items):
        raise Refused("Answer every question, or say nothing is known.")
    advance(
        subject=form, transition=INFORMATION_FORM["form.answer"], by=by, at=at,
        facts={"lawful_basis": reasons.lawful_basis, "necessity": reasons.necessity, "delivery": reasons.delivery},
        to={"reply address": outbox.ToAddress(form.reply_address), "coordinating team": case.owner_team},
    )  # fmt: skip
    content = documents.information_gathering_form(
        letter_to_policing(form.referral, council=council, by=by, on=civil_date(at)),
        subject_of(form.referral),
        [item.asked for item in items],
        due=form.due_on,
        answers=[
            documents.Answer(key=item.heading, fact=item.fact, opinion=item.opinion) for item in items if item.known
        ],
        sharing=documents.Sharing(lawful_basis=reasons.lawful_basis, necessity=reasons.necessity, approved_by=by.name),
        purpose=case.procedure.texts["purpose"],
    )
    return disclose(
        form.referral, content, DocumentKind.FORM_ANSWER, "Completed information gathering form", reasons,
        form.reply_address, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def cancel_form(*, form: InformationForm, reason: str, by: Actor, at: datetime) -> None:
    """Policing no longer needs it, or it was registered in error. Parts asked of colleagues must come back first."""
    if Contribution.objects.filter(form=form, state=ContributionState.ASKED).exists():
        raise Refused(
            "A colleague has been asked for a part of this form. Wait for it, or ask them to say nothing known."
        )
    advance(subject=form, transition=INFORMATION_FORM["form.cancel"], by=by, at=at, facts={"reason": reason})
