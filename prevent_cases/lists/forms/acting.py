"""What forms about a team's list share: the version that was seen, and how a refusal shows beside its field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.datastructures import MultiValueDict

from prevent_cases.accounts.models import User
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm

Choices = list[tuple[str, str]]


class BackOfficeForm(GovukForm):
    """A form with a way out, whose refusal stands beside the field that it is about."""

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any):
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    def lay_out(self) -> Layout:
        return Layout(*self.questions(), Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)))

    def questions(self) -> list[Any]:
        """The page's questions in order."""
        return [Question(name) for name, field in self.fields.items() if not field.widget.is_hidden]


class ListForm(BackOfficeForm):
    """A change to a team's list as it stood when the page was opened. ``changed`` says what others did since."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open this page again"})

    def __init__(self, *args: Any, version: int, **kwargs: Any):
        kwargs["initial"] = {"version": version} | kwargs.get("initial", {})
        self.changed: list[str] = []
        super().__init__(*args, **kwargs)

    def see(self, version: int, changed: list[str]) -> None:
        """The list was shown as it is now: what was typed stays and may be sent again."""
        self.changed = changed
        again = MultiValueDict(self.data)
        again["version"] = str(version)
        self.data = again


def people_as_choices(people: Iterable[User], nobody: str) -> Choices:
    """A list to choose a person from, by name and address; two of one name are told apart."""
    return [("", nobody), *((str(user.pk), f"{user.name}, {user.email}") for user in people)]
