"""What the forms here share: the version that was seen, a way back, and where a refusal is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.workflow import Refused


class ReferenceForm(GovukForm):
    """A form with its questions, a button and a way back; ``version`` says what its sender saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url

    def questions(self) -> list[Any]:
        return [Question(name) for name, field in self.fields.items() if not field.widget.is_hidden]

    def lay_out(self) -> Layout:
        back = [Link("Cancel", self.cancel_url)] if self.cancel_url else []
        return Layout(*self.questions(), Actions(Submit("", self.submit_label), *back))

    @property
    def seen(self) -> int:
        """The version its sender saw; -1, which nothing has, where they sent none."""
        seen = self.cleaned_data.get("version")
        return -1 if seen is None else int(seen)


def is_done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do what was asked; a refusal is said beside its box, or above the form where it has none."""
    try:
        act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
