"""Saying who is who, taking that back, and joining a practitioner's own referral."""

from __future__ import annotations

from django import forms

from referrals.forms.acting import ActForm
from referrals.states import MatchAnswer


class MatchForm(ActForm):
    """One answer about one candidate. The page draws it as three buttons."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=MatchAnswer.choices, widget=forms.HiddenInput)


class TakeBackForm(ActForm):
    """Why a decision is taken back."""

    submit_label = "Take it back"
    reason = forms.CharField(
        label="Why is it being taken back?",
        help_text="It shows in the history of the case. Do not name the person.",
        max_length=200,
    )


class LinkForm(ActForm):
    """Confirms that a practitioner's own referral is about the same concern."""

    submit_label = "Join it to this referral"
