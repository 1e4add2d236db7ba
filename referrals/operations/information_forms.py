"""Information gathering forms: register them by either route, share out the questions, return them (A12, A13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework import access, outbox, timing
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.kinds import Delivery, DocumentKind
from prevent_cases.casework.models import Case, Disclosure
from prevent_cases.casework.rendering.content import DocumentContent
from prevent_cases.casework.store import ReceivedFile, keep_file
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals import clocks, documents
from referrals.models import Answer, AnswerItem, Contribution, InformationForm, Referral
from referrals.operations.letting_in import TO_ANSWER_FORM, close_today, let_in
from referrals.operations.sharing import Reasons, letter_signed_by, send_document
from referrals.operations.triage import subject_of, told_at
from referrals.policy import a_holding_member, an_ssu_officer
from referrals.queries.answer import said
from referrals.queries.colleagues import members_of
from referrals.queries.naming import must_name_nobody
from referrals.states import ContributionState, FormState, ReferralState
from referrals.workflow import INFORMATION_FORM

ANSWERABLE = (ReferralState.PREPARING, ReferralState.SIGN_OFF, ReferralState.RESPONDED, ReferralState.OUTCOME_KNOWN)


@transaction.atomic
def register_form(
    *, referral: Referral, route: str, asked_by: str, organisation: str = "", reply_address: str,
    asked_on: date, due_on: date, questions: Sequence[str], worker: User, files: Sequence[ReceivedFile], by: Actor,
    at: datetime, version: int | None = None,
) -> InformationForm:  # fmt: skip
    """Register a form, even one that came direct to a worker, so that the SSU sees it (K0.14, K0.15).

    The worker it is given to is let in to the case's material until it is due.

    :raises Refused: for no questions, a date that cannot be, a worker of another team, or a case nobody is answering
    """
    case = lock(referral.case_id)
    referral = Referral.objects.get(pk=referral.pk)
    referral.case = case
    rule = an_ssu_officer | a_holding_member
    if not rule.allows(by, referral):
        raise NotAllowed(f"This may only be done by {rule.says}.")
    must_be_as_seen(case, version, by)
    if referral.state not in ANSWERABLE:
        raise Refused("A form is registered once the case is with the team that answers it.")
    if not questions:
        raise Refused("Write at least one question.")
    if asked_on > civil_date(at):
        raise Refused("The day it was asked cannot be in the future.")
    if asked_on < (received_on := civil_date(referral.received_at)):
        raise Refused(f"The day it was asked cannot be before the referral was received, on {day(received_on)}.")
    if due_on < asked_on:
        raise Refused("The day it is due cannot be before the day it was asked.")
    timing.must_be_countable(due_on, case.procedure, "The day it is due", civil_date(at))
    _must_be_free_to_work(case, worker)
    if not members_of(case.holder_team_id, civil_date(at)).filter(pk=worker.pk).exists():
        raise Refused("Give it to a member of the team that holds the case.")
    form = InformationForm(
        case=case, referral=referral, route=route, asked_by=asked_by, organisation=organisation,
        reply_address=reply_address, asked_on=asked_on,
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
        team_id=case.holder_team_id, person=worker, due_on=due_on,
    )  # fmt: skip
    record(
        case=case, kind="form.registered", by=by, at=at, subject=form.record_key,
        facts={"route": form.get_route_display(), "due_on": due_on.isoformat()},
    )  # fmt: skip
    let_in(case=case, user=worker, words=TO_ANSWER_FORM, due_on=due_on, by=by, at=at)
    outbox.write(key=f"form:{form.pk}", kind="form.registered", case=case, to=worker, at=at)
    settle(case, by=by, at=at)
    return form


@transaction.atomic
def answer_form(
    *, form: InformationForm, reasons: Reasons, council: str, by: Actor, at: datetime, version: int | None = None,
    answer_version: int | None = None,
) -> Disclosure:  # fmt: skip
    """Return the completed form to policing, kept exactly as sent (A13).

    :raises Refused: while a question is untouched or a colleague's part is outstanding
    """
    case = lock(form.case_id)
    form = InformationForm.objects.select_related("referral", "answer").get(pk=form.pk)
    form.case = form.referral.case = case
    if answer_version is not None and answer_version != form.answer.version:
        raise StaleRecord("These answers changed after you opened them. Read them through again.")
    if Contribution.objects.filter(form=form, state=ContributionState.ASKED).exists():
        raise Refused("A colleague has not yet given their part of this form.")
    with access.material(by, case.pk) as allowed:
        if not allowed:
            raise NotAllowed("The form is not open to you. Ask a nominated worker of the team to let you in first.")
        items = list(AnswerItem.objects.filter(answer=form.answer).order_by("place"))
    if any(item.known is None for item in items):
        raise Refused("Answer every question, or say nothing is known.")
    reasons = replace(reasons, left_out=reasons.left_out or form.answer.left_out)
    advance(
        subject=form, transition=INFORMATION_FORM["form.answer"], by=by, at=at, version=version,
        facts={"lawful_basis": reasons.lawful_basis, "necessity": reasons.necessity, "delivery": reasons.delivery},
        to={
            "reply address": told_at(form.referral, form.reply_address, reasons.delivery, civil_date(at)),
            "coordinating team": case.owner_team,
        },
    )  # fmt: skip
    content = form_content(
        form, [item.asked for item in items], said(items), reasons, council=council, signed_by=by.name,
        on=civil_date(at),
    )  # fmt: skip
    disclosure = send_document(
        form.referral, content, DocumentKind.FORM_ANSWER, documents.FORM_ANSWER_TITLE, reasons, form.reply_address,
        items=[f"Question {item.heading}" for item in items if item.known] or [documents.NOTHING_KNOWN],
        name=form.asked_by, by=by, at=at,
    )  # fmt: skip
    if reasons.delivery == Delivery.IN_SERVICE:
        _close_for_worker(form, by=by, at=at)
    return disclosure


def form_content(
    form: InformationForm, questions: Sequence[str], known: Sequence[documents.Answer], reasons: Reasons, *,
    council: str, signed_by: str, on: date,
) -> DocumentContent:  # fmt: skip
    """The completed form exactly as it would be returned on a day to whoever asked, signed by this name."""
    asker = (form.asked_by, form.organisation, form.reply_address)
    letter = letter_signed_by(form.referral, signed_by, council=council, on=on)
    return documents.information_gathering_form(
        replace(letter, addressed_to=tuple(line for line in asker if line)),
        subject_of(form.referral),
        questions,
        due=form.due_on,
        answers=known,
        sharing=reasons.printed(form.referral.case.procedure, signed_by),
        purpose=form.referral.case.procedure.texts["purpose"],
    )


@transaction.atomic
def cancel_form(*, form: InformationForm, reason: str, by: Actor, at: datetime, version: int | None = None) -> None:
    """Policing no longer needs it, or it was registered in error. Parts asked of colleagues are taken back first."""
    lock(form.case_id)
    must_name_nobody(form.referral, reason, "reason")
    if Contribution.objects.filter(form=form, state=ContributionState.ASKED).exists():
        raise Refused("A colleague has been asked for a part of this form. Wait for it, or take the question back.")
    advance(
        subject=form, transition=INFORMATION_FORM["form.cancel"], by=by, at=at, version=version,
        facts={"reason": reason},
    )  # fmt: skip
    _close_for_worker(form, by=by, at=at)


def _must_be_free_to_work(case: Case, user: User) -> None:
    if not user.is_active or case.exclusions.standing().filter(user=user).exists():
        raise Refused("That person cannot be given work on this case.")


def _close_for_worker(form: InformationForm, *, by: Actor, at: datetime) -> None:
    others = InformationForm.objects.filter(case=form.case_id, worker=form.worker_id, state=FormState.OPEN)
    if not others.exclude(pk=form.pk).exists():
        close_today(case=form.case, words=TO_ANSWER_FORM, by=by, at=at, only=form.worker)
