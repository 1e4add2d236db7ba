"""The outcome from policing, other needs, closing and reopening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Actions, Question
from prevent_cases.casework.procedure import Reason
from referrals.forms.acting import ActForm, ReasonedForm
from referrals.models import OnwardNeed
from referrals.queries.finishing import NONE_FOUND
from referrals.states import Outcome

NONE, FOUND = "none", "found"


class OutcomeForm(ActForm):
    """What policing says became of it, and when they said so."""

    submit_label = "Record the outcome"
    subjects = {"outcome": "the outcome", "told_on": "the day CT policing told us"}
    outcome = forms.ChoiceField(label="What did CT policing decide?", widget=forms.RadioSelect)
    told_on = DateField(
        label="When did they tell us?",
        help_text="Leave it empty if they have not told us and will not",
        when="today_or_past",
        required=False,
    )

    def __init__(self, *args: Any, outcomes: tuple[Reason, ...], received_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"].earliest = received_on  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [(one.key, one.label) for one in outcomes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_told = cleaned.get("outcome") not in (None, Outcome.NOT_DISCLOSED)
        if is_told and not cleaned.get("told_on") and "told_on" not in self.errors:
            self.add_error("told_on", ValidationError("Enter the day CT policing told us", code="required"))
        return cleaned

    def questions(self) -> list[Any]:
        return [Question("outcome"), Question("told_on", show_optional=False)]


class NeedForm(ActForm):
    """Another need found along the way."""

    submit_label = "Add this need"
    subjects = {"need": "the need"}
    need = forms.CharField(
        label="What else does the person need?",
        help_text="A few words, such as “housing”. It shows on the case. Do not name the person.",
        max_length=200,
    )

    def lay_out(self) -> Layout:
        return Layout(*self.questions(), Actions(Submit("", self.submit_label)))


class ReferNeedForm(ActForm):
    """Where another need was referred, and when."""

    submit_label = "Mark as referred"
    subjects = {"referred_to": "where it was referred", "referred_on": "the day it was referred"}
    referred_to = forms.CharField(label="Where was it referred?", max_length=200)
    referred_on = DateField(label="When?", when="today_or_past")

    def __init__(self, *args: Any, received_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referred_on"].earliest = received_on  # type: ignore[attr-defined]


class CloseForm(ActForm):
    """Closes the case, saying what was done about other needs."""

    submit_label = "Close the case"
    subjects = {"other_needs": "whether other needs were found"}
    other_needs = forms.ChoiceField(
        label="Were other needs found along the way?",
        choices=[(NONE, "No other need was found"), (FOUND, "Yes, and each has been referred")],
        widget=forms.RadioSelect,
    )
    words = ProseField(
        label="What was done about them?",
        help_text="It shows in the history of the case. Do not name the person. Short is fine.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, found: Sequence[OnwardNeed] = (), **kwargs: Any) -> None:
        said = "; ".join(f"{need.need}: referred to {need.referred_to}" for need in found)
        kwargs["initial"] = {"other_needs": FOUND, "words": said} if found else {}
        super().__init__(*args, **kwargs)
        self.found = ", ".join(need.need for need in found)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("other_needs") == NONE and self.found:
            words = f"Choose “Yes, and each has been referred”. Recorded on this case: {self.found}"
            self.add_error("other_needs", ValidationError(words, code="recorded"))
        if cleaned.get("other_needs") == FOUND and not cleaned.get("words"):
            self.add_error("words", ValidationError("Say what was done about them", code="required"))
        return cleaned

    @property
    def statement(self) -> str:
        """What was done about other needs, as the record of closing says it."""
        if self.cleaned_data["other_needs"] == NONE:
            return NONE_FOUND
        return str(self.cleaned_data["words"])

    def questions(self) -> list[Any]:
        return [Question("other_needs", reveals={FOUND: ["words"]})]


class ReopenForm(ReasonedForm):
    """Why a closed case is opened again."""

    submit_label = "Reopen the case"
