"""One question of a form goes to a colleague, who sees that question and nothing else; the answer drops back in."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework import access, outbox, timing
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.holding import must_be_free_to_share
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals import clocks
from referrals.models import Answer, AnswerItem, Contribution, InformationForm
from referrals.operations.drafting import may_write
from referrals.queries.colleagues import everyone
from referrals.states import ContributionState, FormState
from referrals.workflow import CONTRIBUTION


@transaction.atomic
def ask_colleague(
    *, form: InformationForm, item_id: UUID, colleague: User, due_on: date, by: Actor, at: datetime,
    version: int | None = None,
) -> Contribution:  # fmt: skip
    """Send one question to a colleague in any case team.

    :raises OnHold: while the case is on hold: a form is answered for somebody outside
    :raises Refused: for a question that is with somebody or has words already, or a colleague who cannot be asked
    """
    case = lock(form.case_id)
    form = InformationForm.objects.select_related("referral").get(pk=form.pk)
    answer = Answer.objects.select_related("form", "referral").get(form=form)
    answer.case = answer.referral.case = case
    if not may_write(by, answer):
        raise NotAllowed("This may only be done by the worker the form was given to.")
    must_be_as_seen(case, version, by)
    must_be_free_to_share(case, at=at)
    if form.state != FormState.OPEN:
        raise Refused("This form is no longer open.")
    if due_on < civil_date(at):
        raise Refused("The day it is needed by cannot be in the past.")
    timing.must_be_countable(due_on, case.procedure, "The day it is needed by", civil_date(at))
    with access.writing(by, case.pk):
        item = AnswerItem.objects.get(pk=item_id, answer=answer)
    if item.known is not None or item.fact or item.opinion:
        raise Refused("This question has an answer. Clear it first, then ask a colleague.")
    if Contribution.objects.filter(item=item, state=ContributionState.ASKED).exists():
        raise Refused("This question is already with a colleague.")
    if colleague.pk == by.user_id:
        raise Refused("Choose somebody other than yourself.")
    kept_from = case.exclusions.standing().filter(user=colleague).exists()
    if kept_from or not everyone(civil_date(at)).filter(pk=colleague.pk).exists():
        raise Refused("That person cannot be given work on this case.")
    part = Contribution(
        case=case, form=form, item=item, colleague=colleague, asked_by=by.user, asked_at=at, due_on=due_on
    )
    keep(part, by=by, at=at)
    timing.start(
        case=case, subject=part.record_key, clock=clocks.CONTRIBUTION, by=by, at=at, team_id=None, person=colleague,
        due_on=due_on,
    )  # fmt: skip
    record(case=case, kind="contribution.asked", by=by, at=at, subject=part.record_key, facts={"who": colleague.name})
    outbox.write(key=f"contribution:{part.pk}", kind="contribution.asked", case=case, to=colleague, at=at)
    settle(case, by=by, at=at)
    return part


@transaction.atomic
def save_contribution(*, contribution: Contribution, fact: str, opinion: str, by: Actor, at: datetime) -> None:
    """Keep what a colleague has typed so far, without giving it."""
    item = _open_item(contribution, by)
    if (item.fact, item.opinion) == (fact, opinion):
        return
    with access.writing(by, contribution.case_id):
        item.fact, item.opinion = fact, opinion
        keep(item, by=by, at=at)


@transaction.atomic
def give_contribution(
    *, contribution: Contribution, known: bool, fact: str, opinion: str, by: Actor, at: datetime
) -> None:
    """A colleague answers their question; the words drop into the form."""
    if known and not (fact or opinion):
        raise Refused("Write a fact or an opinion, or say that nothing is known.")
    item = _open_item(contribution, by)
    with access.writing(by, contribution.case_id):
        item.known, item.fact, item.opinion = known, fact if known else "", opinion if known else ""
        keep(item, by=by, at=at)
    _touch(item, by=by, at=at)
    advance(
        subject=contribution, transition=CONTRIBUTION["contribution.give"], by=by, at=at,
        facts={"answered": "yes"}, to={"worker": contribution.form.worker},
    )  # fmt: skip


@transaction.atomic
def take_back_contribution(*, contribution_id: UUID, by: Actor, at: datetime, version: int | None = None) -> None:
    """The worker takes a question back, to answer it or to ask somebody else; the colleague sees it no longer."""
    contribution = Contribution.objects.select_related("colleague").get(pk=contribution_id)
    advance(
        subject=contribution, transition=CONTRIBUTION["contribution.take_back"], by=by, at=at, version=version,
        facts={"who": contribution.colleague.name},
    )  # fmt: skip
    with access.writing(by, contribution.case_id):
        item = AnswerItem.objects.get(pk=contribution.item_id)
        item.known, item.fact, item.opinion = None, "", ""
        keep(item, by=by, at=at)
    _touch(item, by=by, at=at)


def _open_item(contribution: Contribution, by: Actor) -> AnswerItem:
    """The question, where it is open to this colleague. The case is locked first, as everywhere."""
    lock(contribution.case_id)
    with access.writing(by, contribution.case_id):
        asked = Contribution.objects.filter(pk=contribution.pk, colleague=by.user_id, state=ContributionState.ASKED)
        item = AnswerItem.objects.filter(pk=contribution.item_id).first() if asked.exists() else None
    if item is None:
        raise Refused("This question is no longer open to you.")
    return item


def _touch(item: AnswerItem, *, by: Actor, at: datetime) -> None:
    answer = Answer.objects.select_for_update().get(pk=item.answer_id)
    answer.version += 1
    answer.edited_by, answer.edited_at = by.user, at
    keep(answer, by=by, at=at)
