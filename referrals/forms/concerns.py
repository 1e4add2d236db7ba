"""A concern at an organisation: handing it on, deciding, advice taken, and whether the police were called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Question
from referrals.forms.mine import OwnForm
from referrals.queries.leads import Lead
from referrals.states import AdviceRung, ConcernStepKind

MOST_WORDS = 2_000
BOTH_READ = "Whoever wrote the concern and the safeguarding lead read this. It goes with the referral, if one is made."
CALLED, NOT_NEEDED = "called", "not_needed"


class HandForm(OwnForm):
    """To whom a concern is handed."""

    submit_label = "Hand it over"
    subjects = {"to": "whom to hand it to"}
    to = forms.ChoiceField(
        label="Whom do you hand it to?",
        help_text="Choose the deputy if the safeguarding lead is away.",
        widget=forms.RadioSelect,
    )
    words = ProseField(
        label="Anything they should know first", help_text=BOTH_READ, max_length=MOST_WORDS, required=False
    )

    def __init__(self, *args: Any, leads: Sequence[Lead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(lead.user_id), f"{lead.name}, {lead.title}") for lead in leads]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class DecideForm(OwnForm):
    """What the lead decides, and why."""

    submit_label = "Save the decision"
    subjects = {"decision": "what you decide", "words": "the reason"}
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[
            (ConcernStepKind.REFER, "Refer it"),
            (ConcernStepKind.WATCH, "Keep watching"),
            (ConcernStepKind.EXPLAIN, "It is explained"),
            (ConcernStepKind.HANDED_BACK, "Hand it back to its writer to finish"),
        ],
        widget=forms.RadioSelect,
    )
    words = ProseField(label="Why?", help_text=BOTH_READ, max_length=MOST_WORDS)

    def questions(self) -> list[Any]:
        hints = {
            ConcernStepKind.REFER: "You check the answers and send it next",
            ConcernStepKind.WATCH: "It stays here, and can be taken up again at any time",
            ConcernStepKind.EXPLAIN: "Nothing more is needed. It can be taken up again if something new comes",
            ConcernStepKind.HANDED_BACK: "They complete it and send it, or hand it to you again",
        }
        return [Question("decision", hints=hints), Question("words", rows=4)]


class AgainForm(OwnForm):
    """Why a concern is weighed again."""

    submit_label = "Take it up again"
    subjects = {"words": "the reason"}
    words = ProseField(label="Why is it taken up again?", help_text=BOTH_READ, max_length=MOST_WORDS)


class AdviceForm(OwnForm):
    """Advice that was taken: from whom, when, and what they said."""

    submit_label = "Save this advice"
    subjects = {
        "rung": "whom you asked",
        "whom": "their name",
        "taken_on": "the day you asked",
        "advised": "what they advised",
    }
    rung = forms.ChoiceField(label="Whom did you ask?", choices=AdviceRung.choices, widget=forms.RadioSelect)
    whom = forms.CharField(label="Their name", max_length=150)
    taken_on = DateField(label="When did you ask?", when="today_or_past")
    advised = ProseField(label="What did they advise?", help_text=f"{BOTH_READ} Short is fine.", max_length=MOST_WORDS)


class UrgentForm(OwnForm):
    """Whether the police had to be called, and were."""

    submit_label = "Continue"
    subjects = {"called": "whether you have called the police", "words": "when you called"}
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    called = forms.ChoiceField(
        label="Is anybody in immediate danger, or do you think a crime has been or will be committed?",
        choices=[(CALLED, "Yes, and I have called the police"), (NOT_NEEDED, "No")],
        widget=forms.RadioSelect,
    )
    words = ProseField(
        label="When did you call, and what did they say?",
        help_text=f"Give any reference they gave you. {BOTH_READ}",
        max_length=MOST_WORDS,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("called") == CALLED and not cleaned.get("words"):
            self.add_error("words", ValidationError("Enter when you called, and what they said", code="required"))
        return cleaned

    def questions(self) -> list[Any]:
        return [Question("called", size="m", reveals={CALLED: ["words"]})]
