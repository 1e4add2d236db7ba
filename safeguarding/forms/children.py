"""What ends a child's case or takes it elsewhere, and feedback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Question
from prevent_cases.casework.kinds import Delivery
from referrals.forms.acting import ActForm, ReasonedForm
from referrals.forms.finishing import FOUND, NONE
from referrals.queries.finishing import NONE_FOUND
from safeguarding.states import FeedbackTo

GIVEN, NOT_APPROPRIATE = "given", "not_appropriate"
ITEMS = (
    ("received", "That the referral was received"),
    ("decided", "That it was looked at and decided"),
    ("support", "That support is in place"),
    ("finished", "That it is finished"),
)
HOW = ((Delivery.SPOKEN.value, "By telephone or in person"), (Delivery.ON_PAPER.value, "By letter"))
USUAL_NECESSITY = {
    FeedbackTo.REFERRER: "Whoever referred must know that it was acted on. Nothing of the child’s life is told.",
    FeedbackTo.PARENTS: "They care for the child and must know what is done for them.",
}


class HandOverForm(ReasonedForm):
    """Why it goes to the adult pathway."""

    submit_label = "Hand it over"


class CloseChildForm(ReasonedForm):
    """How it ended, and what was done about other needs."""

    submit_label = "Close the case"
    subjects = {"other_needs": "whether other needs were found"}
    other_needs = forms.ChoiceField(
        label="Were other needs found along the way?",
        choices=[(NONE, "No other need was found"), (FOUND, "Yes, and each has been referred")],
        widget=forms.RadioSelect,
    )
    needs_words = ProseField(
        label="What was done about them?",
        help_text="It shows in the history of the case. Do not name the person. Short is fine.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, found: Sequence[str] = (), **kwargs: Any):
        kwargs["initial"] = {"other_needs": FOUND, "needs_words": "; ".join(found)} if found else {}
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "How did it end?"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("other_needs") == FOUND and not cleaned.get("needs_words"):
            self.add_error("needs_words", ValidationError("Say what was done about them", code="required"))
        return cleaned

    @property
    def statement(self) -> str:
        """What was done about other needs, as the record of closing says it."""
        return NONE_FOUND if self.cleaned_data["other_needs"] == NONE else str(self.cleaned_data["needs_words"])

    def questions(self) -> list[Any]:
        return [self.reason_question(), Question("other_needs", reveals={FOUND: ["needs_words"]})]


class FeedbackForm(ActForm):
    """Whether somebody was told, by whom and of what; or why telling them is not appropriate."""

    submit_label = "Save"
    subjects = {"became": "what happened"}
    became = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect)
    told_on = DateField(label="On which day were they told?", when="today_or_past", required=False)
    name = forms.CharField(label="Who was told?", max_length=150, required=False)
    agency = forms.CharField(
        label="Their organisation", help_text="For a parent or guardian, write “Family”", max_length=150, required=False
    )
    items = forms.MultipleChoiceField(
        label="What were they told?", choices=ITEMS, widget=forms.CheckboxSelectMultiple, required=False
    )
    how = forms.ChoiceField(
        label="How?", choices=HOW, widget=forms.RadioSelect, initial=Delivery.SPOKEN.value, required=False
    )
    necessity = ProseField(label="Why was it necessary to tell them?", max_length=500, required=False)
    reason = forms.CharField(
        label="Why is it not appropriate?",
        help_text="It shows in the history of the case. Do not name anybody.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, to: str, earliest: date, **kwargs: Any):
        self.to = to
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.is_heard = to == FeedbackTo.SOCIAL_CARE
        given = "CT policing told us" if self.is_heard else "They were told"
        fields["became"].choices = [(GIVEN, given), (NOT_APPROPRIATE, "It is not appropriate")]
        fields["told_on"].earliest = earliest
        if self.is_heard:
            fields["told_on"].label = "On which day?"
            for name in ("name", "agency", "items", "how", "necessity"):
                del fields[name]
        else:
            fields["necessity"].initial = USUAL_NECESSITY[FeedbackTo(to)]
            fields["agency"].initial = "Family" if to == FeedbackTo.PARENTS else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("became") == NOT_APPROPRIATE:
            self._need("reason", "Say why it is not appropriate")
        elif cleaned.get("became") == GIVEN:
            self._need("told_on", "Enter the day they were told")
            if not self.is_heard:
                self._need("name", "Enter who was told")
                self._need("agency", "Enter their organisation, or “Family”")
                self._need("items", "Select what they were told")
                self._need("necessity", "Say why it was necessary")
        return cleaned

    def _need(self, name: str, words: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, ValidationError(words, code="required"))

    @property
    def told(self) -> list[str]:
        """What they were told, named without its content."""
        return [label for key, label in ITEMS if key in self.cleaned_data["items"]]

    def questions(self) -> list[Any]:
        asked = ["told_on"] if self.is_heard else ["told_on", "name", "agency", "items", "how", "necessity"]
        return [Question("became", reveals={GIVEN: asked, NOT_APPROPRIATE: ["reason"]})]
