"""The first question of a referral, the police called or not, the files beside it, and its last button."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.validators import MaxLengthValidator

from prevent_cases.casework.fields import ProseField, YesNoField
from prevent_cases.casework.files.limits import in_words
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from referrals.forms.person import ReferralFilesField
from referrals.states import ConcernStepKind

PRACTITIONER_KINDS = frozenset({"docx", "pdf", "png", "jpg", "txt", "eml"})


class StartForm(GovukForm):
    """Whether somebody is in danger now. Asked before anything else (D2.6, E4.10)."""

    submit_label = "Start now"
    is_urgent = YesNoField(
        label="Is anyone in immediate danger, or do you suspect a crime?",
        error_messages={"required": "Select yes if anyone is in immediate danger, or if you suspect a crime"},
    )

    def lay_out(self) -> Layout:
        return Layout(Question("is_urgent", size="m", inline=True), Actions(Submit("", self.submit_label)))


class CalledForm(GovukForm):
    """The police come first: nothing goes on until this is answered, and the answer is logged (E4.10, N3.11)."""

    mark_optional: ClassVar[bool] = False
    answer = forms.ChoiceField(
        label="Have the police been called?",
        choices=(
            (ConcernStepKind.POLICE_CALLED, "Yes, the police have been called"),
            (ConcernStepKind.NOT_URGENT, "Nobody is in danger now, and I suspect no crime"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the police have been called"},
    )
    words = ProseField(
        label="What did they say?",
        help_text="With the incident number, if they gave you one",
        validators=[MaxLengthValidator(2000)],
        required=False,
    )

    def __init__(self, *args: Any, back_url: str, **kwargs: Any) -> None:
        self.back_url = back_url
        super().__init__(*args, **kwargs)

    def lay_out(self) -> Layout:
        return Layout(
            Question("answer", size="m", reveals={ConcernStepKind.POLICE_CALLED: ["words"]}),
            Actions(Submit("", self.submit_label), Link("Go back", self.back_url)),
        )


class DocumentsForm(GovukForm):
    """Files to keep beside the draft."""

    mark_optional: ClassVar[bool] = False
    attachments = ReferralFilesField(
        label="Add files",
        help_text=f"Each may be {in_words(PRACTITIONER_KINDS)}, up to 25 MB. Photos are made smaller, and where they "
        "were taken is removed",
    )

    def lay_out(self) -> Layout:
        return Layout(Question("attachments"), Actions(Submit("", self.submit_label)))


class SendForm(GovukForm):
    """What is sent with the last button: a key of its own, so that pressed twice it is sent once."""

    submit_label = "Send the referral"
    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
