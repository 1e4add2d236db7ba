"""What is typed to protect somebody now: what is needed, and why. Nothing else is asked."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Layout, Submit
from django import forms

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from safeguarding.states import ProtectionKind

HINTS = {
    ProtectionKind.IMMEDIATE: "They are not safe now. The council, police or NSPCC decide on emergency action.",
    ProtectionKind.SECTION_47: "There is reason to suspect significant harm. A strategy discussion comes next.",
    ProtectionKind.SECTION_17: "They need help, and are not at risk of significant harm as far as you know.",
    ProtectionKind.SECTION_42: "They have care and support needs, and may be abused or neglected.",
}


class SafetyForm(GovukForm):
    """Which kind of protection, and why. It carries no version: no page is too old for it."""

    submit_label = "Act now"
    subjects: ClassVar[dict[str, str]] = {"kind": "what is needed now", "reason": "the reason"}
    kind = forms.ChoiceField(label="What is needed now?", choices=ProtectionKind.choices, widget=forms.RadioSelect)
    reason = ProseField(
        label="Why?",
        help_text="What you know, and what you are worried about. Short is fine. It goes into the restricted area.",
        max_length=4_000,
        error_messages={"required": "Say why, in a few words"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)

    def lay_out(self) -> Layout:
        actions = Actions(
            Submit("", self.submit_label, css_class="govuk-button--warning"), Link("Cancel", self.cancel_url)
        )
        return Layout(Question("kind", hints=HINTS), Question("reason", rows=4), actions)
