"""The field that asks one thing of the national form. None is required: a referral may be sent with gaps (E4.22)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.procedure import Prompt
from referrals.forms.person import OLDEST
from referrals.national_form.said import listed
from referrals.national_form.shape import Ask, Kind

NEW_LINES = str.maketrans({"\x0b": "\n", "\u2028": "\n", "\u2029": "\n\n", "\x00": None})
"""What Word and the web put for the end of a line or a paragraph; and what no database keeps."""


class PastedField(ProseField):
    """Words as they were typed or pasted: paragraphs stay paragraphs, whatever they were pasted from."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(plain(value) if isinstance(value, str) else value)


def plain(value: str) -> str:
    """Line ends as one character, and nothing a database cannot keep."""
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(NEW_LINES)


def field_of(ask: Ask, prompts: Sequence[Prompt], readers: str) -> forms.Field:
    """The field of an ask. Beside a box of words stands who will read them."""
    shown: dict[str, Any] = {"label": ask.label, "help_text": ask.hint, "required": False}
    if ask.kind is Kind.PROSE and readers:
        shown["help_text"] = f"{ask.hint}. {readers}" if ask.hint else readers
    if ask.kind is Kind.PROMPTS:
        shown["choices"] = [(prompt.key, prompt.label) for prompt in listed(ask, prompts)]
    return MADE.get(ask.kind, _text)(ask, shown)


def comment_of(ask: Ask, prompt: Prompt, readers: str) -> forms.Field:
    """The box of words under one prompt."""
    return PastedField(
        label=f"{prompt.label}: in your own words", help_text=readers,
        validators=[MaxLengthValidator(ask.longest)], required=False,
    )  # fmt: skip


def _text(ask: Ask, shown: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=ask.longest, **shown)


def _prose(ask: Ask, shown: dict[str, Any]) -> forms.Field:
    return PastedField(validators=[MaxLengthValidator(ask.longest)], **shown)


MADE: dict[Kind, Callable[[Ask, dict[str, Any]], forms.Field]] = {
    Kind.PROSE: _prose,
    Kind.LINES: _prose,
    Kind.DATE: lambda _, shown: DateField(when="today_or_past", earliest=OLDEST, **shown),
    Kind.CHOICE: lambda ask, shown: forms.ChoiceField(choices=ask.choices, widget=forms.RadioSelect, **shown),
    Kind.TICK: lambda _, shown: forms.BooleanField(**shown),
    Kind.PROMPTS: lambda _, shown: forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **shown),
    Kind.EMAIL: lambda ask, shown: forms.EmailField(max_length=ask.longest, **shown),
}
