"""An agreement, its parties, its reviews and its last day."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import DateField
from prevent_cases.casework.form_layout import Question
from prevent_cases.reference.forms.acting import ReferenceForm
from safeguarding.models import Agreement
from safeguarding.operations.agreements import Written
from safeguarding.states import AgreementKind

ANOTHER = "another"
SIGNED, LEFT = "signed", "left"


class AgreementForm(ReferenceForm):
    """All that is said of an agreement."""

    submit_label = "Save"
    subjects: ClassVar[dict[str, str]] = {
        "title": "the title", "covers": "what it covers", "starts_on": "the first day",
        "review_on": "the day of the review",
    }  # fmt: skip
    kind = forms.ChoiceField(
        label="What kind of agreement is it?", choices=AgreementKind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of agreement it is"},
    )  # fmt: skip
    title = forms.CharField(label="Title", max_length=200)
    edition = forms.CharField(label="Edition", help_text="For example, version 3", max_length=60, required=False)
    covers = forms.CharField(
        label="What it covers", help_text="In a sentence or two", max_length=500, widget=forms.Textarea
    )
    starts_on = DateField(label="First day")
    review_on = DateField(label="To be reviewed by", help_text="Its keeper is told 28 days before, and weekly after.")
    keeper = forms.ChoiceField(
        label="Who keeps it under review?", help_text="A post, whoever holds it",
        error_messages={"required": "Choose which post keeps it under review"},
    )  # fmt: skip
    kept_at = forms.CharField(
        label="Where is the signed copy kept?", help_text="A place or a web address", max_length=300, required=False
    )

    def __init__(self, *args: Any, keepers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = [("", "Choose a post"), *keepers]  # type: ignore[attr-defined]

    def questions(self) -> list[Any]:
        return [Question("covers", rows=3) if name == "covers" else Question(name) for name in NAMES]

    def written(self) -> Written:
        """What was typed, as the operation takes it."""
        return Written(**{name: self.cleaned_data[name] for name in NAMES})

    @staticmethod
    def initial_of(agreement: Agreement) -> dict[str, Any]:
        return {name: getattr(agreement, name) for name in (*NAMES, "version")}


NAMES = ("kind", "title", "edition", "covers", "starts_on", "review_on", "keeper", "kept_at")


class ReviewForm(ReferenceForm):
    """That it was looked at, what was found, and when it is due again."""

    submit_label = "Write down the review"
    subjects: ClassVar[dict[str, str]] = {
        "reviewed_on": "the day of the review", "found": "what was found", "next_on": "the day of the next review",
    }  # fmt: skip
    reviewed_on = DateField(label="When was it reviewed?", when="today_or_past")
    found = forms.CharField(
        label="What was found?", help_text="For example, that it goes on as it is", max_length=500,
        widget=forms.Textarea,
    )  # fmt: skip
    next_on = DateField(label="To be reviewed again by", when="future")

    def questions(self) -> list[Any]:
        return [Question("reviewed_on"), Question("found", rows=3), Question("next_on")]


class EndAgreementForm(ReferenceForm):
    """The last day of an agreement."""

    submit_label = "Set the last day"
    subjects: ClassVar[dict[str, str]] = {"ends_on": "the last day"}
    ends_on = DateField(label="Last day")


class PartyForm(ReferenceForm):
    """A body, and the post that signs for it."""

    submit_label = "Add"
    subjects: ClassVar[dict[str, str]] = {"body": "the name of the body", "post": "the post that signs"}
    organisation = forms.ChoiceField(label="Which body?", required=False)
    body = forms.CharField(label="Name of the body", max_length=200, required=False)
    post = forms.CharField(
        label="Which post signs for it?", help_text="The post, not the person: for example, Head of Prevent",
        max_length=150,
    )  # fmt: skip
    signed_on = DateField(label="When was it signed?", help_text="Leave empty if it is not signed yet.",
                          when="today_or_past", required=False)  # fmt: skip

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a body"), *bodies, (ANOTHER, "Another body")]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    def questions(self) -> list[Any]:
        shown = ("organisation", "body", "post", "signed_on")
        return [Question(name, show_optional=name == "signed_on") for name in shown]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("organisation") == ANOTHER and not cleaned.get("body"):
            self.add_error("body", ValidationError("Enter the name of the body", code="required"))
        elif not cleaned.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", ValidationError("Choose the body", code="required"))
        return cleaned

    @property
    def party(self) -> tuple[UUID | None, str]:
        """The id of the body the service knows, or none; and its name."""
        chosen = self.cleaned_data["organisation"]
        if chosen == ANOTHER:
            return None, self.cleaned_data["body"]
        return UUID(chosen), dict(self.fields["organisation"].choices)[chosen]  # type: ignore[attr-defined]


class ChangePartyForm(ReferenceForm):
    """The day a party signed, or left."""

    submit_label = "Save"
    subjects: ClassVar[dict[str, str]] = {"on": "the day"}
    what = forms.ChoiceField(
        label="What happened?", choices=((SIGNED, "It was signed"), (LEFT, "It left, or another post signs now")),
        widget=forms.RadioSelect, error_messages={"required": "Choose what happened"},
    )  # fmt: skip
    on = DateField(label="On which day?", when="today_or_past")

    def __init__(self, *args: Any, is_signed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_signed:
            del self.fields["what"]

    @property
    def has_left(self) -> bool:
        return self.cleaned_data.get("what", LEFT) == LEFT
