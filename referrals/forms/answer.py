"""The answer to policing: writing it, asking for sign-off, signing it off, returning it."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Actions, Folded, Link, Question
from prevent_cases.casework.kinds import ConsentPosition
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.sharing import usual_reasons
from referrals.documents import OVERVIEW
from referrals.forms.acting import ActForm, ReasonedForm
from referrals.forms.saying import NEARLY_FULL, SayingForm
from referrals.queries.readers import Readers

WHY_OF: dict[str, str] = {ConsentPosition.OVERRIDDEN: "why_overridden", ConsentPosition.NOT_SOUGHT: "why_not_sought"}
"""The box that says why, for each position that is not agreement."""
WHY_MISSING = {
    "why_overridden": "Say why it is shared although they did not agree",
    "why_not_sought": "Say why they were not asked",
}
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
    """How it goes, whether the person agreed, and why it may be shared: what seldom differs is filled in already."""

    subjects: ClassVar[dict[str, str]] = {
        "necessity": "the reason",
        "proportionality": "why no more than this is shared",
        "fairness": "that the decision is not discriminatory",
        "power": "the power to share it",
    }
    delivery = forms.ChoiceField(
        label="How does it go to CT policing?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it goes to CT policing"},
    )
    consent = forms.ChoiceField(
        label="Did the person agree to this being shared?",
        choices=[(one.value, one.label) for one in ConsentPosition if one != ConsentPosition.NOT_ASKED],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the person agreed"},
    )
    why_not_sought = ProseField(label="Why were they not asked?", max_length=1_000, required=False)
    why_overridden = ProseField(
        label="Why is it shared although they did not agree?", max_length=1_000, required=False
    )  # fmt: skip
    necessity = ProseField(
        label="Why is it necessary to share this?",
        help_text="CT policing reads this. Say what it lets them decide. Short is fine.",
        max_length=2_000,
        error_messages={"required": "Say why it is necessary to share this"},
    )
    proportionality = ProseField(
        label="Why is no more than this shared?", help_text="CT policing reads this.", max_length=1_000
    )
    lawful_basis = ProseField(label="Lawful basis", help_text="CT policing reads this.", max_length=300)
    power = ProseField(label="Power to share it", max_length=300)
    fairness = ProseField(label="Why the decision is not discriminatory", max_length=300)
    checked = forms.BooleanField(
        label="I have read all of it, and it says no more than is necessary",
        error_messages={"required": "Confirm that you have read all of it, and that it says no more than is necessary"},
    )
    fair = forms.BooleanField(
        label="No protected characteristic of the person is a reason to share it",
        help_text="Age, disability, gender reassignment, marriage, pregnancy, race, religion or belief, sex, sexual "
        "orientation",
        error_messages={"required": "Confirm that no protected characteristic is a reason to share it"},
    )

    def __init__(
        self, *args: Any, procedure: Procedure, consent: tuple[str, str], readers: Readers, **kwargs: Any
    ) -> None:
        """``consent`` is what the records of the case say: the position, and why where they did not agree."""
        self.readers = readers
        position, why = consent
        usual = usual_reasons(procedure) | {"consent": position}
        usual["why_not_sought"] = procedure.texts["consent_not_sought"]
        if position != ConsentPosition.GIVEN and why:
            usual[WHY_OF[position]] = why
        kwargs["initial"] = usual | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["delivery"].choices = readers.ways  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = WHY_OF.get(cleaned.get("consent", ""), "")
        if name and name not in self.errors and not cleaned.get(name):
            self.add_error(name, ValidationError(WHY_MISSING[name], code="required"))
        return cleaned

    @property
    def why_without_consent(self) -> str:
        return str(self.cleaned_data.get(WHY_OF.get(self.cleaned_data["consent"], ""), ""))

    def questions(self) -> list[Any]:
        return [
            Question("delivery", hints=self.readers.hints()),
            Question("consent", reveals={value: [Question(name, rows=3)] for value, name in WHY_OF.items()}),
            Question("necessity", rows=4),
            Folded(
                "The usual reasons are filled in. Open them to read or change one",
                *(Question(name, rows=3) for name in ("proportionality", "lawful_basis", "power", "fairness")),
            ),
            Question("checked"),
            Question("fair"),
        ]


class SignOffForm(SharingForm):
    """The manager's sign-off, which sends the answer."""

    submit_label = "Sign off and send"


class ReturnAnswerForm(ReasonedForm):
    """Why the answer goes back to its author."""

    submit_label = "Return it"
