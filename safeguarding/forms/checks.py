"""Asking police whether it may go on, and what they answered: by their own account, or for them by the unit."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.casework.fields import DateField, ProseField, YesNoField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.workflow import Refused
from referrals.forms.acting import ActForm, ReasonedForm
from referrals.forms.person import ReferralFilesField
from safeguarding.models import Check
from safeguarding.states import ANSWERS, CheckPurpose, CheckResult, StopReason

MOST = 4000
HINTS = {
    CheckResult.SUITABLE: "The hold ends",
    CheckResult.NOT_SUITABLE: "The hold ends. Early help or social care is considered",
    CheckResult.WAIT: "The check stays open until there is an answer",
    CheckResult.DO_NOT_PROCEED: "A hold goes on until the lead of the Strategic Safeguarding Unit ends it",
    CheckResult.NOT_PROGRESSED: "A hold goes on until the lead of the Strategic Safeguarding Unit ends it",
}
NEVER = "Children’s or adult social care reads this. Never write intelligence in it."


class AskCheckForm(ActForm):
    """What is asked of CT policing. Only the references are sent: no words, and nothing of the person."""

    submit_label = "Ask CT policing"
    subjects: ClassVar[dict[str, str]] = {"purpose": "what you ask", "is_priority": "whether it must come first"}
    purpose = forms.ChoiceField(label="What do you ask?", widget=forms.RadioSelect)
    is_priority = YesNoField(
        label="Must it come before everything else?",
        help_text="For a strategy discussion or a conference. CT policing is then asked for it within 1 working day.",
    )

    def __init__(self, *args: Any, purposes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(purpose, CheckPurpose(purpose).label) for purpose in purposes]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]
        self.fields["purpose"].initial = choices[0][0] if len(choices) == 1 else None


class TakeBackCheckForm(ReasonedForm):
    """Why it is not needed any more."""

    submit_label = "Take the check back"


class AnswerForm(GovukForm):
    """What police answer: a code, why they stop where they do, and what they expect. ``hears_why`` is whether this
    person may be asked the reason behind "not progressed"."""

    submit_label = "Record the answer"
    subjects: ClassVar[dict[str, str]] = {"result": "the answer", "why": "why it is not taken forward"}
    result = forms.ChoiceField(label="What is the answer?", widget=forms.RadioSelect)
    why = forms.ChoiceField(
        label="Why is it not taken forward?",
        help_text="Only the lead of the Strategic Safeguarding Unit and CT policing see this",
        choices=[(why.value, why.label) for why in StopReason if why != StopReason.NOT_SAID],
        widget=forms.RadioSelect,
        required=False,
    )
    expected = ProseField(
        label="What does CT policing expect of social care?", help_text=NEVER, max_length=MOST, required=False
    )

    cancel_url = ""

    def __init__(self, *args: Any, check: Check, hears_why: bool, cancel_url: str = "", **kwargs: Any) -> None:
        self.check, self.hears_why = check, hears_why
        self.cancel_url = cancel_url or self.cancel_url
        super().__init__(*args, **kwargs)
        offered = ANSWERS[CheckPurpose(check.purpose)]
        self.fields["result"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]
        if not hears_why:
            del self.fields["why"]
        elif isinstance(self, ActForm):
            self.fields["why"].choices = StopReason.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.hears_why and cleaned.get("result") == CheckResult.NOT_PROGRESSED and not cleaned.get("why"):
            self.add_error("why", "Select why it is not taken forward")
        return cleaned

    def refused(self, refusal: Refused) -> None:
        """Show a refusal beside the box it is about, where that is on the page."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    def questions(self) -> list[Any]:
        hints = {key: hint for key, hint in HINTS.items() if self.check.purpose == CheckPurpose.HOLD}
        if self.check.purpose != CheckPurpose.HOLD:
            hints = {CheckResult.WAIT: HINTS[CheckResult.WAIT]}
        reveals: dict[str, list[str]] = {CheckResult.NOT_PROGRESSED: ["why"]} if self.hears_why else {}
        return [Question("result", hints=hints, reveals=reveals), Question("expected", rows=4)]

    def lay_out(self) -> Layout:
        return Layout(*self.questions(), Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)))


class AnswerForThemForm(ActForm, AnswerForm):
    """The unit writes the answer down on behalf of police, with how it knows."""

    subjects: ClassVar[dict[str, str]] = {
        **AnswerForm.subjects, "told_by": "who told you", "told_on": "the day they told you",
    }  # fmt: skip
    told_by = forms.CharField(label="Who at CT policing told you?", help_text="Name and role", max_length=150)
    told_on = DateField(label="When did they tell you?", when="today_or_past")
    evidence = ProseField(
        label="How do you know?",
        help_text="For a telephone call, write what was said about the answer. Otherwise add the message below.",
        max_length=MOST,
        required=False,
    )
    attachments = ReferralFilesField(label="The message they sent")

    def questions(self) -> list[Any]:
        return [
            *AnswerForm.questions(self),
            Question("told_by", width=20),
            Question("told_on"),
            Question("evidence", rows=4, show_optional=False),
            Question("attachments"),
        ]

    def lay_out(self) -> Layout:
        return AnswerForm.lay_out(self)
