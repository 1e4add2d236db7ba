"""What is recorded once a kept file was sent by hand."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.casework.form_layout import Actions, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.kinds import PasswordChannel


class PasswordGivenForm(GovukForm):
    """Who was given the password of a file, and how: never the way the file went (E4.35 to E4.37)."""

    submit_label = "I have sent it, and given the password"
    subjects: ClassVar[dict[str, str]] = {"password_to": "who was given the password"}
    password_channel = forms.ChoiceField(
        label="How did you give the password?",
        choices=PasswordChannel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you gave the password"},
    )
    password_to = forms.CharField(label="Who did you give it to?", help_text="Their name or post", max_length=150)

    def lay_out(self) -> Layout:
        pieces: list[Any] = [Question("password_channel"), Question("password_to", width=20)]
        return Layout(*pieces, Actions(Submit("", self.submit_label)))
