"""Renewing a hold and ending it: each with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from prevent_cases.casework.fields import DateField
from prevent_cases.casework.form_layout import Question
from prevent_cases.casework.wording import day
from referrals.forms.acting import ReasonedForm


class RenewHoldForm(ReasonedForm):
    """Until when nothing goes on being shared, and why."""

    submit_label = "Renew the hold"
    subjects: ClassVar[dict[str, str]] = {**ReasonedForm.subjects, "until": "the new last day of the hold"}
    until = DateField(label="New last day of the hold")

    def __init__(self, *args: Any, held_until: date, latest: date, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = max(held_until, on) + timedelta(days=1)
        field: Any = self.fields["until"]
        field.earliest, field.latest = first, latest
        field.help_text = f"From {day(first)} to {day(latest)}"

    def questions(self) -> list[Any]:
        return [self.reason_question(), Question("until")]


class EndHoldForm(ReasonedForm):
    """Why it ends without the answer that would have ended it."""

    submit_label = "End the hold"
