"""Information gathering forms: registering one, writing in it, asking a colleague, returning it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.now import today
from prevent_cases.casework.timing import latest_due
from referrals.forms.acting import ActForm
from referrals.forms.answer import SAVED, SharingForm
from referrals.forms.person import OLDEST, ReferralFilesField
from referrals.forms.saying import NEARLY_FULL, Row, SayingForm
from referrals.states import FormRoute

MOST_QUESTIONS = 40
MOST_OF_A_QUESTION = 1_000
ORDER = ("route", "asked_by", "organisation", "reply_address", "asked_on", "due_on", "asked", "worker", "original")


class RegisterForm(ActForm):
    """A form that came, by either route."""

    submit_label = "Register the form"
    subjects = {
        "route": "how the form came",
        "asked_by": "who in policing asks",
        "organisation": "the organisation they ask for",
        "reply_address": "the address to reply to",
        "asked_on": "the day it was asked",
        "due_on": "the day it is due",
        "asked": "at least one question",
        "worker": "who will answer it",
    }
    route = forms.ChoiceField(label="How did the form come?", choices=FormRoute.choices, widget=forms.RadioSelect)
    asked_by = forms.CharField(label="Who in policing asks?", max_length=150)
    organisation = forms.CharField(label="Which organisation or team are they in?", max_length=150)
    reply_address = forms.EmailField(
        label="Address to reply to", help_text="The completed form is addressed here, to whoever asks", max_length=254
    )
    asked_on = DateField(label="When was it asked?", when="today_or_past", earliest=OLDEST)
    due_on = DateField(label="When is it due?", help_text="The date the form itself gives", earliest=OLDEST)
    asked = ProseField(
        label="Questions",
        help_text="One on each line, as the form asks them. The worker you choose reads them, and colleagues they ask.",
        max_length=MOST_QUESTIONS * MOST_OF_A_QUESTION,
    )
    worker = forms.ChoiceField(
        label="Who will answer it?",
        help_text="They are let in to the restricted area of this case until the form is due.",
    )
    original = ReferralFilesField(label="The form as it came")

    def __init__(self, *args: Any, workers: list[tuple[str, str]], received_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].earliest = received_on  # type: ignore[attr-defined]
        fields: Any = self.fields
        fields["worker"].choices = [("", "Choose a member of the team"), *workers]
        fields["due_on"].latest = latest_due(self.case.procedure, today())

    def lay_out(self) -> Layout:
        pieces = [
            Question(name, rows=8, threshold=NEARLY_FULL) if name == "asked" else Question(name) for name in ORDER
        ]
        return Layout(*pieces, Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)))

    def clean_asked(self) -> list[str]:
        asked = [line.strip() for line in self.cleaned_data["asked"].split("\n") if line.strip()]
        if len(asked) > MOST_QUESTIONS:
            raise ValidationError(f"Enter {MOST_QUESTIONS} questions or fewer, one on each line")
        if any(len(question) > MOST_OF_A_QUESTION for question in asked):
            raise ValidationError(f"Each question must be {MOST_OF_A_QUESTION:,} characters or fewer")
        return asked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked_on, due_on = cleaned.get("asked_on"), cleaned.get("due_on")
        if asked_on and due_on and due_on < asked_on:
            self.add_error(
                "due_on", ValidationError("The day it is due must be the same as or after the day it was asked")
            )
        return cleaned


class FormPartsForm(SayingForm):
    """The questions of a form that are not with a colleague. ``ask_urls`` leads from a question to asking one."""

    def __init__(self, *args: Any, ask_urls: Mapping[str, str], cancel_url: str, **kwargs: Any) -> None:
        self.ask_urls, self.cancel_url = ask_urls, cancel_url
        super().__init__(*args, **kwargs)

    def lay_out(self) -> Layout:
        return Layout(
            *(piece for one in self.asked for piece in self.question(one, *self._ask(one.heading, one.label))),
            Actions(
                Submit("preview", "Save and preview"),
                Submit("later", "Save and come back later", css_class="govuk-button--secondary"),
                Link("Cancel", self.cancel_url),
                SAVED,
                sticky=True,
            ),
        )

    def _ask(self, heading: str, label: str) -> list[HTML]:
        if heading not in self.ask_urls:
            return []
        words = format_html(
            '<p class="govuk-body"><a class="govuk-link" href="{}">Ask a colleague this question'
            '<span class="govuk-visually-hidden">: question {}</span></a></p>',
            self.ask_urls[heading], heading,
        )  # fmt: skip
        return [HTML(words)]


class AskForm(ActForm):
    """To whom one question goes, and by when it is needed."""

    submit_label = "Send the question"
    subjects = {"colleague": "a colleague", "due_on": "the day it is needed by"}
    colleague = forms.ChoiceField(
        label="Which colleague?", help_text="They see this question and the reference, and nothing else of the case."
    )
    due_on = DateField(label="When do you need it by?", when="today_or_future")

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["colleague"].choices = [("", "Choose a colleague"), *colleagues]
        fields["due_on"].latest = latest_due(self.case.procedure, today())


class TakeBackPartForm(ActForm):
    """Takes a question back from a colleague."""

    submit_label = "Take the question back"


class ReturnForm(SharingForm):
    """Returns the completed form to policing."""

    submit_label = "Return the form"
    answer_version = forms.IntegerField(widget=forms.HiddenInput)
    left_out = ProseField(
        label="What did you leave out, and why?",
        help_text="Kept with the record of what was shared. CT policing does not see it. Short is fine.",
        max_length=2_000,
        required=False,
    )

    def questions(self) -> list[Any]:
        *before, checked, fair = super().questions()
        return [*before, Question("left_out", rows=3, threshold=NEARLY_FULL), checked, fair]


class CancelForm(ActForm):
    """Why a form is no longer needed."""

    submit_label = "Mark as no longer needed"
    reason = forms.CharField(
        label="Why is it no longer needed?",
        help_text="It shows in the history of the case. Do not name the person.",
        max_length=200,
    )


class PartForm(SayingForm):
    """A colleague's own part: one question."""

    def __init__(self, *args: Any, asked_by: str, **kwargs: Any) -> None:
        self.read_by = f"{asked_by}, and then CT policing,"
        super().__init__(*args, **kwargs)

    @property
    def own(self) -> Row:
        """What the colleague typed."""
        return self.said.get(self.asked[0].heading, (None, "", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = f"known_{self.asked[0].heading}"
        if not self.is_draft and not cleaned.get(name) and self.own[0] is None:
            self.add_error(name, ValidationError("Select whether you know anything", code="required"))
        return cleaned

    def lay_out(self) -> Layout:
        (one,) = self.asked
        return Layout(
            *self.question(one),
            Actions(
                Submit("give", "Give your part"),
                Submit("later", "Save and come back later", css_class="govuk-button--secondary"),
                SAVED,
            ),
        )
