"""What a referrer does with what they sent: answer, amend, withdraw, say how it went to police."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.form_words import put_in_words
from prevent_cases.casework.forms import GovukForm
from referrals.queries.own_words import ABOUT, ADDED, Box
from referrals.states import Transport

MOST_REASON = 200
MOST_WORDS = 10_000
NEARLY_FULL = 75
SSU_READS = "The Strategic Safeguarding Unit reads this."


class OwnForm(GovukForm):
    """A form with a way back. ``version`` is the record's own, as this person saw it."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages={"required": "Open this page again"}
    )

    def __init__(self, *args: Any, version: int, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        kwargs["initial"] = {"version": version} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def refuse(self, refusal: Exception, version: int) -> None:
        """Show why it was refused; what was typed stays, and may be sent again for the record as it is now."""
        self.add_error(None, str(refusal))
        again = MultiValueDict(self.data)
        again["version"] = str(version)
        self.data = again

    def lay_out(self) -> Layout:
        return Layout(*self.questions(), Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)))

    def questions(self) -> list[Any]:
        """The page's questions in order."""
        return [Question(name) for name, field in self.fields.items() if not field.widget.is_hidden]


class WithdrawForm(OwnForm):
    """Takes a referral back."""

    submit_label = "Withdraw this referral"
    subjects = {"reason": "the reason"}
    reason = forms.CharField(
        label="Why do you withdraw it?",
        help_text=f"{SSU_READS} Do not name the person.",
        max_length=MOST_REASON,
    )


class AnswerQuestionForm(OwnForm):
    """Answers a question of the SSU."""

    submit_label = "Send the answer"
    subjects = {"answer": "your answer"}
    answer = ProseField(
        label="Your answer",
        help_text=f"{SSU_READS} Say what is fact and what is your view. “I do not know” is an answer too.",
        max_length=MOST_WORDS,
    )

    def questions(self) -> list[Any]:
        return [Question("answer", rows=8, threshold=NEARLY_FULL)]


class AmendForm(OwnForm):
    """Puts right or adds to what was sent: the person's details and each box, as they stand, and a reason."""

    submit_label = "Save the changes"
    mark_optional = False

    def __init__(self, *args: Any, boxes: Sequence[Box], said: dict[str, Any], **kwargs: Any) -> None:
        told = {box.key for box in boxes}
        self.boxes = [*boxes, *([] if ADDED in told else [Box(ADDED, "Anything to add", "")])]
        texts = {f"box_{place}": box.text for place, box in enumerate(self.boxes)}
        kwargs["initial"] = {name: said[name] for name in ABOUT} | texts
        super().__init__(*args, **kwargs)
        self.fields |= {name: _column(name, label) for name, label in ABOUT.items()}
        self.fields |= {f"box_{place}": _box(box.label) for place, box in enumerate(self.boxes)}
        self.fields["reason"] = forms.CharField(
            label="Why do you change it?",
            help_text="It is shown with the change. Do not name the person.",
            max_length=MOST_REASON,
        )
        put_in_words(self, {"reason": "the reason"})

    @property
    def changes(self) -> dict[str, Any]:
        """What each column and box shall say now."""
        cleaned = self.cleaned_data
        boxes = {box.key: cleaned[f"box_{place}"] for place, box in enumerate(self.boxes)}
        return {name: cleaned[name] for name in ABOUT} | boxes

    def questions(self) -> list[Any]:
        boxes = [Question(f"box_{place}", rows=4) for place, _ in enumerate(self.boxes)]
        return [*(Question(name) for name in ABOUT), *boxes, Question("reason")]


def _column(name: str, label: str) -> forms.Field:
    if name == "born_on":
        return DateField(label=label, when="today_or_past", required=False)
    longest = {
        "given_name": 300, "family_name": 300, "other_names": 600, "address": 500, "postcode": 10, "phone": 40,
        "nhs_number": 12,
    }  # fmt: skip
    return forms.CharField(label=label, required=False, max_length=longest[name])


def _box(label: str) -> forms.Field:
    return ProseField(label=label, help_text=SSU_READS, required=False, max_length=MOST_WORDS)


class TransportForm(OwnForm):
    """Says how the form went to police."""

    submit_label = "Save"
    subjects = {
        "transport": "how you sent it", "to": "the address you sent it to",
        "file_to": "the address you sent the file to", "told_to": "to whom you gave the password",
    }  # fmt: skip
    transport = forms.ChoiceField(
        label="How did you send it to the police?",
        choices=[choice for choice in Transport.choices if choice[0] != Transport.HERE],
        widget=forms.RadioSelect,
    )
    to = forms.EmailField(
        label="Address you sent it to",
        help_text="A secure address of the police or the council. Others are refused.",
        required=False, max_length=254,
    )  # fmt: skip
    file_to = forms.EmailField(label="Address you sent the file to", required=False, max_length=254)
    told_to = forms.CharField(
        label="To whom did you give the password, by telephone?",
        help_text="A name and a number. Never send a password by email.",
        required=False, max_length=150,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needed = {Transport.SECURE_EMAIL: ("to",), Transport.PASSWORD: ("file_to", "told_to")}
        for name in needed.get(cleaned.get("transport", ""), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(f"Enter {self.subjects[name]}", code="required"))
        return cleaned

    @property
    def address(self) -> str:
        """The address that belongs to what was chosen; none for the website."""
        names = {Transport.SECURE_EMAIL: "to", Transport.PASSWORD: "file_to"}
        name = names.get(self.cleaned_data["transport"], "")
        return self.cleaned_data[name] if name else ""

    @property
    def told(self) -> str:
        return self.cleaned_data["told_to"] if self.cleaned_data["transport"] == Transport.PASSWORD else ""

    def questions(self) -> list[Any]:
        reveals = {Transport.SECURE_EMAIL.value: ["to"], Transport.PASSWORD.value: ["file_to", "told_to"]}
        return [Question("transport", reveals=reveals)]
