"""The answer to policing: writing it, asking for sign-off, signing it off, returning it."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import HTML, Layout, Submit
from django import forms

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.kinds import Delivery
from referrals.documents import OVERVIEW
from referrals.forms.acting import ActForm, ReasonedForm
from referrals.forms.saying import NEARLY_FULL, SayingForm
from referrals.queries.readers import Readers

SAVED = HTML('{% include "components/save_status.html" with saved_at=saved_at only %}')


def title(words: str) -> HTML:
    """A heading between questions. The words are ours."""
    return HTML(f'<h2 class="govuk-heading-l govuk-!-margin-top-8">{words}</h2>')


class AnswerForm(SayingForm):
    """Every heading of the procedure, then the check that no more is said than is needed."""

    left_out = ProseField(
        label="What did you leave out, and why?",
        help_text="Kept with the record of what was shared. CT policing does not see it. Short is fine.",
        max_length=2_000,
        required=False,
    )
    minimum_checked = forms.BooleanField(
        label="I have read it through, and it says no more than CT policing needs", required=False
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)

    def lay_out(self) -> Layout:
        known = [one for one in self.asked if one.heading not in OVERVIEW]
        overview = [one for one in self.asked if one.heading in OVERVIEW]
        return Layout(
            title("What adult social care knows"),
            *(piece for one in known for piece in self.question(one)),
            title("An overview of the person"),
            *(piece for one in overview for piece in self.question(one)),
            title("No more than is necessary"),
            Question("left_out", rows=3, threshold=NEARLY_FULL),
            Question("minimum_checked"),
            Actions(
                Submit("preview", "Save and preview"),
                Submit("later", "Save and come back later", css_class="govuk-button--secondary"),
                Link("Cancel", self.cancel_url),
                SAVED,
                sticky=True,
            ),
        )


class SubmitAnswerForm(ActForm):
    """Asks for sign-off of the answer as it was read."""

    submit_label = "Ask for sign-off"
    answer_version = forms.IntegerField(widget=forms.HiddenInput)


class SharingForm(ActForm):
    """Why it may be shared, and how it goes."""

    subjects: ClassVar[dict[str, str]] = {"necessity": "the reason"}
    lawful_basis = ProseField(label="Lawful basis", max_length=300)
    necessity = ProseField(
        label="Why is it necessary to share this?",
        help_text="CT policing reads this. Say what it lets them decide. Short is fine.",
        max_length=2_000,
        error_messages={"required": "Say why it is necessary to share this"},
    )
    delivery = forms.ChoiceField(
        label="How does it go to CT policing?",
        choices=Delivery.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it goes to CT policing"},
    )
    checked = forms.BooleanField(
        label="I have read all of it, and it says no more than is necessary",
        error_messages={"required": "Confirm that you have read all of it, and that it says no more than is necessary"},
    )

    def __init__(self, *args: Any, lawful_basis: str, readers: Readers, **kwargs: Any) -> None:
        self.readers = readers
        kwargs["initial"] = {"lawful_basis": lawful_basis} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def questions(self) -> list[Any]:
        return [
            Question("lawful_basis", rows=4),
            Question("necessity", rows=4),
            Question("delivery", hints=self.readers.hints()),
            Question("checked"),
        ]


class SignOffForm(SharingForm):
    """The manager's sign-off, which sends the answer."""

    submit_label = "Sign off and send"


class ReturnAnswerForm(ReasonedForm):
    """Why the answer goes back to its author."""

    submit_label = "Return it"
