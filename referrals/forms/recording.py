"""What is typed to forward a recorded referral."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from referrals.queries.recording import Localities

ELSEWHERE = "elsewhere"


class ForwardForm(GovukForm):
    """Which locality team receives it. ``team_id`` is the team chosen, after a form that is sound."""

    submit_label = "Continue"
    version = forms.IntegerField(widget=forms.HiddenInput)
    team = forms.ChoiceField(label="Which locality team works with this person?", widget=forms.RadioSelect)
    far_team = forms.ChoiceField(label="Locality team", required=False)

    def __init__(self, *args: Any, teams: Localities, cancel_url: str, **kwargs: Any):
        self.teams, self.cancel_url = teams, cancel_url
        super().__init__(*args, **kwargs)
        elsewhere = [(ELSEWHERE, "A team in another area")] if teams.far else []
        self.fields["team"].choices = teams.near + elsewhere  # type: ignore[attr-defined]
        self.fields["team"].error_messages["required"] = "Select the locality team to forward to"
        self.fields["far_team"].choices = [("", "Choose a team"), *teams.far]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("team") == ELSEWHERE and not cleaned.get("far_team") and "far_team" not in self.errors:
            self.add_error("far_team", "Select the locality team to forward to")
        return cleaned

    @property
    def team_id(self) -> str:
        chosen = self.cleaned_data["team"]
        return f"{self.cleaned_data['far_team'] if chosen == ELSEWHERE else chosen}"

    def lay_out(self) -> Layout:
        hints = {self.teams.suggested: self.teams.because} if self.teams.suggested else {}
        reveals = {ELSEWHERE: ["far_team"]} if self.teams.far else {}
        actions = Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url))
        divider = ELSEWHERE if self.teams.far and self.teams.near else None
        return Layout(Question("team", size="m", hints=hints, reveals=reveals, divider_before=divider), actions)
