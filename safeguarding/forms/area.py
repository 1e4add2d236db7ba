"""What is typed about the restricted area of a case."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.accounts.models import User
from prevent_cases.casework.clocks import TASK_ACCESS
from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.files.limits import MAX_BYTES, MEGABYTE, REFERRAL_KINDS, in_words
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.kinds import AccessReason, DocumentKind
from safeguarding.queries.area import staff_called

LARGEST = f"{MAX_BYTES // MEGABYTE}MB"
KINDS = (DocumentKind.REFERRAL, DocumentKind.ATTACHMENT, DocumentKind.OTHER)
READERS = "The nominated workers of the team that holds the case and named workers read this. Short is fine."


class NoteForm(GovukForm):
    """A dated case note."""

    submit_label = "Add the note"
    text = ProseField(label="Case note", help_text=READERS, max_length=5000)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any):
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = "Write the note"

    def lay_out(self) -> Layout:
        actions = Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url))
        return Layout(Question("text", rows=8), actions)


class DocumentForm(GovukForm):
    """One file, what it is and what to call it."""

    submit_label = "Add the document"
    subjects = {"file": "a file", "kind": "what it is", "title": "a title"}

    file = forms.FileField(label="File", help_text=f"It may be {in_words(REFERRAL_KINDS)}, up to {LARGEST}")
    kind = forms.ChoiceField(
        label="What is it?", choices=[(kind.value, kind.label) for kind in KINDS], widget=forms.RadioSelect
    )
    title = forms.CharField(label="Title", help_text="Without anybody’s name", max_length=200)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any):
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)

    def lay_out(self) -> Layout:
        actions = Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url))
        return Layout(Question("file"), Question("kind"), Question("title"), actions)


class FindsColleague(GovukForm):
    """A form that names a colleague: typed first, then chosen where several people are called that.

    ``colleague`` is who was found, once the form is sound.
    """

    colleague: User
    who = forms.CharField(label="Name or work email address", max_length=150, required=False)
    chosen = forms.ChoiceField(label="Which of these people?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, on: date, cancel_url: str, **kwargs: Any):
        self.on, self.cancel_url = on, cancel_url
        super().__init__(*args, **kwargs)
        self.found = staff_called(self.data.get("who", "").strip(), on) if self.data.get("who", "").strip() else []
        several = [(f"{person.pk}", _described(person)) for person in self.found] if len(self.found) > 1 else []
        self.fields["chosen"].choices = several  # type: ignore[attr-defined]

    def find_colleague(self) -> None:
        """Settle ``colleague``, or say what is missing. Called from ``clean``."""
        typed = self.cleaned_data.get("who", "")
        if not typed:
            self.add_error("who", "Enter the person’s name or work email address")
        elif not self.found:
            self.add_error("who", "Nobody in the council’s case teams is called that. Check how it is spelt")
        elif len(self.found) == 1:
            self.colleague = self.found[0]
        elif chosen := self.cleaned_data.get("chosen"):
            self.colleague = next(person for person in self.found if person.pk == UUID(chosen))
        elif "chosen" not in self.errors:
            self.add_error("chosen", "Several people are called that. Select which one you mean")

    def asked_for(self) -> list[Question]:
        """The questions to lay out: the choice only where there is one."""
        several = bool(self.fields["chosen"].choices)  # type: ignore[attr-defined]
        names = ["who", "chosen"] if several else ["who"]
        return [Question(name, width=20, show_optional=False) for name in names]


class NameWorkerForm(FindsColleague):
    """Let a named worker in until a date."""

    submit_label = "Let this person in"
    subjects = {"until": "the last day", "reason": "why they need to see it"}
    reason = forms.ChoiceField(
        label="Why do they need to see it?", choices=AccessReason.choices, widget=forms.RadioSelect
    )
    until = DateField(label="Last day of access", when="today_or_future")
    words = forms.CharField(label="The task, or how they are involved", max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.find_colleague()
        return cleaned

    def lay_out(self) -> Layout:
        hints = {reason: f"{length} at most" for reason, length in TASK_ACCESS.items()}
        actions = Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url))
        return Layout(*self.asked_for(), Question("reason", hints=hints), Question("until"), Question("words"), actions)


class ConflictForm(FindsColleague):
    """A conflict of interest: one's own; or, by a manager, another person's."""

    submit_label = "Declare it"
    whose = forms.ChoiceField(
        label="Whose conflict of interest is it?",
        choices=[("mine", "Mine"), ("another", "Another person’s")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, manages: bool, **kwargs: Any):
        self.manages = manages
        super().__init__(*args, **kwargs)
        if not manages:
            del self.fields["whose"]
        else:
            self.fields["whose"].error_messages["required"] = "Select whose conflict of interest it is"

    @property
    def is_own(self) -> bool:
        return not self.manages or self.cleaned_data.get("whose") == "mine"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("whose") == "another":
            self.find_colleague()
        return cleaned

    def lay_out(self) -> Layout:
        actions = Actions(
            Submit("", self.submit_label, css_class="govuk-button--warning"), Link("Cancel", self.cancel_url)
        )
        if not self.manages:
            return Layout(actions)
        return Layout(Question("whose", reveals={"another": self.asked_for()}), actions)


def _described(person: User) -> str:
    return f"{person.name}, {person.job_title or person.email}"
