"""An emergency decision, a strategy discussion on one page, and what became of what was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.form_words import put_in_words
from referrals.forms.acting import ActForm
from safeguarding.forms.moments import as_of_now, asked_together, moment_of, must_be_past, time_field
from safeguarding.queries.typed import MUST_COME, Agreed, Discussed
from safeguarding.states import (
    ActionState,
    Agency,
    EmergencyAction,
    LegalAdvice,
    PowerHolder,
    ProtectionKind,
    Told,
)
from safeguarding.states import DiscussionOutcome as Decided

ROWS = 3
"""How many actions the page of a discussion has room for; more are added afterwards."""
SHORT, LONG = 4_000, 20_000
OUTCOMES: Mapping[str, tuple[Decided, ...]] = {
    ProtectionKind.IMMEDIATE: (
        Decided.SECTION_47,
        Decided.SECTION_17,
        Decided.SECTION_42,
        Decided.SAFE_NOW,
        Decided.NONE,
    ),
    ProtectionKind.SECTION_47: (Decided.SECTION_47, Decided.SECTION_17, Decided.SAFE_NOW, Decided.NONE),
    ProtectionKind.SECTION_17: (Decided.SECTION_17, Decided.SECTION_47, Decided.SAFE_NOW, Decided.NONE),
    ProtectionKind.SECTION_42: (Decided.SECTION_42, Decided.SAFE_NOW, Decided.NONE),
}


def heading(words: str) -> HTML:
    """A heading between questions. The words are ours."""
    return HTML(f'<h2 class="govuk-heading-m govuk-!-margin-top-6">{words}</h2>')


class EmergencyForm(ActForm):
    """Who with the power decided what, when, and whom in CT policing they asked."""

    submit_label = "Record the decision"
    subjects: ClassVar[dict[str, str]] = {
        "agency": "which agency decided", "decided_by": "who decided", "decision": "what was decided",
        "words": "the reason", "decided_on": "the date", "decided_time": "the time",
    }  # fmt: skip
    agency = forms.ChoiceField(label="Which agency decided?", choices=PowerHolder.choices, widget=forms.RadioSelect)
    decided_by = forms.CharField(label="Who there?", help_text="Name and job", max_length=150)
    decided_on = DateField(label="Date of the decision", when="today_or_past")
    decided_time = time_field("Time of the decision")
    decision = forms.ChoiceField(label="What was decided?", choices=EmergencyAction.choices, widget=forms.RadioSelect)
    words = ProseField(label="Why, and what was done?", max_length=SHORT)
    consulted = forms.CharField(
        label="Who in CT policing was consulted?",
        help_text="Name and time, or why there was no time to ask",
        max_length=200,
        error_messages={"required": "Say who in CT policing was consulted, or why nobody was"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=as_of_now("decided"), **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        must_be_past(self, "decided", "The time of the decision")
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """The arguments of the operation."""
        names = ("agency", "decided_by", "words", "consulted")
        typed = self.cleaned_data
        return {name: typed[name] for name in names} | {
            "action": typed["decision"],
            "decided_at": moment_of(typed, "decided"),
        }

    def questions(self) -> list[Any]:
        return [
            Question("agency", inline=True), Question("decided_by", width=20), asked_together("decided"),
            Question("decision"), Question("words", rows=4), Question("consulted"),
        ]  # fmt: skip


class DiscussionForm(ActForm):
    """A strategy discussion on one page.

    :param kind: the protection's: it says who must come, whom is told, and what may be decided.
    """

    submit_label = "Record the discussion"
    subjects: ClassVar[dict[str, str]] = {
        "held_on": "the date", "held_time": "the time", "came": "who came", "legal_advice": "whether legal advice was "
        "sought", "told_words": "what they were told, or why not", "outcome": "what was decided", "minutes": "the "
        "minutes",
    }  # fmt: skip
    held_on = DateField(label="Date it was held", when="today_or_past")
    held_time = time_field("Time it began")
    came = forms.MultipleChoiceField(label="Who came?", choices=Agency.choices, widget=forms.CheckboxSelectMultiple)
    absent = forms.MultipleChoiceField(
        label="Who was invited and did not come?", choices=Agency.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    why_absent = forms.CharField(label="Why was somebody who should be there not?", max_length=300, required=False)
    legal_advice = forms.ChoiceField(
        label="Was legal advice sought?", choices=LegalAdvice.choices, widget=forms.RadioSelect
    )
    legal_words = ProseField(label="What was the advice, and whose?", max_length=SHORT, required=False)
    told = forms.ChoiceField(choices=Told.choices, widget=forms.RadioSelect)
    told_words = ProseField(label="What were they told, or why not?", max_length=SHORT)
    outcome = forms.ChoiceField(label="What was decided?", widget=forms.RadioSelect)
    minutes = ProseField(label="Minutes", help_text="What each agency said, and why this was decided", max_length=LONG)

    def __init__(self, *args: Any, kind: str, needs_police: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial=as_of_now("held"), **kwargs)
        fields: Any = self.fields
        is_adult = kind == ProtectionKind.SECTION_42
        fields["told"].label = "Was the person told?" if is_adult else "Were the parents or carers told?"
        fields["outcome"].choices = [(one.value, one.label) for one in OUTCOMES[kind]]
        needed = [*MUST_COME[ProtectionKind(kind)], *([Agency.POLICE_PREVENT] if needs_police else [])]
        fields["came"].help_text = f"Should be there: {', '.join(str(one.label) for one in dict.fromkeys(needed))}"
        for agency in Agency:
            fields[f"name_{agency.value}"] = forms.CharField(label="Name and job", max_length=150, required=False)
        for number in self._rows:
            fields[f"what_{number}"] = forms.CharField(label="What", max_length=300, required=False)
            fields[f"who_{number}"] = forms.CharField(label="Who does it", max_length=150, required=False)
            fields[f"due_{number}_on"] = DateField(label="By when", required=False)
        put_in_words(self, self.subjects | {"told": "whether they were told"})

    @property
    def _rows(self) -> Sequence[int]:
        return range(1, ROWS + 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        must_be_past(self, "held", "The time it began")
        for agency in cleaned.get("came", ()):
            if not cleaned.get(f"name_{agency}"):
                self.add_error(f"name_{agency}", f"Say who came from: {Agency(agency).label}")
        if cleaned.get("legal_advice") == LegalAdvice.SOUGHT and not cleaned.get("legal_words"):
            self.add_error("legal_words", "Say what the advice was")
        for number in self._rows:
            self._whole_action(number)
        return cleaned

    def _whole_action(self, number: int) -> None:
        asked = {f"what_{number}": "Say what", f"who_{number}": "Say who does it", f"due_{number}_on": "Say by when"}
        given = [name for name in asked if self.cleaned_data.get(name)]
        for name, words in asked.items():
            if given and name not in given and name not in self.errors:
                self.add_error(name, ValidationError(f"{words}, or empty the row of action {number}", code="required"))

    @property
    def said(self) -> Discussed:
        typed = self.cleaned_data
        held_at = moment_of(typed, "held")
        assert held_at is not None  # noqa: S101 -- both fields are required
        return Discussed(
            held_at=held_at, attendees=[(agency, typed[f"name_{agency}"]) for agency in typed["came"]],
            absent=[agency for agency in typed["absent"] if agency not in typed["came"]],
            why_absent=typed["why_absent"], legal_advice=typed["legal_advice"],
            legal_words=typed["legal_words"] if typed["legal_advice"] == LegalAdvice.SOUGHT else "",
            told=typed["told"], told_words=typed["told_words"], outcome=typed["outcome"], minutes=typed["minutes"],
            actions=[
                Agreed(what=typed[f"what_{n}"], who=typed[f"who_{n}"], due_on=typed[f"due_{n}_on"])
                for n in self._rows
                if typed[f"what_{n}"]
            ],
        )  # fmt: skip

    def lay_out(self) -> Layout:
        names = {agency.value: [Question(f"name_{agency.value}", show_optional=False)] for agency in Agency}
        return Layout(
            asked_together("held"),
            Question("came", reveals=names), Question("absent", small=True), Question("why_absent"),
            Question("legal_advice", inline=True, reveals={LegalAdvice.SOUGHT: ["legal_words"]}),
            Question("told", inline=True), Question("told_words", rows=3),
            Question("outcome"),
            heading("Agreed actions"),
            *(piece for number in self._rows for piece in self._action(number)),
            Question("minutes", rows=10),
            Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)),
        )  # fmt: skip

    @staticmethod
    def _action(number: int) -> list[Any]:
        title = HTML(f'<h3 class="govuk-heading-s">Action {number}</h3>')
        asked = [Question(name, size="", show_optional=False) for name in (f"what_{number}", f"who_{number}")]
        return [title, *asked, Question(f"due_{number}_on", size="", show_optional=False)]


class ActionForm(ActForm):
    """One more action that a discussion agreed."""

    submit_label = "Add the action"
    subjects: ClassVar[dict[str, str]] = {"what": "what was agreed", "who": "who does it", "due_on": "the date"}
    what = forms.CharField(label="What was agreed?", max_length=300)
    who = forms.CharField(label="Who does it?", max_length=150)
    due_on = DateField(label="By when?")

    @property
    def agreed(self) -> Agreed:
        typed = self.cleaned_data
        return Agreed(what=typed["what"], who=typed["who"], due_on=typed["due_on"])


class EndActionForm(ActForm):
    """Who did what was agreed and when, or why it was not done."""

    submit_label = "Record it"
    subjects: ClassVar[dict[str, str]] = {"standing": "whether it was done", "done_on": "the date"}
    standing = forms.ChoiceField(
        label="Was it done?", choices=[(s.value, s.label) for s in (ActionState.DONE, ActionState.NOT_DONE)],
        widget=forms.RadioSelect,
    )  # fmt: skip
    done_by = forms.CharField(label="Who did it?", max_length=150, required=False)
    done_on = DateField(label="On which day?", when="today_or_past", required=False)
    words = ProseField(label="Why not, and what is done instead?", max_length=SHORT, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needed = {
            ActionState.DONE.value: {"done_by": "Say who did it", "done_on": "Say on which day"},
            ActionState.NOT_DONE.value: {"words": "Say why it was not done"},
        }
        for name, words in needed.get(cleaned.get("standing", ""), {}).items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("standing", "done_by", "done_on", "words")}

    def questions(self) -> list[Any]:
        reveals = {ActionState.DONE.value: ["done_by", "done_on"], ActionState.NOT_DONE.value: ["words"]}
        return [Question("standing", reveals=reveals)]
