"""The three-part test of section 42 with the person's own wishes, and a child whom the adult cares for."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from prevent_cases.casework.fields import DateField, ProseField, YesNoField
from prevent_cases.casework.form_layout import Question
from referrals.forms.acting import ActForm
from safeguarding.forms.discussions import SHORT, heading
from safeguarding.forms.moments import as_of_now, asked_together, moment_of, must_be_past, time_field
from safeguarding.queries.typed import Screened
from safeguarding.states import Advocacy, Capacity, ScreeningDecision

WHY = "Why do you say so?"


class ScreeningForm(ActForm):
    """Three parts, each with its reason; the decision; what the person wants; who supports them."""

    submit_label = "Record the screening"
    subjects: ClassVar[dict[str, str]] = {
        "has_needs": "whether they have care and support needs", "needs_words": "the reason for part 1",
        "is_at_risk": "whether they experience or risk abuse or neglect", "risk_words": "the reason for part 2",
        "cannot_protect": "whether they can protect themselves", "protect_words": "the reason for part 3",
        "decision": "what follows", "decision_words": "why, and what happens next",
        "wishes": "what they want, or why they were not asked", "advocacy": "whether they need support to take part",
        "capacity": "whether they can decide this", "child": "whether they care for or live with a child",
        "needs_police": "whether police Prevent officers are needed",
    }  # fmt: skip
    has_needs = YesNoField(label="1. Do they have needs for care and support?")
    needs_words = ProseField(label=WHY, max_length=SHORT)
    is_at_risk = YesNoField(label="2. Do they experience abuse or neglect, or are they at risk of it?")
    risk_words = ProseField(label=WHY, max_length=SHORT)
    cannot_protect = YesNoField(label="3. Do those needs keep them from protecting themselves?")
    protect_words = ProseField(label=WHY, max_length=SHORT)
    decision = forms.ChoiceField(label="What follows?", choices=ScreeningDecision.choices, widget=forms.RadioSelect)
    decision_words = ProseField(label="Why, and what happens next?", max_length=SHORT)
    wishes = ProseField(
        label="What does the person want to happen?",
        help_text="Their own wishes and the outcomes they want, or why they were not asked",
        max_length=SHORT,
    )
    advocacy = forms.ChoiceField(
        label="Can they take part by themselves?", choices=Advocacy.choices, widget=forms.RadioSelect
    )
    somebody = forms.CharField(label="Who supports them?", max_length=150, required=False)
    advocate = forms.CharField(label="Who is being asked?", max_length=150, required=False)
    capacity = forms.ChoiceField(
        label="Can they decide about this themselves?", choices=Capacity.choices, widget=forms.RadioSelect
    )
    capacity_decision = forms.CharField(
        label="Which decision was assessed?", help_text="Capacity is of one decision at one time", max_length=200,
        required=False,
    )  # fmt: skip
    capacity_support = ProseField(label="What support were they given to decide?", max_length=SHORT, required=False)
    child = YesNoField(
        label="Do they care for a child, or live with one?",
        help_text="If so, children’s social care must be told, whatever else is decided",
    )
    needs_police = YesNoField(label="Is an officer of the police Prevent team needed in the strategy discussion?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = {Advocacy.SOMEBODY.value: "somebody", Advocacy.ADVOCATE.value: "advocate"}.get(
            cleaned.get("advocacy", "")
        )
        if named and not cleaned.get(named):
            self.add_error(named, "Say who")
        if cleaned.get("capacity") in (Capacity.HAS, Capacity.LACKS):
            for name, words in (
                ("capacity_decision", "Say which decision was assessed"),
                ("capacity_support", "Say what support they were given to decide"),
            ):
                if not cleaned.get(name):
                    self.add_error(name, words)
        parts = [cleaned.get(name) for name in ("has_needs", "is_at_risk", "cannot_protect")]
        if None not in parts and cleaned.get("decision"):
            self._must_follow(met=all(parts), decision=cleaned["decision"])
        return cleaned

    def _must_follow(self, *, met: bool, decision: str) -> None:
        if met and decision != ScreeningDecision.ENQUIRY:
            self.add_error("decision", "All three parts are met, so enquiries must be made under section 42")
        if not met and decision == ScreeningDecision.ENQUIRY:
            self.add_error("decision", "Not all three parts are met. Make other enquiries, or none, and say why")

    @property
    def said(self) -> Screened:
        typed = dict(self.cleaned_data)
        named = {Advocacy.SOMEBODY: typed["somebody"], Advocacy.ADVOCATE: typed["advocate"]}
        names = (
            "has_needs", "needs_words", "is_at_risk", "risk_words", "cannot_protect", "protect_words", "decision",
            "decision_words", "wishes", "advocacy", "capacity", "capacity_decision", "capacity_support", "child",
        )  # fmt: skip
        return Screened(advocate=named.get(typed["advocacy"], ""), **{name: typed[name] for name in names})

    def questions(self) -> list[Any]:
        return [
            heading("The three parts"),
            Question("has_needs", inline=True), Question("needs_words", size="", rows=3),
            Question("is_at_risk", inline=True), Question("risk_words", size="", rows=3),
            Question("cannot_protect", inline=True), Question("protect_words", size="", rows=3),
            heading("What follows"),
            Question("decision"), Question("decision_words", size="", rows=3),
            heading("The person"),
            Question("wishes", rows=3),
            Question("advocacy", reveals={Advocacy.SOMEBODY: ["somebody"], Advocacy.ADVOCATE: ["advocate"]}),
            Question("capacity"), Question("capacity_decision", size=""), Question("capacity_support", size="", rows=2),
            heading("Others"),
            Question("child", inline=True), Question("needs_police", inline=True),
        ]  # fmt: skip


class ChildForm(ActForm):
    """Who in children's social care was told of the child, and when."""

    submit_label = "Record that they were told"
    subjects: ClassVar[dict[str, str]] = {"told_to": "who was told", "told_on": "the date", "told_time": "the time"}
    told_to = forms.CharField(label="Who was told?", help_text="Name and team", max_length=150)
    told_on = DateField(label="Date they were told", when="today_or_past")
    told_time = time_field("Time they were told")
    words = ProseField(label="What were they told?", max_length=SHORT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=as_of_now("told"), **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        must_be_past(self, "told", "The time they were told")
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"told_to": typed["told_to"], "words": typed["words"], "told_at": moment_of(typed, "told")}

    def questions(self) -> list[Any]:
        return [Question("told_to", width=20), asked_together("told"), Question("words", rows=3)]
