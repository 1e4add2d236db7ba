"""Taking a referral back from where it went, and sending it on to another team."""

from __future__ import annotations

from typing import Any

from django import forms

from prevent_cases.casework.form_layout import Question
from referrals.forms.acting import ReasonedForm


class RecallForm(ReasonedForm):
    """Why it is taken back."""

    submit_label = "Recall it"


class RerouteForm(ReasonedForm):
    """To which team it goes instead, why, and who works with the person there."""

    submit_label = "Send it on"
    team = forms.ChoiceField(label="Locality team")
    worker = forms.CharField(label="Named worker, if there is one", max_length=150, required=False)

    def __init__(self, *args: Any, teams: list[tuple[str, str]], suggested: str, because: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "Choose a locality team"), *teams]  # type: ignore[attr-defined]
        self.fields["team"].initial, self.fields["team"].help_text = suggested, because

    def questions(self) -> list[Any]:
        return [Question("team"), Question("worker", width=20, show_optional=False), self.reason_question()]
