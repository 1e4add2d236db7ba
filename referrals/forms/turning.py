"""The date of birth put right, and a case that turns out to be a child's."""

from __future__ import annotations

from typing import Any

from django import forms

from prevent_cases.casework.fields import DateField
from prevent_cases.casework.form_layout import Question
from referrals.forms.acting import ActForm, ReasonedForm
from referrals.forms.person import OLDEST
from referrals.queries.arrivals import SaidOfAChild


class BirthDateForm(ActForm):
    """The right date of birth."""

    submit_label = "Correct the date of birth"
    born_on = DateField(label="Date of birth", help_text="For example, 27 3 2010", when="past", earliest=OLDEST)


class ToChildrenForm(ReasonedForm):
    """To which duty team, why, and what their list shows."""

    submit_label = "Send to children's duty"
    team = forms.ChoiceField(label="Children's duty team")
    risk = forms.CharField(
        label="What is feared, in a few words",
        help_text="It shows in the duty list. Do not name the child.",
        max_length=100,
        required=False,
    )
    school = forms.CharField(label="School or college", max_length=150, required=False)

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["team"].choices = [("", "Choose a team"), *teams]
        fields["team"].initial = teams[0][0] if len(teams) == 1 else ""

    @property
    def said(self) -> SaidOfAChild:
        return SaidOfAChild(risk=self.cleaned_data["risk"], school=self.cleaned_data["school"])

    def questions(self) -> list[Any]:
        return [Question("team"), self.reason_question(), Question("risk"), Question("school")]
