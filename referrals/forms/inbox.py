"""The inbox's filters, and choosing whom to give cases to."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.kinds import Delivery
from referrals.queries.readers import BULK_WAYS
from referrals.queries.triage import THE_REGISTER
from referrals.states import AgeGroup, ReferralState, Source

ANY = [("", "Any")]
BULK_HINTS = {
    str(Delivery.IN_SERVICE): "Only members of the policing team with an account can read it here. A referral whose "
    "policing team has none is left for you.",
    str(Delivery.SECURE_EMAIL): "Each is kept, and waits under “To finish” until you have sent it from your own secure "
    "mailbox and recorded that.",
}


class FilterForm(forms.Form):
    """What the list may be narrowed to. Unknown values narrow nothing."""

    locality = forms.UUIDField(required=False)
    team = forms.UUIDField(required=False)
    stage = forms.ChoiceField(choices=ANY + ReferralState.choices, required=False)
    age_group = forms.ChoiceField(choices=ANY + AgeGroup.choices, required=False)
    source = forms.ChoiceField(choices=ANY + Source.choices, required=False)
    assigned = forms.ChoiceField(choices=[*ANY, ("nobody", "Assigned to nobody")], required=False)


class ChosenForm(GovukForm):
    """A form about the cases that were ticked, which travel with it hidden."""

    ids = forms.Field(widget=forms.MultipleHiddenInput, required=False)
    tab = forms.CharField(widget=forms.HiddenInput, required=False)
    posts_to = ""

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any):
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)
        self.helper.form_action = reverse(self.posts_to)


class AssignForm(ChosenForm):
    """Whom to give the chosen cases to."""

    submit_label = "Assign"
    posts_to = "referrals:assign"
    to = forms.ChoiceField(
        label="Who should work on them?", error_messages={"required": "Choose who should work on them"}
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to"].choices = [("", "Choose a colleague"), *people]

    def lay_out(self) -> Layout:
        return Layout(Question("to"), Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)))


class NilReturnsForm(ChosenForm):
    """Sending several nil returns at once: what was searched, and that each was looked at."""

    submit_label = "Send the nil returns"
    posts_to = "referrals:nil-returns"
    subjects = {"systems": "which systems were searched"}
    systems = forms.MultipleChoiceField(
        label="Which systems were searched for every one of these people?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the systems that were searched"},
    )
    delivery = forms.ChoiceField(
        label="How do they go to CT policing?",
        choices=BULK_WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they go to CT policing"},
    )
    checked = forms.BooleanField(
        label="I have checked who each of these people is, and no record is held of any of them",
        error_messages={"required": "Confirm that you have checked each of these people"},
    )

    def __init__(self, *args: Any, systems: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["systems"].choices = [(THE_REGISTER, systems[0]), *((name, name) for name in systems[1:])]
        self.register = systems[0]

    def clean_systems(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["systems"]
        if THE_REGISTER not in chosen:
            raise ValidationError(
                f"Select {self.register}: a nil return needs a search of it. Where it could not be searched, open each "
                "referral and say why"
            )
        return chosen

    def lay_out(self) -> Layout:
        return Layout(
            Question("systems", size="m"),
            Question("delivery", hints=BULK_HINTS),
            Question("checked"),
            Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)),
        )
