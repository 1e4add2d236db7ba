"""What forms about an act on a case share: the version that was seen, the reason for it, and how a refusal shows."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.models import Case
from prevent_cases.casework.procedure import Reason
from prevent_cases.casework.workflow import Refused

MOST_WORDS = 200


class ActForm(GovukForm):
    """An act on a case as it stood when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open this page again"})

    def __init__(self, *args: Any, case: Case, cancel_url: str, **kwargs: Any):
        self.case, self.cancel_url = case, cancel_url
        kwargs["initial"] = {"version": case.version} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refused, version: int) -> None:
        """Show why it was refused. What was typed stays, and may be sent again now that the case has been seen."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        again = MultiValueDict(self.data)
        again["version"] = str(version)
        self.data = again

    def lay_out(self) -> Layout:
        return Layout(*self.questions(), Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)))

    def questions(self) -> list[Any]:
        """The page's questions in order."""
        return [Question(name) for name, field in self.fields.items() if not field.widget.is_hidden]


class ReasonedForm(ActForm):
    """An act that needs a reason from the procedure's list, in words where the list says so."""

    subjects = {"reason": "a reason"}
    reason = forms.ChoiceField(label="Why?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="The reason in a few words",
        help_text="It shows in the history of the case. Do not name the person.",
        max_length=MOST_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, reasons: tuple[Reason, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.reasons = {reason.key: reason for reason in reasons}
        self.fields["reason"].choices = [(reason.key, reason.label) for reason in reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reason = self.reasons.get(cleaned.get("reason", ""))
        if reason and reason.needs_words and not cleaned.get("words"):
            self.add_error("words", ValidationError("Say the reason in a few words", code="required"))
        return cleaned

    @property
    def reason_in_words(self) -> str:
        reason = self.reasons[self.cleaned_data["reason"]]
        return self.cleaned_data["words"] if reason.needs_words else reason.label

    def reason_question(self) -> Question:
        return Question(
            "reason", reveals={key: ["words"] for key, reason in self.reasons.items() if reason.needs_words}
        )

    def questions(self) -> list[Any]:
        return [self.reason_question()]
