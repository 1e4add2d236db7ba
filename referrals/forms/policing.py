"""Asking CT policing a question before going on, and recording what they replied."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Fieldset

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Question
from referrals.forms.acting import ActForm, ReasonedForm
from referrals.forms.person import PERSON, PersonForm, ReferralFilesField
from referrals.models import Referral


class QueryBackForm(ReasonedForm):
    """Why policing is asked, for the record; and the question, which only whoever may open the case reads."""

    submit_label = "Record the question"
    question = ProseField(
        label="Your question",
        help_text="Their team reads it here. To whoever has no account, send it from your secure mailbox too.",
        max_length=4000,
    )

    def questions(self) -> list[Any]:
        return [self.reason_question(), Question("question", rows=6)]


class QueryAnsweredForm(ActForm, PersonForm):
    """What policing replied, and the person's details as they are now known."""

    submit_label = "Record the reply"
    subjects: ClassVar[dict[str, str]] = {"reply": "what they replied"}
    reply = ProseField(label="What they replied", max_length=4000)
    attachments = ReferralFilesField(label="Files that came with it")

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any):
        self.held = {name: getattr(referral, name) for name in PERSON}
        super().__init__(*args, case=referral.case, initial=self.held, **kwargs)

    @property
    def corrected(self) -> dict[str, Any]:
        """The details that are now other than they were, by column."""
        return {name: value for name, value in self.person.items() if value != self.held[name]}

    def questions(self) -> list[Any]:
        return [
            Question("reply", rows=6),
            Question("attachments"),
            Fieldset(
                "The person: correct what the reply changes",
                Question("given_name", width=20),
                Question("family_name", width=20),
                Question("other_names"),
                Question("born_on"),
                Question("address", rows=3),
                Question("postcode", width=10),
                Question("nhs_number", width=10),
                Question("phone", width=20),
            ),
        ]
