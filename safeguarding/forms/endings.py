"""The conference, the assessment, and the end of what was begun to protect somebody."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.wording import day
from referrals.forms.acting import ActForm
from safeguarding.forms.discussions import SHORT
from safeguarding.states import ProtectionEnding


class DatedForm(ActForm):
    """Something that was done by a day: when, what came of it, and why it took longer where it did.

    :param due_on: the day it was due, if that is known.
    """

    on = DateField(label="When?", when="today_or_past")
    words = ProseField(label="What came of it?", max_length=SHORT)
    why_late = ProseField(label="Why did it take longer?", max_length=SHORT, required=False)

    def __init__(self, *args: Any, due_on: date | None, **kwargs: Any) -> None:
        self.due_on = due_on
        super().__init__(*args, **kwargs)
        if due_on is None:
            del self.fields["why_late"]
        else:
            self.fields["why_late"].help_text = f"Only if it was after {day(due_on)}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        on = cleaned.get("on")
        if self.due_on and on and on > self.due_on and not cleaned.get("why_late"):
            self.add_error("why_late", f"It was due on {day(self.due_on)}. Say why it took longer")
        return cleaned

    @property
    def why(self) -> str:
        return f"{self.cleaned_data.get('why_late', '')}"


class ConferenceForm(DatedForm):
    submit_label = "Record the conference"
    subjects: ClassVar[dict[str, str]] = {"on": "the date", "words": "what it decided"}
    on = DateField(label="When was it held?", when="today_or_past")
    words = ProseField(
        label="What did it decide?", help_text="Whether there is a child protection plan, and why", max_length=SHORT
    )


class AssessmentForm(DatedForm):
    submit_label = "Record the assessment"
    subjects: ClassVar[dict[str, str]] = {"on": "the date", "words": "what it found"}
    on = DateField(label="When was it finished?", when="today_or_past")
    words = ProseField(label="What did it find?", help_text="What the child needs, and who does what", max_length=SHORT)


class FinishForm(ActForm):
    """How it ended, and why that is safe."""

    submit_label = "Finish it"
    subjects: ClassVar[dict[str, str]] = {"ending": "how it ended", "words": "why it can end"}
    ending = forms.ChoiceField(label="How did it end?", choices=ProtectionEnding.choices, widget=forms.RadioSelect)
    words = ProseField(label="Why can it end?", max_length=SHORT)
