"""What children's duty types: a referral that came to them, a decision, and the real time of what was done earlier."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from prevent_cases.casework.days import moment
from prevent_cases.casework.fields import DateField, HourField, ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.form_words import put_in_words
from prevent_cases.casework.now import now, today
from referrals.forms.acting import ActForm
from referrals.forms.person import PersonForm, ReferralFilesField
from referrals.queries.ages import age_group
from referrals.queries.arrivals import SaidOfAChild
from referrals.queries.intake import MOST_WORDS, Desks, tidy_reference
from referrals.states import AgeGroup, ChildDecisionKind, Source

NOW, EARLIER = "now", "earlier"
AGES = [("CHILD", "Under 18"), ("ADULT", "18 or over"), ("UNKNOWN", "Not known yet")]
HINTS = {
    ChildDecisionKind.NO_CONCERN: "The case is put on hold: nothing is shared until CT policing has checked",
    ChildDecisionKind.SECTION_17: "An assessment begins, within 45 working days of the referral",
    ChildDecisionKind.SECTION_47: "A strategy discussion follows, and a conference within 15 working days of it",
    ChildDecisionKind.IMMEDIATE: "Emergency action may be necessary: a strategy discussion is held at once",
}
IN_THE_PAST = ValidationError("The time it was done must be in the past", code="past")


class WhenForm(ActForm):
    """An act done now; or earlier, as out of hours, and written down now with its real time."""

    when = forms.ChoiceField(
        label="When was this done?",
        choices=[(NOW, "Now"), (EARLIER, "Earlier, for example out of hours")],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    done_on = DateField(label="On which day?", when="today_or_past", required=False)
    done_time = HourField(label="At what time?", help_text="For example, 9:30pm", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") != EARLIER:
            return cleaned
        for name, words in (("done_on", "Enter the day it was done"), ("done_time", "Enter the time it was done")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(words, code="required"))
        if self.done_at and self.done_at > now():
            self.add_error("done_time", IN_THE_PAST)
        return cleaned

    @property
    def done_at(self) -> datetime | None:
        """The real moment, where it was earlier."""
        day, hour = self.cleaned_data.get("done_on"), self.cleaned_data.get("done_time")
        return moment(day, hour) if self.cleaned_data.get("when") == EARLIER and day and hour else None

    def when_question(self) -> Question:
        return Question("when", reveals={EARLIER: ["done_on", Question("done_time", width=5, show_optional=False)]})


class AcknowledgeForm(WhenForm):
    """Tells whoever sent it that it came, and leaves the decision for later."""

    submit_label = "Acknowledge"

    def questions(self) -> list[Any]:
        return [self.when_question()]


class DecideForm(WhenForm):
    """What happens next, why, and who in CT policing was consulted. The age is asked where it is not known."""

    submit_label = "Record the decision"
    subjects = {"decision": "what happens next", "age": "whether this person is under 18"}
    age = forms.ChoiceField(
        label="Is this person under 18?",
        help_text="The referral gives no date of birth. Find out; do not guess.",
        choices=AGES[:2],
        widget=forms.RadioSelect,
    )
    decision = forms.ChoiceField(
        label="What happens next?", choices=ChildDecisionKind.choices, widget=forms.RadioSelect
    )
    consulted = forms.CharField(
        label="Who in CT policing did you consult?",
        help_text="Name and role. You may leave it empty where protecting the child cannot wait.",
        max_length=200,
        required=False,
    )
    reason = ProseField(
        label="Why?",
        help_text="Short is fine. It is kept in the restricted area.",
        max_length=2000,
        error_messages={"required": "Say why, in a few words"},
    )

    def __init__(self, *args: Any, group: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if group != AgeGroup.UNKNOWN:
            del self.fields["age"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        can_wait = cleaned.get("decision") in (ChildDecisionKind.NO_CONCERN, ChildDecisionKind.SECTION_17)
        if can_wait and not cleaned.get("consulted") and "consulted" not in self.errors:
            self.add_error("consulted", ValidationError("Say who in CT policing was consulted", code="required"))
        return cleaned

    def questions(self) -> list[Any]:
        asked = [Question("age", inline=True)] if "age" in self.fields else []
        return [
            *asked,
            Question("decision", hints={kind.value: words for kind, words in HINTS.items()}, size="m"),
            Question("reason", rows=3),
            Question("consulted", show_optional=False),
            self.when_question(),
        ]


class ChildReferralForm(PersonForm):
    """A referral that the local police hub sent straight to duty, as it came.

    :param earliest: the first day deadlines can be counted from
    """

    submit_label = "Receive the referral"
    subjects = {"policing": "the policing team", "attachments": "a file", "age": "whether this person is under 18"}

    instructions = ProseField(
        label="Holding instructions",
        help_text="Exactly as the local police hub wrote them. They are shown before everything else.",
        validators=[MaxLengthValidator(MOST_WORDS)],
        required=False,
    )
    sender_name = forms.CharField(label="Who sent it", max_length=150, required=False)
    caller_phone = forms.CharField(
        label="Their telephone", help_text="It can be tapped in the duty list", max_length=40, required=False
    )
    reply_address = forms.EmailField(label="Their email address", help_text="It is acknowledged there", max_length=254)
    policing = forms.ChoiceField(label="Policing team")
    policing_reference = forms.CharField(label="CT policing’s reference", max_length=60, required=False)
    received_on = DateField(label="Date received", when="today_or_past")
    received_time = HourField(label="Time received", help_text="The real time, for example 9:30pm")
    source = forms.ChoiceField(label="Who first raised it", choices=Source.choices, initial=Source.UNKNOWN)
    age = forms.ChoiceField(label="Is this person under 18?", choices=AGES, widget=forms.RadioSelect)
    school = forms.CharField(label="School or college", max_length=150, required=False)
    risk = forms.CharField(
        label="What is feared, in a few words",
        help_text="It shows in the duty list. Do not name the child.",
        max_length=100,
        required=False,
    )
    described = ProseField(label="What the referral says", validators=[MaxLengthValidator(MOST_WORDS)], required=False)
    attachments = ReferralFilesField(label="Files that came with it")

    def __init__(
        self, *args: Any, places: Desks, teams: list[tuple[str, str]], earliest: date, cancel_url: str, **kwargs: Any
    ):
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["policing"].choices = [("", "Choose a policing team"), *places.policing]
        fields["policing"].initial = places.policing[0][0] if len(places.policing) == 1 else ""
        fields["received_on"].earliest = earliest
        fields["team"] = forms.ChoiceField(label="Your team", choices=teams)
        if len(teams) == 1:
            fields["team"].widget, fields["team"].initial = forms.HiddenInput(), teams[0][0]
        put_in_words(self, self.subjects)

    def clean_policing_reference(self) -> str:
        return tidy_reference(self.cleaned_data["policing_reference"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.received_at and self.received_at > now():
            self.add_error("received_time", ValidationError("Time received must be in the past", code="past"))
        born_on, age = cleaned.get("born_on"), cleaned.get("age")
        if born_on and age and age not in (worked_out := age_group(born_on, today()), AgeGroup.UNKNOWN):
            words = "under 18" if worked_out == AgeGroup.CHILD else "18 or over"
            self.add_error("age", ValidationError(f"The date of birth makes this person {words}. Check both"))
        return cleaned

    @property
    def received_at(self) -> datetime | None:
        day, hour = self.cleaned_data.get("received_on"), self.cleaned_data.get("received_time")
        return moment(day, hour) if day and hour else None

    @property
    def received(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        plain = ("reply_address", "sender_name", "policing_reference", "source")
        words = {"concerns.described": self.cleaned_data["described"]} if self.cleaned_data["described"] else {}
        return {
            **{name: self.cleaned_data[name] for name in plain}, **self.person, "received_at": self.received_at,
            "narrative": words,
        }  # fmt: skip

    @property
    def said(self) -> SaidOfAChild:
        return SaidOfAChild(**{name: self.cleaned_data[name] for name in ("risk", "school", "caller_phone")})

    def lay_out(self) -> Layout:
        team = [] if self.fields["team"].widget.is_hidden else [Question("team")]
        return Layout(
            Question("instructions", rows=5, size="m"),
            Row(
                Column(
                    Fieldset(
                        "How it came", *team, Question("received_on"), Question("received_time", width=5),
                        Question("sender_name"), Question("caller_phone", width=20), Question("reply_address"),
                        Question("policing"), Question("policing_reference", width=20), Question("source"),
                    ),
                ),
                Column(
                    Fieldset(
                        "The child", Question("given_name"), Question("family_name"), Question("other_names"),
                        Question("born_on"), Question("age"), Question("school"), Question("address", rows=3),
                        Question("postcode", width=10), Question("phone", width=20), Question("nhs_number", width=10),
                    ),
                ),
            ),
            Fieldset("What it says", Question("risk"), Question("described", rows=6), Question("attachments")),
            Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url), sticky=True),
        )  # fmt: skip
