"""Information gathering forms: those of a case, one with its questions, and a colleague's own part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.kinds import Basis, Look
from prevent_cases.casework.models import Case, Exclusion
from prevent_cases.casework.wording import due_words
from referrals.models import AnswerItem, Contribution, InformationForm
from referrals.queries.answer import DraftAnswer, Written, as_draft
from referrals.states import ContributionState, FormState

TONES = {FormState.OPEN: "progress", FormState.ANSWERED: "done", FormState.CANCELLED: "closed"}


@dataclass(frozen=True)
class Part:
    """One question that was given to a colleague. ``given_at`` is None while it is with them."""

    id: UUID
    heading: str
    colleague: str
    due_on: date
    is_asked: bool
    is_given: bool


@dataclass(frozen=True)
class FormPage:
    """A form with its answers so far. Without the material, ``draft`` is empty: the SSU sees that it exists (K0.15)."""

    form: InformationForm
    draft: DraftAnswer
    parts: tuple[Part, ...]

    @property
    def with_colleagues(self) -> dict[str, Part]:
        """Questions that are with somebody now, by heading."""
        return {part.heading: part for part in self.parts if part.is_asked}

    @property
    def to_write(self) -> tuple[Written, ...]:
        """Questions that are with nobody else."""
        return tuple(one for one in self.draft.written if one.heading not in self.with_colleagues)

    @property
    def questions(self) -> list[str]:
        return [one.label for one in self.draft.written]

    def given_by(self, heading: str) -> str:
        """The colleague who gave this part last, if one did."""
        return next((part.colleague for part in self.parts if part.heading == heading and part.is_given), "")


@dataclass(frozen=True)
class OwnPart:
    """What a colleague sees of a case: a reference, one question of a form, who asks and for whom, and by when.

    ``question`` is empty once it is no longer with them.
    """

    part: Contribution
    reference: str
    asked_by: str
    question: str
    heading: str
    written: Written

    @property
    def asker(self) -> str:
        """Who in policing asked for the form."""
        form = self.part.form
        return f"{form.asked_by}, {form.organisation}" if form.organisation else form.asked_by


def forms_of(case: Case) -> list[InformationForm]:
    """Every form registered on a case, by either route, those to be answered first. One statement."""
    rows = InformationForm.objects.filter(case=case).select_related("worker").order_by("due_on", "pk")
    return sorted(rows, key=lambda form: form.state != FormState.OPEN)


def form_page(case: Case, form_id: UUID) -> FormPage:
    """A form of this case, read inside the case's material. Three statements.

    :raises Http404: for a form of another case, the same as for none
    """
    form = (
        InformationForm.objects.filter(case=case, pk=form_id)
        .select_related("worker", "registered_by", "referral__policing_team", "answer__edited_by")
        .first()
    )
    if form is None:
        raise Http404
    form.case = form.referral.case = form.answer.case = case
    form.answer.referral = form.referral
    items = list(AnswerItem.objects.filter(answer=form.answer).order_by("place"))
    for item in items:
        item.answer = form.answer
    parts = Contribution.objects.filter(form=form).select_related("colleague").order_by("-asked_at", "pk")
    headings = {item.pk: item.heading for item in items}
    draft = as_draft(items, [(item.heading, item.asked) for item in items])
    return FormPage(form, draft, tuple(_part(row, headings.get(row.item_id, "")) for row in parts))


def own_part(actor: Actor, part_id: UUID, *, at: datetime, source: str | None) -> OwnPart:
    """The part this person was asked for; the look is logged with it. Three statements.

    :raises Http404: for anybody else's part, for one that is taken back, and for a case a conflict keeps them from
    """
    kept_from = Exclusion.objects.standing().filter(user=actor.user_id).values("case")
    with transaction.atomic():
        part = (
            Contribution.objects.filter(pk=part_id, colleague=actor.user_id)
            .exclude(state=ContributionState.TAKEN_BACK)
            .exclude(case__in=kept_from)
            .select_related("case", "asked_by", "form__worker")
            .first()
        )
        if part is None:
            raise Http404
        access.log_look(
            actor, part.case_id, Look.MATERIAL, at=at, source=source, record=part.record_key, basis=Basis.ASKED
        )
        item = _open_item(actor, part)
    question = item.asked if item else ""
    written = Written("1", question, item.known, item.fact, item.opinion) if item else Written("1", "")
    return OwnPart(part, part.case.reference, part.asked_by.name, question, item.heading if item else "", written)


def standing(form: InformationForm, today: date) -> dict[str, Any]:
    """A form's state as a tag, and its date in words."""
    is_open = form.state == FormState.OPEN
    return {
        "text": form.get_state_display(),
        "tone": "late" if is_open and form.due_on < today else TONES[FormState(form.state)],
        "due": due_words(form.due_on, today) if is_open else "",
    }


def _open_item(actor: Actor, part: Contribution) -> AnswerItem | None:
    if part.state != ContributionState.ASKED:
        return None
    with access.material(actor, part.case_id):
        return AnswerItem.objects.filter(pk=part.item_id).first()


def _part(row: Contribution, heading: str) -> Part:
    return Part(
        row.pk, heading, row.colleague.name, row.due_on,
        is_asked=row.state == ContributionState.ASKED, is_given=row.state == ContributionState.GIVEN,
    )  # fmt: skip
