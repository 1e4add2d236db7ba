"""What is typed on the pages of a case."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.casework.fields import DateField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.procedure import Reason


class ExtendForm(GovukForm):
    """A later date, and the procedure's reason for it."""

    submit_label = "Extend the deadline"
    subjects = {"due_on": "the new date"}

    due_on = DateField(label="New date", help_text="For example, 27 3 2027", when="future")
    reason = forms.ChoiceField(label="Why does it move?", widget=forms.RadioSelect)
    words = forms.CharField(label="Say more", max_length=300, required=False)

    def __init__(self, *args: Any, reasons: tuple[Reason, ...], cancel_url: str, **kwargs: Any):
        self.reasons, self.cancel_url = {reason.key: reason for reason in reasons}, cancel_url
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.key, reason.label) for reason in reasons]  # type: ignore[attr-defined]
        self.fields["reason"].error_messages["required"] = "Select why the deadline moves"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = self.reasons.get(cleaned.get("reason", ""))
        if chosen and chosen.needs_words and not cleaned.get("words"):
            self.add_error("words", "Say why the deadline moves")
        return cleaned

    @property
    def whole_reason(self) -> str:
        """The reason chosen, with what was added to it."""
        chosen, words = self.reasons[self.cleaned_data["reason"]], self.cleaned_data["words"]
        return words if chosen.needs_words else f"{chosen.label}: {words}" if words else chosen.label

    def lay_out(self) -> Layout:
        return Layout(
            Question("due_on"), Question("reason"), Question("words"),
            Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)),
        )  # fmt: skip
