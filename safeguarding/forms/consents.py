"""What was said about one of the five consents and tellings, and whether it is to be asked for."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.consent_kinds import ANSWERS, NEED_WORDS, ConsentAnswer, ConsentGiver, ConsentKind, Seeking
from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.now import today

WHOSE = {
    ConsentKind.TOLD: "Who is it about?",
    ConsentKind.SHARING: "Whose word is it?",
    ConsentKind.SUPPORT: "Whose word is it?",
    ConsentKind.SOCIAL_CARE: "Whose word is it?",
}
WHAT = {
    ConsentKind.TOLD: "Were they told?",
    ConsentKind.SHARING: "Did they agree to it being shared?",
    ConsentKind.SUPPORT: "Did they agree to support?",
    ConsentKind.SOCIAL_CARE: "Did they agree to social care work?",
    ConsentKind.CAPACITY: "Can they decide this?",
}
MAY_SAY_WHY = 1_000


class ConsentForm(GovukForm):
    """One thing that was said, by whom and when. ``kind`` is one of the five."""

    submit_label = "Record it"
    subjects: ClassVar[dict[str, str]] = {
        "giver": "whose word it is", "answer": "what was said", "on": "the day", "decision": "which decision it is",
        "support": "what was done to help them decide", "words": "why",
    }  # fmt: skip
    answer = forms.ChoiceField(widget=forms.RadioSelect)
    giver = forms.ChoiceField(choices=ConsentGiver.choices, widget=forms.RadioSelect)
    decision = forms.CharField(
        label="Which decision is it about?",
        help_text="Capacity is looked at for one decision at one time. For example, agreeing to meet a mentor",
        max_length=200,
    )
    support = ProseField(
        label="What was done to help them decide?",
        help_text="For example, plain words, an interpreter, another time of day, an advocate",
        max_length=MAY_SAY_WHY,
    )
    on = DateField(label="On which day?", when="today_or_past")
    words = ProseField(
        label="What they said, or why", help_text="Short is fine.", max_length=MAY_SAY_WHY, required=False
    )

    def __init__(self, *args: Any, kind: str, cancel_url: str, **kwargs: Any) -> None:
        self.kind, self.cancel_url = kind, cancel_url
        kwargs["initial"] = {"on": today(), "giver": ConsentGiver.PERSON} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["answer"].label = WHAT[ConsentKind(kind)]
        fields["answer"].choices = [(answer, ConsentAnswer(answer).label) for answer in ANSWERS[kind]]
        if kind == ConsentKind.CAPACITY:
            del fields["giver"]
        else:
            fields["giver"].label = WHOSE[ConsentKind(kind)]
            del fields["decision"], fields["support"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") in NEED_WORDS and "words" not in self.errors and not cleaned.get("words"):
            self.add_error("words", ValidationError("Say why", code="required"))
        return cleaned

    def lay_out(self) -> Layout:
        order = ("decision", "answer", "giver", "support", "on", "words")
        rows = {"support": {"rows": 3}, "words": {"rows": 3, "show_optional": False}}
        pieces = [Question(name, **rows.get(name, {})) for name in order if name in self.fields]  # type: ignore[arg-type]
        return Layout(*pieces, Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)))


class SeekingForm(GovukForm):
    """Whether to ask: who and when, or until when it waits and why, or why not."""

    submit_label = "Record the decision"
    decision = forms.ChoiceField(
        label="Do we ask?",
        choices=Seeking.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether to ask"},
    )
    who = forms.CharField(label="Who asks?", max_length=150, required=False)
    ask_on = DateField(label="When?", when="today_or_future", required=False)
    again_on = DateField(label="When is it decided again?", when="today_or_future", required=False)
    why_later = ProseField(label="Why not yet?", max_length=MAY_SAY_WHY, required=False)
    why_not = ProseField(
        label="Why not?",
        help_text="For example, asking would put somebody in danger, or prejudice an investigation",
        max_length=MAY_SAY_WHY,
        required=False,
    )
    NEEDS: ClassVar[dict[str, dict[str, str]]] = {
        Seeking.SEEK: {"who": "Say who does it", "ask_on": "Enter the day it is done"},
        Seeking.DEFER: {"again_on": "Enter the day it is decided again", "why_later": "Say why not yet"},
        Seeking.DO_NOT_SEEK: {"why_not": "Say why not"},
    }

    def __init__(self, *args: Any, kind: str, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)
        if kind == ConsentKind.TOLD:
            fields: Any = self.fields
            fields["decision"].label, fields["who"].label = "Do we tell them?", "Who tells them?"
            fields["decision"].choices = [
                (Seeking.SEEK, "Tell them"), (Seeking.DEFER, "Not yet"), (Seeking.DO_NOT_SEEK, "Do not tell them"),
            ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, words in self.NEEDS.get(cleaned.get("decision", ""), {}).items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, ValidationError(words, code="required"))
        return cleaned

    @property
    def decided(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        typed = self.cleaned_data
        decision = typed["decision"]
        return {
            "decision": decision,
            "who": typed["who"] if decision == Seeking.SEEK else "",
            "on": {Seeking.SEEK: typed["ask_on"], Seeking.DEFER: typed["again_on"]}.get(decision),
            "why": {Seeking.DEFER: typed["why_later"], Seeking.DO_NOT_SEEK: typed["why_not"]}.get(decision, ""),
        }

    def lay_out(self) -> Layout:
        reveals = {decision: list(names) for decision, names in self.NEEDS.items()}
        actions = Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url))
        return Layout(Question("decision", reveals=reveals), actions)
