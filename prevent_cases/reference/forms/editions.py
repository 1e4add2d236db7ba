"""One part of an edition as it is typed (a text, a list, a length, a label), and when it is published."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.text import slugify

from prevent_cases.casework.edition_parts import HINT_LENGTH, LABEL_LENGTH, TextPart
from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Question
from prevent_cases.reference.forms.acting import ReferenceForm

SPARE = 2
"""Empty rows at the end of a list, for what is added."""


class PartForm(ReferenceForm):
    """What each of these has: the words of a button, and a value for the operation."""

    submit_label = "Save and see the preview"
    mark_optional = False

    def value(self) -> Any:
        raise NotImplementedError


class TextForm(PartForm):
    words = ProseField(label="Words", error_messages={"required": "Enter the words"})

    def __init__(self, *args: Any, part: TextPart, value: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"words": value, "version": kwargs.pop("version")}, **kwargs)
        self.fields["words"].max_length = part.longest  # type: ignore[attr-defined]
        if part.placeholders:
            listed = ", ".join(f"{{{name}}}" for name in part.placeholders)
            self.fields["words"].help_text = f"These are filled in for each case, and each must be there: {listed}"

    def questions(self) -> list[Any]:
        return [Question("words", rows=8)]

    def value(self) -> str:
        return str(self.cleaned_data["words"])


class LabelForm(PartForm):
    words = forms.CharField(label="Words", max_length=LABEL_LENGTH, error_messages={"required": "Enter the words"})

    def __init__(self, *args: Any, value: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"words": value, "version": kwargs.pop("version")}, **kwargs)

    def value(self) -> str:
        return str(self.cleaned_data["words"])


class LengthForm(PartForm):
    subjects = {"count": "the length"}
    count = forms.IntegerField(label="Length")

    def __init__(self, *args: Any, value: int, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"count": value, "version": kwargs.pop("version")}, **kwargs)
        self.unit = unit

    def questions(self) -> list[Any]:
        return [Question("count", width=4, suffix=f"{self.unit}s")]

    def value(self) -> int:
        return int(self.cleaned_data["count"])


class RowsForm(PartForm):
    """A list of rows. A row keeps its key when it is put in other words; an empty one is left out."""

    what = ""
    second = ""

    def __init__(self, *args: Any, value: list[list[Any]], spare: int = SPARE, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": kwargs.pop("version")}, **kwargs)
        self.keys = [row[0] for row in value] + [""] * spare
        for number, row in enumerate([*value, *([["", "", ""]] * spare)], start=1):
            name = f"{self.what} {number}"
            self.fields[f"label_{number}"] = forms.CharField(
                label=name, initial=row[1], required=False, max_length=LABEL_LENGTH
            )
            self.fields[f"second_{number}"] = self.second_field(number, row[2])

    def second_field(self, number: int, initial: Any) -> forms.Field:
        raise NotImplementedError

    def questions(self) -> list[Any]:
        numbers = range(1, len(self.keys) + 1)
        return [Fieldset("", Question(f"label_{n}"), Question(f"second_{n}", size="")) for n in numbers]

    def value(self) -> list[list[Any]]:
        rows = []
        taken = {key for key in self.keys if key}
        for number, key in enumerate(self.keys, start=1):
            label = self.cleaned_data[f"label_{number}"].strip()
            if label:
                rows.append([key or _fresh(label, taken), label, self.cleaned_data[f"second_{number}"]])
        return rows


class ReasonsForm(RowsForm):
    what = "Reason"

    def second_field(self, number: int, initial: Any) -> forms.Field:
        return forms.BooleanField(label=f"Reason {number} must be explained in words", initial=initial, required=False)


class PromptsForm(RowsForm):
    what = "Prompt"

    def second_field(self, number: int, initial: Any) -> forms.Field:
        return forms.CharField(
            label=f"Hint of prompt {number}", initial=initial, required=False, max_length=HINT_LENGTH
        )


class PublishForm(ReferenceForm):
    """From when an edition is in force, and why."""

    submit_label = "Publish this edition"
    subjects = {"effective_from": "the day"}
    effective_from = DateField(label="From which day?", help_text="Cases received from that day on follow it.")
    why = ProseField(
        label="Why?", max_length=300, help_text="It stands in the list of editions.",
        error_messages={"required": "Say why this edition is published"},
    )  # fmt: skip

    def questions(self) -> list[Any]:
        return [Question("effective_from"), Question("why", rows=3)]


class TakeBackForm(ReferenceForm):
    """Nothing to type: a button."""

    submit_label = "Take this edition back"


def _fresh(label: str, taken: set[str]) -> str:
    """A key for a new row, from its words."""
    stem = slugify(label).replace("-", "_")[:40] or "choice"
    key = next(name for name in (stem, *(f"{stem}_{n}" for n in range(2, 100))) if name not in taken)
    taken.add(key)
    return key
