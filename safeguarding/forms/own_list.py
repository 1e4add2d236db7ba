"""What a person is told of when they ask what was shared about them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Question
from referrals.forms.acting import ActForm


class OwnListForm(ActForm):
    """Which of it they are told, why not the rest, and who was asked first."""

    submit_label = "Make the list"
    subjects: ClassVar[dict[str, str]] = {"consulted": "who in CT policing was asked"}
    told = forms.MultipleChoiceField(
        label="What are they told of?", widget=forms.CheckboxSelectMultiple, required=False
    )  # fmt: skip
    why_withheld = ProseField(
        label="Why is the rest left out?",
        help_text="Kept with the record. The person does not see it.",
        max_length=1_000,
        required=False,
    )
    consulted = forms.CharField(
        label="Who in CT policing was asked what may be told?",
        help_text="Their name or post, and when",
        max_length=200,
    )
    identity_checked = forms.BooleanField(
        label="I have checked that whoever asks is the person it is about, or acts for them",
        error_messages={"required": "Confirm that you have checked who asks"},
    )

    def __init__(self, *args: Any, shared: list[tuple[str, str]], **kwargs: Any) -> None:
        self.count = len(shared)
        kwargs["initial"] = {"told": [key for key, _ in shared]} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = shared  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if len(cleaned.get("told", [])) < self.count and "told" not in self.errors and not cleaned.get("why_withheld"):
            self.add_error("why_withheld", ValidationError("Say why something is left out", code="required"))
        return cleaned

    def questions(self) -> list[Any]:
        return [
            Question("told", show_optional=False),
            Question("why_withheld", rows=3, show_optional=False),
            Question("consulted"),
            Question("identity_checked"),
        ]
