"""A domain whose mail is secure."""

from __future__ import annotations

from django import forms

from prevent_cases.casework.fields import YesNoField
from prevent_cases.reference.forms.acting import ReferenceForm


class DomainForm(ReferenceForm):
    """What is listed."""

    submit_label = "Put it on the list"
    subjects = {"domain": "the domain", "why": "how you know that its mail is secure"}
    domain = forms.CharField(
        label="Domain", help_text="The part of an address after the @. For example, council.example", max_length=200
    )
    covers_below = YesNoField(
        label="Do addresses below it count too?",
        help_text="With council.example, also name@desk.council.example",
        error_messages={"required": "Choose whether addresses below it count too"},
    )
    why = forms.CharField(
        label="How do you know that its mail is secure?",
        help_text="For example, the agreement that says so, or who assured you of it",
        max_length=300,
    )


class RetireDomainForm(ReferenceForm):
    """Nothing to type: a button."""

    submit_label = "Take it off the list"
