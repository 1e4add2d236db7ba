"""Information gathering forms and the parts colleagues give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.now import held_at, now
from referrals.models import Answer, AnswerItem, Contribution, InformationForm, Referral
from referrals.operations import contributions, drafting
from referrals.operations import information_forms as operations
from referrals.states import ContributionState, FormRoute, FormState
from tests.factories.places import County
from tests.factories.referrals import REASONS, a_referral

QUESTIONS = ("What support does the person have now?", "Who else lives at the address?")


def a_form(
    place: County, state: str = FormState.OPEN, *, referral: Referral | None = None, route: str = FormRoute.DIRECT,
    due_in: int = 9, questions: Sequence[str] = QUESTIONS, at: datetime | None = None, **asked: Any,
) -> InformationForm:  # fmt: skip
    """A form on a referral being prepared (or on ``referral``): OPEN, ANSWERED or CANCELLED. Due ``due_in`` days on."""
    at = at or now()
    referral = referral or a_referral(place, "PREPARING", at=at, **asked)
    with held_at(at):
        form = operations.register_form(
            referral=referral, route=route, asked_by="Sergeant A. Lumb",
            organisation="Northfold Police", reply_address="lumb@northfold.example",
            asked_on=civil_date(at), due_on=civil_date(at) + timedelta(days=due_in), questions=questions,
            worker=place.locality_worker.user, files=[], by=place.locality_worker, at=at,
        )  # fmt: skip
        if state == FormState.ANSWERED:
            _answer(place, form, at)
        if state == FormState.CANCELLED:
            operations.cancel_form(form=form, reason="Asked for in error", by=place.officer, at=at)
    return InformationForm.objects.select_related("case", "referral").get(pk=form.pk)


def _answer(place: County, form: InformationForm, at: datetime) -> None:
    answer = Answer.objects.get(form=form)
    said = {item.heading: drafting.Said(False) for item in items_of(place.locality_worker, answer)}
    said["1"] = drafting.Said(True, "A carer calls each morning.", "")
    drafting.save_answer(
        answer=answer, said=said, minimum_checked=True, left_out="", by=place.locality_worker, at=at,
        version=answer.version,
    )  # fmt: skip
    operations.answer_form(
        form=form, reasons=REASONS, council="Exampleshire County Council", by=place.locality_worker, at=at
    )


def a_contribution(
    place: County, state: str = ContributionState.ASKED, *, form: InformationForm | None = None, heading: str = "1",
    colleague: Actor | None = None, due_in: int = 3, at: datetime | None = None,
) -> Contribution:  # fmt: skip
    """One question of a form, asked of the county's colleague: ASKED, GIVEN or TAKEN_BACK."""
    at = at or now()
    colleague = colleague or place.colleague
    form = form or a_form(place, at=at)
    with held_at(at):
        items = items_of(place.locality_worker, Answer.objects.get(form=form))
        part = contributions.ask_colleague(
            form=form, item_id=next(item.pk for item in items if item.heading == heading), colleague=colleague.user,
            due_on=civil_date(at) + timedelta(days=due_in), by=place.locality_worker, at=at,
        )  # fmt: skip
        if state == ContributionState.GIVEN:
            contributions.give_contribution(
                contribution=part, known=True, fact="Seen weekly at the day centre.", opinion="", by=colleague, at=at
            )
        if state == ContributionState.TAKEN_BACK:
            contributions.take_back_contribution(contribution_id=part.pk, by=place.locality_worker, at=at)
    return Contribution.objects.select_related("case", "form").get(pk=part.pk)


def items_of(reader: Actor, answer: Answer) -> list[AnswerItem]:
    """The headings of an answer in order, as this person may read them (an empty list if not)."""
    with access.material(reader, answer.case_id):
        return list(AnswerItem.objects.filter(answer=answer).order_by("place"))
