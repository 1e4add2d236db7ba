"""What an officer does with a practitioner's own referral."""

from __future__ import annotations

from typing import Any

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Question
from referrals.forms.acting import ActForm


class TakeUpForm(ActForm):
    """Begins to look at it."""

    submit_label = "Take it up"


class AskReferrerForm(ActForm):
    """A question to whoever sent it."""

    submit_label = "Send the question"
    subjects = {"question": "your question"}
    question = ProseField(
        label="Your question",
        help_text="The referrer reads this. Do not say whether the person is known, or what is being done.",
        max_length=2_000,
    )

    def questions(self) -> list[Any]:
        return [Question("question", rows=5)]


class TakeQuestionBackForm(ActForm):
    """The answer is no longer needed."""

    submit_label = "Take the question back"


class TellFinishedForm(ActForm):
    """Tells the referrer that it is finished."""

    submit_label = "Tell the referrer that it is finished"
    words = ProseField(
        label="A word to the referrer",
        help_text="The referrer reads this in the service. Thank them; do not say whether the person is known, or "
        "what was found or decided.",
        max_length=2_000,
        required=False,
    )
